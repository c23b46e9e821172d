"""Errors on fixed groups that training never sees, and a picture of some of them."""

from pathlib import Path

import cv2
import numpy as np
import torch

from hdmatt.encoder import GUIDED_PLANE, trimap_alpha

from . import shards
from .augment import tensors


def load(folder: Path, patches: int, device="cpu") -> list:
    """One dict of tensors a group: its first `patches` patches."""
    files = shards.files(folder)
    if not files:
        raise FileNotFoundError(f"{folder} holds no group to validate with")
    return [tensors(shards.unpack(shards.read(file)[:patches].to(device))) for file in files]


@torch.no_grad()
def measure(network, groups, contexts: int = 3):
    """SAD (thousands, a patch) and MSE in the unknown region, over all groups, and the alphas; as it is served:
    with the contexts that Eq. 1 ranks first."""
    network.eval()
    absolute, squared, pixels, alphas, patches = 0.0, 0.0, 0.0, [], 0
    for group in groups:
        m = group["patches"].shape[0]
        present = (~torch.eye(m, dtype=torch.bool, device=group["patches"].device))[None] & (contexts > 0)
        planes = group["patches"][:, :network.config.input_channels]
        alpha = network.with_coarse(planes[None], present, max(1, contexts))[0].clamp(0, 1)
        alpha = torch.where(group["unknown"] > 0, alpha, group["alpha"])
        difference = (alpha - group["alpha"]) * group["unknown"]
        absolute += float(difference.abs().sum())
        squared += float(difference.square().sum())
        pixels += float(group["unknown"].sum())
        patches += m
        alphas.append(alpha)
    network.train()
    return absolute / 1000 / patches, squared / max(pixels, 1), alphas


def picture(path: Path, groups, alphas, rows: int = 8):
    """One row a group: plate, trimap, prior, prediction, truth of its first patch."""
    lines = []
    for group, alpha in list(zip(groups, alphas))[:rows]:
        patch = group["patches"][:1].cpu()
        trimap = trimap_alpha(patch)
        prior = patch[:, GUIDED_PLANE:GUIDED_PLANE + 1] if patch.shape[1] > GUIDED_PLANE else 0 * trimap
        grey = [g[0, 0].cpu().numpy() for g in (trimap, prior, alpha, group["alpha"])]
        cells = [patch[0, :3].numpy().transpose(1, 2, 0)] + [np.repeat(g[:, :, None], 3, axis=2) for g in grey]
        lines.append(np.concatenate(cells, axis=1))
    sheet = (np.concatenate(lines, axis=0) * 255).clip(0, 255).astype(np.uint8)
    cv2.imwrite(str(path), sheet[:, :, ::-1])
