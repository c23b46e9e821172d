"""Sizes of one network."""

from dataclasses import asdict, dataclass

PLAIN_CHANNELS = 5
"""R, G, B (0 to 1), known foreground, known background (0 or 1)."""

PRIOR_CHANNELS = 11
"""Nearest foreground RGB, nearest background RGB, two distances, projection, closed-form alpha, guided closed-form alpha."""

STRIDE = 8
"""Pixels a side of one cell of the deep features."""


@dataclass(frozen=True)
class HDMattConfig:
    """width 1.0 is the paper's ResNet-34; every channel count scales with it.

    attention: "tgnl" (Eq. 3, by region), "plain" (one non-local operation over all regions,
    the paper's model B) or "none" (model A); the last two exist for the ablation.
    """

    width: float = 0.25
    priors: bool = True
    attention: str = "tgnl"
    detail_channels: int = 5

    @property
    def input_channels(self) -> int:
        return PLAIN_CHANNELS + (PRIOR_CHANNELS if self.priors else 0)

    def channels(self, paper: int) -> int:
        """The paper's channel count at this width: a multiple of 8, at least 8."""
        return max(8, int(round(paper * self.width / 8)) * 8)

    @property
    def key_channels(self) -> int:
        return self.channels(128)

    @property
    def value_channels(self) -> int:
        return self.channels(256)

    @property
    def context_channels(self) -> int:
        """Of what the context module finds: values and evidence, for each of U, F, B."""
        return 3 * (self.value_channels + 1)

    def to_dict(self) -> dict:
        return asdict(self)
