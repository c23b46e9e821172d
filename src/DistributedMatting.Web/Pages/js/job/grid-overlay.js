import { patchStates } from "./patch-map.js";

// Colours of the states over any picture, each with a mark of its own for who does not tell them apart.
const colours = { waiting: [235, 235, 235, 0.1], encoded: [92, 158, 232, 0.24], matted: [88, 196, 122, 0.1], failed: [240, 90, 80, 0.5] };
const MarkFrom = 22; // a cell's width on the screen from which a mark can be told
const LabelHeight = 17;

/** Draws the patches over a picture: only those in sight, in one canvas, however many there are. */
export class GridOverlay {
  #canvas = document.createElement("canvas");
  #viewer; #item; #pending = false;

  map = null;
  visible = true;
  selected = null;
  contexts = [];
  hovered = null;

  constructor(viewer) {
    this.#viewer = viewer;
    this.#canvas.className = "grid-overlay";
    this.#canvas.setAttribute("aria-hidden", "true");
    viewer.canvas.append(this.#canvas);
    for (const event of ["update-viewport", "resize", "animation"]) viewer.addHandler(event, () => this.#paint());
  }

  set item(item) { this.#item = item; }

  redraw() {
    if (this.#pending) return;
    this.#pending = true;
    requestAnimationFrame(() => {
      this.#pending = false;
      this.#paint();
    });
  }

  #paint() {
    if (!this.#viewer.canvas) return; // the page has gone on
    const { clientWidth: width, clientHeight: height } = this.#viewer.canvas;
    const ratio = window.devicePixelRatio || 1;
    if (this.#canvas.width !== Math.round(width * ratio)) this.#canvas.width = Math.round(width * ratio);
    if (this.#canvas.height !== Math.round(height * ratio)) this.#canvas.height = Math.round(height * ratio);
    const context = this.#canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    if (!this.map || !this.#item) return;
    const { Point } = window.OpenSeadragon;
    const origin = this.#item.imageToViewerElementCoordinates(new Point(0, 0));
    const scale = (this.#item.imageToViewerElementCoordinates(new Point(1000, 0)).x - origin.x) / 1000;
    const place = { x: x => origin.x + x * scale, y: y => origin.y + y * scale, scale, width, height };
    if (this.visible) this.#cells(context, place);
    this.#chosen(context, place);
  }

  #cells(context, place) {
    const { map } = this;
    for (let row = 0; row < map.rows; row++) {
      const top = place.y(map.tops[row]);
      const bottom = place.y(map.tops[row + 1]);
      if (bottom < 0 || top > place.height) continue;
      for (let column = 0; column < map.columns; column++) {
        const left = place.x(map.lefts[column]);
        const right = place.x(map.lefts[column + 1]);
        if (right < 0 || left > place.width) continue;
        this.#cell(context, patchStates[map.states[row * map.columns + column]], left, top, right - left, bottom - top);
      }
    }
  }

  #cell(context, state, x, y, width, height) {
    context.lineWidth = 1;
    if (state === "known") {
      context.strokeStyle = "rgb(255 255 255 / 9%)";
      context.strokeRect(x + 0.5, y + 0.5, width, height);
      return;
    }
    const [r, g, b, alpha] = colours[state];
    context.fillStyle = `rgb(${r} ${g} ${b} / ${alpha})`;
    context.fillRect(x + 1, y + 1, width - 1, height - 1);
    context.strokeStyle = `rgb(${r} ${g} ${b} / 62%)`;
    context.strokeRect(x + 0.5, y + 0.5, width, height);
    if (width >= MarkFrom) this.#mark(context, state, x + 9, y + 9);
  }

  #mark(context, state, x, y) {
    context.beginPath();
    if (state === "waiting") context.arc(x, y, 2.5, 0, 7);
    else if (state === "encoded") context.arc(x, y, 3, Math.PI / 2, Math.PI * 1.5);
    else if (state === "matted") context.arc(x, y, 3, 0, 7);
    else {
      context.moveTo(x - 3, y - 3);
      context.lineTo(x + 3, y + 3);
      context.moveTo(x + 3, y - 3);
      context.lineTo(x - 3, y + 3);
    }
    context.lineWidth = 1.4;
    context.strokeStyle = context.fillStyle = "rgb(255 255 255 / 85%)";
    if (state === "matted" || state === "encoded") context.fill();
    else context.stroke();
  }

  #chosen(context, place) {
    if (this.hovered !== null) this.#outline(context, place, this.hovered, "rgb(255 255 255 / 70%)", 1);
    if (this.selected === null) return;
    const middle = index => {
      const { x, y, side } = this.map.square(index);
      return [place.x(x + side / 2), place.y(y + side / 2)];
    };
    for (const { index } of this.contexts) {
      context.beginPath();
      context.moveTo(...middle(this.selected));
      context.lineTo(...middle(index));
      context.setLineDash([]);
      context.strokeStyle = "rgb(0 0 0 / 30%)";
      context.lineWidth = 3;
      context.stroke();
      context.setLineDash([5, 4]);
      context.strokeStyle = "rgb(255 214 102 / 85%)";
      context.lineWidth = 1.2;
      context.stroke();
    }
    context.setLineDash([]);
    for (const { index } of this.contexts) this.#outline(context, place, index, "#ffd666", 2);
    for (const { index, words } of this.contexts) this.#label(context, place, index, words);
    this.#outline(context, place, this.selected, "#ffffff", 2.5);
  }

  #outline(context, place, index, colour, width) {
    const { x, y, side } = this.map.square(index);
    context.beginPath();
    context.rect(place.x(x), place.y(y), side * place.scale, side * place.scale);
    this.#twice(context, colour, width);
  }

  // A dark line beneath: it must be seen on white as on black.
  #twice(context, colour, width) {
    context.strokeStyle = "rgb(0 0 0 / 55%)";
    context.lineWidth = width + 2;
    context.stroke();
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }

  #label(context, place, index, words) {
    const { x, y } = this.map.square(index);
    const at = [place.x(x), place.y(y)];
    if (at[1] < LabelHeight) at[1] += LabelHeight; // no room above: within
    context.font = "600 11px Inter, sans-serif";
    context.fillStyle = "#ffd666";
    context.fillRect(at[0] - 1, at[1] - LabelHeight, context.measureText(words).width + 10, LabelHeight);
    context.fillStyle = "#1a1a1a";
    context.fillText(words, at[0] + 4, at[1] - 5);
  }
}
