"""Opaque bodies that carry a border: fur, long hair, or a soft or rough edge."""

from dataclasses import replace

import cv2
import numpy as np

from . import layers, shapes, strands
from .library import Library, photographs
from .noise import fractal
from .strands import Groom


def textured(rng: np.random.Generator, backgrounds: Library, h: int, w: int) -> np.ndarray:
    """A photograph's texture shaded like a rounded thing, (h, w, 3) in 0..1."""
    texture = photographs(backgrounds, rng, h, w, zoom=(1, 3.5))
    if rng.random() < 0.35:
        tint = rng.uniform(0.4, 1, 3).astype(np.float32)
        grey = texture.mean(axis=2, keepdims=True)
        texture = texture + (grey * tint * 1.3 - texture) * np.float32(rng.uniform(0.4, 1))
    light = fractal(rng, h, w, cells=1.5, octaves=2)
    return np.clip(texture * (1 + 0.18 * light)[..., None], 0, 1)


def _roots(rng: np.random.Generator, where: np.ndarray, inside: np.ndarray, count: int, groom: Groom,
           spread: float) -> np.ndarray:
    """Clusters of points (count, 2) in a mask (H, W), those of least `inside` first: the
    tips of strands then lie over the roots of the ones before them, as on a pelt."""
    places = np.flatnonzero(where)
    if not places.size:
        places = np.array([where.size // 2])
    centres = places[rng.integers(places.size, size=-(-count // groom.clump))]
    depth = inside.ravel()[centres]
    centres = centres[np.argsort(depth + rng.normal(0, 0.1 * groom.length, centres.size), kind="stable")]
    y, x = np.divmod(np.repeat(centres, groom.clump), where.shape[1])
    return (np.stack([x, y], axis=1) + rng.normal(0, spread, (y.size, 2)))[:count]


def _at(field: np.ndarray, points: np.ndarray) -> np.ndarray:
    x = np.clip(points[:, 0].astype(int), 0, field.shape[1] - 1)
    y = np.clip(points[:, 1].astype(int), 0, field.shape[0] - 1)
    return field[y, x]


class _Pelt:
    """What all strands of one body share: directions, lengths, light, colours, markings."""

    def __init__(self, rng: np.random.Generator, mask: np.ndarray, flow: float):
        h, w = mask.shape
        self._rng = rng
        self.mask = mask
        self.inside = cv2.distanceTransform((mask > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
        self.colours = strands.palette(rng)
        self._angles = shapes.combed(rng, mask, flow)
        self._lengths = np.exp(0.35 * fractal(rng, h, w, cells=3, octaves=2))
        self._lit = 1 + 0.15 * fractal(rng, h, w, cells=2, octaves=3)
        self._light = rng.uniform(0, np.pi)
        self._marked = None
        if rng.random() < 0.35:
            field = fractal(rng, h, w, cells=rng.uniform(2, 9), octaves=3)
            self._marked = np.clip(field * rng.uniform(0.5, 3) + 0.2, 0, 0.9)
            self._mark = strands.palette(rng)[1]

    def ground(self) -> np.ndarray:
        """The shadow between the strands, (H, W, 3)."""
        return self.colours[:2].mean(axis=0) * np.clip(self._lit, 0.2, 2)[..., None].astype(np.float32)

    def grow(self, groom: Groom, roots: np.ndarray, over: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Curves and their shades; over: colours (H, W, 3) that the strands take up instead."""
        points, _ = strands.grow(self._rng, roots, _at(self._angles, roots), groom, _at(self._lengths, roots))
        shades = strands.shade(self._rng, points, self.colours, self._light)
        if over is not None:
            value = shades.mean(axis=2, keepdims=True)
            shades = _at(over, roots)[:, None] * (0.55 + 0.9 * value / (value.mean() + 0.05) * 0.5)
        elif self._marked is not None:
            amount = _at(self._marked, roots)[:, None, None].astype(np.float32)
            value = shades.mean(axis=2, keepdims=True) / (self.colours[1].mean() + 0.05)
            shades = shades + (self._mark * value - shades) * amount
        return points, np.clip(shades * _at(self._lit, roots)[:, None, None], 0, 1)


def fur(rng: np.random.Generator, backgrounds: Library, h: int, w: int) -> np.ndarray:
    """A furry body, as an animal or a stuffed toy: its border's strands, and more of
    them over the whole body, or the texture of a photograph there."""
    mask = shapes.body(rng, h, w, rng.uniform(0.2, 0.6))
    pelt = _Pelt(rng, mask, rng.uniform(0.2, 0.9))
    length = float(np.exp(rng.uniform(np.log(8), np.log(75)))) * max(h, w) / 800
    groom = Groom(length=length, width=rng.uniform(0.6, 1.4), clump=int(rng.integers(4, 18)),
                  gather=rng.uniform(0, 0.9), bend=rng.uniform(0.1, 0.8), curl=rng.uniform(0, 0.4),
                  gravity=rng.uniform(-0.1, 0.5), stray=rng.uniform(0.05, 0.35), segments=5)
    own = rng.random() < 0.65
    inside = pelt.ground() if own else textured(rng, backgrounds, h, w)
    spread = rng.uniform(2, 6)
    count = int(np.clip(rng.uniform(0.4, 1.4) * 4 * (h + w) * (30 / length) ** 0.3, 1200, 6000))
    band = (pelt.inside > 1) & (pelt.inside <= max(8.0, length * 0.7))
    roots = _roots(rng, band, pelt.inside, count, groom, spread)
    points, shades = pelt.grow(groom, roots, None if own else inside)
    layer = strands.draw((h, w), points, shades, groom.width, under=layers.filled(inside, mask))
    if not own:
        return layer
    return layers.over(_coat(pelt, rng, groom, spread * 1.5), layer)


def _coat(pelt: _Pelt, rng: np.random.Generator, groom: Groom, spread: float) -> np.ndarray:
    """Strands over the whole body. Alpha is one there, so they need no supersampling."""
    deep = pelt.inside > min(max(4.0, groom.length * 0.25), 0.5 * pelt.inside.max())
    count = int(np.clip(deep.sum() / (groom.length * rng.uniform(0.5, 1.2)), 500, 9000))
    points, shades = pelt.grow(groom, _roots(rng, deep, pelt.inside, count, groom, spread))
    return strands.draw(pelt.mask.shape, points, shades, 1.2, supersample=1, tones=5)


def hair(rng: np.random.Generator, backgrounds: Library, h: int, w: int) -> np.ndarray:
    """Long hair: a mane that falls from the upper part of a head, or strands that stand
    away from a body all around; single ones fly off."""
    side = max(h, w)
    mask = shapes.body(rng, h, w, rng.uniform(0.15, 0.45), rough=0.05)
    pelt = _Pelt(rng, mask, rng.uniform(0.3, 1.2))
    mane = rng.random() < 0.65
    waves = rng.uniform(0.5, 3.5)
    groom = Groom(length=rng.uniform(0.2, 0.55) * side if mane else rng.uniform(0.1, 0.35) * side,
                  width=rng.uniform(0.7, 1.4), clump=int(rng.integers(10, 50)), gather=rng.uniform(0.3, 0.95),
                  bend=rng.uniform(0.1, 0.8), curl=rng.choice([0.05, 0.12, 0.3, 0.8]), waves=waves,
                  gravity=rng.uniform(0.5, 0.95) if mane else rng.uniform(0, 0.6), stray=rng.uniform(0.03, 0.12),
                  segments=int(np.clip(5 * waves + 5, 9, 20)))
    bald = rng.random() < 0.25
    layer = layers.filled(textured(rng, backgrounds, h, w) if bald else pelt.ground(), mask)
    if not bald:
        # Combed close to the head first, so that no bald body shows between the locks.
        close = replace(groom, length=groom.length * 0.35, gravity=groom.gravity * 0.6, segments=6)
        layer = layers.over(_coat(pelt, rng, close, 6) * mask[..., None], layer)
    if mane:
        rows = np.flatnonzero(mask.max(axis=1) > 0.5)
        top, low = (rows[0], rows[-1]) if rows.size else (0, h)
        where = mask > 0.5
        where[int(top + (low - top) * rng.uniform(0.3, 0.8)):] = False
        height = -np.broadcast_to(np.arange(h, dtype=np.float32)[:, None], (h, w))
        roots = _roots(rng, where, height, int(rng.uniform(1300, 3200)), groom, rng.uniform(4, 14))
    else:
        band = (pelt.inside > 0) & (pelt.inside < groom.length * 0.5)
        roots = _roots(rng, band, pelt.inside, int(rng.uniform(800, 2400)), groom, rng.uniform(2, 8))
    points, shades = pelt.grow(groom, roots)
    layer = strands.draw((h, w), points, shades, groom.width, under=layer)
    strays = Groom(length=groom.length * rng.uniform(0.6, 1.1), clump=1, gather=0, bend=1.2,
                   curl=min(groom.curl + 0.1, 0.6), waves=min(waves, 2.5), gravity=groom.gravity * 0.5, stray=0.5,
                   segments=20)
    points, shades = pelt.grow(strays, roots[rng.integers(len(roots), size=int(rng.uniform(20, 220)))])
    return layers.over(strands.draw((h, w), points, shades, 0.5, supersample=3, tones=1), layer)


def plain(rng: np.random.Generator, backgrounds: Library, h: int, w: int) -> np.ndarray:
    """A body with a hard, soft, torn or frayed edge and no strands."""
    mask = shapes.body(rng, h, w, rng.uniform(0.2, 0.65), rough=rng.uniform(0.02, 0.25))
    kind = rng.integers(3)
    if kind == 0:
        mask = cv2.GaussianBlur(mask, (0, 0), float(np.exp(rng.uniform(np.log(0.7), np.log(14)))))
    elif kind == 1:
        edge = cv2.GaussianBlur(mask, (0, 0), rng.uniform(3, 16))
        grain = fractal(rng, h, w, cells=rng.uniform(20, 90), octaves=4, persistence=0.7)
        mask = np.clip((edge - 0.5) * rng.uniform(2, 7) + 0.5 + grain * 0.5 * (1 - np.abs(2 * edge - 1)), 0, 1)
    return layers.filled(textured(rng, backgrounds, h, w), mask.astype(np.float32))
