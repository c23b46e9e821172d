import { recall, remember } from "./storage.js";
import { h } from "./dom.js";

// Single keys can be turned off: who dictates, or types by accident, must not trigger them (WCAG 2.1.4).
const listed = new Map();
let on = recall("shortcuts") !== "off";

/** Binds single keys while a page is shown; gives a function that unbinds them. */
export function bindKeys(group, keys) {
  listed.set(group, keys);
  return () => listed.delete(group);
}

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable], dialog") !== null;
}

addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  if (event.key === "?") return showHelp();
  if (!on) return;
  for (const keys of listed.values()) {
    const bound = keys.find(entry => entry.key === event.key);
    if (!bound) continue;
    event.preventDefault();
    bound.run();
    return;
  }
});

export function showHelp() {
  const rows = [...listed].flatMap(([group, keys]) => [
    h("h3", {}, group),
    h("dl.keys", {}, keys.map(entry => [h("dt", {}, h("kbd", {}, entry.key)), h("dd", {}, entry.says)])),
  ]);
  const box = h("input", { type: "checkbox", checked: on, onchange: () => {
    on = box.checked;
    remember("shortcuts", on ? null : "off");
  } });
  const dialog = h("dialog.help", { "aria-labelledby": "help-title", onclose: () => dialog.remove() },
    h("h2", { id: "help-title" }, "Keys"),
    rows,
    h("label.check", {}, box, "Single keys do this"),
    h("div.ends", {}, h("button.button.primary", { type: "button", onclick: () => dialog.close() }, "Close")));
  document.body.append(dialog);
  dialog.showModal();
}
