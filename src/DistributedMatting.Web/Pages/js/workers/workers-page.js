import { call } from "../core/api.js";
import { arrange, h, text } from "../core/dom.js";
import { Feed } from "../core/feed.js";
import { store } from "../core/jobs-store.js";
import { throughputChart } from "./chart.js";
import { workerCard } from "./worker-card.js";

export function workersPage(host) {
  const said = h("p.quiet", { role: "status" }, "Loading");
  const chart = throughputChart();
  const list = h("ul.workers");
  const empty = h("div.empty.panel", { hidden: true }, h("strong", {}, "No workers"), "None has said that it is there.");
  const figure = h("section.throughput.panel", { hidden: true, "aria-labelledby": "throughput" }, h("div.chart-head", {}, h("h2", { id: "throughput" }, "Throughput"), h("span.quiet.small", {}, "patches a second over the last hour")), chart.element);
  host.append(h("div.page.workers-page", {}, h("div.page-head", {}, h("h1", { tabindex: "-1" }, "Workers"), said), figure, list, empty));

  const cards = new Map();
  let workers = null; // until the service has said which there are

  function draw() {
    if (!workers) return;
    for (const worker of workers) {
      if (!cards.has(worker.name)) cards.set(worker.name, workerCard(worker.name));
      cards.get(worker.name).update(worker);
    }
    arrange(list, workers.map(worker => cards.get(worker.name).element));
    empty.hidden = workers.length > 0;
    figure.hidden = workers.length === 0;
    const working = workers.filter(worker => worker.state === "working").length;
    text(said, `${working} of ${workers.length} working`);
    chart.draw(workers);
  }

  // The stream may send a list, or a record that holds one.
  const take = record => {
    workers = Array.isArray(record) ? record : record.workers ?? workers;
    draw();
  };
  const feed = new Feed("/workers/events", (_, record) => take(record));
  feed.start();
  call("GET", "/workers").then(take).catch(problem => {
    if (!workers?.length) text(said, problem.message);
  });
  const changed = () => draw();
  store.addEventListener("change", changed);
  return {
    title: "Workers",
    leave() {
      feed.stop();
      store.removeEventListener("change", changed);
    },
  };
}
