"""The network's pieces against the paper's formulas, written literally."""

import math
import tempfile
import unittest
from pathlib import Path

import onnx
import torch
from torch.nn import functional as F

from hdmatt import HDMatt, HDMattConfig
from hdmatt.blocks import pool_with_code, unpool
from hdmatt.context import BACKGROUND, FOREGROUND, UNKNOWN, Embeddings, cell_regions, pooled_sums, ranked
from hdmatt.export import TOKEN_INPUTS, export_parts, query_cells, stack_tokens, untrained
from hdmatt.parts import ACTIVATIONS, EncoderPart, MatterPart
from hdmatt.tgnl import attend, attend_masked, tgnl_masked
from hdmatt.vectors import sample_patches


def alive(**config) -> HDMatt:
    """Small, untrained, but with an answer: batch norm has seen such patches."""
    network = untrained(HDMattConfig(width=0.125, **config), seed=3)
    with torch.no_grad():
        for _ in range(20):
            network(torch.cat(sample_patches(network.config, 64))[None], ~torch.eye(4, dtype=torch.bool)[None])
    return network.eval()


class Pooling(unittest.TestCase):
    def test_pool_and_unpool_do_what_torch_does(self):
        x = torch.rand(2, 3, 8, 12)
        pooled, code = pool_with_code(x)
        expected, where = F.max_pool2d(x, 2, return_indices=True)
        self.assertTrue(torch.equal(pooled, expected))
        self.assertTrue(torch.equal(unpool(pooled, code), F.max_unpool2d(expected, where, 2)))

    def test_of_equal_values_the_first_wins(self):
        _, code = pool_with_code(torch.ones(1, 1, 2, 2))
        self.assertEqual(0, int(code))


