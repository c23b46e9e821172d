import { call } from "../core/api.js";
import { h, text } from "../core/dom.js";
import { announce } from "../core/say.js";
import { bindKeys } from "../core/shortcuts.js";
import { count, sentence } from "../core/format.js";
import { PatchMap, patchStates } from "./patch-map.js";
import { patchPanel, score } from "./patch-panel.js";
import { toolbar, views } from "./toolbar.js";
import { createViewer } from "./viewer.js";

const Again = 1000; // patches are asked for once a second at most

/** The plate of one job with its patches. update(job) is called for each change of the job. */
export function pictures(id) {
  const choice = { view: "plate", second: null, over: "checker", grid: true };
  const tools = toolbar(choice, () => show(), what => zoom(what), () => full());
  const box = h("div.picture");
  const note = h("p.picture-note", { role: "status" }, "The picture is being fetched.");
  const point = h("span.point");
  const legend = h("ul.legend", { "aria-label": "Patches by state" });
  const panel = patchPanel(id, index => pick(index));
  const element = h("section.viewer.panel", { "aria-label": "Pictures" }, tools.element, h("div.picture-box", {}, box, note), h("div.under-picture", {}, legend, point));

  let viewer = null;
  let size = null;
  let map = null;
  let job = null;
  let tag = "";
  let left = false;
  let timer = null;
  let askedAt = 0;

  let opening = false;
  let again = false;
  // Asked while it opens, as by a job that ends meanwhile, it opens once more: the first answer did not know of the alpha.
  async function open() {
    if (opening) {
      again = true;
      return;
    }
    [opening, again] = [true, false];
    try {
      const answer = await call("GET", `/jobs/${id}/pictures`);
      if (left) return;
      const isFirst = viewer === null;
      const had = size?.views ?? [];
      size = answer;
      tools.ready(size.views);
      if (isFirst) {
        viewer = await createViewer(box, id, size, { onZoom: tools.zoom, onPoint: pointed, onPick: index => pick(index), onStep: step, onTiles: missing });
        if (left) return viewer.destroy();
        if (size.views.includes("composite")) choice.grid = false;
        tools.ready(size.views);
        await show(); // the note goes with the first tile
        await patches();
      } else if (size.views.includes("alpha") && !had.includes("alpha")) {
        announce("The alpha is finished and can be shown.");
      }
    } catch (problem) {
      if (problem.name !== "AbortError") text(note, sentence(`No picture yet: ${problem.message}`));
    } finally {
      opening = false;
    }
    if (again && !left) await open();
  }

  async function show() {
    if (!viewer || left) return;
    const of = view => view && { view, over: view === "composite" ? choice.over : null };
    const word = name => views.find(([view]) => view === name)[1];
    viewer.canvas.setAttribute("aria-label", `${word(choice.view)}${choice.second ? ` beside ${word(choice.second)}` : ""}. Arrow keys pan, plus and minus zoom, shift with an arrow key goes to the next patch.`);
    viewer.grid.visible = choice.grid;
    viewer.grid.redraw();
    element.dataset.view = choice.view;
    await viewer.show(of(choice.view), of(choice.second), tag);
  }

  async function patches() {
    timer = null;
    askedAt = Date.now();
    if (!viewer || left) return;
    try {
      map = new PatchMap(await call("GET", `/jobs/${id}/patches`), size.width, size.height);
    } catch {
      return; // not cut yet, or the connection is gone: the next event asks again
    }
    viewer.grid.map = map;
    viewer.grid.redraw();
    legend.replaceChildren(...Object.values(patchStates).filter(state => map.counts[state] > 0).map(state =>
      h("li", {}, h(`i.${state}`), h("span", {}, state), h("b", {}, count(map.counts[state])))));
    panel.map(map);
  }

  function askPatches() {
    timer ??= setTimeout(patches, Math.max(0, askedAt + Again - Date.now()));
  }

  async function pick(index) {
    if (!viewer || !map || left) return;
    viewer.grid.selected = index;
    viewer.grid.contexts = [];
    viewer.grid.redraw();
    const contexts = await panel.show(index);
    if (left || viewer.grid.selected !== index || !contexts) return;
    viewer.grid.contexts = contexts.map((context, i) => ({ ...context, words: `${i + 1} · ${score(context.score)}` }));
    if (index !== null) viewer.reveal([index, ...contexts.map(context => context.index)].map(patch => map.square(patch)));
    viewer.grid.redraw();
  }

  function step(columns, rows) {
    if (!map) return;
    const at = viewer.grid.selected ?? map.queries[0] ?? 0;
    const column = Math.min(Math.max(map.column(at) + columns, 0), map.columns - 1);
    const row = Math.min(Math.max(map.row(at) + rows, 0), map.rows - 1);
    pick(row * map.columns + column);
  }

  function pointed(at) {
    text(point, at ? `${at.x}, ${at.y}` : size ? `${size.width} × ${size.height}` : "");
    if (!map) return;
    const hovered = at && choice.grid ? map.at(at.x, at.y) : null;
    if (viewer.grid.hovered === hovered) return;
    viewer.grid.hovered = hovered;
    viewer.grid.redraw();
  }

  function missing(failed) {
    text(note, failed ? "Parts of the picture did not come; they are asked for again when you move." : "");
  }

  function zoom(what) {
    if (!viewer) return;
    if (what === "fit") viewer.fit();
    else if (what === "real") viewer.real();
    else viewer.zoomBy(what === "in" ? 1.5 : 1 / 1.5);
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else element.requestFullscreen?.();
  }

  const unbind = bindKeys("Picture", [
    ...views.map(([view, word], i) => ({ key: String(i + 1), says: word, run: () => tools.view(view) })),
    { key: "c", says: "Compare two views", run: () => tools.compare() },
    { key: "g", says: "Patch grid", run: () => tools.grid() },
    { key: "f", says: "Whole plate", run: () => zoom("fit") },
    { key: "x", says: "One to one", run: () => zoom("real") },
    { key: "Escape", says: "Let go of the patch", run: () => pick(null) },
  ]);

  return {
    element,
    panel: panel.element,
    update(status) {
      if (left) return;
      const isFirst = job === null;
      const changed = !isFirst && (status.state !== job.state || status.startedUtc !== job.startedUtc);
      job = status;
      tag = status.state === "succeeded" ? String(new Date(status.finishedUtc).getTime()) : "";
      if (isFirst || changed || !viewer) open();
      if (!isFirst) askPatches();
      if (changed && viewer && map && viewer.grid.selected !== null) pick(viewer.grid.selected);
    },
    /** Once for the page, and before that where the job goes. */
    leave() {
      if (left) return;
      left = true;
      clearTimeout(timer);
      unbind();
      viewer?.destroy();
    },
  };
}
