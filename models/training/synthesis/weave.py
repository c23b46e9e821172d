"""Things with regular holes: chain-link fence, net, mesh, lace, gauze."""

import cv2
import numpy as np

from . import layers, shapes
from .library import Library
from .coats import textured
from .noise import fractal

SHIFT = 4


def _lines(size: tuple[int, int], runs: list[np.ndarray], colours: np.ndarray, widths: list[float],
           supersample: int = 3) -> np.ndarray:
    """Polylines (n, 2) as a layer, each drawn once for every colour and width in turn,
    from the wide dark one to the narrow bright one, so that it looks round."""
    h, w = size
    canvas = np.zeros((h * supersample, w * supersample, 4), np.uint8)
    fixed = [np.round(((r + 0.5) * supersample - 0.5) * (1 << SHIFT)).astype(np.int32) for r in runs]
    for colour, width in zip(colours, widths):
        shown = [*(float(c) * 255 for c in colour), 255.0]
        cv2.polylines(canvas, fixed, False, shown, max(1, int(width * supersample + 0.5)), cv2.LINE_AA, SHIFT)
    return layers.reduce(canvas, size)


def _thread(rng: np.random.Generator) -> np.ndarray:
    base = rng.uniform(0.05, 0.9) * np.clip(1 + rng.normal(0, 0.18, 3), 0.3, 1.7)
    return np.clip(np.stack([base * 0.45, base, base * 1.5 + 0.05]), 0, 1)


def _bent(rng: np.random.Generator, layer: np.ndarray, amount: float) -> np.ndarray:
    h, w = layer.shape[:2]
    fields = (fractal(rng, h, w, cells=2, octaves=3) * np.float32(amount) for _ in range(2))
    return layers.displace(layer, *fields)


def _tilted(rng: np.random.Generator, layer: np.ndarray) -> np.ndarray:
    """Seen at an angle. The layer is laid larger than the canvas, so it has no end."""
    h, w = layer.shape[:2]
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    goal = corners + rng.uniform(0, 0.3, (4, 2)) * [w, h] * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    turn = cv2.getRotationMatrix2D((w / 2, h / 2), float(rng.uniform(-20, 20)), 1.25)
    m = cv2.getPerspectiveTransform(corners, goal.astype(np.float32)) @ np.vstack([turn, [0, 0, 1]])
    return layers.warp(layer, m, (h, w))


def fence(rng: np.random.Generator, h: int, w: int) -> np.ndarray:
    """Chain link: zigzag wires hooked into each other."""
    pitch = rng.uniform(28, 110)
    width = pitch * rng.uniform(0.04, 0.11)
    runs = []
    ys = np.arange(-pitch, h + pitch * 2, pitch / 2)
    for i, x in enumerate(np.arange(-pitch, w + pitch, pitch)):
        # Neighbours mirror each other and overlap a little where they hook.
        zig = x + np.where((np.arange(ys.size) + i) % 2, pitch * 0.53, -pitch * 0.53)
        runs.append(np.stack([zig, ys], axis=1))
    layer = _lines((h, w), runs, _thread(rng), [width, width * 0.65, width * 0.2])
    return _tilted(rng, _bent(rng, layer, rng.uniform(0, 5)))


def net(rng: np.random.Generator, h: int, w: int) -> np.ndarray:
    """A knotted or square net of thread, hanging unevenly."""
    pitch = float(np.exp(rng.uniform(np.log(8), np.log(60))))
    width = max(0.5, pitch * rng.uniform(0.03, 0.12))
    slant = rng.choice([0.0, 1.0])
    reach = h + w
    t = np.arange(-reach, 2 * reach, pitch / 2)
    runs = []
    for c in np.arange(-reach, reach * 1.5, pitch):
        wave = rng.normal(0, pitch * 0.05, t.size)
        runs.append(np.stack([c + slant * t + wave, t], axis=1))
        runs.append(np.stack([t, c - slant * t + wave], axis=1))
    layer = _lines((h, w), runs, _thread(rng), [width, width * 0.6, width * 0.2])
    return _bent(rng, _tilted(rng, layer), rng.uniform(2, 14))


