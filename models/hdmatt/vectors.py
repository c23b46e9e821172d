"""Test vectors: what a server must compute, from patches small enough to commit.

The inputs are made by an integer formula that any language repeats exactly, so only the outputs are stored.
"""

import json
from pathlib import Path

import numpy as np
import torch

PATCHES = 4
REGION_KINDS = ("mixed", "mixed", "unknown", "foreground and unknown")


def noise(index: int, channel: int, side: int) -> np.ndarray:
    """A smooth but busy plane, 0 to 1, from integers alone: ((x·a + y·b + x·y·c) mod 251) / 250."""
    x, y = np.meshgrid(np.arange(side, dtype=np.int64), np.arange(side, dtype=np.int64))
    a, b, c = 3 + index, 5 + 2 * channel, 1 + (index + channel) % 3
    return (((x * a + y * b + (x * y // 16) * c) % 251) / 250).astype(np.float32)


def regions(index: int, side: int) -> np.ndarray:
    """Region of every pixel: 0 B, 1 U, 2 F. Columns in thirds, shifted by the patch's index; see REGION_KINDS."""
    x = np.arange(side, dtype=np.int64)[None, :].repeat(side, 0)
    third = ((x + 37 * index) * 3 // side) % 3
    kind = REGION_KINDS[index]
    if kind == "unknown":
        return np.ones_like(third)
    if kind == "foreground and unknown":
        return np.where(third == 0, 1, third)
    return third


def sample_patches(config, side: int):
    """PATCHES inputs [1, C, side, side]."""
    patches = []
    for index in range(PATCHES):
        planes = np.stack([noise(index, channel, side) for channel in range(config.input_channels)])
        label = regions(index, side)
        planes[3], planes[4] = label == 2, label == 0
        patches.append(torch.from_numpy(planes).unsqueeze(0))
    return patches


def write_vectors(folder: Path, patches, encoded, cases):
    """manifest.json says which contexts each case has; case-N.bin is its alpha as float32, every 4th row and column."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for number, (query, contexts, alpha) in enumerate(cases):
        name = f"case-{number}.bin"
        sparse = alpha[0, 0, ::4, ::4]
        sparse.astype("<f4").tofile(str(folder / name))
        listed.append({"file": name, "query": query, "contexts": contexts, "shape": list(sparse.shape)})
    sums = [{"query_sum": part[-2].tolist(), "context_sum": part[-1].tolist()} for part in encoded]
    manifest = {
        "about": "alpha of the query patch with these contexts, float32, every 4th row and column; inputs by the formula in hdmatt/vectors.py",
        "patches": len(patches), "side": patches[0].shape[-1], "step": 4, "cases": listed, "sums": sums,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
