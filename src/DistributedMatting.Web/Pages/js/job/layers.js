import { address } from "../core/api.js";

const Most = 5; // views kept ready at once: one that was looked at comes back without a wait

/**
 * The views of one plate as layers of one picture, all in the same place. A new view lies above the old one, which
 * goes only when the new one has arrived: changing views never flashes.
 */
export class Layers {
  #viewer; #base; #size; #made = new Map(); #failed;

  /** size is the answer of /pictures; onFailed() is told when tiles do not come. */
  constructor(viewer, id, size, onFailed) {
    this.#viewer = viewer;
    this.#base = address(`/jobs/${id}/pictures`);
    this.#size = size;
    this.#failed = onFailed;
  }

  /**
   * Shows one view, or two with a dividing line; a view is { view, over }. Tags change when pictures do.
   */
  async show(first, second = null, tag = "") {
    const wanted = [first, second].filter(Boolean).map(view => this.#name(view, tag));
    const items = await Promise.all([first, second].filter(Boolean).map(view => this.#make(view, tag)));
    this.shown = items;
    const world = this.#viewer.world;
    items.forEach(item => {
      item.setOpacity(1);
      world.setItemIndex(item, world.getItemCount() - 1);
    });
    items[0].setClip(null);
    for (const [name, item] of this.#made) if (!wanted.includes(name)) this.#hideOnce(items, item);
    for (const name of wanted) {
      const item = this.#made.get(name);
      this.#made.delete(name);
      this.#made.set(name, item);
    }
    for (const [name, item] of this.#made) {
      if (this.#made.size <= Most) break;
      world.removeItem(item);
      this.#made.delete(name);
    }
  }

  /** Where the second view begins, in pixels of the picture from the left. */
  split(x) {
    const second = this.shown?.[1];
    if (!second) return;
    const { width, height } = this.#size;
    const from = Math.min(Math.max(x, 0), width);
    second.setOpacity(from >= width ? 0 : 1);
    // Both are cut: the first would show as a thread along the second's far edge.
    const { Rect } = window.OpenSeadragon;
    this.shown[0].setOpacity(from <= 0 ? 0 : 1);
    this.shown[0].setClip(new Rect(0, 0, Math.max(from, 1), height));
    second.setClip(new Rect(from, 0, Math.max(width - from, 1), height));
  }

  #name(view, tag) {
    return `${view.view} ${view.over ?? ""} ${tag}`;
  }

  #hideOnce(items, old) {
    const hide = () => {
      if (!this.shown.includes(old)) old.setOpacity(0);
    };
    const late = items.filter(item => !item.getFullyLoaded());
    if (late.length === 0) return hide();
    let left = late.length;
    for (const item of late) item.addOnceHandler("fully-loaded-change", () => --left === 0 && hide());
    setTimeout(hide, 4000); // a tile that never comes must not leave the old view lying underneath
  }

  #make(view, tag) {
    const name = this.#name(view, tag);
    if (this.#made.has(name)) return Promise.resolve(this.#made.get(name));
    const { width, height, tile, levels } = this.#size;
    const rest = new URLSearchParams({ ...(view.over ? { over: view.over } : {}), ...(tag ? { v: tag } : {}) }).toString();
    return new Promise((done, failed) => this.#viewer.addTiledImage({
      tileSource: {
        width, height, tileSize: tile, tileOverlap: 0, minLevel: 0, maxLevel: levels - 1,
        getTileUrl: (level, x, y) => `${this.#base}/${view.view}/${level}/${x}_${y}${rest ? `?${rest}` : ""}`,
      },
      success: ({ item }) => {
        this.#made.set(name, item);
        done(item);
      },
      error: ({ message }) => {
        this.#failed(message);
        failed(new Error(message));
      },
    }));
  }
}
