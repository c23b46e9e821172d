import { h } from "../core/dom.js";

/** The line between two views, to be dragged or moved with the arrow keys. at is 0 to 1 of the width. */
export function divider(onMove) {
  let at = 0.5;
  const element = h("div.divider", {
    role: "slider", tabindex: "0", "aria-label": "Line between the two views", "aria-valuemin": "0", "aria-valuemax": "100", "aria-orientation": "horizontal", hidden: true,
  }, h("span.grip", { "aria-hidden": "true" }));

  function move(to) {
    at = Math.min(Math.max(to, 0), 1);
    element.style.left = `${at * 100}%`;
    element.setAttribute("aria-valuenow", Math.round(at * 100));
    onMove(at);
  }

  // The viewer beneath would pan.
  for (const name of ["pointerdown", "mousedown", "touchstart", "click", "dblclick"]) {
    element.addEventListener(name, event => event.stopPropagation(), { passive: true });
  }
  element.addEventListener("pointerdown", event => element.setPointerCapture(event.pointerId));
  element.addEventListener("pointermove", event => {
    if (!element.hasPointerCapture(event.pointerId)) return;
    const box = element.parentElement.getBoundingClientRect();
    move((event.clientX - box.left) / box.width);
  });
  element.addEventListener("keydown", event => {
    const step = { ArrowLeft: -0.02, ArrowRight: 0.02, PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(at + step);
  });
  return { element, get at() { return at; }, move };
}
