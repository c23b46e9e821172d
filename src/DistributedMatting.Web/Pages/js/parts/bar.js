import { attribute, h } from "../core/dom.js";

/** A progress bar; `name` is what a screen reader calls it. */
export function bar(name) {
  const fill = h("span");
  const element = h("div.bar", { role: "progressbar", "aria-label": name, "aria-valuemin": "0", "aria-valuemax": "100" }, fill);
  return {
    element,
    update(part, kind = "running") {
      const wanted = `bar ${kind}`;
      if (element.className !== wanted) element.className = wanted;
      fill.style.transform = `scaleX(${part.toFixed(4)})`;
      attribute(element, "aria-valuenow", Math.floor(part * 100));
    },
  };
}
