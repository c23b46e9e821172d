import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";

export const states = ["running", "waiting", "paused", "failed", "succeeded", "cancelled"];

const words = { running: "Running", waiting: "Waiting", paused: "Paused", succeeded: "Done", failed: "Failed", cancelled: "Cancelled" };

export const stateWord = state => words[state] ?? state;

/** A state as a word with its own shape: never by colour alone. */
export function stateBadge() {
  const element = h("span.state");
  let shown = null;
  return {
    element,
    update(state) {
      if (state === shown) return;
      shown = state;
      element.className = `state ${state}`;
      element.replaceChildren(icon(state), h("span", {}, stateWord(state)));
    },
  };
}
