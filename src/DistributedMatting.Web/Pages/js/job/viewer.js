import { h } from "../core/dom.js";
import { divider } from "./divider.js";
import { GridOverlay } from "./grid-overlay.js";
import { Layers } from "./layers.js";
import { loadOpenSeadragon } from "./openseadragon.js";

/**
 * The deep-zoom picture. What it tells: onZoom(percent of real size), onPoint({x, y} | null) in pixels of the plate,
 * onPick(index of a patch), onStep(columns, rows) for shift and an arrow key, onTiles(failed).
 */
export async function createViewer(host, id, size, told) {
  const OpenSeadragon = await loadOpenSeadragon();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const stage = h("div.stage");
  host.append(stage);
  const viewer = OpenSeadragon({
    element: stage,
    drawer: "canvas",
    showNavigationControl: false,
    showNavigator: false,
    animationTime: still ? 0 : 0.35,
    springStiffness: 9,
    blendTime: 0,
    minZoomImageRatio: 0.7,
    maxZoomPixelRatio: 16,
    zoomPerScroll: 1.25,
    visibilityRatio: 0.4,
    preserveImageSizeOnResize: false,
    imageLoaderLimit: 6,
    maxImageCacheCount: 600,
    clickTimeThreshold: 1500,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
    gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: true },
    gestureSettingsPen: { clickToZoom: false },
    tileRetryMax: 2,
    tileRetryDelay: 1500,
  });
  const canvas = viewer.canvas;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", "deep-zoom picture");
  // It takes the focus by script, which browsers cannot tell from the keyboard.
  stage.addEventListener("pointerdown", () => stage.classList.add("by-pointer"), true);
  stage.addEventListener("keydown", () => stage.classList.remove("by-pointer"), true);
  const layers = new Layers(viewer, id, size, told.onTiles);
  const grid = new GridOverlay(viewer);
  const line = divider(() => split());
  viewer.container.append(line.element);

  const item = () => layers.shown?.[0];
  const split = () => {
    if (!item() || line.element.hidden) return;
    layers.split(item().viewerElementToImageCoordinates(new OpenSeadragon.Point(line.at * viewer.container.clientWidth, 0)).x);
  };
  const ratio = () => window.devicePixelRatio || 1;
  const zoomed = () => {
    if (!item()) return;
    const zoom = item().viewportToImageZoom(viewer.viewport.getZoom(true));
    told.onZoom(zoom * ratio());
    // From real size on, a pixel is shown as a pixel.
    const smooth = zoom * ratio() < 1.001;
    if (viewer.drawer.imageSmoothingEnabled !== smooth) viewer.drawer.setImageSmoothingEnabled(smooth);
  };
  viewer.addHandler("update-viewport", () => {
    zoomed();
    split();
  });
  viewer.addHandler("tile-load-failed", () => told.onTiles(true));
  viewer.addHandler("tile-loaded", () => told.onTiles(false));
  viewer.addHandler("canvas-key", event => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event.originalEvent;
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    const mine = shiftKey && steps;
    if (mine) told.onStep(...steps);
    // Turning and mirroring a plate would only mislead.
    event.preventDefaultAction = Boolean(mine) || ctrlKey || metaKey || altKey || (!steps && !["+", "=", "-", "_", "0"].includes(key));
  });
  viewer.addHandler("canvas-click", event => {
    if (!event.quick || !item() || !grid.map) return;
    const { x, y } = item().viewerElementToImageCoordinates(event.position);
    told.onPick(inside(x, y) ? grid.map.at(x, y) : null);
  });
  const inside = (x, y) => x >= 0 && y >= 0 && x < size.width && y < size.height;
  canvas.addEventListener("pointermove", event => {
    if (!item()) return;
    const box = canvas.getBoundingClientRect();
    const { x, y } = item().viewerElementToImageCoordinates(new OpenSeadragon.Point(event.clientX - box.left, event.clientY - box.top));
    told.onPoint(inside(x, y) ? { x: Math.floor(x), y: Math.floor(y) } : null);
  });
  canvas.addEventListener("pointerleave", () => told.onPoint(null));

  return {
    grid,
    canvas,
    async show(first, second, tag) {
      await layers.show(first, second, tag);
      grid.item = item();
      line.element.hidden = !second;
      if (second) line.move(line.at);
      grid.redraw();
    },
    fit: () => viewer.viewport.goHome(still),
    zoomBy(factor) {
      viewer.viewport.zoomBy(factor);
      viewer.viewport.applyConstraints();
    },
    /** One pixel of the plate on one of the screen. */
    real() {
      if (item()) viewer.viewport.zoomTo(item().imageToViewportZoom(1 / ratio()), undefined, still);
    },
    /** Brings squares into sight where they are not. */
    reveal(squares) {
      if (!item() || squares.length === 0) return;
      const rects = squares.map(({ x, y, side }) => item().imageToViewportRectangle(x, y, side, side));
      const seen = viewer.viewport.getBounds();
      const within = rect => rect.x >= seen.x && rect.y >= seen.y && rect.x + rect.width <= seen.x + seen.width && rect.y + rect.height <= seen.y + seen.height;
      if (rects.every(within)) return;
      const all = rects.reduce((sum, rect) => sum.union(rect));
      const room = Math.max(all.width, all.height) * 0.12;
      viewer.viewport.fitBounds(new OpenSeadragon.Rect(all.x - room, all.y - room, all.width + 2 * room, all.height + 2 * room), still);
    },
    destroy: () => viewer.destroy(),
  };
}
