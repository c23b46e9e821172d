"""Twigs, leaves, grass and feathers."""

import cv2
import numpy as np

from . import cutouts, layers, strands
from .coats import plain
from .library import Library
from .strands import Groom

SHIFT = 4
GREENS = np.array([[.20, .32, .08], [.35, .45, .12], [.12, .22, .07], [.45, .42, .14], [.55, .30, .08], [.40, .12, .07]])


def _leaf(rng: np.random.Generator, length: float) -> np.ndarray:
    """An outline (n, 2) along +x from the origin."""
    t = np.linspace(0, 1, 16)
    half = np.sin(np.pi * t ** rng.uniform(0.6, 1.1)) * length * rng.uniform(0.15, 0.32)
    spine = rng.normal(0, 0.12) * length * t * t
    return np.concatenate([np.stack([t * length, spine + half], 1), np.stack([t * length, spine - half], 1)[::-1]])


def _branch(rng, at, angle, length, width, depth, twigs, leaves, leafy):
    n = 9
    turn = np.cumsum(rng.normal(0, 0.11, n)) + angle
    path = at + np.concatenate([[[0, 0]], np.cumsum(np.stack([np.cos(turn), np.sin(turn)], 1) * length / n, axis=0)])
    twigs.append((path, width, width * 0.5))
    for k in range(2, n + 1):
        if depth > 0 and rng.random() < 0.55:
            side = rng.choice([-1, 1]) * rng.uniform(0.4, 1.0)
            _branch(rng, path[k], turn[k - 1] + side, length * rng.uniform(0.4, 0.7), width * 0.6, depth - 1,
                    twigs, leaves, leafy)
        elif rng.random() < leafy:
            leaves.append((path[k], turn[k - 1] + rng.choice([-1, 1]) * rng.uniform(0.3, 1.1)))


def twigs(rng: np.random.Generator, h: int, w: int) -> np.ndarray:
    """Branches that enter from the border, bare or in leaf."""
    ss, side = 3, max(h, w)
    wood, leaves = [], []
    leafy = rng.choice([0.0, 0.3, 0.9])
    for _ in range(rng.integers(1, 4)):
        edge = rng.uniform(0, 2 * np.pi)
        at = np.array([w / 2 + np.cos(edge) * w * 0.55, h / 2 + np.sin(edge) * h * 0.55])
        inward = np.arctan2(h / 2 - at[1], w / 2 - at[0]) + rng.normal(0, 0.3)
        _branch(rng, at, inward, side * rng.uniform(0.5, 0.9), rng.uniform(3, 14), 3 if leafy < 0.5 else 2,
                wood, leaves, leafy)
    canvas = np.zeros((h * ss, w * ss, 4), np.uint8)

    def fixed(points):
        return np.round(np.asarray(points) * ss * (1 << SHIFT)).astype(np.int32)

    bark = rng.uniform(0.12, 0.5) * np.array([1.1, 0.95, 0.8])
    for path, a, b in sorted(wood, key=lambda t: t[1])[:1500]:
        points = fixed(path)
        for k in range(len(path) - 1):
            width = a + (b - a) * k / len(path)
            for shade, part, shift in ((0.6, 1.0, 0.0), (1.0, 0.6, -0.12), (1.45, 0.25, -0.2)):
                tone = [*np.clip(bark * shade * 255, 0, 255).tolist(), 255.0]
                moved = points[k:k + 2] + int(shift * width * ss * 16)
                cv2.polylines(canvas, [moved], False, tone, max(1, int(width * part * ss + 0.5)), cv2.LINE_AA, SHIFT)
                if width * ss < 3:
                    break
    size = rng.uniform(14, 60) * side / 800
    green = GREENS[rng.integers(len(GREENS))]
    for at, angle in leaves[:1200]:
        c, s = np.cos(angle), np.sin(angle)
        outline = at + _leaf(rng, size * rng.uniform(0.6, 1.3)) @ np.array([[c, s], [-s, c]])
        lit = np.exp(rng.normal(0, 0.3))
        for half, shade in ((outline, lit), (np.concatenate([outline[:16], outline[:1]]), lit * 1.25)):
            tone = [*np.clip(green * shade * 255, 0, 255).tolist(), 255.0]
            cv2.fillPoly(canvas, [fixed(half)], tone, cv2.LINE_AA, SHIFT)
    return layers.reduce(canvas, (h, w))