class Eq3(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.q, self.qv = torch.randn(5, 8), torch.randn(5, 6)
        self.k, self.v = torch.randn(11, 8), torch.randn(11, 6)

    def test_attend_is_the_formula(self):
        got = attend(self.q, self.qv, self.k, self.v)
        for s in range(5):
            e = [math.exp(float(self.q[s] @ self.k[t]) / math.sqrt(8)) for t in range(11)]
            expected = self.qv[s] + sum(w / sum(e) * self.v[t] for t, w in enumerate(e))
            self.assertLess(float((got[s, :6] - expected).abs().max()), 1e-5)
            self.assertAlmostEqual(math.log(sum(e) / 11), float(got[s, 6]), places=5)

    def test_no_tokens_contribute_exactly_zero(self):
        got = attend(self.q, self.qv, self.k[:0], self.v[:0])
        self.assertTrue(torch.equal(got, torch.cat([self.qv, torch.zeros(5, 1)], dim=1)))

    def test_masked_equals_gathered_for_every_region(self):
        regions = torch.tensor([[0, 1, 1, 2, 0, 0, 1, 0, 0, 1, 1]], dtype=torch.uint8)
        present = torch.ones(1, 11, dtype=torch.bool)
        present[0, 3] = False  # the only foreground token: that region is empty
        got = tgnl_masked(self.q[None], self.qv[None], self.k[None], self.v[None], regions, present)[0]
        expected = torch.cat([
            attend(self.q, self.qv, self.k[chosen], self.v[chosen])
            for chosen in [(regions[0] == r) & present[0] for r in (UNKNOWN, FOREGROUND, BACKGROUND)]], dim=1)
        self.assertLess(float((got - expected).abs().max()), 1e-5)
        self.assertTrue(torch.equal(got[:, 7:13], self.qv))

    def test_nothing_allowed_is_zero_not_nan(self):
        self.q.requires_grad_(), self.v.requires_grad_()
        allowed = torch.zeros(1, 11, 1, dtype=torch.bool)
        got = attend_masked(self.q[None], self.qv[None], self.k[None], self.v[None], allowed)
        self.assertTrue(torch.equal(got[0], torch.cat([self.qv, torch.zeros(5, 1)], dim=1)))
        got.square().sum().backward()
        self.assertTrue(torch.equal(self.v.grad, torch.zeros_like(self.v)))
        self.assertTrue(torch.equal(self.q.grad, torch.zeros_like(self.q)))


class Eq1(unittest.TestCase):
    def test_pooled_vectors_give_the_double_sum(self):
        torch.manual_seed(2)
        keys, regions = torch.randn(2, 9, 4), torch.randint(0, 3, (2, 9)).to(torch.uint8)
        query, context = pooled_sums(keys, regions)
        double_sum = sum(float(keys[0, s] @ keys[1, t]) for s in range(9) if regions[0, s] == UNKNOWN for t in range(9))
        self.assertAlmostEqual(double_sum, float(query[0] @ context[1]), places=3)

    def test_each_query_keeps_the_first_of_those_it_may_draw_on(self):
        query, context = torch.tensor([[[1.0], [1.0], [-1.0]]]), torch.tensor([[[3.0], [2.0], [1.0]]])
        present = ~torch.eye(3, dtype=torch.bool)[None]
        present[0, 1, 0] = False
        chosen, there = ranked(query, context, present, 1)
        self.assertEqual(([[1], [2], [1]], True), (chosen[0].tolist(), bool(there.all())))
        chosen, there = ranked(query, context, present, 9)
        self.assertTrue(torch.equal(present, torch.zeros_like(present).scatter(2, chosen, there)))
        self.assertFalse(ranked(query, context, present & False, 2)[1].any())


class Keys(unittest.TestCase):
    def test_in_training_the_centre_finds_what_all_keys_share(self):
        torch.manual_seed(5)
        embeddings = Embeddings(HDMattConfig(width=0.125)).train()
        features = torch.rand(4, embeddings.theta.in_channels, 6, 6) + 3
        for _ in range(500):
            embeddings.keys(features)
        keys = embeddings.eval().keys(features)
        self.assertLess(float(keys.mean((0, 1)).abs().max()), 1e-3)
        self.assertGreater(float(embeddings.centre.abs().max()), 0.1)


class Regions(unittest.TestCase):
    def test_one_unknown_pixel_makes_a_cell_unknown(self):
        patch = torch.zeros(1, 5, 16, 16)
        patch[:, 4] = 1
        patch[:, 3, :8, :8], patch[:, 4, :8, :8] = 1, 0
        patch[:, 4, 15, 15] = 0
        self.assertEqual([FOREGROUND, BACKGROUND, BACKGROUND, UNKNOWN], cell_regions(patch)[0].tolist())


class Parts(unittest.TestCase):
    """What a server runs, in two halves with fp16 between them, is what was trained."""

    def alphas(self, network, contexts):
        patches = sample_patches(network.config, 64)
        encoder, matter = EncoderPart(network).eval(), MatterPart(network).eval()
        with torch.no_grad():
            encoded = [encoder(p) for p in patches]
            tokens = stack_tokens([encoded[i] for i in contexts], network.config)
            served = matter(*encoded[0][:len(ACTIVATIONS)], query_cells(encoded[0]), *tokens)
            present = torch.zeros(1, 4, 4, dtype=torch.bool)
            present[0, 0, contexts] = True
            trained = network(torch.cat(patches)[None], present)[0, :1].clamp(0, 1)
        return served, trained

    def test_halves_equal_the_whole(self):
        for contexts in ([1, 2, 3], [2], []):
            with self.subTest(contexts=contexts):
                served, trained = self.alphas(alive(), contexts)
                self.assertLess(float((served - trained).abs().max()), 2e-2)
                self.assertLess(float((served - trained).abs().mean()), 1e-3)
                self.assertFalse(bool(torch.isnan(served).any()))

    def test_so_do_those_of_the_ablation(self):
        for attention in ("plain", "none"):
            with self.subTest(attention=attention):
                served, trained = self.alphas(alive(attention=attention), [1, 3])
                self.assertLess(float((served - trained).abs().max()), 2e-2)
                self.assertLess(float((served - trained).abs().mean()), 1e-3)

    def test_all_of_them_can_be_exported(self):
        for attention in ("tgnl", "plain", "none"):
            with self.subTest(attention=attention), tempfile.TemporaryDirectory() as folder:
                export_parts(alive(attention=attention), 64, Path(folder))
                inputs = [i.name for i in onnx.load(f"{folder}/matter.onnx").graph.input]
                self.assertEqual([*ACTIVATIONS, "query_cells", *TOKEN_INPUTS], inputs)

    def test_without_attention_contexts_change_nothing(self):
        network = alive(attention="none")
        self.assertTrue(torch.equal(self.alphas(network, [1, 2, 3])[0], self.alphas(network, [])[0]))

    def test_contexts_change_the_answer(self):
        with_contexts, _ = self.alphas(alive(), [1, 2, 3])
        without, _ = self.alphas(alive(), [])
        self.assertGreater(float((with_contexts - without).abs().max()), 1e-3)

    def test_an_untrained_network_answers_with_its_prior(self):
        network = HDMatt(HDMattConfig(width=0.125)).eval()
        patch = sample_patches(network.config, 64)[0]
        with torch.no_grad():
            alpha = network(patch[None], torch.zeros(1, 1, 1, dtype=torch.bool))[0, 0]
        self.assertTrue(torch.equal(alpha, patch[0, 15:16]))


if __name__ == "__main__":
    unittest.main()
