"""The public door: one sample of training data for every pair of seed and index."""

from dataclasses import dataclass

import cv2
import numpy as np

from . import blur, coats, compose, cutouts, fluids, layers, plants, weave
from .library import Cache, Library
from .trimap import random_trimap

# What alphamatting.com's photographs show, as far as it can be made: an opaque thing
# with a hairy border most often, nets and things one sees through less often.
KINDS = {"fur": 0.26, "hair": 0.20, "plain": 0.09, "plant": 0.17, "object": 0.05, "weave": 0.10, "fluid": 0.13}


@dataclass
class Sample:
    """A plate and what it is made of; all (H, W) or (H, W, 3), RGB.

    plate: uint8, as a camera stores it: alpha * foreground + (1 - alpha) * background,
    then noise and JPEG. trimap: uint8, 0 background, 128 unknown, 255 foreground.
    alpha: float32 in 0..1. foreground, background: uint8, defined at every pixel.
    kind: a key of KINDS, or two joined by "+".
    """

    plate: np.ndarray
    trimap: np.ndarray
    alpha: np.ndarray
    foreground: np.ndarray
    background: np.ndarray
    kind: str


class SampleSource:
    """Samples that depend on (seed, index) alone, whichever process asks for them.

    foregrounds: folder of images with alpha, grouped by the part of their name before
    the first underscore (hair, foliage, smoke, fx, light, particle, object).
    backgrounds: folder of photographs. size: least and largest side of a sample, in
    pixels. plates: False leaves out noise and JPEG, so that the compositing equation
    holds to half a level. cache_bytes: limit of decoded pictures kept in memory.
    Raises FileNotFoundError for a folder without images, ValueError for a bad size.
    """

    def __init__(self, foregrounds: str, backgrounds: str, size: tuple[int, int] = (512, 896), seed: int = 0,
                 plates: bool = True, cache_bytes: int = 384 << 20):
        if not 64 <= size[0] <= size[1] <= 4096:
            raise ValueError(f"size {size}: the sides must be between 64 and 4096, the lesser first")
        self._size = size
        self._seed = seed
        self._plates = plates
        self._foregrounds = Library(foregrounds, Cache(cache_bytes // 2), alpha=True)
        self._backgrounds = Library(backgrounds, Cache(cache_bytes // 2), alpha=False)

    def sample(self, index: int, kind: str | None = None) -> Sample:
        """The sample of this index (>= 0); kind: one of KINDS instead of a drawn one."""
        rng = np.random.default_rng([self._seed, index])
        h, w = (int(v) for v in rng.integers(self._size[0], self._size[1] + 1, 2))
        for _ in range(4):
            layer, name = self._foreground(rng, h, w, kind)
            covered = float(layer[..., 3].mean())
            if 0.02 < covered < 0.97:
                break
        colours, alpha = layers.straight(layer)
        ground = compose.background(rng, self._backgrounds, h, w)
        if rng.random() < 0.3:
            colours = compose.harmonised(rng, colours, alpha, ground)
        colours, ground = compose.toned(rng, colours, ground)
        foreground, background = ((x * 255 + 0.5).astype(np.uint8) for x in (colours, ground))
        blend = alpha[..., None]
        plate = (foreground * blend + background * (1 - blend) + np.float32(0.5)).astype(np.uint8)
        if self._plates:
            plate = compose.camera(rng, plate)
        return Sample(plate, random_trimap(rng, alpha), alpha, foreground, background, name)

    def _foreground(self, rng: np.random.Generator, h: int, w: int, kind: str | None) -> tuple[np.ndarray, str]:
        layer, name = self._one(rng, h, w, kind)
        if rng.random() < 0.12:
            other, second = self._one(rng, h, w, None)
            layer, name = layers.over(layer, other), f"{name}+{second}"
        chance = rng.random()
        if chance < 0.08:
            layer = blur.motion(layer, rng.uniform(5, 45), rng.uniform(0, np.pi))
        elif chance < 0.22:
            layer = blur.defocus(layer, float(np.exp(rng.uniform(np.log(0.6), np.log(6)))))
        elif chance < 0.5:
            # A lens and a sensor's colour filter soften what was drawn too sharp.
            layer = cv2.GaussianBlur(layer, (0, 0), rng.uniform(0.4, 0.9))
        return layer, name

    def _one(self, rng: np.random.Generator, h: int, w: int, kind: str | None) -> tuple[np.ndarray, str]:
        kind = kind or str(rng.choice(list(KINDS), p=list(KINDS.values())))
        fg, bg = self._foregrounds, self._backgrounds
        if kind == "fur":
            return coats.fur(rng, bg, h, w), kind
        if kind == "hair":
            if rng.random() < 0.15:
                return cutouts.scattered(rng, fg, bg, h, w, ("hair",), int(rng.integers(1, 5)), (0.5, 1.3)), kind
            return coats.hair(rng, bg, h, w), kind
        if kind == "plain":
            return coats.plain(rng, bg, h, w), kind
        if kind == "plant":
            return plants.plant(rng, fg, bg, h, w), kind
        if kind == "weave":
            return weave.weave(rng, bg, h, w), kind
        if kind == "fluid":
            return fluids.fluid(rng, fg, bg, h, w), kind
        if kind == "object":
            return cutouts.scattered(rng, fg, bg, h, w, ("object",), int(rng.integers(1, 4)), (0.4, 1.0), turn=60), kind
        raise ValueError(f"kind {kind!r}: not one of {', '.join(KINDS)}")
