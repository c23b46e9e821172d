import { ago, duration, fileName, isUpload, moment, ordinal, percent, roughly } from "../core/format.js";
import { attribute, h, text } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { current, fraction, secondsLeft, secondsTaken, stageWord } from "../core/progress.js";
import { store } from "../core/jobs-store.js";
import { bar } from "../parts/bar.js";
import { stateBadge } from "../parts/state.js";
import { act, may, verbs } from "../parts/verbs.js";

/** One job as a row of the table. update() writes only what differs. */
export function jobRow(id, onSelect) {
  const cell = (name, ...children) => h(`div.cell.${name}`, { role: "cell" }, children);
  const pick = h("input", { type: "checkbox", onchange: () => onSelect(id, pick.checked) });
  const badge = stateBadge();
  const link = h("a.name", { href: `#/jobs/${id}` });
  const under = h("span.under.ellipsis");
  const progress = bar("Progress");
  const doing = h("span.doing.ellipsis");
  const part = h("span.part");
  const left = h("span");
  const priority = h("span");
  const who = h("span.ellipsis");
  const when = h("time");
  const buttons = new Map(verbs.map(verb => [verb, h("button.button.plain.square", {
    type: "button", title: verb.word, onclick: () => act(verb, [store.get(id)]),
  }, icon(verb.name))]));

  const element = h("div.row", { role: "row", dataset: { id } },
    cell("pick", pick),
    cell("state-cell", badge.element),
    cell("title", link, under),
    cell("progress", h("div.line", {}, doing, part), progress.element),
    cell("left", left),
    cell("priority", priority),
    cell("who", who),
    cell("when", when),
    cell("verbs", [...buttons.values()]));

  return {
    element,
    update(job, place, selected) {
      const asked = job.submission;
      pick.checked = selected;
      attribute(pick, "aria-label", `Select ${asked.name}`);
      badge.update(job.state);
      text(link, asked.name);
      text(under, [asked.project, fileName(asked.plate)].filter(Boolean).join("  ·  "));
      attribute(under, "title", isUpload(asked.plate) ? null : asked.plate);
      const done = fraction(job);
      progress.update(done, job.state);
      text(doing, doingWords(job, place));
      attribute(doing, "title", job.error);
      doing.classList.toggle("wrong", job.state === "failed");
      text(part, job.state === "running" || job.state === "paused" ? percent(done) : "");
      text(left, leftWords(job));
      text(priority, String(asked.priority));
      priority.className = asked.priority > 50 ? "raised" : asked.priority < 50 ? "lowered" : "";
      text(who, asked.user || "–");
      text(when, ago(job.submittedUtc));
      attribute(when, "datetime", job.submittedUtc);
      attribute(when, "title", `Submitted ${moment(job.submittedUtc)}`);
      for (const [verb, button] of buttons) {
        button.hidden = !may(verb, job);
        attribute(button, "aria-label", `${verb.word} ${asked.name}`);
      }
    },
  };
}

function doingWords(job, place) {
  if (job.state === "waiting") return place ? `${ordinal(place)} in the queue` : "In the queue";
  if (job.state === "failed") return job.error ?? "Failed";
  if (job.state === "cancelled") return "Cancelled";
  if (job.state === "succeeded") return job.report ? `${job.report.width} × ${job.report.height}` : "Done";
  const stage = current(job);
  if (!stage) return job.state === "paused" ? "Held" : "Starting";
  return `${stageWord(stage.stage)} ${stage.done} of ${stage.total} ${stage.unit}`;
}

function leftWords(job) {
  const left = secondsLeft(job);
  if (left !== null) return `≈ ${roughly(left)}`;
  const taken = job.state === "succeeded" ? secondsTaken(job) : null;
  return taken === null ? "–" : duration(taken);
}
