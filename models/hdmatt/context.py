"""The cross-patch context module's embeddings and regions (HDMatt, Sec. 3.2)."""

import torch
from torch import nn
from torch.nn import functional as F

from .config import STRIDE, HDMattConfig

BACKGROUND, UNKNOWN, FOREGROUND = 0, 1, 2


def cell_regions(patch: torch.Tensor) -> torch.Tensor:
    """[N, C, P, P] → [N, cells] of uint8. A cell with any unknown pixel is unknown; else its majority."""
    foreground, background = patch[:, 3:4], patch[:, 4:5]
    unknown = F.max_pool2d(1 - foreground - background, STRIDE) > 0.5
    mostly_foreground = F.avg_pool2d(foreground, STRIDE) >= 0.5
    known = torch.where(mostly_foreground, FOREGROUND, BACKGROUND)
    return torch.where(unknown, UNKNOWN, known).to(torch.uint8).flatten(1)


def cells_first(x: torch.Tensor) -> torch.Tensor:
    """[N, C, h, w] → [N, h·w, C]."""
    return x.flatten(2).transpose(1, 2)


class Embeddings(nn.Module):
    """θ gives keys (of queries and contexts alike), φ a context's values, δ a query's values.

    Keys are centred: what all of them share says nothing of which belong together, yet in Eq. 1's sums it
    outweighs what sets them apart, and every query of a plate would rank the same contexts first.
    """

    CENTRE_MOMENTUM = 0.02

    def __init__(self, config: HDMattConfig):
        super().__init__()
        features = config.channels(256)
        self.theta = nn.Conv2d(features, config.key_channels, 1)
        self.phi = nn.Conv2d(features, config.value_channels, 1)
        self.delta = nn.Conv2d(features, config.value_channels, 1)
        self.register_buffer("centre", torch.zeros(config.key_channels))

    def keys(self, features: torch.Tensor) -> torch.Tensor:
        """[N, C, h, w] → [N, h·w, Ck], centred on the mean key of training."""
        keys = cells_first(self.theta(features))
        if self.training:
            with torch.no_grad():
                self.centre.lerp_(keys.float().mean((0, 1)), self.CENTRE_MOMENTUM)
        return keys - self.centre


def pooled_sums(keys: torch.Tensor, regions: torch.Tensor):
    """Both sides of Eq. 1: Σ keys over unknown cells, Σ keys over all cells; [N, cells, Ck] → 2 × [N, Ck]."""
    unknown = (regions == UNKNOWN).to(keys.dtype).unsqueeze(-1)
    return (keys * unknown).sum(1), keys.sum(1)


@torch.no_grad()
def ranked(query_sums, context_sums, present, top: int):
    """Eq. 1 and 2 over one group: sums [G, M, Ck], present [G, M, M] of bool → the `top` first contexts of each query,
    [G, M, top] of patch numbers, and which of them are present."""
    scores = (query_sums @ context_sums.transpose(1, 2)).masked_fill(~present, -torch.inf)
    chosen = scores.topk(min(top, scores.shape[2]), dim=2).indices
    return chosen, present.gather(2, chosen)
