"""Where on an image a group of patches is taken: each centred on an unknown pixel, as in HDMatt's Sec. 4.1."""

import numpy as np


def choose_windows(trimap: np.ndarray, side: int, count: int, rng: np.random.Generator) -> list:
    """(x, y, side) of `count` windows inside the image, spread out where the unknown region allows it.

    Contexts lie at real distances: of eight tries for a window, the one farthest from those already chosen is taken.
    """
    height, width = trimap.shape
    if height < side or width < side:
        raise ValueError(f"an image of {width}×{height} has no room for a patch of {side}")
    ys, xs = np.nonzero((trimap > 64) & (trimap < 192))
    if len(ys) == 0:
        raise ValueError("a training image needs unknown pixels")

    windows = []
    for _ in range(count):
        best, best_distance = None, -1.0
        for at in rng.integers(0, len(ys), 8):
            x = int(np.clip(xs[at] - side // 2 + rng.integers(-side // 4, side // 4 + 1), 0, width - side))
            y = int(np.clip(ys[at] - side // 2 + rng.integers(-side // 4, side // 4 + 1), 0, height - side))
            distance = min((np.hypot(x - a, y - b) for a, b, _ in windows), default=0.0)
            if distance > best_distance:
                best, best_distance = (x, y, side), distance
        windows.append(best)
    return windows
