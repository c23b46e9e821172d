"""Unpooling decoder with skips (Xu et al. 2017; HDMatt, Sec. 3.3)."""

import torch
from torch import nn
from torch.nn import functional as F

from .blocks import conv_bn, unpool
from .config import STRIDE, HDMattConfig

SLOPE = 0.2
"""Of the decoder's leaky ReLUs. The loss says nothing of known pixels, so batch norm can be content with channels
that live there and are dead wherever it matters: plain ReLUs cut all deep features off from unknown pixels."""


def refine(inputs: int, outputs: int, kernel: int = 3) -> nn.Sequential:
    return nn.Sequential(conv_bn(inputs, outputs, kernel=kernel, relu=False), nn.LeakyReLU(SLOPE, inplace=True))


class Decoder(nn.Module):
    """Deep features and the module's three results → alpha [N, 1, P, P], not yet clamped.

    alpha = base + detail + gate · correction. Every unpooling sets three of four pixels to zero, so what contexts
    say is faint when it has passed three of them; `correction` is what they say of the base at stride 8, enlarged
    on a straight way, and `gate` (0 to 1, a pixel) lets it in where the base is unsure.
    """

    def __init__(self, config: HDMattConfig):
        super().__init__()
        ch = config.channels
        self.join = refine(ch(256) + config.context_channels, ch(256), kernel=1)
        self.at_eighth = nn.Sequential(refine(ch(256), ch(256)), refine(ch(256), ch(64)))
        self.correction = nn.Conv2d(ch(64), 1, 1)
        self.at_quarter = nn.Sequential(refine(2 * ch(64), ch(128)), refine(ch(128), ch(64)))
        self.at_half = refine(ch(64) + ch(32), ch(64))
        self.at_full = refine(ch(64) + config.detail_channels + 1, ch(64))
        self.detail_and_gate = nn.Conv2d(ch(64), 2, 3, padding=1)
        for last in self.last_layers():
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def last_layers(self):
        """What the answer is read from: zero at the beginning, so that training starts from the base itself."""
        return self.correction, self.detail_and_gate

    def forward(self, encoded: dict, context: torch.Tensor) -> torch.Tensor:
        x = self.at_eighth(self.join(torch.cat([encoded["features"], context], dim=1)))
        correction = F.interpolate(self.correction(x), scale_factor=STRIDE, mode="bilinear", align_corners=False)
        x = self.at_quarter(torch.cat([unpool(x, encoded["code3"]), encoded["skip2"]], dim=1))
        x = self.at_half(torch.cat([unpool(x, encoded["code2"]), encoded["skip1"]], dim=1))
        x = self.at_full(torch.cat([unpool(x, encoded["code1"]), encoded["skip0"], correction], dim=1))
        detail, gate = self.detail_and_gate(x).split(1, dim=1)
        return encoded["base"] + detail + torch.sigmoid(gate) * correction
