"""Convolution blocks, and pooling that remembers where its winner was."""

import torch
from torch import nn
from torch.nn import functional as F

from .norms import BatchRenorm2d


def conv_bn(inputs: int, outputs: int, kernel: int = 3, dilation: int = 1, relu: bool = True) -> nn.Sequential:
    """Convolution that keeps the size, batch norm, and (mostly) ReLU."""
    layers = [
        nn.Conv2d(inputs, outputs, kernel, padding=dilation * (kernel // 2), dilation=dilation, bias=False),
        BatchRenorm2d(outputs),
    ]
    if relu:
        layers.append(nn.ReLU(inplace=True))
    return nn.Sequential(*layers)


class CellNorm(nn.Module):
    """Divides every cell by the root mean square of its channels, as it ends a stage.

    Without it a rare kind of patch grows from block to block until batch norm, which sees only a few patches at
    a time, sees nothing but it: all others then arrive at the deep features as one constant.
    """

    def forward(self, x):
        return x * torch.rsqrt(x.square().mean(dim=1, keepdim=True) + 1e-4)


class BasicBlock(nn.Module):
    """ResNet's basic block, never strided: resolution changes in the pools alone. It begins as its shortcut."""

    def __init__(self, inputs: int, outputs: int, dilation: int = 1):
        super().__init__()
        self.first = conv_bn(inputs, outputs, dilation=dilation)
        self.second = conv_bn(outputs, outputs, dilation=dilation, relu=False)
        nn.init.zeros_(self.second[1].weight)
        self.shortcut = nn.Identity() if inputs == outputs else conv_bn(inputs, outputs, kernel=1, relu=False)

    def forward(self, x):
        return F.relu(self.second(self.first(x)) + self.shortcut(x))


def stage(inputs: int, outputs: int, blocks: int, dilation: int = 1) -> nn.Sequential:
    """One ResNet stage."""
    return nn.Sequential(
        *[BasicBlock(inputs if i == 0 else outputs, outputs, dilation) for i in range(blocks)], CellNorm())


def pool_with_code(x: torch.Tensor):
    """2×2 max pooling of [N, C, H, W], with its winners as codes: 0 1 / 2 3, uint8, the first of equals.

    A code holds what MaxUnpool's int64 index holds, in an eighth of the bytes, and exports to ONNX.
    """
    n, c, h, w = x.shape
    quads = x.reshape(n, c, h // 2, 2, w // 2, 2).permute(3, 5, 0, 1, 2, 4)
    a, b, d, e = quads[0, 0], quads[0, 1], quads[1, 0], quads[1, 1]
    top, bottom = torch.maximum(a, b), torch.maximum(d, e)
    top_code, bottom_code = (b > a).to(torch.uint8), (e > d).to(torch.uint8) + 2
    code = torch.where(bottom > top, bottom_code, top_code)
    return torch.maximum(top, bottom), code


def unpool(x: torch.Tensor, code: torch.Tensor) -> torch.Tensor:
    """Puts each value back where its pool's winner was, zeros elsewhere: [N, C, h, w] → [N, C, 2h, 2w]."""
    n, c, h, w = x.shape
    places = torch.arange(4, dtype=torch.int32, device=x.device).reshape(1, 1, 4, 1, 1)
    chosen = code.to(torch.int32).unsqueeze(2) == places
    spread = torch.where(chosen, x.unsqueeze(2), torch.zeros((), dtype=x.dtype, device=x.device))
    return F.pixel_shuffle(spread.reshape(n, c * 4, h, w), 2)
