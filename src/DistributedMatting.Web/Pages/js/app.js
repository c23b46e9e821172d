import { h } from "./core/dom.js";
import { store } from "./core/jobs-store.js";
import { Router } from "./core/router.js";
import { session } from "./core/session.js";
import { frame } from "./frame.js";
import { jobPage } from "./job/job-page.js";
import { jobsPage } from "./jobs/jobs-page.js";
import { signInPage } from "./sign-in.js";
import { submitPage } from "./submit/submit-page.js";
import { workersPage } from "./workers/workers-page.js";

const main = document.getElementById("main");
const pages = [
  [/^\/jobs$/, jobsPage],
  [/^\/jobs\/([0-9a-f]{16})$/, jobPage],
  [/^\/workers$/, workersPage],
  [/^\/submit$/, submitPage],
];
const door = [[/^/, signInPage]];
const router = new Router(main, () => session.me ? pages : door);

document.querySelector(".skip").addEventListener("click", event => {
  event.preventDefault(); // the part after # is the page's address
  main.focus();
});
frame();
session.changed.addEventListener("change", () => {
  if (session.me) store.start();
  else store.stop();
  router.show(true);
});
begin();

/** Finds out who is here; a service that is not up yet is asked again. */
async function begin() {
  try {
    await session.load();
  } catch (problem) {
    if (problem.status === 401) {
      session.changed.dispatchEvent(new Event("change"));
      return;
    }
    main.replaceChildren(h("p.empty", { role: "status" }, h("strong", {}, "The service does not answer"), "It is asked again every few seconds."));
    setTimeout(begin, 3000);
  }
}
