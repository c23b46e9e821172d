import { call } from "../core/api.js";
import { h, text } from "../core/dom.js";
import { sentence } from "../core/format.js";
import { store } from "../core/jobs-store.js";
import { toast } from "../core/say.js";
import { session } from "../core/session.js";
import { recall, remember } from "../core/storage.js";
import { dropZone } from "./drop-zone.js";
import { fields } from "./fields.js";
import { draw as drawToken } from "./upload.js";

export function submitPage(host) {
  if (!session.is("submitter")) {
    host.append(h("div.empty", {}, h("h1", { tabindex: "-1" }, "Submitting is not yours"), h("p", {}, "Your key lets you look. Ask the operator for one that submits.")));
    return { title: "Submit" };
  }

  const canUpload = Boolean(session.me.uploads);
  let way = canUpload && recall("submit-way") !== "paths" ? "upload" : "paths";
  let token = drawToken();
  const plate = dropZone("plate", "Drop the plate here", "TIFF, PNG, JPEG or WebP, or click to choose", () => changed());
  const trimap = dropZone("trimap", "Drop its trimap", "Leave it out to take the plate's own alpha channel", () => changed());
  const form = fields(session.me);
  const wrong = h("div.notice.failed", { role: "alert", hidden: true });
  const sizes = h("div.notice.paused", { role: "status", hidden: true }, h("p"));
  const go = h("button.button.primary", { type: "submit" }, "Submit");
  const why = h("span.quiet", { id: "why-not" });
  const ways = h("div.segments", { role: "radiogroup", "aria-label": "Where the files are" },
    [["upload", "Upload files"], ["paths", "Paths on the service"]].map(([name, word]) => h("button", { type: "button", role: "radio", dataset: { way: name }, onclick: () => choose(name) }, word)));
  const drops = h("div.drops", {}, plate.element, trimap.element);
  const page = h("form.page.submit", { novalidate: true, onsubmit: submit },
    h("div.page-head", {}, h("h1", { tabindex: "-1" }, "Submit")),
    canUpload ? ways : null,
    drops, form.paths, sizes, form.element, wrong,
    h("div.ends", {}, go, why));
  host.append(page);

  function choose(name) {
    way = name;
    remember("submit-way", name === "paths" ? name : null);
    for (const button of ways.children) {
      const on = button.dataset.way === way;
      button.setAttribute("aria-checked", String(on));
      button.tabIndex = on ? 0 : -1;
    }
    drops.hidden = way !== "upload";
    form.paths.hidden = way === "upload";
    changed();
  }
  ways.addEventListener("keydown", event => {
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    choose(way === "upload" ? "paths" : "upload");
    ways.querySelector('[aria-checked="true"]').focus();
  });

  function changed() {
    if (!form) return;
    const { size: a } = plate;
    const { size: b } = trimap;
    const differ = way === "upload" && a && b && (a.width !== b.width || a.height !== b.height);
    sizes.hidden = !differ;
    if (differ) text(sizes.firstChild, `The plate is ${a.width} × ${a.height} and the trimap ${b.width} × ${b.height}; they must have the same size.`);
    if (plate.file && !form.name.value) form.name.placeholder = plate.file.name;
    const missing = whyNot();
    go.disabled = missing !== null;
    text(why, missing ?? "");
  }

  function whyNot() {
    if (way === "paths") return null;
    if (!plate.file) return "A plate is missing.";
    if (plate.busy || trimap.busy) return "The upload is not complete yet.";
    if (!plate.id || (trimap.file && !trimap.id)) return "A file could not be uploaded.";
    return null;
  }

  async function submit(event) {
    event.preventDefault();
    wrong.hidden = true;
    const files = way === "upload"
      ? { plate: `upload:${plate.id}`, ...(trimap.id ? { trimap: `upload:${trimap.id}` } : {}) }
      : form.files();
    const asked = { ...files, ...form.rest(way), token };
    if (way === "upload" && !asked.name) asked.name = plate.file.name;
    go.disabled = true;
    try {
      const job = await call("POST", "/jobs", asked);
      store.put(job);
      plate.done();
      trimap.done();
      form.submitted();
      toast(`${job.submission.name} is in the queue.`);
      location.hash = `#/jobs/${job.id}`;
    } catch (problem) {
      // Where the answer was lost the token makes the next try the same job; where it was refused it is another.
      if (problem.status !== 0) token = drawToken();
      wrong.replaceChildren(h("p", {}, sentence(problem.message)));
      wrong.hidden = false;
      form.point(problem.message);
    } finally {
      go.disabled = false;
      changed();
    }
  }

  choose(way);
  return {
    title: "Submit",
    leave() {
      plate.leave();
      trimap.leave();
    },
  };
}
