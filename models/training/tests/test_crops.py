"""Where patches are taken."""

import unittest

import numpy as np

from training.crops import choose_windows, starts


class CropsTest(unittest.TestCase):
    def test_windows_lie_as_the_patches_of_a_plate_do(self):
        trimap = np.full((500, 700), 128, np.uint8)
        trimap[:90] = 255
        for seed in range(20):
            windows = choose_windows(trimap, 100, 8, np.random.default_rng(seed))
            self.assertEqual(8, len(set(windows)))
            for i, (x, y, side) in enumerate(windows):
                self.assertTrue(0 <= x <= 600 and 0 <= y <= 400 and side == 100)
                self.assertTrue((trimap[y:y + side, x:x + side] == 128).any())
                for a, b, _ in windows[:i]:
                    shared = max(0, 100 - abs(x - a)) * max(0, 100 - abs(y - b))
                    self.assertLessEqual(shared, 10 * 100, "neighbours share a margin, no more")

    def test_the_first_see_the_least_of_what_is_known(self):
        trimap = np.zeros((400, 400), np.uint8)
        trimap[100:300, 100:300] = 128
        windows = choose_windows(trimap, 64, 8, np.random.default_rng(1))
        shares = [(trimap[y:y + s, x:x + s] == 128).mean() for x, y, s in windows]
        self.assertEqual(sorted(shares)[-2:], sorted(shares[:2]))
        self.assertGreater(min(shares), 0)

    def test_a_small_unknown_region_still_gives_all_windows(self):
        trimap = np.zeros((300, 300), np.uint8)
        trimap[150:160, 150:160] = 128
        windows = choose_windows(trimap, 128, 8, np.random.default_rng(2))
        self.assertEqual(8, len(windows))

    def test_what_cannot_be_is_said(self):
        with self.assertRaisesRegex(ValueError, "no room"):
            choose_windows(np.full((50, 90), 128, np.uint8), 64, 2, np.random.default_rng(0))
        with self.assertRaisesRegex(ValueError, "unknown"):
            choose_windows(np.zeros((90, 90), np.uint8), 64, 2, np.random.default_rng(0))

    def test_the_grid_stays_inside(self):
        for length in range(100, 400, 7):
            places = starts(length, 100, np.random.default_rng(length))
            self.assertTrue(places and places[0] >= 0 and places[-1] + 100 <= length)


if __name__ == "__main__":
    unittest.main()
