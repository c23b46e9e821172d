"""The folders of photographs and cut-out foregrounds, read on demand."""

import os
from collections import OrderedDict

import cv2
import numpy as np

EXTENSIONS = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff")
LARGEST_SIDE = 1280


class Cache:
    """The most recently used arrays, up to a number of bytes."""

    def __init__(self, limit: int):
        self._limit = limit
        self._bytes = 0
        self._items: OrderedDict[str, np.ndarray] = OrderedDict()

    def get(self, key: str, read) -> np.ndarray:
        if key in self._items:
            self._items.move_to_end(key)
            return self._items[key]
        value = read(key)
        self._items[key] = value
        self._bytes += value.nbytes
        while self._bytes > self._limit and len(self._items) > 1:
            self._bytes -= self._items.popitem(last=False)[1].nbytes
        return value


class Library:
    """Pictures of one folder. A name's part before the first underscore is its group.

    folder: searched not deeper than itself; images of any size, kept to at most
    LARGEST_SIDE pixels. alpha: keep only images that have an alpha channel.
    Raises FileNotFoundError where the folder holds no image.
    """

    def __init__(self, folder: str, cache: Cache, alpha: bool):
        names = sorted(n for n in os.listdir(folder) if n.lower().endswith(EXTENSIONS))
        if not names:
            raise FileNotFoundError(f"{folder}: no image ({', '.join(EXTENSIONS)}) in this folder")
        self._cache = cache
        self._alpha = alpha
        self.groups: dict[str, list[str]] = {}
        for name in names:
            self.groups.setdefault(name.split("_")[0] if "_" in name else "", []).append(os.path.join(folder, name))
        self.paths = [p for paths in self.groups.values() for p in paths]

    def any(self, rng: np.random.Generator, *groups: str) -> np.ndarray:
        """A picture of one of the groups (of all, where none of them is here): uint8
        RGB (H, W, 3), or RGBA (H, W, 4) with straight colours. Do not write to it."""
        paths = [p for g in groups for p in self.groups.get(g, ())] or self.paths
        return self._cache.get(paths[rng.integers(len(paths))], self._read)

    def _read(self, path: str) -> np.ndarray:
        image = cv2.imread(path, cv2.IMREAD_UNCHANGED if self._alpha else cv2.IMREAD_COLOR)
        if image is None:
            raise ValueError(f"{path}: not an image that can be read")
        if image.dtype == np.uint16:
            image = (image >> 8).astype(np.uint8)
        if image.ndim == 2:
            image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
        if self._alpha and image.shape[2] == 3:
            raise ValueError(f"{path}: a foreground needs an alpha channel")
        scale = LARGEST_SIDE / max(image.shape[:2])
        if scale < 1:
            image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        image[..., :3] = image[..., 2::-1].copy()
        return np.ascontiguousarray(image)


def photographs(library: Library, rng: np.random.Generator, h: int, w: int,
                zoom: tuple[float, float] = (1, 2.5)) -> np.ndarray:
    """A crop of a photograph, float32 (h, w, 3) in 0..1; zoom: 1 takes the largest
    crop of this aspect, 2 one of half its side."""
    image = library.any(rng)
    ih, iw = image.shape[:2]
    if rng.random() < 0.15:
        image, ih, iw = np.swapaxes(image, 0, 1), iw, ih
    fit = min(ih / h, iw / w) / rng.uniform(*zoom)
    ch, cw = max(2, int(h * fit)), max(2, int(w * fit))
    y, x = rng.integers(ih - ch + 1), rng.integers(iw - cw + 1)
    crop = np.ascontiguousarray(image[y:y + ch, x:x + cw])
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    crop = cv2.resize(crop, (w, h), interpolation=cv2.INTER_AREA if fit > 1 else cv2.INTER_CUBIC)
    return crop.astype(np.float32) * np.float32(1 / 255)
