"""What training minimises: HDMatt's Eq. 4 with the weights of Appendix A, plus FBA's Laplacian and gradient terms."""

import torch
from torch.nn import functional as F

EPSILON = 1e-12
"""Eq. 4's slacking factor."""

LAPLACIAN_LEVELS = 4


def border_weights(side: int, margin: int) -> torch.Tensor:
    """[side, side]: distance from a pixel's centre to the patch's edge ÷ margin, at most 1 (Appendix A, Eq. 5)."""
    centre = torch.arange(side, dtype=torch.float32) + 0.5
    edge = torch.minimum(centre, side - centre)
    return (torch.minimum(edge[:, None], edge[None, :]) / margin).clamp(max=1)


def charbonnier(difference, dim=None):
    squared = difference.square() if dim is None else difference.square().sum(dim, keepdim=True)
    return (squared + EPSILON).sqrt()


def weighted_mean(values, weights):
    return (values * weights).sum() / weights.sum().clamp(min=1)


def smooth(x):
    kernel = x.new_tensor([1, 4, 6, 4, 1]) / 16
    x = F.conv2d(F.pad(x, (2, 2, 0, 0), mode="reflect"), kernel.view(1, 1, 1, 5))
    return F.conv2d(F.pad(x, (0, 0, 2, 2), mode="reflect"), kernel.view(1, 1, 5, 1))


def laplacian(predicted, truth):
    """L1 between Laplacian pyramids, coarse levels weighing more (FBA matting)."""
    difference, total = predicted - truth, 0.0
    for level in range(LAPLACIAN_LEVELS):
        low = smooth(difference)
        total = total + 2 ** level * (difference - low).abs().mean()
        difference = low[:, :, ::2, ::2]
    return total + 2 ** LAPLACIAN_LEVELS * difference.abs().mean()


def gradient(predicted, truth, weights):
    d = predicted - truth
    dx, dy = d[:, :, :, 1:] - d[:, :, :, :-1], d[:, :, 1:] - d[:, :, :-1]
    return weighted_mean(dx.abs(), weights[:, :, :, 1:]) + weighted_mean(dy.abs(), weights[:, :, 1:])


def coarse_loss(coarse, batch):
    """L1 of the module's own alpha at stride 8, over the unknown region."""
    stride = batch["alpha"].shape[-1] // coarse.shape[-1]
    truth, unknown = F.avg_pool2d(batch["alpha"], stride), F.avg_pool2d(batch["unknown"], stride)
    return weighted_mean((coarse - truth).abs(), unknown)


def matting_loss(alpha, batch, margin=32):
    """alpha [N, 1, P, P], not clamped (a clamp would have no gradient where it is wrong by most).

    batch: alpha, unknown [N, 1, P, P]; rgb, foreground, background [N, 3, P, P].
    """
    weights = batch["unknown"] * border_weights(alpha.shape[-1], margin).to(alpha.device)
    by_alpha = weighted_mean(charbonnier(alpha - batch["alpha"]), weights)
    composed = alpha * batch["foreground"] + (1 - alpha) * batch["background"]
    true_composed = batch["alpha"] * batch["foreground"] + (1 - batch["alpha"]) * batch["background"]
    by_composition = weighted_mean(charbonnier(composed - true_composed, dim=1), weights)
    known_right = torch.where(batch["unknown"] > 0, alpha, batch["alpha"])
    by_pyramid = laplacian(known_right, batch["alpha"])
    by_gradient = gradient(known_right, batch["alpha"], weights)
    return 0.5 * by_alpha + 0.5 * by_composition + 0.5 * by_pyramid + 0.5 * by_gradient
