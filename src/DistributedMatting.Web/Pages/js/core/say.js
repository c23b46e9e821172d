import { h } from "./dom.js";
import { sentence as asSentence } from "./format.js";
import { icon } from "./icons.js";

const polite = document.getElementById("polite");
const urgent = document.getElementById("urgent");
const toasts = document.getElementById("toasts");

/** Tells a screen reader, without showing anything. */
export function announce(sentence) {
  // Emptied first: the same sentence twice is news twice.
  polite.textContent = "";
  requestAnimationFrame(() => { polite.textContent = sentence; });
}

/** Shows a sentence for a while and tells it. What failed stays until it is closed. */
export function toast(words, kind = "info") {
  const sentence = asSentence(words);
  const note = h(`div.toast.${kind}`, {},
    icon(kind === "failed" ? "failed" : "info"),
    h("p", {}, sentence),
    h("button.button.plain.square", { type: "button", "aria-label": "Close this note", onclick: () => note.remove() }, icon("cancel")));
  toasts.append(note);
  if (kind === "failed") urgent.textContent = sentence;
  else announce(sentence);
  if (kind !== "failed") setTimeout(() => note.remove(), 5000);
  while (toasts.children.length > 4) toasts.firstChild.remove();
}
