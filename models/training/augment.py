"""What is done to a group each time it trains: laid another way, recoloured, its priors weakened, contexts withheld.

A group is a dict of planes, each [M, planes, P, P] (shards.unpack), on whatever device it trains.
"""

import numpy as np
import torch

LOST_PRIORS = (0,) * 6 + (255, 255, 128)
"""Colours, distances, projection: as where nothing known is near."""


def mirrored(group: dict, rng) -> dict:
    """One of the eight ways to lay a square, the same for all planes."""
    flip_x, flip_y, turn = rng.integers(0, 2, 3)
    flips = [axis for axis, chosen in ((3, flip_x), (2, flip_y)) if chosen]

    def lay(a):
        a = a.flip(flips) if flips else a
        return a.transpose(2, 3) if turn else a

    return {name: lay(a) for name, a in group.items()}


def recoloured(group: dict, rng) -> dict:
    """Channels permuted, everywhere a colour stands."""
    if rng.random() > 0.3:
        return group
    order = [int(c) for c in rng.permutation(3)]
    group = group | {name: group[name][:, order] for name in ("rgb", "foreground", "background")}
    priors = group["priors"]
    group["priors"] = torch.cat([priors[:, :3][:, order], priors[:, 3:6][:, order], priors[:, 6:]], dim=1)
    return group


def weakened(group: dict, rng, share: float) -> dict:
    """The closed-form alpha, in that share of the images, drawn towards the bare trimap; in half of those the
    nearest known colours, too, are lost.

    Where the priors are nearly right in every sample, nothing teaches the network what contexts are for.
    """
    if rng.random() > share:
        return group
    trimap = group["regions"].to(torch.float16) * 0.5
    way = float(rng.uniform(0.3, 1.0))
    group = group | {"closed": group["closed"] + (trimap - group["closed"]) * way}
    if rng.random() < 0.5:
        lost = torch.tensor(LOST_PRIORS, dtype=torch.uint8, device=trimap.device)
        group["priors"] = lost[None, :, None, None].expand(group["priors"].shape)
    return group


def tensors(group: dict) -> dict:
    """Network input [M, 16, P, P] (a network without priors takes its first five planes) and what the loss needs, as float32."""
    regions = group["regions"]
    rgb = group["rgb"].float() / 255
    planes = [rgb, (regions == 2).float(), (regions == 0).float(), group["priors"].float() / 255, group["closed"].float()]
    return {
        "patches": torch.cat(planes, dim=1),
        "rgb": rgb,
        "foreground": group["foreground"].float() / 255,
        "background": group["background"].float() / 255,
        "alpha": group["alpha"].float(),
        "unknown": (regions == 1).float(),
    }


def presence(images: int, patches: int, rng) -> torch.Tensor:
    """[G, M, M] of bool: which contexts each query may draw on. Mostly all others; sometimes fewer, or none, as on a
    plate that has no other patch."""
    present = np.zeros((images, patches, patches), bool)
    for g in range(images):
        for i in range(patches):
            others = [j for j in range(patches) if j != i]
            count = rng.choice([len(others), 2, 1, 0], p=[0.7, 0.1, 0.1, 0.1])
            present[g, i, rng.permutation(others)[:count]] = True
    return torch.from_numpy(present)
