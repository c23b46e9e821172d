"""Random trimaps from an alpha matte, from tight ones to careless ones."""

import cv2
import numpy as np

from .noise import fractal

BACKGROUND, UNKNOWN, FOREGROUND = 0, 128, 255


def _inside(mask: np.ndarray, radius) -> np.ndarray:
    """Pixels of the mask farther than radius from any pixel outside it."""
    if mask.all():
        return mask
    return cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3) > radius


def _opened(mask: np.ndarray, radius: float) -> np.ndarray:
    """The mask without parts narrower than 2 radius: nobody paints around each hair."""
    core = _inside(mask, radius)
    return mask & ~_inside(~core, radius) if radius else mask


def _width(rng: np.random.Generator) -> float:
    # Mostly as people draw them; one in eight far wider, where contexts must help.
    if rng.random() < 1 / 8:
        return float(np.exp(rng.uniform(np.log(40), np.log(140))))
    return float(np.exp(rng.uniform(np.log(2), np.log(45))))


def random_trimap(rng: np.random.Generator, alpha: np.ndarray) -> np.ndarray:
    """A trimap uint8 (H, W) of 0, 128, 255 for an alpha matte float32 (H, W).

    Foreground only where alpha is above 1 - t and background only where it is below
    t, with t = 0.002, or in one of five up to 0.03, as a hand that overlooks faint
    wisps. The band has an own width on either side (2 to 140 pixels), sometimes
    varying along the border. One in four gets a region wholly unknown that is wider
    than a patch of 320 pixels.
    """
    h, w = alpha.shape
    threshold = rng.uniform(0.005, 0.03) if rng.random() < 0.2 else 0.002
    out = _width(rng)
    into = out * rng.uniform(0.4, 1.3) if rng.random() < 0.7 else _width(rng)
    if rng.random() < 0.45:
        wobble = np.exp(fractal(rng, h, w, cells=rng.uniform(2, 10), octaves=2) * 0.5)
        out, into = out * wobble, into * wobble
    tidy, sweep = rng.choice([0.0, 2.0, 5.0, 12.0]), rng.choice([0.0, 4.0, 12.0, 30.0])
    careless = rng.random() < 0.08
    opaque = alpha >= 1 - threshold
    # A net or a thicket may leave nothing known. Mostly what is known is then marked nearer to the border, of
    # both sides: from neither known there is only guessing to learn, and it is learnt as grey.
    for finer in (1.0, 0.3, 0.1):
        foreground = _inside(_opened(opaque, tidy * finer), np.maximum(into * finer, 1.5))
        background = _inside(_opened(alpha <= threshold, sweep * finer), np.maximum(out * finer, 1.5))
        if careless or background.mean() > 0.03 and (foreground.mean() > 0.01 or opaque.mean() < 0.03):
            break
    trimap = np.full((h, w), UNKNOWN, np.uint8)
    trimap[foreground] = FOREGROUND
    trimap[background] = BACKGROUND
    soft = np.flatnonzero((alpha > 0.01) & (alpha < 0.99))
    if rng.random() < 0.25 and soft.size:
        blotted = trimap.copy()
        _blot(rng, blotted, int(soft[rng.integers(soft.size)]))
        if all((blotted == known).any() or not (trimap == known).any() for known in (FOREGROUND, BACKGROUND)):
            trimap = blotted
    if not (trimap == UNKNOWN).any():
        trimap[h // 2 - 8:h // 2 + 8, w // 2 - 8:w // 2 + 8] = UNKNOWN
    return trimap


def _blot(rng: np.random.Generator, trimap: np.ndarray, at: int) -> None:
    h, w = trimap.shape
    y, x = divmod(at, w)
    if rng.random() < 0.5:
        axes = (int(rng.uniform(170, 280)), int(rng.uniform(170, 280)))
        cv2.ellipse(trimap, (x, y), axes, float(rng.uniform(0, 180)), 0, 360, UNKNOWN, -1)
    else:
        points = np.array([[x, y]]) + np.cumsum(rng.uniform(-150, 150, (4, 2)), axis=0)
        cv2.polylines(trimap, [points.astype(np.int32)], False, UNKNOWN, int(rng.uniform(120, 340)))
