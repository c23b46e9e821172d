import { recall, remember } from "./storage.js";

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

/** The theme follows the system until a person chooses; a choice equal to the system's is forgotten again. */
export function toggleTheme() {
  const next = root.dataset.theme === "dark" ? "light" : "dark";
  const isSystems = (next === "dark") === system.matches;
  remember("theme", isSystems ? null : next);
  apply(next);
}

function apply(theme) {
  root.dataset.theme = theme;
  root.dispatchEvent(new CustomEvent("theme"));
}

system.addEventListener("change", () => {
  if (!recall("theme")) apply(system.matches ? "dark" : "light");
});