def gauze(rng: np.random.Generator, h: int, w: int) -> np.ndarray:
    """Thin woven cloth or insect mesh: threads about as wide as pixels, in folds."""
    pitch = rng.uniform(2.5, 9)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    fold = fractal(rng, h, w, cells=2, octaves=3, stretch=(1, 3))
    x, y = x + fold * 9, y + fractal(rng, h, w, cells=2, octaves=3) * 6
    cover = rng.uniform(0.25, 0.6)
    warp, weft = (np.clip((np.cos(v * 2 * np.pi / pitch) - np.cos(np.pi * cover)) * 1.2 + 0.5, 0, 1) for v in (x, y))
    alpha = (1 - (1 - warp * 0.9) * (1 - weft * 0.9)) * np.clip(0.85 + 0.2 * fold, 0.4, 1)
    lit = np.clip(0.75 + 0.25 * fold + 0.15 * (warp - weft), 0.1, 1.3)[..., None]
    return layers.filled(np.clip(_thread(rng)[1] * lit, 0, 1), alpha)


def lace(rng: np.random.Generator, h: int, w: int) -> np.ndarray:
    """A fine net with flowers worked into it, repeated."""
    tile = int(rng.uniform(90, 260))
    petals, rings = int(rng.integers(4, 10)), int(rng.integers(2, 5))
    runs, a = [], np.linspace(0, 2 * np.pi, 90)
    for ring in range(1, rings + 1):
        r = tile * 0.47 * ring / rings * (1 - 0.35 * np.abs(np.sin(petals * a / 2)) * rng.uniform(0.3, 1))
        runs.append(np.stack([tile / 2 + r * np.cos(a), tile / 2 + r * np.sin(a)], axis=1))
    for k in range(petals):
        b = 2 * np.pi * k / petals
        d = np.linspace(0.06, 0.47, 20)[:, None] * tile
        runs.append(tile / 2 + d * np.array([[np.cos(b), np.sin(b)]]))
    pitch = rng.uniform(5, 12)
    mesh = [np.array([[0, c], [tile, c + s]]) for c in np.arange(-tile, 2 * tile, pitch) for s in (tile, -tile)]
    colour = _thread(rng)
    one = _lines((tile, tile), mesh, colour[1:2], [0.5])
    one = layers.over(_lines((tile, tile), runs, colour, [rng.uniform(1.5, 5), 1.5, 0.5]), one)
    solid = np.zeros((tile, tile), np.uint8)
    cv2.fillPoly(solid, [np.round(runs[0]).astype(np.int32)], 255, cv2.LINE_AA)
    if rng.random() < 0.6:
        one = layers.over(layers.filled(colour[1], solid.astype(np.float32) / 255 * rng.uniform(0.5, 1)), one)
    sheet = np.tile(one, (-(-h // tile), -(-w // tile), 1))[:h, :w]
    return _bent(rng, _tilted(rng, sheet), rng.uniform(2, 12))


def weave(rng: np.random.Generator, backgrounds: Library, h: int, w: int) -> np.ndarray:
    """Any of them, either over the whole image or hemmed, before an opaque body or not."""
    layer = (fence, net, gauze, lace)[rng.choice(4, p=[0.3, 0.3, 0.2, 0.2])](rng, h, w)
    if rng.random() < 0.5:
        mask = shapes.body(rng, h, w, rng.uniform(0.45, 0.8), rough=0.05)
        layer = layer * mask[..., None]
        if rng.random() < 0.5:
            hem = np.clip(1 - np.abs(cv2.GaussianBlur(mask, (0, 0), 3) - 0.5) * 3, 0, 1)
            layer = layers.over(layers.filled(_thread(rng)[1], np.clip(hem * 1.5, 0, 1)), layer)
    elif rng.random() < 0.5:
        post = np.zeros((h, w), np.float32)
        width, at = int(rng.uniform(15, 90)), int(rng.uniform(0.1, 0.9) * w)
        cv2.line(post, (at, -20), (at + int(rng.normal(0, 60)), h + 20), 1.0, width, cv2.LINE_8)
        layer = layers.over(layers.filled(textured(rng, backgrounds, h, w), cv2.GaussianBlur(post, (0, 0), 0.8)), layer)
    return layer
