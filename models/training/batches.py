"""Batches out of the groups on disk: some patches of each of a few images, mirrored and recoloured together."""

import queue
import threading
import time
from pathlib import Path

import numpy as np
import torch

from . import shards


def mirrored(group: dict, rng) -> dict:
    """One of the eight ways to lay a square, the same for all planes."""
    flip_x, flip_y, turn = rng.integers(0, 2, 3)

    def lay(a):
        a = a[..., ::-1] if flip_x else a
        a = a[..., ::-1, :] if flip_y else a
        return np.swapaxes(a, -1, -2) if turn else a

    return {name: lay(a) for name, a in group.items()}


def recoloured(group: dict, rng) -> dict:
    """Channels permuted, everywhere a colour stands."""
    order = rng.permutation(3) if rng.random() < 0.3 else np.arange(3)
    group = dict(group)
    for name in ("rgb", "foreground", "background"):
        group[name] = group[name][:, order]
    priors = group["priors"]
    group["priors"] = np.concatenate([priors[:, :3][:, order], priors[:, 3:6][:, order], priors[:, 6:]], axis=1)
    return group


def weakened(group: dict, rng, share: float) -> dict:
    """The closed-form alpha, in that share of the images, drawn towards the bare trimap; in half of those the
    nearest known colours, too, are lost.

    Where the priors are nearly right in every sample, nothing teaches the network what contexts are for.
    """
    if rng.random() > share:
        return group
    trimap = group["regions"][:, None] * np.float16(0.5)
    way = np.float16(rng.uniform(0.3, 1.0))
    group = group | {"closed": group["closed"] + (trimap - group["closed"]) * way}
    if rng.random() < 0.5:
        lost = np.array([0] * 6 + [255, 255, 128], np.uint8)  # colours, distances, projection
        group["priors"] = np.broadcast_to(lost[:, None, None], group["priors"].shape).copy()
    return group


def tensors(group: dict, priors: bool) -> dict:
    """Network input [M, C, P, P] and what the loss needs, as float32."""
    scale = np.float32(1 / 255)
    rgb, regions = group["rgb"].astype(np.float32) * scale, group["regions"]
    planes = [rgb, (regions == 2)[:, None].astype(np.float32), (regions == 0)[:, None].astype(np.float32)]
    if priors:
        planes += [group["priors"].astype(np.float32) * scale, group["closed"].astype(np.float32)]
    return {
        "patches": torch.from_numpy(np.concatenate(planes, axis=1)),
        "rgb": torch.from_numpy(rgb),
        "foreground": torch.from_numpy(group["foreground"].astype(np.float32) * scale),
        "background": torch.from_numpy(group["background"].astype(np.float32) * scale),
        "alpha": torch.from_numpy(group["alpha"].astype(np.float32))[:, None],
        "unknown": torch.from_numpy((regions == 1)[:, None].astype(np.float32)),
    }


def presence(images: int, patches: int, rng) -> torch.Tensor:
    """[G, M, M] of bool: which contexts each query may draw on. Mostly all others, sometimes fewer."""
    present = np.zeros((images, patches, patches), bool)
    for g in range(images):
        for i in range(patches):
            others = [j for j in range(patches) if j != i]
            count = rng.choice([len(others), 2, 1], p=[0.8, 0.1, 0.1])
            present[g, i, rng.permutation(others)[:count]] = True
    return torch.from_numpy(present)


class Batches:
    """Endless batches of `images` groups × `patches` patches, read ahead on a thread of its own."""

    def __init__(self, folder: Path, images: int, patches: int, priors: bool, seed: int, ahead: int = 3,
                 readers: int = 1, weaken: float = 0.3):
        self.folder, self.images, self.patches, self.priors = folder, images, patches, priors
        self.weaken = weaken
        self.queue = queue.Queue(maxsize=ahead * readers)
        for reader in range(readers):
            rng = np.random.default_rng((seed, reader))
            threading.Thread(target=self.fill, args=(rng,), daemon=True).start()

    def fill(self, rng):
        while True:
            # Listed anew each round: the producer may still be at work.
            files = sorted(self.folder.glob("group-*.npz"))
            if len(files) < self.images:
                time.sleep(1)
            rng.shuffle(files)
            for first in range(0, len(files) - self.images + 1, self.images):
                self.queue.put(self.batch(files[first:first + self.images], rng))

    def batch(self, files, rng) -> dict:
        parts = []
        for file in files:
            group = shards.read(file)
            chosen = rng.permutation(len(group["rgb"]))[:self.patches]
            group = {name: a[chosen] for name, a in group.items()}
            parts.append(tensors(weakened(recoloured(mirrored(group, rng), rng), rng, self.weaken), self.priors))
        batch = {name: torch.cat([p[name].contiguous() for p in parts]) for name in parts[0]}
        batch["present"] = presence(len(files), self.patches, rng)
        return batch

    def __next__(self):
        return self.queue.get()
