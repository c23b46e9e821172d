import { h, svg, text } from "../core/dom.js";

const Height = 210;
const Edge = { left: 44, right: 14, top: 12, bottom: 24 };

/**
 * Patches a second over the last hour, workers on top of each other. draw(series) takes
 * [{ name, history: [{ time, patchesPerSecond }…] }…], at most some 400 samples each.
 */
export function throughputChart() {
  const picture = svg("svg", { class: "chart", height: Height, role: "img", "aria-labelledby": "chart-words" });
  const words = h("p.hidden-visually", { id: "chart-words" }, sentence([]));
  const tip = h("div.chart-tip", { hidden: true, "aria-hidden": "true" });
  const legend = h("ul.chart-legend", { "aria-hidden": "true" });
  const element = h("div.chart-box", {}, picture, tip, legend, words);
  let series = [];
  let frame = null;

  function paint() {
    const width = Math.max(element.clientWidth, 280);
    picture.setAttribute("width", width);
    picture.setAttribute("viewBox", `0 0 ${width} ${Height}`);
    const sums = stack(series);
    const most = nice(Math.max(...sums.flatMap(layer => layer.points.map(point => point.top)), 1));
    const end = Math.max(...series.flatMap(one => one.history.map(sample => +new Date(sample.time))), Date.now() - 60_000);
    // An hour, or less where the workers are younger: ten minutes at least.
    const oldest = Math.min(...series.flatMap(one => one.history.slice(0, 1).map(sample => +new Date(sample.time))), end);
    const span = Math.min(Math.max(end - oldest, 600_000), 3_600_000);
    const from = end - span;
    const x = at => Edge.left + (at - from) / span * (width - Edge.left - Edge.right);
    const y = value => Edge.top + (1 - value / most) * (Height - Edge.top - Edge.bottom);
    frame = { x, from, span, width };
    picture.replaceChildren(...lines(most, x, y, from, span, width), ...sums.map((layer, i) => area(layer, i, x, y, from)), svg("line", { class: "cursor", y1: Edge.top, y2: Height - Edge.bottom, visibility: "hidden" }));
  }

  function point(event) {
    if (!frame) return;
    const box = picture.getBoundingClientRect();
    const share = (event.clientX - box.left - Edge.left) / (frame.width - Edge.left - Edge.right);
    const at = frame.from + Math.min(Math.max(share, 0), 1) * frame.span;
    const rows = series.map(one => [one.name, nearest(one.history, at)]).filter(([, sample]) => sample);
    const cursor = picture.querySelector(".cursor");
    cursor.setAttribute("visibility", "visible");
    cursor.setAttribute("x1", frame.x(at));
    cursor.setAttribute("x2", frame.x(at));
    tip.hidden = rows.length === 0;
    tip.replaceChildren(h("b", {}, clock(at)), ...rows.map(([name, sample]) => h("div", {}, h("span", {}, name), h("span", {}, `${sample.patchesPerSecond.toFixed(1)} /s`))));
    tip.style.left = `${Math.min(frame.x(at) + 12, frame.width - 150)}px`;
  }
  picture.addEventListener("pointermove", point);
  picture.addEventListener("pointerleave", () => {
    tip.hidden = true;
    picture.querySelector(".cursor")?.setAttribute("visibility", "hidden");
  });
  new ResizeObserver(() => paint()).observe(element);

  return {
    element,
    draw(next) {
      series = next.map(one => ({ ...one, history: one.history.filter(sample => Number.isFinite(sample.patchesPerSecond)) }));
      text(words, sentence(series));
      legend.replaceChildren(...series.map((one, i) => h("li", {}, h(`i.layer-${i % 6}`), one.name)));
      legend.hidden = series.length < 2;
      paint();
    },
  };
}

const clock = at => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });

function lines(most, x, y, from, span, width) {
  const marks = [0, most / 2, most].map(value => [
    svg("line", { class: "rule", x1: Edge.left, x2: width - Edge.right, y1: y(value), y2: y(value) }),
    svg("text", { class: "tick", x: Edge.left - 8, y: y(value) + 4, "text-anchor": "end" }, String(Number(value.toPrecision(3)))),
  ]);
  const each = [1, 2, 5, 10, 20].find(minutes => span / (minutes * 60_000) <= width / 90) ?? 20;
  const first = Math.ceil(from / (each * 60_000)) * each * 60_000;
  const times = [];
  for (let at = first; at <= from + span; at += each * 60_000) {
    if (x(at) > width - 30) continue;
    times.push(svg("text", { class: "tick", x: x(at), y: Height - 6, "text-anchor": "middle" }, clock(at)));
  }
  return [...marks.flat(), ...times];
}

/** Each worker's samples on top of those before it, at the times of the one that has most. */
function stack(series) {
  const times = series.reduce((longest, one) => (one.history.length > longest.length ? one.history : longest), []).map(sample => +new Date(sample.time));
  const below = times.map(() => 0);
  return series.map(one => ({
    points: times.map((at, i) => {
      const bottom = below[i];
      below[i] += nearest(one.history, at)?.patchesPerSecond ?? 0;
      return { at, bottom, top: below[i] };
    }),
  }));
}

function area(layer, i, x, y, from) {
  const points = layer.points.filter(point => point.at >= from);
  if (points.length < 2) return svg("g");
  const there = points.map(point => `${x(point.at).toFixed(1)},${y(point.top).toFixed(1)}`);
  const back = points.toReversed().map(point => `${x(point.at).toFixed(1)},${y(point.bottom).toFixed(1)}`);
  return svg("g", { class: `layer-${i % 6}` },
    svg("path", { class: "fill", d: `M${there.join("L")}L${back.join("L")}Z` }),
    svg("path", { class: "edge", d: `M${there.join("L")}` }));
}

/** The sample within 15 s of a time; null where the worker was not there. */
function nearest(history, at) {
  let low = 0;
  let high = history.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (+new Date(history[middle].time) < at) low = middle + 1;
    else high = middle;
  }
  const best = [history[low - 1], history[low]].filter(Boolean).sort((a, b) => Math.abs(+new Date(a.time) - at) - Math.abs(+new Date(b.time) - at))[0];
  return best && Math.abs(+new Date(best.time) - at) <= 15_000 ? best : null;
}

function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map(step => step * power).find(step => step >= value * 1.05) ?? 10 * power;
}

function sentence(series) {
  const parts = series.map(one => {
    const rates = one.history.map(sample => sample.patchesPerSecond);
    if (rates.length === 0) return `${one.name} has no history yet`;
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    return `${one.name}: ${rates.at(-1).toFixed(1)} now, ${mean.toFixed(1)} in the mean, ${Math.max(...rates).toFixed(1)} at most`;
  });
  return `${["Patches a second over the last hour", ...parts].join(". ")}.`;
}
