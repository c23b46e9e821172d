"""Multi-octave noise, the raw material of shapes, textures and fluids."""

import cv2
import numpy as np


def fractal(rng: np.random.Generator, h: int, w: int, cells: float = 3, octaves: int = 5,
            persistence: float = 0.5, stretch: tuple[float, float] = (1, 1)) -> np.ndarray:
    """Noise (h, w), float32, about zero with a standard deviation of one.

    cells: waves of the coarsest octave along the longer side; each further octave
    doubles them and scales its height by persistence. stretch: waves are longer
    along (x, y) by these factors.
    """
    side = max(h, w)
    total = np.zeros((h, w), np.float32)
    weight = 1.0
    for _ in range(octaves):
        gh = int(min(h, max(2, np.ceil(cells * h / side / stretch[1]) + 1)))
        gw = int(min(w, max(2, np.ceil(cells * w / side / stretch[0]) + 1)))
        grid = rng.standard_normal((gh, gw), dtype=np.float32)
        total += weight * cv2.resize(grid, (w, h), interpolation=cv2.INTER_CUBIC if gh < h else cv2.INTER_LINEAR)
        weight *= persistence
        cells *= 2
        if cells > side:
            break
    return (total - total.mean()) / (total.std() + 1e-6)


def swirled(rng: np.random.Generator, h: int, w: int, strength: float, **options) -> np.ndarray:
    """Fractal noise whose domain is displaced by more noise; strength in pixels."""
    field = fractal(rng, h, w, **options)
    dx, dy = (fractal(rng, h, w, cells=3, octaves=3) * np.float32(strength) for _ in range(2))
    x, y = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    return cv2.remap(field, x + dx, y + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
