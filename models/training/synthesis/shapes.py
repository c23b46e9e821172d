"""Smooth random silhouettes of opaque bodies."""

import cv2
import numpy as np

from .noise import fractal


def body(rng: np.random.Generator, h: int, w: int, coverage: float, rough: float = 0.15) -> np.ndarray:
    """A mask float32 (h, w), antialiased: a few joined ellipses with an uneven border
    that fill about `coverage` of the image; one in two stands on the lower edge."""
    qh, qw = h // 4, w // 4
    y, x = np.mgrid[0:qh, 0:qw].astype(np.float32)
    y, x = (y / qh - 0.5) * 2 * h / max(h, w), (x / qw - 0.5) * 2 * w / max(h, w)
    cy, cx = rng.uniform(-0.15, 0.15), rng.uniform(-0.25, 0.25)
    grounded = rng.random() < 0.5
    field = np.full((qh, qw), 9.0, np.float32)
    for i in range(rng.integers(2, 6)):
        angle = rng.uniform(0, np.pi)
        a, b = rng.uniform(0.25, 0.8), rng.uniform(0.2, 0.5)
        u = (x - cx) * np.cos(angle) + (y - cy) * np.sin(angle)
        v = -(x - cx) * np.sin(angle) + (y - cy) * np.cos(angle)
        np.minimum(field, np.hypot(u / a, v / b), out=field)
        step = rng.uniform(0, 2 * np.pi)
        cx = np.clip(cx + 0.4 * np.cos(step), -0.6, 0.6)
        cy = np.clip(cy + (0.4 if grounded else 0.4 * np.sin(step)), -0.6, 0.8)
    field = cv2.GaussianBlur(field, (0, 0), max(1.0, qw * 0.02))
    field += fractal(rng, qh, qw, cells=3, octaves=4) * np.float32(rough)
    field = cv2.resize(field, (w, h), interpolation=cv2.INTER_CUBIC)
    field -= np.quantile(field[::8, ::8], coverage)
    slope = np.abs(cv2.Sobel(field, -1, 1, 0, scale=1 / 8)) + np.abs(cv2.Sobel(field, -1, 0, 1, scale=1 / 8))
    return np.clip(0.5 - field / (slope + 1e-4), 0, 1)


def combed(rng: np.random.Generator, mask: np.ndarray, flow: float) -> np.ndarray:
    """The direction a coat lies in, (H, W), radians: out of the mask (H, W) by its border,
    a smooth random flow within; flow: how far that flow also turns the border's."""
    h, w = mask.shape
    small = cv2.resize(mask, (max(2, w // 8), max(2, h // 8)), interpolation=cv2.INTER_AREA)
    pad = 24
    wide = cv2.copyMakeBorder(small, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    wide = sum(cv2.GaussianBlur(wide, (0, 0), sigma) * weight for sigma, weight in ((2, 0.3), (6, 1), (16, 1)))
    gx, gy = (-cv2.Sobel(wide, cv2.CV_32F, *d)[pad:-pad, pad:-pad] for d in ((1, 0), (0, 1)))
    strength = np.hypot(gx, gy)
    scale = np.quantile(strength, 0.9) + 1e-6
    main = rng.uniform(0, 2 * np.pi)
    lean = main + 0.7 * fractal(rng, *small.shape, cells=2, octaves=2)
    x, y = gx / scale + flow * np.cos(lean), gy / scale + flow * np.sin(lean)
    x, y = (cv2.resize(v, (w, h), interpolation=cv2.INTER_LINEAR) for v in (x, y))
    return np.arctan2(y, x)
