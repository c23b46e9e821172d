"""Things light passes through: smoke, glass, plastic, spray; the library's glows and fire."""

import cv2
import numpy as np

from . import cutouts, layers, shapes
from .library import Library
from .noise import fractal, swirled


def smoke(rng: np.random.Generator, h: int, w: int) -> np.ndarray:
    """Drifting smoke or cloud, thin to dense."""
    field = swirled(rng, h, w, rng.uniform(10, 70), cells=rng.uniform(2, 5), octaves=6, persistence=0.55)
    alpha = np.clip(field * rng.uniform(0.15, 0.5) + rng.uniform(-0.1, 0.45), 0, 1) * rng.uniform(0.5, 1)
    if rng.random() < 0.7:
        mask = shapes.body(rng, h, w, rng.uniform(0.3, 0.7), rough=0.3)
        alpha = alpha * cv2.GaussianBlur(mask, (0, 0), rng.uniform(20, 70))
    tone = rng.uniform(0.1, 1) * np.clip(1 + rng.normal(0, 0.08, 3), 0.5, 1.2)
    lit = 0.85 + 0.15 * fractal(rng, h, w, cells=4, octaves=4)
    return layers.filled(np.clip(tone * lit[..., None], 0, 1), alpha.astype(np.float32))


def glass(rng: np.random.Generator, h: int, w: int) -> np.ndarray:
    """A clear or tinted body: faint inside, denser toward its rim, with reflections."""
    mask = shapes.body(rng, h, w, rng.uniform(0.2, 0.5), rough=0.02)
    depth = cv2.distanceTransform((mask > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    rim = np.exp(-depth / rng.uniform(4, 25))
    crease = np.clip(swirled(rng, h, w, 40, cells=3, octaves=3, stretch=(1, 2)) - rng.uniform(0.8, 1.6), 0, 1)
    alpha = np.clip(rng.uniform(0.03, 0.35) + rng.uniform(0.3, 0.8) * rim + crease, 0, 1) * mask
    tint = np.clip(rng.uniform(0.2, 0.9) * (1 + rng.normal(0, 0.2, 3)), 0, 1)
    bright = np.clip(crease * 1.6 + rim * rng.uniform(-0.3, 0.5), -0.4, 1)[..., None]
    return layers.filled(np.clip(tint + bright, 0, 1).astype(np.float32), alpha.astype(np.float32))


def plastic(rng: np.random.Generator, h: int, w: int) -> np.ndarray:
    """A crumpled film or veil, cloudy, with bright creases."""
    mask = shapes.body(rng, h, w, rng.uniform(0.25, 0.6), rough=0.12)
    crumple = 1 - np.abs(swirled(rng, h, w, 25, cells=rng.uniform(3, 7), octaves=5, persistence=0.6)) * 1.2
    haze = rng.uniform(0.1, 0.6)
    alpha = np.clip(haze + 0.35 * np.clip(crumple, 0, 1) ** 3 + 0.12 * fractal(rng, h, w), 0, 1) * mask
    tint = np.clip(rng.uniform(0.55, 1) * (1 + rng.normal(0, 0.12, 3)), 0, 1)
    lit = np.clip(0.7 + 0.5 * np.clip(crumple, 0, 1) ** 2 + 0.1 * fractal(rng, h, w), 0, 1.4)[..., None]
    return layers.filled(np.clip(tint * lit, 0, 1).astype(np.float32), alpha.astype(np.float32))


def spray(rng: np.random.Generator, h: int, w: int) -> np.ndarray:
    """Drops and bubbles of many sizes."""
    ss, count = 2, int(rng.uniform(60, 900))
    canvas = np.zeros((h * ss, w * ss, 4), np.uint8)
    tint = np.clip(rng.uniform(0.5, 1) * (1 + rng.normal(0, 0.1, 3)), 0, 1) * 255
    centre, spread = rng.uniform(0.3, 0.7, 2), rng.uniform(0.12, 0.5)
    for _ in range(count):
        x, y = (centre + rng.normal(0, spread, 2)) * (w * ss, h * ss)
        r = float(np.exp(rng.uniform(np.log(0.6), np.log(14)))) * ss
        tone = [*np.clip(tint * np.exp(rng.normal(0, 0.2)), 0, 255).tolist(), 255.0]
        cv2.circle(canvas, (int(x * 16), int(y * 16)), int(r * 16), tone, -1, cv2.LINE_AA, 4)
    layer = layers.reduce(canvas, (h, w))
    return cv2.GaussianBlur(layer, (0, 0), rng.uniform(0.3, 2)) * np.float32(rng.uniform(0.6, 1))


def fluid(rng: np.random.Generator, foregrounds: Library, backgrounds: Library, h: int, w: int) -> np.ndarray:
    """Any of them."""
    kind = rng.choice(5, p=[0.22, 0.16, 0.16, 0.08, 0.38])
    if kind < 4:
        return (smoke, glass, plastic, spray)[kind](rng, h, w)
    return cutouts.scattered(rng, foregrounds, backgrounds, h, w, ("smoke", "smoke", "fx", "particle", "light"),
                             int(rng.integers(1, 4)), (0.5, 1.3), keep=0.75)
