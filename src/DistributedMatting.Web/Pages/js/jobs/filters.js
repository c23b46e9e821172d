import { h, text } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { session } from "../core/session.js";
import { states, stateWord } from "../parts/state.js";

/** What narrows the list. The choice lives in the address; onChange(choice) is told of each. */
export function filters(query, onChange) {
  const choice = {
    text: query.get("text") ?? "",
    state: query.get("state") ?? "",
    project: query.get("project") ?? "",
    user: query.get("user") ?? "",
    sort: query.get("sort") ?? "active",
  };
  const change = part => {
    Object.assign(choice, part);
    onChange(choice);
  };

  const search = h("input.input", { type: "search", placeholder: "Name, project, comment…", value: choice.text, "aria-label": "Find jobs", oninput: () => change({ text: search.value.trim() }) });
  const chips = new Map(["", ...states].map(state => [state, h("button", {
    type: "button", "aria-pressed": String(choice.state === state), onclick: () => pick(state),
  }, state ? stateWord(state) : "All", h("span.count"))]));
  const pick = state => {
    for (const [name, chip] of chips) chip.setAttribute("aria-pressed", String(name === state));
    change({ state });
  };
  const project = choices("Project", "project", choice, change);
  const user = choices("Person", "user", choice, change);
  const sort = h("select.input", { "aria-label": "Order", onchange: () => change({ sort: sort.value }) },
    [["active", "Active first"], ["newest", "Newest first"], ["priority", "Priority"], ["name", "Name"]]
      .map(([value, word]) => h("option", { value, selected: value === choice.sort }, word)));

  return {
    choice,
    search,
    element: h("div.filters", { role: "search" },
      h("div.find", {}, icon("search"), search),
      h("div.segments.states", { role: "group", "aria-label": "State" }, [...chips.values()]),
      project.element, user.element, sort),
    /** Counts on the states; projects and people to choose from. */
    update(jobs) {
      for (const [state, chip] of chips) {
        const number = state ? jobs.filter(job => job.state === state).length : jobs.length;
        text(chip.querySelector(".count"), number > 0 ? String(number) : "");
      }
      project.update(jobs.map(job => job.submission.project));
      user.update([session.me?.name, ...jobs.map(job => job.submission.user)]);
    },
  };
}

function choices(word, name, choice, change) {
  const element = h("select.input", { "aria-label": word, onchange: () => change({ [name]: element.value }) });
  let shown = null;
  return {
    element,
    update(values) {
      const all = [...new Set([choice[name], ...values])].filter(Boolean).sort();
      if (all.join("\n") === shown) return;
      shown = all.join("\n");
      element.replaceChildren(h("option", { value: "" }, `${word}: all`), ...all.map(value => h("option", { value, selected: value === choice[name] }, value)));
    },
  };
}

export function matches(job, choice) {
  const asked = job.submission;
  if (choice.state && job.state !== choice.state) return false;
  if (choice.project && asked.project !== choice.project) return false;
  if (choice.user && asked.user !== choice.user) return false;
  if (!choice.text) return true;
  const wanted = choice.text.toLowerCase();
  return [job.id, asked.name, asked.plate, asked.project, asked.user, asked.comment].some(place => place.toLowerCase().includes(wanted));
}

const newest = (a, b) => b.submittedUtc.localeCompare(a.submittedUtc);
const queue = (a, b) => b.submission.priority - a.submission.priority || a.submittedUtc.localeCompare(b.submittedUtc);
const ranks = { running: 0, paused: 2, waiting: 1 };

export const orders = {
  newest,
  priority: (a, b) => b.submission.priority - a.submission.priority || newest(a, b),
  name: (a, b) => a.submission.name.localeCompare(b.submission.name, undefined, { numeric: true }) || newest(a, b),
  /** What a wrangler looks for: what runs, what comes next, what is held, then what has ended, last first. */
  active(a, b) {
    const rank = (ranks[a.state] ?? 3) - (ranks[b.state] ?? 3);
    if (rank !== 0) return rank;
    if (a.state === "waiting") return queue(a, b);
    return (ranks[a.state] ?? 3) === 3 ? (b.finishedUtc ?? b.submittedUtc).localeCompare(a.finishedUtc ?? a.submittedUtc) : newest(a, b);
  },
};

/** Places in the queue by id, 1 for the next. */
export function places(jobs) {
  return new Map(jobs.filter(job => job.state === "waiting").sort(queue).map((job, i) => [job.id, i + 1]));
}
