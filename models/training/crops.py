"""Where on an image a group of patches is taken: where the program that serves would take its own."""

import cv2
import numpy as np

MARGIN_SHARE = 10
"""Neighbouring patches share a tenth of their side, as 32 of 320 pixels."""

BLIND_SHARE = 4
"""One window in so many is among those that see the least of what is known: only contexts help there."""


def choose_windows(trimap: np.ndarray, side: int, count: int, rng: np.random.Generator) -> list:
    """(x, y, side) of `count` windows inside the image, each with unknown pixels.

    They lie on a grid as the patches of a plate do, so that a context brings what a query does not see itself:
    windows drawn at random overlap, and a network that learnt from such contexts is misled by those it is served.
    Where the grid has too few, others follow that are centred on an unknown pixel, as in HDMatt's Sec. 4.1.
    """
    height, width = trimap.shape
    if height < side or width < side:
        raise ValueError(f"an image of {width}×{height} has no room for a patch of {side}")
    mask = (trimap > 64) & (trimap < 192)
    ys, xs = np.nonzero(mask)
    if len(ys) == 0:
        raise ValueError("a training image needs unknown pixels")

    sums = cv2.integral(mask.astype(np.uint8))

    def covered(x, y):
        return int(sums[y + side, x + side] - sums[y, x + side] - sums[y + side, x] + sums[y, x])

    grid = [(x, y) for y in starts(height, side, rng) for x in starts(width, side, rng)]
    grid = [place for place in grid if covered(*place) > side * side // 100]
    rng.shuffle(grid)
    grid = [(int(x), int(y)) for x, y in grid]
    blind = sorted(grid, key=lambda place: -covered(*place))[:count // BLIND_SHARE]
    chosen = (blind + [place for place in grid if place not in blind])[:count]
    for at in rng.integers(0, len(ys), count - len(chosen)):
        x, y = (int(v) - side // 2 + int(rng.integers(-side // 4, side // 4 + 1)) for v in (xs[at], ys[at]))
        chosen.append((int(np.clip(x, 0, width - side)), int(np.clip(y, 0, height - side))))
    return [(x, y, side) for x, y in chosen]


def starts(length: int, side: int, rng) -> list:
    """First pixels of the patches along one axis: a margin apart, the grid laid anywhere."""
    step = side - side // MARGIN_SHARE
    spare = (length - side) % step
    return list(range(int(rng.integers(0, spare + 1)), length - side + 1, step))
