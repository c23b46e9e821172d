"""Where on an image a group of patches is taken: each centred on an unknown pixel, as in HDMatt's Sec. 4.1."""

import cv2
import numpy as np

BLIND_SHARE = 4
"""One window in so many is the one, of eight tries, that sees the least of what is known: only contexts help there."""


def choose_windows(trimap: np.ndarray, side: int, count: int, rng: np.random.Generator) -> list:
    """(x, y, side) of `count` windows inside the image, spread out where the unknown region allows it.

    Contexts lie at real distances: of eight tries for a window, the one farthest from those already chosen is taken,
    and for the first few (BLIND_SHARE) the one with the most unknown pixels.
    """
    height, width = trimap.shape
    if height < side or width < side:
        raise ValueError(f"an image of {width}×{height} has no room for a patch of {side}")
    ys, xs = np.nonzero((trimap > 64) & (trimap < 192))
    if len(ys) == 0:
        raise ValueError("a training image needs unknown pixels")

    unknown = cv2.integral(((trimap > 64) & (trimap < 192)).astype(np.uint8))

    def covered(x, y):
        return int(unknown[y + side, x + side] - unknown[y, x + side] - unknown[y + side, x] + unknown[y, x])

    windows = []
    for number in range(count):
        best, best_rank = None, -1.0
        for at in rng.integers(0, len(ys), 8):
            x = int(np.clip(xs[at] - side // 2 + rng.integers(-side // 4, side // 4 + 1), 0, width - side))
            y = int(np.clip(ys[at] - side // 2 + rng.integers(-side // 4, side // 4 + 1), 0, height - side))
            if number < count // BLIND_SHARE:
                rank = covered(x, y)
            else:
                rank = min((np.hypot(x - a, y - b) for a, b, _ in windows), default=0.0)
            if rank > best_rank:
                best, best_rank = (x, y, side), rank
        windows.append(best)
    return windows
