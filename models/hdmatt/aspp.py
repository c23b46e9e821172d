"""Atrous spatial pyramid pooling (Chen et al. 2017), as HDMatt's Sec. 3.3 places it after the backbone."""

import torch
from torch import nn

from .blocks import CellNorm, conv_bn

RATES = (6, 12, 18)


class ASPP(nn.Module):
    """[N, inputs, h, w] → [N, outputs, h, w]: 1×1, three dilated 3×3, and the mean of the patch."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.branches = nn.ModuleList([conv_bn(inputs, outputs, kernel=1)])
        self.branches.extend(conv_bn(inputs, outputs, dilation=rate) for rate in RATES)
        # No batch norm behind the mean: it would see one value a patch.
        self.mean = nn.Sequential(nn.Conv2d(inputs, outputs, 1), nn.ReLU(inplace=True))
        self.join = nn.Sequential(conv_bn(outputs * (len(RATES) + 2), outputs, kernel=1), CellNorm())

    def forward(self, x):
        mean = self.mean(x.mean(dim=(2, 3), keepdim=True)).expand(-1, -1, x.shape[2], x.shape[3])
        return self.join(torch.cat([branch(x) for branch in self.branches] + [mean], dim=1))