def grass(rng: np.random.Generator, h: int, w: int) -> np.ndarray:
    """Blades that stand on the lower border, or a plume of them."""
    count = int(rng.uniform(80, 900))
    groom = Groom(length=rng.uniform(0.3, 0.8) * h, width=rng.uniform(2, 9), clump=3, gather=0.0, bend=0.6,
                  curl=0.05, gravity=rng.uniform(0, 0.35), stray=0.2, segments=9)
    roots = np.stack([rng.uniform(-0.1, 1.1, count) * w, rng.uniform(0.9, 1.05, count) * h], axis=1)
    if rng.random() < 0.4:
        roots[:, 0] = w * rng.uniform(0.3, 0.7) + rng.normal(0, 0.05 * w, count)
    points, _ = strands.grow(rng, roots, np.full(count, -np.pi / 2) + rng.normal(0, 0.25, count), groom)
    green = GREENS[rng.integers(len(GREENS))]
    shades = strands.shade(rng, points, np.stack([green * 0.4, green, np.clip(green * 1.7, 0, 1)]), rng.uniform(0, 3))
    return strands.draw((h, w), points, shades, groom.width, tones=1)


def feathers(rng: np.random.Generator, h: int, w: int) -> np.ndarray:
    """One to five feathers: a shaft, and barbs to both sides that part here and there."""
    canvas = np.zeros((h, w, 4), np.float32)
    side = max(h, w)
    colours = strands.palette(rng)
    for _ in range(rng.integers(1, 5)):
        n, size = 800, rng.uniform(0.45, 0.95) * side
        t = np.repeat(np.sort(rng.uniform(0.12, 1, n // 8)), 8)[:n] + rng.normal(0, 0.002, n)
        at = np.array([rng.uniform(0.1, 0.9) * w, rng.uniform(0.1, 0.9) * h])
        angle, bend = rng.uniform(0, 2 * np.pi), rng.normal(0, 0.5)
        along = angle + bend * t
        base = at - 0.5 * size * np.array([np.cos(angle), np.sin(angle)])
        spine = base + np.stack([np.cos(angle + bend * t / 2), np.sin(angle + bend * t / 2)], 1) * (t * size)[:, None]
        groom = Groom(length=size * rng.uniform(0.1, 0.22), clump=8, gather=0.6, bend=0.25, curl=0.05,
                      stray=0.06, gravity=0, segments=5)
        lengths = np.clip(np.sin(np.pi * np.clip(t, 0, 1) ** 0.8) ** 0.6, 0.1, 1)
        for way in (-1, 1):
            points, _ = strands.grow(rng, spine, along + way * rng.uniform(0.5, 0.9), groom, lengths)
            shades = strands.shade(rng, points, colours, rng.uniform(0, 3))
            canvas = layers.over(strands.draw((h, w), points, shades, 1.6, taper=0.5, tones=8), canvas)
        shaft = np.concatenate([[base], spine[::10]])[None].astype(np.float32)
        tone = np.broadcast_to(colours[2], (1, shaft.shape[1] - 1, 3))
        canvas = layers.over(strands.draw((h, w), shaft, tone, rng.uniform(2, 6), taper=0.8, tones=1), canvas)
    return canvas


def plant(rng: np.random.Generator, foregrounds: Library, backgrounds: Library, h: int, w: int) -> np.ndarray:
    """Any of them, or the library's foliage; one in three before an opaque body."""
    kind = rng.choice(5, p=[0.2, 0.12, 0.13, 0.3, 0.25])
    if kind < 3:
        layer = (twigs, grass, feathers)[kind](rng, h, w)
    elif kind == 3:
        layer = cutouts.scattered(rng, foregrounds, backgrounds, h, w, ("foliage",), int(rng.integers(1, 4)),
                                  (0.7, 1.4), turn=30)
    else:
        layer = cutouts.scattered(rng, foregrounds, backgrounds, h, w, ("foliage",), int(rng.integers(6, 22)),
                                  (0.12, 0.5))
    if rng.random() < 0.33:
        layer = layers.over(layer, plain(rng, backgrounds, h, w))
    return layer
