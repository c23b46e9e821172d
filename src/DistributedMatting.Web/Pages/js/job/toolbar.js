import { h, text } from "../core/dom.js";
import { icon } from "../core/icons.js";

export const views = [["plate", "Plate"], ["trimap", "Trimap"], ["alpha", "Alpha"], ["composite", "Composite"]];

const backs = [["checker", "Checker"], ["000000", "Black"], ["777777", "18 % grey"], ["ffffff", "White"], ["00b140", "Green"], ["0047bb", "Blue"]];

/**
 * What is shown, and how. choice is { view, second, over, grid }; second is null unless two views are compared.
 * onChange(choice) is told of each change, onZoom of "fit", "real", "in", "out", onFull of full screen.
 */
export function toolbar(choice, onChange, onZoom, onFull) {
  const buttons = new Map(views.map(([view, word], i) => [view, h("button", {
    type: "button", role: "radio", title: `${word} (${i + 1})`, onclick: () => change({ view, second: choice.second === view ? choice.view : choice.second }),
  }, word)]));
  const second = h("select.input", { "aria-label": "Compare with", onchange: () => change({ second: second.value }) },
    views.map(([view, word]) => h("option", { value: view }, word)));
  const compare = h("button.button.toggle", { type: "button", title: "Compare two views (C)", onclick: () => api.compare() }, icon("compare"), h("span", {}, "Compare"));
  const swatches = backs.map(([over, word]) => h(`button.swatch.${over === "checker" ? "checker" : "colour"}`, {
    type: "button", role: "radio", "aria-label": `Over ${word}`, title: `Over ${word.toLowerCase()}`, onclick: () => change({ over }),
  }));
  swatches.forEach((swatch, i) => { if (i > 0) swatch.style.background = `#${backs[i][0]}`; });
  const own = h("input.swatch", { type: "color", value: "#804020", "aria-label": "Over a colour of your own", title: "Over a colour of your own", oninput: () => change({ over: own.value.slice(1) }) });
  const grid = h("button.button.toggle", { type: "button", title: "Patch grid (G)", onclick: () => api.grid() }, icon("grid"), h("span", {}, "Patches"));
  const zoom = h("span.zoom", { title: "Zoom" });
  const square = (name, label, what) => h("button.button.square", { type: "button", "aria-label": label, title: label, onclick: () => (what === "full" ? onFull() : onZoom(what)) }, icon(name));
  const zooms = h("div.zooms", {},
    square("minus", "Zoom out", "out"), zoom, square("plus", "Zoom in", "in"),
    h("button.button", { type: "button", title: "One pixel of the plate is one of the screen (X)", onclick: () => onZoom("real") }, "1:1"),
    square("fit", "Whole plate (F)", "fit"), square("full", "Full screen", "full"));
  // There is nothing to zoom before the picture has come.
  for (const button of zooms.querySelectorAll("button")) button.disabled = true;
  const over = h("div.swatches", { role: "radiogroup", "aria-label": "Composite over" }, swatches, own);
  const element = h("div.toolbar", { role: "group", "aria-label": "Picture" },
    h("div.segments", { role: "radiogroup", "aria-label": "View" }, [...buttons.values()]),
    over,
    h("div.pair", {}, compare, second),
    grid,
    zooms);
  let ready = ["plate", "trimap"];

  function change(part) {
    Object.assign(choice, part);
    draw();
    onChange(choice);
  }

  function draw() {
    for (const [view, button] of buttons) {
      const on = choice.view === view;
      button.setAttribute("aria-checked", String(on));
      button.tabIndex = on ? 0 : -1;
      button.disabled = !ready.includes(view);
    }
    for (const option of second.options) option.disabled = !ready.includes(option.value) || option.value === choice.view;
    compare.setAttribute("aria-pressed", String(choice.second !== null));
    second.hidden = choice.second === null;
    if (choice.second !== null) second.value = choice.second;
    over.hidden = choice.view !== "composite" && choice.second !== "composite";
    backs.forEach(([name], i) => {
      swatches[i].setAttribute("aria-checked", String(choice.over === name));
    });
    own.classList.toggle("on", !backs.some(([name]) => name === choice.over));
    grid.setAttribute("aria-pressed", String(choice.grid));
  }

  // One stop for the tab key in each group, arrows inside: as radio buttons are.
  element.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const group = event.target.closest('[role="radiogroup"]');
    if (!step || !group || event.target.tagName === "INPUT") return;
    const all = [...group.querySelectorAll('[role="radio"]:not(:disabled)')];
    const next = all[(all.indexOf(event.target) + step + all.length) % all.length];
    event.preventDefault();
    next.focus();
    next.click();
  });

  const api = {
    element,
    view(view) { if (ready.includes(view)) change({ view, second: choice.second === view ? choice.view : choice.second }); },
    grid() { change({ grid: !choice.grid }); },
    compare() {
      const other = ["plate", "alpha", "trimap", "composite"].find(view => view !== choice.view && ready.includes(view));
      change({ second: choice.second === null ? other ?? null : null });
    },
    /** Which views can be shown now. */
    ready(names) {
      ready = names;
      draw();
    },
    /** How large the picture is shown: it is there. */
    zoom(percent) {
      if (zoom.textContent === "") for (const button of zooms.querySelectorAll("button")) button.disabled = false;
      text(zoom, percent >= 0.1 ? `${Math.round(percent * 100)} %` : `${(percent * 100).toFixed(1)} %`);
    },
  };
  draw();
  return api;
}
