import { h, text } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { store } from "../core/jobs-store.js";
import { act, may, verbs } from "../parts/verbs.js";

/** Jobs that are ticked, and a bar of what can be done to all of them. */
export function selection(onChange) {
  const ids = new Set();
  const said = h("span");
  const jobs = () => [...ids].map(id => store.get(id)).filter(Boolean);
  const buttons = verbs.map(verb => [verb, h("button.button", { type: "button", onclick: () => act(verb, jobs()) }, icon(verb.name), h("span"))]);
  const element = h("div.selection", { role: "region", "aria-label": "Selected jobs", hidden: true },
    said, buttons.map(([, button]) => button),
    h("button.button.plain", { type: "button", onclick: () => set([]) }, "Clear"));

  function draw() {
    element.hidden = ids.size === 0;
    text(said, `${ids.size} selected`);
    for (const [verb, button] of buttons) {
      const number = jobs().filter(job => may(verb, job)).length;
      button.hidden = number === 0;
      text(button.lastChild, number === ids.size ? verb.word : `${verb.word} ${number}`);
    }
  }

  function set(wanted) {
    ids.clear();
    for (const id of wanted) ids.add(id);
    onChange();
  }

  return {
    element,
    set,
    has: id => ids.has(id),
    toggle(id, on) {
      if (on) ids.add(id);
      else ids.delete(id);
      onChange();
    },
    /** Drops what is no longer shown, and brings the bar up to date. */
    keep(shown) {
      const there = new Set(shown);
      for (const id of ids) if (!there.has(id)) ids.delete(id);
      draw();
    },
  };
}
