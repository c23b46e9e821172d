"""The library's cut-out foregrounds, placed on a canvas; white ones get a texture."""

import cv2
import numpy as np

from . import layers
from .library import Library, photographs


def _colourless(image: np.ndarray) -> bool:
    """Whether an RGBA uint8 image is but a shape: hardly any colour or detail in it."""
    seen = image[::4, ::4].reshape(-1, 4)
    seen = seen[seen[:, 3] > 128][:, :3].astype(np.float32)
    return len(seen) < 4 or (np.ptp(seen, axis=1).mean() < 6 and seen.std(axis=0).mean() < 22)


def cutout(rng: np.random.Generator, foregrounds: Library, backgrounds: Library, groups: tuple[str, ...],
           keep: float = 0.0) -> np.ndarray:
    """One foreground as a layer of its own size. keep: chance that a colourless one
    (white smoke, a glow) stays as it is."""
    image = foregrounds.any(rng, *groups)
    alpha = image[..., 3].astype(np.float32) / 255
    colour = image[..., :3].astype(np.float32) / 255
    if _colourless(image) and rng.random() >= keep:
        h, w = alpha.shape
        texture = photographs(backgrounds, rng, h, w, zoom=(1.5, 4))
        if "foliage" in groups and rng.random() < 0.6:
            # The grey of the photograph in a leaf's green or brown.
            leaf = np.array([rng.uniform(0.25, 1), rng.uniform(0.5, 1), rng.uniform(0.1, 0.35)], np.float32)
            texture = texture.mean(axis=2, keepdims=True) * leaf * np.float32(1.2)
        colour = np.clip(texture, 0, 1) * (0.5 + 0.5 * colour.mean(axis=2, keepdims=True))
    colour = colour ** np.float32(np.exp(rng.normal(0, 0.2)))
    return layers.filled(colour, alpha)


def placed(rng: np.random.Generator, layer: np.ndarray, h: int, w: int, extent: float, turn: float,
           centre: tuple[float, float] | None = None) -> np.ndarray:
    """The layer on a canvas (h, w), its larger side `extent` of the canvas's; turned by
    up to `turn` degrees; centre (x, y) in pixels, else random."""
    lh, lw = layer.shape[:2]
    scale = extent * max(h, w) / max(lh, lw)
    cx, cy = centre or (rng.uniform(0.2, 0.8) * w, rng.uniform(0.2, 0.8) * h)
    m = cv2.getRotationMatrix2D((lw / 2, lh / 2), float(rng.uniform(-turn, turn)), scale)
    if rng.random() < 0.5:
        m = m @ np.array([[-1, 0, lw], [0, 1, 0], [0, 0, 1.0]])
    m[:, 2] += (cx - lw / 2, cy - lh / 2)
    return layers.warp(layer, m, (h, w))


def scattered(rng: np.random.Generator, foregrounds: Library, backgrounds: Library, h: int, w: int,
              groups: tuple[str, ...], count: int, extent: tuple[float, float], turn: float = 180,
              keep: float = 0.15) -> np.ndarray:
    """Several copies of one or two foregrounds over each other; keep: see cutout."""
    kinds = [cutout(rng, foregrounds, backgrounds, groups, keep) for _ in range(min(count, 2))]
    canvas = np.zeros((h, w, 4), np.float32)
    for i in range(count):
        layer = placed(rng, kinds[i % len(kinds)], h, w, rng.uniform(*extent), turn)
        canvas = layers.over(layer, canvas)
    return canvas
