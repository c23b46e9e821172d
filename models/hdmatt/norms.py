"""Batch norm that trains on few patches as it serves."""

import torch
from torch import nn
from torch.nn import functional as F


class BatchRenorm2d(nn.BatchNorm2d):
    """Batch renormalisation (Ioffe 2017): in training, too, activations are normalised by the running statistics,
    while gradients flow through the batch's own.

    A batch here is some patches of a few images: statistics of its own would differ so much from the running ones
    that the served network would be another than the trained one. In `eval` it is plain batch norm, with the same
    names, so weights of either load into the other and the export sees nothing new.
    """

    MAX_SCALE, MAX_SHIFT = 3.0, 5.0
    """r_max and d_max of the paper, at their final values."""

    def __init__(self, channels: int):
        super().__init__(channels, momentum=0.02)

    def forward(self, x):
        if not self.training:
            return super().forward(x)
        mean, variance = statistics(x.detach(), self.eps)
        with torch.no_grad():
            running = (self.running_var + self.eps).sqrt()
            scale = ((variance + self.eps).sqrt() / running).clamp(1 / self.MAX_SCALE, self.MAX_SCALE)
            shift = ((mean - self.running_mean) / running).clamp(-self.MAX_SHIFT, self.MAX_SHIFT)
            count = x.numel() // x.shape[1]
            self.running_mean.lerp_(mean, self.momentum)
            self.running_var.lerp_(variance * (count / max(1, count - 1)), self.momentum)
            self.num_batches_tracked += 1
        return F.batch_norm(x, None, None, scale * self.weight, shift * self.weight + self.bias, True, 0.0, self.eps)


def statistics(x, eps: float):
    """Mean and biased variance of each channel, in fp32."""
    if x.is_cuda:  # sums bf16 in fp32, in one pass and without a copy
        mean, inverse = torch.batch_norm_stats(x, eps)
        return mean, inverse.square().reciprocal() - eps
    variance, mean = torch.var_mean(x.float(), (0, 2, 3), unbiased=False)
    return mean, variance
