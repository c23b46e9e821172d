"""Groups of patches on disk: one file an image, so that a generated image trains several times.

A file is an .npz (not compressed) of M patches of side P:
rgb, foreground, background uint8 [M, 3, P, P]; regions uint8 [M, P, P] (0 B, 1 U, 2 F);
priors uint8 [M, 9, P, P] (÷255) and closed float16 [M, 2, P, P]: the prior planes; alpha float16 [M, P, P].
"""

import os
from pathlib import Path

import numpy as np


def cut(array: np.ndarray, windows) -> np.ndarray:
    """[H, W] or [H, W, 3] → [M, P, P] or [M, 3, P, P]."""
    parts = [array[y:y + side, x:x + side] for x, y, side in windows]
    stacked = np.stack(parts)
    return stacked.transpose(0, 3, 1, 2) if stacked.ndim == 4 else stacked


def regions_of(trimap: np.ndarray) -> np.ndarray:
    """0/128/255 → 0 B, 1 U, 2 F."""
    return np.where(trimap > 191, 2, np.where(trimap < 64, 0, 1)).astype(np.uint8)


def pack(sample, windows, priors) -> dict:
    """priors: float16 [M, 11, P, P], in the order of hdmatt's input."""
    planes = np.asarray(priors)
    return {
        "rgb": cut(sample.plate, windows),
        "foreground": cut(sample.foreground, windows),
        "background": cut(sample.background, windows),
        "regions": cut(regions_of(sample.trimap), windows),
        "priors": np.rint(planes[:, :9].astype(np.float32) * 255).astype(np.uint8),
        "closed": planes[:, 9:].astype(np.float16),
        "alpha": cut(sample.alpha, windows).astype(np.float16),
    }


def write(path: Path, group: dict):
    """Beside, then renamed: a reader never meets half a file."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.npz")
    np.savez(str(beside), **group)
    beside.replace(path)


def read(path: Path) -> dict:
    with np.load(str(path)) as file:
        return {name: file[name] for name in file.files}
