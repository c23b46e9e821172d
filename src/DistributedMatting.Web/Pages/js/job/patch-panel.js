import { address, call } from "../core/api.js";
import { attribute, h, text } from "../core/dom.js";
import { sentence } from "../core/format.js";
import { icon } from "../core/icons.js";
import { announce } from "../core/say.js";

/** One patch in words, and the patches that it drew on. onPick(index) goes to another. */
export function patchPanel(id, onPick) {
  const number = h("input.input", { type: "number", min: "0", step: "1", inputmode: "numeric", "aria-label": "Number of a patch", onchange: () => go(number.valueAsNumber) });
  const before = h("button.button.square", { type: "button", "aria-label": "Query patch before", title: "Query patch before", onclick: () => hop(-1) }, icon("back"));
  const after = h("button.button.square", { type: "button", "aria-label": "Next query patch", title: "Next query patch", onclick: () => hop(1) }, icon("next"));
  const body = h("div.patch-body");
  const element = h("section.facts.patch", { "aria-labelledby": "patch-title" },
    h("div.facts-head", {}, h("h2", { id: "patch-title" }, "Patch"), h("div.go", {}, before, number, after)),
    body);
  let map = null;
  let shown = null;
  for (const control of [number, before, after]) control.disabled = true; // until the patches are known
  hint();

  function hint() {
    body.replaceChildren(h("p.quiet", {}, "Click a patch in the picture to see which others it drew on."));
  }

  function go(index) {
    if (map && Number.isInteger(index) && index >= 0 && index < map.states.length) onPick(index);
  }

  /** To the next patch that is inferred. */
  function hop(step) {
    const from = shown ?? (step > 0 ? -1 : map.states.length);
    const next = step > 0 ? map.queries.find(index => index > from) : map.queries.findLast(index => index < from);
    go(next ?? (step > 0 ? map.queries[0] : map.queries.at(-1)));
  }

  function thumbnail(patch) {
    const width = Math.min(map.patch, map.lefts.at(-1) - patch.x); // past the plate's edge there is nothing to show
    const height = Math.min(map.patch, map.tops.at(-1) - patch.y);
    return h("img", { alt: "", width: "56", height: "56", src: address(`/jobs/${id}/pictures/plate?x=${patch.x}&y=${patch.y}&width=${width}&height=${height}&scale=0.25`) });
  }

  function draw(patch) {
    body.replaceChildren(
      h("div.query", {}, thumbnail(patch),
        h("p", {}, h("b", {}, `Patch ${patch.index}`), h("br"), h("span.quiet", {}, `column ${map.column(patch.index) + 1}, row ${map.row(patch.index) + 1}`), h("br"), h("span", {}, map.state(patch.index)))),
      ...(patch.contexts.length === 0 ? [h("p.quiet", {}, whyNone(map.state(patch.index)))] : [
        h("h3", {}, "It drew on"),
        h("p.quiet", {}, "How each correlates with it: 1 is the most that any patch could."),
        h("ol.contexts", {}, patch.contexts.map((context, i) => {
          const strip = h("i");
          strip.style.transform = `scaleX(${Math.max(0, context.score ?? 0).toFixed(3)})`;
          return h("li", {}, h("button", { type: "button", onclick: () => onPick(context.index), "aria-label": `Context ${i + 1}: patch ${context.index}, correlation ${score(context.score)}` },
            thumbnail(context),
            h("span.rank", {}, String(i + 1)),
            h("span.which", {}, `Patch ${context.index}`, h("span.strip", {}, strip)),
            h("span.score", {}, score(context.score))));
        }))]));
    for (const picture of body.querySelectorAll("img")) picture.addEventListener("error", () => picture.classList.add("missing"));
    announce(`Patch ${patch.index}, column ${map.column(patch.index) + 1}, row ${map.row(patch.index) + 1}, ${map.state(patch.index)}, ${patch.contexts.length} contexts`);
  }

  return {
    element,
    map(next) {
      const was = shown === null ? null : map?.state(shown);
      map = next;
      attribute(number, "max", map.states.length - 1);
      number.disabled = false;
      before.disabled = after.disabled = map.queries.length === 0;
      text(element.querySelector("h2"), `Patch of ${map.states.length}`);
      // What it drew on is known once it has been ranked.
      if (shown !== null && map.state(shown) !== was) onPick(shown);
    },
    /** Shows one patch, null for none; gives its contexts, null where they could not be had. */
    async show(index) {
      shown = index;
      number.value = index ?? "";
      if (index === null) {
        hint();
        return [];
      }
      try {
        const patch = await call("GET", `/jobs/${id}/patches/${index}`);
        if (shown !== index) return null;
        draw(patch);
        return patch.contexts;
      } catch (problem) {
        body.replaceChildren(h("p.quiet", {}, sentence(problem.message)));
        return null;
      }
    },
  };
}

/** From -1 to 1; null where an older version did not keep it. */
export const score = value => Number.isFinite(value) ? value.toFixed(3).replace("-", "\u2212") : "–";

function whyNone(state) {
  if (state === "known") return "The trimap knows every pixel of it, so it was never inferred.";
  if (state === "matted") return "It drew on no other patch. One that sees known foreground and background itself seldom needs to.";
  return "Its contexts are chosen when all patches are encoded.";
}
