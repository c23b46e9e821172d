/** What a letter of the patches' states means. */
export const patchStates = { k: "known", w: "waiting", e: "encoded", m: "matted", f: "failed" };

/**
 * The patches of a plate by place. Neighbours overlap by the margin; a point belongs to the patch whose side of the
 * overlap's middle it is on.
 */
export class PatchMap {
  constructor(record, width, height) {
    Object.assign(this, record);
    this.lefts = edges(record.xs, record.margin, width);
    this.tops = edges(record.ys, record.margin, height);
    this.counts = Object.fromEntries(Object.values(patchStates).map(name => [name, 0]));
    for (const letter of record.states) this.counts[patchStates[letter]]++;
    this.queries = [...record.states].flatMap((letter, index) => letter === "k" ? [] : [index]);
  }

  column(index) { return index % this.columns; }
  row(index) { return Math.floor(index / this.columns); }
  state(index) { return patchStates[this.states[index]]; }

  /** The index of the patch at a pixel; null outside. */
  at(x, y) {
    const column = this.lefts.findLastIndex(left => left <= x);
    const row = this.tops.findLastIndex(top => top <= y);
    if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return null;
    return row * this.columns + column;
  }

  /** A patch's whole square, the overlaps included. */
  square(index) {
    return { x: this.xs[this.column(index)], y: this.ys[this.row(index)], side: this.patch };
  }
}

// n + 1 edges for n patches: half of the margin from each side of an overlap.
function edges(starts, margin, end) {
  return [0, ...starts.slice(1).map(start => start + margin / 2), end];
}
