import { svg } from "./dom.js";

// 16 × 16, drawn with a line; what is filled says so.
const paths = {
  waiting: ["M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2z", "M8 5v3.2l2 1.3"],
  running: ["M8 2.2a5.8 5.8 0 1 1-5.8 5.8"],
  paused: ["M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2z", "M6.4 6v4M9.6 6v4"],
  succeeded: ["M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2z", "M5.4 8.2l1.8 1.8 3.4-3.8"],
  failed: ["M8 2.2L14.2 13H1.8z", "M8 6.4v3M8 11.2v.1"],
  cancelled: ["M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2z", "M4 12L12 4"],
  pause: ["M5.5 3.5v9M10.5 3.5v9"],
  resume: ["M5 3.2v9.6L12.6 8z"],
  cancel: ["M4 4l8 8M12 4l-8 8"],
  retry: ["M12.8 8A4.8 4.8 0 1 1 11 4.2", "M11.4 1.8v2.8H8.6"],
  delete: ["M3 4.5h10M6.5 4.5V3h3v1.5M4.4 4.5l.6 8.5h6l.6-8.5"],
  download: ["M8 2.5v7.2M5 7l3 3 3-3M3 13.2h10"],
  upload: ["M8 10V2.8M5 5.6l3-3 3 3M3 13.2h10"],
  search: ["M7 2.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8z", "M10.3 10.3l3.2 3.2"],
  theme: ["M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2z", "M8 2.2v11.6"],
  help: ["M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2z", "M6.4 6.3a1.6 1.6 0 1 1 2.3 1.5c-.5.3-.7.6-.7 1.1M8 11v.1"],
  grid: ["M2.5 2.5h11v11h-11z", "M6.2 2.5v11M9.8 2.5v11M2.5 6.2h11M2.5 9.8h11"],
  compare: ["M2.5 3h11v10h-11z", "M8 1.5v13"],
  fit: ["M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3"],
  full: ["M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5L9.2 6.8M2.5 13.5l4.3-4.3"],
  plus: ["M8 3v10M3 8h10"],
  minus: ["M3 8h10"],
  back: ["M9.8 3L4.8 8l5 5"],
  next: ["M6.2 3l5 5-5 5"],
  edit: ["M3 13l.7-3L10.6 3.1a1.3 1.3 0 0 1 1.9 0l.4.4a1.3 1.3 0 0 1 0 1.9L6 12.3z", "M9.4 4.3l2.3 2.3"],
  leave: ["M6.5 2.5h-4v11h4M10 5l3 3-3 3M13 8H6"],
  info: ["M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2z", "M8 7.4v3.4M8 5.2v.1"],
};

/** A picture beside words, or in a button that has a label: never read aloud. */
export function icon(name) {
  const spins = name === "running";
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" },
    paths[name].map(d => svg("path", { d, class: spins ? "spin" : null })));
}
