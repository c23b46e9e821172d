"""The whole network, for training: every patch of a group is a query, and the others are its contexts."""

import torch
from torch import nn

from .config import HDMattConfig
from .context import UNKNOWN, Embeddings, cell_regions, cells_first, pooled_sums, ranked
from .decoder import Decoder
from .encoder import Encoder
from .tgnl import attend_masked, tgnl_masked


class HDMatt(nn.Module):
    def __init__(self, config: HDMattConfig):
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.embeddings = Embeddings(config)
        self.decoder = Decoder(config)
        # Training alone: alpha at stride 8 from the module's results, so that the embeddings learn what a
        # context says of alpha long before the decoder asks them. It is never exported.
        self.coarse = nn.Conv2d(config.context_channels, 1, 1)
        self.sharpen()

    def sharpen(self, factor: float = 2.0):
        """θ starts wide enough that attention prefers similar cells: nearly even weights would teach it nothing."""
        with torch.no_grad():
            self.embeddings.theta.weight *= factor
            self.embeddings.theta.bias.zero_()

    def forward(self, patches: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        """patches [G, M, C, P, P]: G images, M patches of each; present [G, M, M] of bool: may query i draw on
        context j? (never on itself). Returns alpha [G, M, 1, P, P], not clamped."""
        return self.with_coarse(patches, present)[0].unflatten(0, patches.shape[:2])

    def with_coarse(self, patches: torch.Tensor, present: torch.Tensor, top: int | None = None):
        """As `forward`, with all patches in a row: alpha [G·M, 1, P, P] and its coarse twin [G·M, 1, P/8, P/8].

        top: of the present contexts each query keeps so many, those that Eq. 1 ranks first, as it is served.
        """
        g, m = patches.shape[:2]
        flat = patches.flatten(0, 1)
        encoded = self.encoder(flat)
        context = self.context(encoded, cell_regions(flat), g, m, present, top)
        return self.decoder(encoded, context), self.coarse(context)

    def context(self, encoded, regions, g, m, present, top=None):
        features = encoded["features"]
        side = features.shape[-1]
        cells = side * side
        if self.config.attention == "none":
            return features.new_zeros(g * m, self.config.context_channels, side, side)

        keys = self.embeddings.keys(features).float()  # scores of bf16 would be too coarse to rank by
        values = cells_first(self.embeddings.phi(features)).float()
        query_values = cells_first(self.embeddings.delta(features)).float()
        chosen = None  # all of them, in order: then there is no need to gather copies
        if top is not None:
            chosen, present = ranked(*(s.reshape(g, m, -1) for s in pooled_sums(keys, regions)), present, top)

        grouped = [t.reshape(g, m, cells, *t.shape[2:]) for t in (keys, values, regions)]
        images = torch.arange(g, device=keys.device)[:, None]
        # One query patch of every image at a time: the score matrix of all at once would not fit a small machine.
        rows = []
        with torch.autocast(features.device.type, enabled=False):
            for i in range(m):
                k, v, r = ((t if chosen is None else t[images, chosen[:, i]]).flatten(1, 2) for t in grouped)
                query = (grouped[0][:, i], query_values.reshape(g, m, cells, -1)[:, i], k, v)
                allowed = present[:, i].repeat_interleave(cells, dim=1)
                if self.config.attention == "plain":
                    one = attend_masked(*query, allowed.unsqueeze(2))
                    rows.append(torch.cat([one, one, one], dim=2))
                else:
                    rows.append(tgnl_masked(*query, r, allowed))
        joined = torch.stack(rows, dim=1).reshape(g * m, cells, -1)
        joined = joined * (regions == UNKNOWN).unsqueeze(-1)
        return joined.transpose(1, 2).reshape(g * m, -1, side, side)
