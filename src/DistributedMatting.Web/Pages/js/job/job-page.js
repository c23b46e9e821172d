import { h } from "../core/dom.js";
import { sentence } from "../core/format.js";
import { store } from "../core/jobs-store.js";
import { announce } from "../core/say.js";
import { stateWord } from "../parts/state.js";
import { details, log, provenance, stages, timings } from "./facts.js";
import { jobHead } from "./job-head.js";
import { pictures } from "./pictures.js";

export function jobPage(host, { parts: [id] }) {
  const head = jobHead(id);
  const picture = pictures(id);
  const facts = [stages(), details(), timings(), provenance(), log(id)];
  const page = h("div.page.job", {}, head.element, picture.element, h("aside.side.panel", { "aria-label": "About the job" }, picture.panel, facts.map(fact => fact.element)));
  const said = h("div.empty", { role: "status" }, "Loading");
  host.append(said);
  let state = null;

  function draw() {
    const job = store.get(id);
    if (!job) return state === null ? undefined : gone("This job was deleted");
    if (said.isConnected) said.replaceWith(page);
    head.update(job);
    picture.update(job);
    for (const fact of facts) fact.update(job);
    document.title = `${job.submission.name} – ${stateWord(job.state)} – Distributed Matting`;
    if (state !== null && state !== job.state) announce(`${job.submission.name}: ${stateWord(job.state)}`);
    state = job.state;
  }

  // Its pictures go with it: what they still asked for would only be refused.
  function gone(sentence) {
    picture.leave();
    host.replaceChildren(h("div.empty", {}, h("h1", { tabindex: "-1" }, sentence), h("p", {}, h("a", { href: "#/jobs" }, "All jobs"))));
  }

  const changed = event => {
    if (event.detail.has(id)) draw();
  };
  store.addEventListener("change", changed);
  store.fetch(id).then(draw).catch(problem => gone(sentence(problem.message)));
  return {
    title: "Job",
    leave() {
      store.removeEventListener("change", changed);
      picture.leave();
    },
  };
}
