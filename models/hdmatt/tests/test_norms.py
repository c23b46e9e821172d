"""Batch renormalisation: trains as it serves."""

import unittest

import torch

from hdmatt.norms import BatchRenorm2d


def seasoned(channels=3, steps=400) -> BatchRenorm2d:
    """One whose running statistics have settled on inputs of mean 2 and deviation 3."""
    torch.manual_seed(4)
    norm = BatchRenorm2d(channels)
    with torch.no_grad():
        norm.weight.uniform_(0.5, 2)
        norm.bias.normal_()
        for _ in range(steps):
            norm(torch.randn(8, channels, 12, 12) * 3 + 2)
    return norm


class BatchRenormTest(unittest.TestCase):
    def test_training_gives_what_serving_gives(self):
        norm = seasoned()
        x = torch.randn(1, 3, 12, 12) * 3 + 2.5  # one patch, with statistics of its own
        kept = {name: buffer.clone() for name, buffer in norm.named_buffers()}
        trained = norm(x)
        norm.load_state_dict({**norm.state_dict(), **kept})
        self.assertLess(float((trained - norm.eval()(x)).abs().max()), 1e-4)

    def test_gradients_flow_through_the_batch(self):
        norm, x = seasoned(), torch.randn(4, 3, 6, 6, requires_grad=True)
        norm(x).mul(torch.randn(4, 3, 6, 6)).sum().backward()
        # Whatever moves or scales a whole channel changes nothing after batch norm.
        self.assertLess(float(x.grad.sum((0, 2, 3)).abs().max()), 1e-3)
        self.assertGreater(float(x.grad.abs().max()), 1e-3)

    def test_a_batch_far_off_is_drawn_back(self):
        norm = seasoned()
        far = norm(torch.randn(4, 3, 12, 12) * 300 + 2)
        self.assertLess(float(far.std()), 30)

    def test_weights_are_those_of_plain_batch_norm(self):
        plain = torch.nn.BatchNorm2d(3)
        plain.load_state_dict(seasoned().state_dict())
        x = torch.randn(2, 3, 5, 5)
        self.assertTrue(torch.equal(plain.eval()(x), seasoned().eval()(x)))


if __name__ == "__main__":
    unittest.main()
