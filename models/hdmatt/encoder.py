"""ResNet-34 with its last two stages dilated, and ASPP: deep features at stride 8."""

from torch import nn

from .aspp import ASPP
from .blocks import conv_bn, pool_with_code, stage
from .config import HDMattConfig

GUIDED_PLANE = 15
"""Input plane that holds the guided closed-form alpha, when there are priors: it follows the plate's own
pixels, where the merely interpolated one would show the grid that it was solved on."""


def trimap_alpha(patch):
    """[N, C, P, P] → the trimap as an alpha [N, 1, P, P]: 0, ½ or 1."""
    return 0.5 + 0.5 * (patch[:, 3:4] - patch[:, 4:5])


class Encoder(nn.Module):
    """[N, input_channels, P, P] → deep features, skips, pool codes (see `forward`)."""

    def __init__(self, config: HDMattConfig):
        super().__init__()
        ch = config.channels
        self.priors = config.priors
        # ResNet's strided 7×7 becomes a 3×3 at full resolution and a pool: hair is a pixel wide,
        # and the decoder needs the pool's winners at every halving.
        self.stem = conv_bn(config.input_channels, ch(64))
        self.at_half = conv_bn(ch(64), ch(64))
        self.stage1 = stage(ch(64), ch(64), 3)
        self.stage2 = stage(ch(64), ch(128), 4)
        self.stage3 = stage(ch(128), ch(256), 6, dilation=2)
        self.stage4 = stage(ch(256), ch(512), 3, dilation=4)
        self.aspp = ASPP(ch(512), ch(256))
        self.detail = conv_bn(config.input_channels, config.detail_channels)
        self.skip_half = conv_bn(ch(64), ch(32), kernel=1)

    def base(self, patch):
        """What the decoder's answer is added to: the guided closed-form alpha, or the trimap."""
        return patch[:, GUIDED_PLANE:GUIDED_PLANE + 1] if self.priors else trimap_alpha(patch)

    def forward(self, patch):
        full = self.stem(patch)
        x, code1 = pool_with_code(full)
        half = self.at_half(x)
        x, code2 = pool_with_code(half)
        quarter = self.stage1(x)
        x, code3 = pool_with_code(quarter)
        features = self.aspp(self.stage4(self.stage3(self.stage2(x))))
        return {
            "features": features,
            "base": self.base(patch),
            "skip0": self.detail(patch),
            "skip1": self.skip_half(half),
            "skip2": quarter,
            "code1": code1,
            "code2": code2,
            "code3": code3,
        }
