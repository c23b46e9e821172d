"""The two halves as they are exported: fp32 arithmetic inside, fp16 and uint8 at the doors."""

import torch
from torch import nn

from .context import cell_regions, cells_first, pooled_sums
from .network import HDMatt
from .tgnl import REGION_ORDER, attend

HALF = ("features", "base", "skip0", "skip1", "skip2")
CODES = ("code1", "code2", "code3")
ACTIVATIONS = HALF + CODES
"""What the decoder needs of a query, in the order in which a server packs it."""

ENCODER_OUTPUTS = ACTIVATIONS + ("regions", "keys", "values", "query_sum", "context_sum")
REGION_NAMES = ("u", "f", "b")
"""In the order of tgnl.REGION_ORDER."""

assert len(REGION_NAMES) == len(REGION_ORDER)


class EncoderPart(nn.Module):
    """patch [1, C, P, P] → ENCODER_OUTPUTS."""

    def __init__(self, network: HDMatt):
        super().__init__()
        self.encoder, self.embeddings = network.encoder, network.embeddings

    def forward(self, patch):
        encoded = self.encoder(patch)
        regions = cell_regions(patch)
        # What a query's own half sees later has gone through fp16: the keys must come from the same bits.
        features = encoded["features"].half().to(patch.dtype)
        keys = self.embeddings.keys(features)
        values = cells_first(self.embeddings.phi(features))
        query_sum, context_sum = pooled_sums(keys, regions)
        halves = [encoded[name].half() for name in HALF]
        codes = [encoded[name] for name in CODES]
        return (*halves, *codes, regions[0], keys[0].half(), values[0].half(), query_sum[0], context_sum[0])


class MatterPart(nn.Module):
    """ACTIVATIONS, query_cells [Nq], then keys and values of U, F, B (any number each) → alpha [1, 1, P, P]."""

    def __init__(self, network: HDMatt):
        super().__init__()
        self.embeddings, self.decoder = network.embeddings, network.decoder
        self.attention = network.config.attention

    def forward(self, features, base, skip0, skip1, skip2, code1, code2, code3, query_cells, *tokens):
        encoded = {
            "features": features.float(), "base": base.float(), "skip0": skip0.float(), "skip1": skip1.float(),
            "skip2": skip2.float(), "code1": code1, "code2": code2, "code3": code3,
        }
        deep = encoded["features"]
        asking = cells_first(deep)[0].index_select(0, query_cells).t().unsqueeze(0).unsqueeze(3)
        query_keys = self.embeddings.keys(asking)[0]
        query_values = cells_first(self.embeddings.delta(asking))[0]
        found = self.found(query_keys, query_values, [t.float() for t in tokens])
        cells = deep.shape[2] * deep.shape[3]
        context = found.new_zeros(cells, found.shape[1]).index_copy(0, query_cells, found)
        context = context.t().reshape(1, -1, deep.shape[2], deep.shape[3])
        return self.decoder(encoded, context).clamp(0, 1)

    def found(self, query_keys, query_values, tokens):
        """[Nq, 3·(Cv + 1)]: Eq. 3 by region, or as the ablation's network has it."""
        keys, values = tokens[::2], tokens[1::2]
        if self.attention == "tgnl":
            return torch.cat([attend(query_keys, query_values, k, v) for k, v in zip(keys, values)], dim=1)
        one = attend(query_keys, query_values, torch.cat(keys), torch.cat(values))
        return torch.cat([one] * len(REGION_NAMES), dim=1) * float(self.attention == "plain")


def gather_tokens(encoded_parts):
    """Context patches' EncoderPart outputs, best first → the six token tensors MatterPart takes."""
    at = {name: i for i, name in enumerate(ENCODER_OUTPUTS)}
    tokens = []
    for region in REGION_ORDER:
        for name in ("keys", "values"):
            tokens.append([part[at[name]][part[at["regions"]] == region] for part in encoded_parts])
    return tokens
