"""Opaque bodies that carry a border: fur, long hair, or a soft or rough edge."""

import cv2
import numpy as np

from . import layers, shapes, strands
from .library import Library, photographs
from .noise import fibres, fractal
from .strands import Groom


def textured(rng: np.random.Generator, backgrounds: Library, h: int, w: int) -> np.ndarray:
    """A photograph's texture shaded like a rounded thing, (h, w, 3) in 0..1."""
    texture = photographs(backgrounds, rng, h, w, zoom=(1, 3.5))
    if rng.random() < 0.35:
        tint = rng.uniform(0.2, 1, 3).astype(np.float32)
        grey = texture.mean(axis=2, keepdims=True)
        texture = texture + (grey * tint * 1.4 - texture) * np.float32(rng.uniform(0.4, 1))
    light = fractal(rng, h, w, cells=1.5, octaves=2)
    return np.clip(texture * (1 + 0.18 * light)[..., None], 0, 1)


def _roots(rng: np.random.Generator, mask: np.ndarray, depth: float, count: int, clump: int) -> np.ndarray:
    """Clustered points (count, 2) in the mask, within depth of its border."""
    inside = cv2.distanceTransform((mask > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    band = np.flatnonzero((inside > 1) & (inside <= depth))
    if not band.size:
        band = np.array([mask.size // 2])
    centres = band[rng.integers(band.size, size=-(-count // clump))]
    # From the inside out, so that the border's strands lie on top as tiles on a roof.
    centres = centres[np.argsort(-inside.ravel()[centres] + rng.normal(0, depth * 0.2, centres.size))]
    y, x = np.divmod(np.repeat(centres, clump), mask.shape[1])
    spread = rng.uniform(2, 6)
    return (np.stack([x, y], axis=1) + rng.normal(0, spread, (y.size, 2)))[:count]


def _coat(rng: np.random.Generator, mask: np.ndarray, colours: np.ndarray, length: float) -> np.ndarray:
    """Fur seen from the front, (H, W, 3), for the inside of a body."""
    h, w = mask.shape
    value = fibres(rng, h, w, length, rng.uniform(20, 90)) * 0.3 + fractal(rng, h, w, cells=5, octaves=3) * 0.25 + 0.55
    value = np.clip(value, 0, 1.6)[..., None]
    dark = colours[0] + (colours[1] - colours[0]) * np.minimum(value, 1)
    return np.clip(dark + (colours[2] - dark) * np.maximum(value - 1, 0), 0, 1).astype(np.float32)


def _marked(rng: np.random.Generator, points: np.ndarray, shades: np.ndarray, h: int, w: int) -> np.ndarray:
    """Shades of strands with a second tone in patches, as a pelt's markings."""
    field = fractal(rng, h, w, cells=rng.uniform(2, 8), octaves=3)
    x = np.clip(points[:, 0, 0].astype(int), 0, w - 1)
    y = np.clip(points[:, 0, 1].astype(int), 0, h - 1)
    amount = np.clip(field[y, x] * 0.6 + 0.2, 0, 1)[:, None, None].astype(np.float32)
    other = strands.palette(rng)[1]
    return shades + (shades * 0.4 + other * 0.6 - shades) * amount


def fur(rng: np.random.Generator, backgrounds: Library, h: int, w: int) -> np.ndarray:
    """A furry body, as an animal or a stuffed toy."""
    mask = shapes.body(rng, h, w, rng.uniform(0.2, 0.6))
    colours = strands.palette(rng)
    length = float(np.exp(rng.uniform(np.log(8), np.log(70)))) * max(h, w) / 800
    own = rng.random() < 0.7
    inside = _coat(rng, mask, colours, length) if own else textured(rng, backgrounds, h, w)
    groom = Groom(length=length, width=rng.uniform(0.6, 1.5), clump=int(rng.integers(4, 18)),
                  gather=rng.uniform(0, 0.9), bend=rng.uniform(0.1, 0.8), curl=rng.uniform(0, 0.4),
                  gravity=rng.uniform(-0.1, 0.5), stray=rng.uniform(0.05, 0.35), segments=5)
    count = int(np.clip(rng.uniform(0.5, 1.6) * 4 * (h + w) * (30 / length) ** 0.3, 1500, 7000))
    roots = _roots(rng, mask, max(8.0, length * 0.7), count, groom.clump)
    x, y = np.clip(roots[:, 0].astype(int), 0, w - 1), np.clip(roots[:, 1].astype(int), 0, h - 1)
    combed = fractal(rng, h, w, cells=2.5, octaves=2) * np.float32(rng.uniform(0.2, 0.9))
    angles = shapes.outward(mask)[y, x] + combed[y, x]
    lengths = np.exp(0.35 * fractal(rng, h, w, cells=3, octaves=2)[y, x])
    points, _ = strands.grow(rng, roots, angles, groom, lengths)
    shades = strands.shade(rng, points, colours, rng.uniform(0, np.pi))
    if own and rng.random() < 0.4:
        shades = _marked(rng, points, shades, h, w)
    if not own:
        below = inside[y, x][:, None]
        shades = np.clip(below * (0.6 + shades.mean(axis=2, keepdims=True)), 0, 1)
    thick = np.clip(mask * 1.0, 0, 1)
    return strands.draw((h, w), points, shades, groom.width, under=layers.filled(inside, thick))


def hair(rng: np.random.Generator, backgrounds: Library, h: int, w: int) -> np.ndarray:
    """A head of long hair about a textured body, with single strands flying off."""
    side = max(h, w)
    mask = shapes.body(rng, h, w, rng.uniform(0.15, 0.45), rough=0.06)
    colours = strands.palette(rng)
    length = rng.uniform(0.12, 0.5) * side
    inside = textured(rng, backgrounds, h, w) if rng.random() < 0.4 else _coat(rng, mask, colours, length)
    groom = Groom(length=length, width=rng.uniform(0.7, 1.4), clump=int(rng.integers(8, 40)),
                  gather=rng.uniform(0.2, 0.9), bend=rng.uniform(0.2, 1.2), curl=rng.choice([0.05, 0.15, 0.4, 0.9]),
                  waves=rng.uniform(0.7, 4), gravity=rng.uniform(0, 0.8), stray=rng.uniform(0.03, 0.15),
                  segments=14)
    count = int(rng.uniform(900, 2600))
    roots = _roots(rng, mask, length * 0.45, count, groom.clump)
    x, y = np.clip(roots[:, 0].astype(int), 0, w - 1), np.clip(roots[:, 1].astype(int), 0, h - 1)
    wind = fractal(rng, h, w, cells=1.5, octaves=2) * np.float32(rng.uniform(0.1, 0.7))
    angles = shapes.outward(mask)[y, x] + wind[y, x]
    points, _ = strands.grow(rng, roots, angles, groom)
    light = rng.uniform(0, np.pi)
    shades = strands.shade(rng, points, colours, light)
    layer = strands.draw((h, w), points, shades, groom.width, under=layers.filled(inside, mask))
    strays = Groom(length=length * rng.uniform(0.7, 1.3), width=0.6, clump=1, gather=0, bend=1.2,
                   curl=groom.curl + 0.1, waves=groom.waves, gravity=groom.gravity * 0.5, stray=0.5, segments=16)
    pick = rng.integers(len(roots), size=int(rng.uniform(20, 220)))
    points, _ = strands.grow(rng, roots[pick], angles[pick], strays)
    shades = strands.shade(rng, points, colours, light)
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
