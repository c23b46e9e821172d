import { h, svg, text } from "./core/dom.js";
import { icon } from "./core/icons.js";
import { store } from "./core/jobs-store.js";
import { showHelp } from "./core/shortcuts.js";
import { announce, toast } from "./core/say.js";
import { session } from "./core/session.js";
import { toggleTheme } from "./core/theme.js";
import { time } from "./core/format.js";

const top = document.getElementById("top");
const connection = document.getElementById("connection");

/** The bar above every page, and the line that says that the connection is lost. */
export function frame() {
  const active = h("span.count", { hidden: true });
  const links = [["#/jobs", "Jobs", active], ["#/workers", "Workers"], ["#/submit", "Submit"]]
    .map(([href, word, more]) => h("a", { href }, word, more ?? null));
  const lamp = h("span.link-state", {}, h("i"), h("span", {}, "Connecting"));
  const who = h("span.who");
  const leave = h("button.button.plain.square", { type: "button", "aria-label": "Sign out", title: "Sign out", hidden: true, onclick: signOut }, icon("leave"));
  top.append(
    h("a.brand", { href: "#/jobs", "aria-label": "Distributed Matting: jobs" }, mark(), h("span", {}, "Distributed Matting")),
    h("nav", { "aria-label": "Pages" }, links),
    h("div.ends", {}, lamp, who,
      h("button.button.plain.square", { type: "button", "aria-label": "Keys", title: "Keys (?)", onclick: showHelp }, icon("help")),
      h("button.button.plain.square", { type: "button", "aria-label": "Light or dark", title: "Light or dark", onclick: toggleTheme }, icon("theme")),
      leave));

  addEventListener("page", event => {
    for (const link of links) {
      const here = event.detail.startsWith(link.getAttribute("href").slice(1));
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  });

  session.changed.addEventListener("change", () => {
    const me = session.me;
    top.querySelector("nav").hidden = me === null;
    lamp.hidden = me === null;
    leave.hidden = me === null || me.authentication !== "key";
    who.replaceChildren(...(me ? [h("b", {}, me.name), h("span.role", {}, `, ${me.role}`)] : []));
    links[2].hidden = !session.is("submitter");
    if (me === null) {
      clearInterval(ticking);
      connection.replaceChildren();
      wasLost = false;
    }
  });

  store.addEventListener("change", () => {
    const running = [...store.jobs.values()].filter(job => job.state === "running" || job.state === "waiting").length;
    text(active, String(running));
    active.hidden = running === 0;
    active.title = `${running} running or waiting`;
  });

  store.addEventListener("link", () => showLink(lamp));
}

let wasLost = false;
let ticking = null;

function showLink(lamp) {
  const { live, attempt, since, retryAt } = store.link;
  clearInterval(ticking);
  const lost = !live && attempt > 1; // the first try comes at once, and mostly mends it
  lamp.className = `link-state ${live ? "live" : lost ? "lost" : ""}`;
  text(lamp.lastChild, live ? "Live" : lost ? "Lost" : "Connecting");
  if (live) {
    connection.replaceChildren();
    if (wasLost) announce("The connection is back; all is up to date.");
    wasLost = false;
    return;
  }
  if (!lost) return;
  const wait = h("span", { "aria-hidden": "true" });
  const count = () => text(wait, ` Next try in ${Math.max(0, Math.ceil((retryAt - Date.now()) / 1000))} s.`);
  count();
  ticking = setInterval(count, 500);
  if (wasLost) {
    connection.querySelector("p span[aria-hidden]")?.replaceWith(wait);
    return;
  }
  wasLost = true;
  connection.replaceChildren(h("div.lost-bar", {}, icon("failed"),
    h("p", {}, `The connection to the service is lost. What you see is as of ${time(since)}.`, wait),
    h("button.button", { type: "button", onclick: () => store.retry() }, "Try now")));
}

async function signOut() {
  try {
    await session.signOut();
  } catch (problem) {
    toast(problem.message, "failed");
  }
}

function mark() {
  return svg("svg", { viewBox: "0 0 32 32", "aria-hidden": "true" },
    svg("path", { d: "M16 4a12 12 0 0 1 0 24z", fill: "currentColor" }),
    svg("path", { d: "M16 4a12 12 0 0 0 0 24", fill: "none", stroke: "currentColor", "stroke-width": 2.2, "stroke-dasharray": "2.2 2.8" }));
}
