"""Run: cd models/training && python3 -m unittest discover tests"""

import os
import sys
import tempfile
import unittest

import cv2
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from synthesis import SampleSource  # noqa: E402
from synthesis import layers  # noqa: E402
from synthesis.library import Cache  # noqa: E402
from synthesis.sample import KINDS  # noqa: E402
from synthesis.trimap import random_trimap  # noqa: E402


def _folders(root: str) -> tuple[str, str]:
    rng = np.random.default_rng(5)
    foregrounds, backgrounds = os.path.join(root, "f"), os.path.join(root, "b")
    os.makedirs(foregrounds)
    os.makedirs(backgrounds)
    for i in range(3):
        photo = cv2.resize(rng.integers(0, 255, (6, 8, 3), np.uint8), (160, 120), interpolation=cv2.INTER_CUBIC)
        cv2.imwrite(os.path.join(backgrounds, f"b{i}.png"), photo)
    for group in ("hair", "foliage", "smoke", "object"):
        cut = np.zeros((90, 70, 4), np.uint8)
        cv2.circle(cut, (35, 45), 25, (40, 90, 200, 255), -1, cv2.LINE_AA)
        cv2.imwrite(os.path.join(foregrounds, f"{group}_1.png"), cut)
    return foregrounds, backgrounds


class SynthesisTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._root = tempfile.TemporaryDirectory()
        cls.foregrounds, cls.backgrounds = _folders(cls._root.name)

    @classmethod
    def tearDownClass(cls):
        cls._root.cleanup()

    def source(self, **options) -> SampleSource:
        return SampleSource(self.foregrounds, self.backgrounds, **{"size": (128, 200), **options})

    def test_same_seed_and_index_same_sample(self):
        early, late = self.source(), self.source()
        for index in (4, 0, 4):
            late.sample(index)
        for index in range(4):
            a, b = early.sample(index), late.sample(index)
            for name in ("plate", "trimap", "alpha", "foreground", "background"):
                np.testing.assert_array_equal(getattr(a, name), getattr(b, name), err_msg=f"{index} {name}")
            self.assertEqual(a.kind, b.kind)

    def test_another_seed_another_sample(self):
        a, b = self.source(seed=1).sample(0), self.source(seed=2).sample(0)
        self.assertFalse(a.plate.shape == b.plate.shape and (a.plate == b.plate).all())

    def test_plate_is_the_composite(self):
        source = self.source(plates=False)
        for number, kind in enumerate(KINDS):
            s = source.sample(number, kind)
            blend = s.alpha[..., None]
            composite = blend * s.foreground + (1 - blend) * s.background
            self.assertLess(np.abs(composite - s.plate).max(), 0.51, kind)

    def test_ranges_and_shapes(self):
        source = self.source()
        for number, kind in enumerate(KINDS):
            s = source.sample(100 + number, kind)
            h, w = s.alpha.shape
            self.assertTrue(128 <= min(h, w) and max(h, w) <= 200)
            for colours in (s.plate, s.foreground, s.background):
                self.assertEqual((colours.shape, colours.dtype), ((h, w, 3), np.uint8))
            self.assertEqual((s.alpha.dtype, s.trimap.dtype, s.trimap.shape), (np.float32, np.uint8, (h, w)))
            self.assertTrue(s.alpha.min() >= 0 and s.alpha.max() <= 1, kind)
            self.assertTrue(s.kind.startswith(kind))

    def test_trimap_agrees_with_alpha(self):
        y, x = np.mgrid[0:200, 0:240].astype(np.float32)
        alpha = np.clip((80 - np.hypot(x - 120, y - 100)) / 12, 0, 1)
        for seed in range(40):
            trimap = random_trimap(np.random.default_rng(seed), alpha)
            self.assertTrue(set(np.unique(trimap)) <= {0, 128, 255})
            self.assertTrue((trimap == 128).any())
            self.assertTrue((alpha[trimap == 255] >= 0.97).all(), seed)
            self.assertTrue((alpha[trimap == 0] <= 0.03).all(), seed)

    def test_foreground_goes_on_past_its_border(self):
        layer = layers.filled(np.array([0.8, 0.2, 0.1]), np.zeros((64, 64), np.float32))
        layer[20:40, 20:40] = (0.8, 0.2, 0.1, 1)
        colours, alpha = layers.straight(layer)
        self.assertEqual((alpha[30, 30], alpha[0, 0]), (1, 0))
        np.testing.assert_allclose(colours, np.broadcast_to([0.8, 0.2, 0.1], colours.shape), atol=0.01)

    def test_cache_keeps_to_its_limit(self):
        cache, reads = Cache(250), []

        def read(key):
            reads.append(key)
            return np.zeros(100, np.uint8)

        for key in "aabacab":
            cache.get(key, read)
        self.assertEqual("".join(reads), "abcb")

    def test_empty_folder_is_named(self):
        with tempfile.TemporaryDirectory() as empty:
            with self.assertRaisesRegex(FileNotFoundError, "no image"):
                SampleSource(empty, self.backgrounds)


if __name__ == "__main__":
    unittest.main()
