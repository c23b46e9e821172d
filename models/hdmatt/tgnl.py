"""The trimap-guided non-local operation, Eq. 3: as gathered tokens (inference) and masked (training)."""

import math

import torch

from .context import BACKGROUND, FOREGROUND, UNKNOWN

REGION_ORDER = (UNKNOWN, FOREGROUND, BACKGROUND)
"""U-U, U-F, U-B: the order in which the results are joined."""

MASKED = -1e9
"""Finite, so that a region without tokens gives zero, never NaN."""


def attend(query_keys, query_values, keys, values):
    """One region of Eq. 3: [Nq, Ck], [Nq, Cv], [N, Ck], [N, Cv] → [Nq, Cv], for any N ≥ 0.

    A token of value zero that counts only when there is no other keeps the empty region at exactly δ.
    Scores are divided by √Ck, which Eq. 3 leaves to θ's scale.
    """
    scores = query_keys @ keys.t() / math.sqrt(query_keys.shape[1])
    masked = query_keys.new_full((1, 1), MASKED).expand(query_keys.shape[0], 1)
    weights = torch.softmax(torch.cat([scores, masked], dim=1), dim=1)
    values = torch.cat([values, values.new_zeros(1, query_values.shape[1])], dim=0)
    return query_values + weights @ values


def attend_masked(query_keys, query_values, keys, values, allowed):
    """The same for a batch: [N, q, Ck], [N, q, Cv], [N, t, Ck], [N, t, Cv], allowed [N, t] of bool → [N, q, Cv]."""
    scores = query_keys @ keys.transpose(1, 2) / math.sqrt(query_keys.shape[-1])
    scores = scores.masked_fill(~allowed.unsqueeze(1), MASKED)
    # Where nothing is allowed the softmax is flat over masked tokens: they must not count either.
    weights = torch.softmax(scores, dim=2) * allowed.unsqueeze(1)
    return query_values + weights @ values


def tgnl_masked(query_keys, query_values, keys, values, regions, present):
    """Eq. 3 for U, F and B: regions [N, t] of uint8, present [N, t] of bool → [N, q, 3·Cv]."""
    return torch.cat(
        [attend_masked(query_keys, query_values, keys, values, present & (regions == r)) for r in REGION_ORDER], dim=2)
