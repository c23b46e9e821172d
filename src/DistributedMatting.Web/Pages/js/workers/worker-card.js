import { call } from "../core/api.js";
import { attribute, h, text } from "../core/dom.js";
import { ago, bytes, count, moment } from "../core/format.js";
import { store } from "../core/jobs-store.js";
import { stageWord } from "../core/progress.js";
import { toast } from "../core/say.js";
import { session } from "../core/session.js";
import { ask } from "../parts/ask.js";

const words = { idle: "Idle", working: "Working", draining: "Draining: ends what it has", drained: "Drained", starting: "Starting: warms up", lost: "Lost: nothing heard of it" };

/** One worker: what it is, what it does, how fast. */
export function workerCard(name) {
  const state = h("span.worker-state");
  const devices = h("ul.devices");
  const job = h("dd.ellipsis");
  const rate = h("dd");
  const done = h("dd");
  const memory = h("dd");
  const since = h("dd");
  const drain = h("button.button", { type: "button", onclick: () => send("drain") }, "Drain");
  const resume = h("button.button", { type: "button", onclick: () => send("resume") }, "Take work again");
  const pair = (word, value) => h("div", {}, h("dt", {}, word), value);
  const element = h("li.worker.panel", {},
    h("div.worker-head", {}, h("h2", {}, name), state, h("div.worker-acts", {}, drain, resume)),
    devices,
    h("dl.figures", {}, pair("Now", job), pair("Patches a second", rate), pair("Memory", memory), pair("Patches done", done), pair("Up since", since)));

  async function send(verb) {
    if (verb === "drain" && !await ask({ title: `Drain ${name}?`, sentence: "It ends what it works on and takes nothing new, until someone lets it.", yes: "Drain", no: "Let it work" })) return;
    try {
      await call("POST", `/workers/${encodeURIComponent(name)}/${verb}`);
    } catch (problem) {
      toast(problem.message, "failed");
    }
  }

  return {
    element,
    update(worker) {
      element.dataset.state = worker.state;
      state.className = `worker-state ${worker.state}`;
      text(state, words[worker.state] ?? worker.state);
      devices.replaceChildren(...worker.devices.map(device => h("li", {}, h("span.kind", {}, device.kind.toUpperCase()), device.name)));
      const known = worker.job && store.get(worker.job);
      job.replaceChildren(worker.job ? h("a", { href: `#/jobs/${worker.job}` }, known?.submission.name ?? worker.job) : h("span.quiet", {}, "nothing"), worker.stage ? h("span.quiet", {}, `  ${stageWord(worker.stage)}`) : "");
      text(rate, worker.patchesPerSecond > 0 ? worker.patchesPerSecond.toFixed(1) : "–");
      text(memory, bytes(worker.memoryBytes));
      text(done, count(worker.patchesDone));
      text(since, ago(worker.sinceUtc));
      attribute(since, "title", moment(worker.sinceUtc));
      const stopped = worker.state === "draining" || worker.state === "drained";
      drain.hidden = stopped || worker.state === "lost" || !session.is("operator");
      resume.hidden = !stopped || !session.is("operator");
    },
  };
}
