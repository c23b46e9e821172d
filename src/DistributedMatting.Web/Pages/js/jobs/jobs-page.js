import { arrange, h, text } from "../core/dom.js";
import { store } from "../core/jobs-store.js";
import { setQuery } from "../core/router.js";
import { session } from "../core/session.js";
import { bindKeys } from "../core/shortcuts.js";
import { filters, matches, orders, places } from "./filters.js";
import { jobRow } from "./job-row.js";
import { selection } from "./selection.js";

const Step = 100;

export function jobsPage(host, { query }) {
  const rows = new Map();
  let most = Step;
  const chosen = selection(() => draw());
  const filter = filters(query, choice => {
    const said = Object.entries(choice).filter(([name, value]) => value && !(name === "sort" && value === "active"));
    setQuery(new URLSearchParams(said));
    most = Step;
    draw();
    askServer();
  });
  const said = h("p.quiet", { role: "status" });
  const body = h("div.rows", { role: "rowgroup" });
  const all = h("input", { type: "checkbox", "aria-label": "Select all that are shown", onchange: () => chosen.set(all.checked ? shown() : []) });
  const heads = [["pick", all], ["state-cell", "State"], ["title", "Job"], ["progress", "Progress"], ["left", "Time"], ["priority", "Priority"], ["who", "Who"], ["when", "Submitted"], ["verbs", h("span.hidden-visually", {}, "Actions")]];
  const table = h("div.table.panel", { role: "table", "aria-label": "Jobs", hidden: true },
    h("div", { role: "rowgroup" }, h("div.row.heads", { role: "row" }, heads.map(([name, what]) => h(`div.cell.${name}`, { role: "columnheader" }, what)))),
    body);
  const empty = h("div.empty.panel", { hidden: true });
  const more = h("button.button", { type: "button", hidden: true, onclick: () => {
    most += Step;
    draw();
  } });
  host.append(h("div.page.jobs", {},
    h("div.page-head", {}, h("h1", { tabindex: "-1" }, "Jobs"), said, session.is("submitter") ? h("a.button.primary", { href: "#/submit" }, "Submit") : null),
    filter.element, table, empty, h("div.more", {}, more), chosen.element));

  let visible = [];
  const shown = () => visible.slice(0, most).map(job => job.id);

  function draw() {
    if (!store.loaded) return text(said, "Loading");
    const jobs = [...store.jobs.values()];
    const place = places(jobs);
    visible = jobs.filter(job => matches(job, filter.choice)).sort(orders[filter.choice.sort] ?? orders.active);
    for (const id of rows.keys()) if (!store.jobs.has(id)) rows.delete(id);
    chosen.keep(visible.map(job => job.id));
    const page = visible.slice(0, most);
    for (const job of page) {
      if (!rows.has(job.id)) rows.set(job.id, jobRow(job.id, chosen.toggle));
      rows.get(job.id).update(job, place.get(job.id), chosen.has(job.id));
    }
    arrange(body, page.map(job => rows.get(job.id).element));
    all.checked = page.length > 0 && page.every(job => chosen.has(job.id));
    filter.update(jobs);
    table.hidden = page.length === 0;
    empty.hidden = page.length > 0;
    if (!empty.hidden) empty.replaceChildren(...emptyWords(jobs.length));
    text(said, visible.length === jobs.length ? `${store.total} in all` : `${visible.length} of ${store.total}`);
    more.hidden = visible.length <= most;
    text(more, `Show ${Math.min(Step, visible.length - most)} more`);
  }

  let waiting = null;
  /** Jobs that lie too far back to have come by themselves: the service looks for them. */
  function askServer() {
    clearTimeout(waiting);
    if (store.total <= store.jobs.size) return;
    const { sort, ...asked } = filter.choice;
    const said = Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
    waiting = setTimeout(() => store.loadMore(said).catch(() => {}), 250);
  }

  const changed = () => draw();
  store.addEventListener("change", changed);
  const clock = setInterval(draw, 30_000); // "5 min ago" grows older by itself
  const unbind = bindKeys("Jobs", [{ key: "/", says: "Find jobs", run: () => filter.search.focus() }]);
  draw();
  if (store.loaded) askServer();
  return {
    title: "Jobs",
    leave() {
      store.removeEventListener("change", changed);
      clearInterval(clock);
      clearTimeout(waiting);
      unbind();
    },
  };
}

function emptyWords(known) {
  if (known > 0) return [h("strong", {}, "No job matches"), "Take a filter away to see more."];
  return [h("strong", {}, "No jobs yet"), session.is("submitter") ? h("a", { href: "#/submit" }, "Submit a plate and its trimap") : "They appear here as they are submitted."];
}
