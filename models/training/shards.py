"""Groups of patches on disk: one file an image, so that a generated image trains several times.

A file is an .npy of uint8 [M, 25·P·P]: M patches of side P, the planes of each one after the other (PLANES). One
array and no archive: a GPU takes its bytes as they are, and splits them there (`unpack`).
"""

import math
import os
from pathlib import Path

import numpy as np
import torch

PLANES = (("rgb", 3, "uint8"), ("foreground", 3, "uint8"), ("background", 3, "uint8"), ("regions", 1, "uint8"),
          ("priors", 9, "uint8"), ("closed", 2, "float16"), ("alpha", 1, "float16"))
"""Name, planes, type. regions: 0 B, 1 U, 2 F. priors ÷ 255 and closed: the prior planes, as hdmatt's input has them."""

PIXEL_BYTES = sum(count * np.dtype(kind).itemsize for _, count, kind in PLANES)


def cut(array: np.ndarray, windows) -> np.ndarray:
    """[H, W] or [H, W, 3] → [M, 1, P, P] or [M, 3, P, P]."""
    stacked = np.stack([array[y:y + side, x:x + side] for x, y, side in windows])
    return stacked.transpose(0, 3, 1, 2) if stacked.ndim == 4 else stacked[:, None]


def regions_of(trimap: np.ndarray) -> np.ndarray:
    """0/128/255 → 0 B, 1 U, 2 F."""
    return np.where(trimap > 191, 2, np.where(trimap < 64, 0, 1)).astype(np.uint8)


def pack(sample, windows, priors) -> np.ndarray:
    """A group as it is stored; priors: float16 [M, 11, P, P], in the order of hdmatt's input."""
    planes = np.asarray(priors)
    parts = {
        "rgb": cut(sample.plate, windows),
        "foreground": cut(sample.foreground, windows),
        "background": cut(sample.background, windows),
        "regions": cut(regions_of(sample.trimap), windows),
        "priors": np.rint(planes[:, :9].astype(np.float32) * 255),
        "closed": planes[:, 9:],
        "alpha": cut(sample.alpha, windows),
    }
    return np.concatenate([np.ascontiguousarray(parts[name].astype(kind)).reshape(len(planes), -1).view(np.uint8)
                           for name, _, kind in PLANES], axis=1)


def unpack(group: torch.Tensor) -> dict:
    """uint8 [M, 25·P·P] → its planes, each [M, planes, P, P], without a copy."""
    side = math.isqrt(group.shape[1] // PIXEL_BYTES)
    if PIXEL_BYTES * side * side != group.shape[1]:
        raise ValueError(f"a patch of {group.shape[1]} bytes is no square of {PIXEL_BYTES} bytes a pixel")
    planes, first = {}, 0
    for name, count, kind in PLANES:
        last = first + count * side * side * np.dtype(kind).itemsize
        planes[name] = group[:, first:last].view(getattr(torch, kind)).unflatten(1, (count, side, side))
        first = last
    return planes


def write(path: Path, group: np.ndarray):
    """Beside, then renamed: a reader never meets half a file."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.npy")
    np.save(str(beside), group)
    beside.replace(path)


def read(path: Path) -> torch.Tensor:
    """uint8 [M, 25·P·P]."""
    return torch.from_numpy(np.load(str(path)))


def files(folder: Path) -> list:
    return sorted(folder.glob("group-*.npy"))
