"""The trimap-guided non-local operation, Eq. 3: as gathered tokens (inference) and masked (training).

Beside Eq. 3's values, each region gives its *evidence*: the mean of exp(score) over its tokens, as a logarithm.
The softmax divides by just that, so of how well a region answers a query nothing is left in the values; yet
whether a cell looks more like the known foreground or the known background is what contexts are asked for.
"""

import math

import torch

from .context import BACKGROUND, FOREGROUND, UNKNOWN

REGION_ORDER = (UNKNOWN, FOREGROUND, BACKGROUND)
"""U-U, U-F, U-B: the order in which the results are joined."""

MASKED = -1e9
"""Finite, so that a region without tokens gives zero, never NaN."""


def attend(query_keys, query_values, keys, values):
    """One region of Eq. 3: [Nq, Ck], [Nq, Cv], [N, Ck], [N, Cv] → [Nq, Cv + 1], values and evidence, for any N ≥ 0.

    A token of value zero that counts only when there is no other keeps the empty region at exactly δ, with evidence 0.
    Scores are divided by √Ck, which Eq. 3 leaves to θ's scale.
    """
    scores = query_keys @ keys.t() / math.sqrt(query_keys.shape[1])
    masked = query_keys.new_full((1, 1), MASKED).expand(query_keys.shape[0], 1)
    scores = torch.cat([scores, masked], dim=1)
    weights = torch.softmax(scores, dim=1)
    values = torch.cat([values, values.new_zeros(1, query_values.shape[1])], dim=0)
    count = torch.ones_like(keys[:, :1]).sum()
    return torch.cat([query_values + weights @ values, evidence(scores, count)], dim=1)


def evidence(scores, count):
    """[…, q, tokens], with MASKED ones, of which `count` are tokens → […, q, 1]; 0 where none is."""
    highest = scores.amax(-1, keepdim=True)
    mean = highest + (scores - highest).exp().sum(-1, keepdim=True).log() - count.clamp(min=1).log()
    return torch.where(count > 0, mean, torch.zeros_like(mean))


LEAST_SCORE = -60.0
"""Below the best one of all regions; where a whole region lies below, its softmax would be flat."""


def attend_masked(query_keys, query_values, keys, values, masks):
    """Eq. 3 for a batch and R sets of tokens: [N, q, Ck], [N, q, Cv], [N, t, Ck], [N, t, Cv], masks [N, t, R] of bool
    → [N, q, R·(Cv + 1)], for each set what `attend` gives of it alone.

    exp(score) is computed once for all sets, which differ in what they add up: one product gives every sum.
    """
    n, q, _ = query_keys.shape
    scores = query_keys @ keys.transpose(1, 2) / math.sqrt(query_keys.shape[-1])
    with torch.no_grad():
        highest = scores.masked_fill(~masks.any(2).unsqueeze(1), MASKED).amax(2, keepdim=True)
    share = (scores - highest).clamp(LEAST_SCORE, 0).exp()
    counted = torch.cat([values, torch.ones_like(values[..., :1])], dim=2)
    masks = masks.to(values.dtype)
    sums = share @ (masks.unsqueeze(3) * counted.unsqueeze(2)).flatten(2)
    sums = sums.reshape(n, q, masks.shape[2], counted.shape[2])
    count = masks.sum(1)[:, None, :, None]
    total = torch.where(count > 0, sums[..., -1:], torch.ones_like(sums[..., -1:]))
    mean = highest.unsqueeze(3) + total.log() - count.clamp(min=1).log()
    mean = torch.where(count > 0, mean, torch.zeros_like(mean))
    return torch.cat([query_values.unsqueeze(2) + sums[..., :-1] / total, mean], dim=3).flatten(2)


def tgnl_masked(query_keys, query_values, keys, values, regions, present):
    """Eq. 3 for U, F and B: regions [N, t] of uint8, present [N, t] of bool → [N, q, 3·(Cv + 1)]."""
    masks = torch.stack([present & (regions == r) for r in REGION_ORDER], dim=2)
    return attend_masked(query_keys, query_values, keys, values, masks)
