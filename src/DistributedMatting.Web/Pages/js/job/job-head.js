import { call } from "../core/api.js";
import { attribute, h, text } from "../core/dom.js";
import { duration, percent, roughly, sentence } from "../core/format.js";
import { icon } from "../core/icons.js";
import { store } from "../core/jobs-store.js";
import { current, fraction, secondsLeft, secondsTaken, stageWord } from "../core/progress.js";
import { announce, toast } from "../core/say.js";
import { session } from "../core/session.js";
import { bar } from "../parts/bar.js";
import { stateBadge } from "../parts/state.js";
import { act, may, verbs } from "../parts/verbs.js";
import { comment } from "./comment.js";

/** A job's name, state, progress and what can be done to it. */
export function jobHead(id) {
  const title = h("h1", { tabindex: "-1" });
  const badge = stateBadge();
  const strip = bar("Progress of the job");
  const doing = h("span");
  const under = h("span.quiet");
  const error = h("div.notice.failed", { role: "alert", hidden: true });
  const warnings = h("div.notice.paused", { hidden: true });
  const remark = comment(id);
  const buttons = verbs.map(verb => [verb, h("button.button", { type: "button", onclick: () => act(verb, [store.get(id)]) }, icon(verb.name), verb.word)]);
  const download = h("a.button.primary", { href: `/api/v1/jobs/${id}/alpha`, download: true, hidden: true }, icon("download"), "Alpha");
  const priority = h("input.input", { id: "priority", type: "number", min: "0", max: session.is("operator") ? "100" : "50", step: "5", onchange: setPriority });
  const priorityBox = h("div.priority", {}, h("label", { for: "priority" }, "Priority"), priority);
  const element = h("header.job-head", {},
    h("div.names", {}, h("a.back", { href: "#/jobs" }, icon("back"), "Jobs"), h("div.title", {}, title, badge.element), under),
    h("div.acts", {}, priorityBox, buttons.map(([, button]) => button), download),
    h("div.how-far", {}, strip.element, doing),
    remark.element, error, warnings);

  async function setPriority() {
    const wanted = priority.valueAsNumber;
    if (!Number.isInteger(wanted)) return;
    try {
      store.put(await call("POST", `/jobs/${id}/priority`, { priority: wanted }));
      announce(`Priority ${wanted}`);
    } catch (problem) {
      toast(problem.message, "failed");
      priority.value = store.get(id).submission.priority;
    }
  }

  return {
    element,
    update(job) {
      const asked = job.submission;
      text(title, asked.name);
      badge.update(job.state);
      text(under, [asked.project, asked.user].filter(Boolean).join("  ·  "));
      strip.update(fraction(job), job.state);
      strip.element.hidden = job.state === "succeeded" || job.state === "cancelled";
      text(doing, howFar(job));
      if (document.activeElement !== priority) priority.value = asked.priority;
      priorityBox.hidden = !session.mayTouch(job) || ["succeeded", "cancelled"].includes(job.state);
      for (const [verb, button] of buttons) button.hidden = !may(verb, job);
      download.hidden = job.state !== "succeeded";
      remark.update(job);
      error.hidden = job.state !== "failed";
      const reason = job.error ?? "it stopped, and did not say why";
      if (error.dataset.reason !== reason && !error.hidden) {
        error.dataset.reason = reason;
        error.replaceChildren(icon("failed"), h("div", {}, h("p", {}, h("b", {}, "This job failed. "), sentence(reason)),
          h("p.quiet", {}, "Patches that are finished are kept: put right what is named, then retry.")));
      }
      const warned = job.report?.warnings ?? [];
      warnings.hidden = warned.length === 0;
      if (warned.length > 0) warnings.replaceChildren(icon("info"), h("ul", {}, warned.map(line => h("li", {}, line))));
      attribute(element, "data-state", job.state);
    },
  };
}

function howFar(job) {
  if (job.state === "succeeded") {
    const taken = secondsTaken(job);
    return taken === null ? "Done" : `Done in ${duration(taken)}`;
  }
  if (job.state === "waiting") return "In the queue";
  if (job.state === "failed" || job.state === "cancelled") return "";
  const stage = current(job);
  const left = secondsLeft(job);
  const words = [percent(fraction(job)), stage && `${stageWord(stage.stage)} ${stage.done} of ${stage.total} ${stage.unit}`, left !== null && `≈ ${roughly(left)} left`];
  return words.filter(Boolean).join("  ·  ");
}
