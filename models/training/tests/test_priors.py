"""The priors server behind its pipe. From models/: python3 -m unittest discover -s training/tests -t ."""

import unittest

import numpy as np

from training.priors import CHANNELS, PriorServer, find_server

try:
    SERVER = find_server()
except FileNotFoundError as missing:
    SERVER, WHY = None, str(missing)
else:
    WHY = ""


def picture(height=150, width=200):
    """Red over blue, with grain; unknown between two columns, where red fades."""
    rng = np.random.default_rng(3)
    alpha = np.clip((140 - np.arange(width)) / 80, 0, 1)[None, :].repeat(height, 0)
    plate = alpha[:, :, None] * [220, 60, 40] + (1 - alpha[:, :, None]) * [30, 70, 200] + rng.normal(0, 2, (height, width, 3))
    trimap = np.where(alpha >= 1, 255, np.where(alpha <= 0, 0, 128)).astype(np.uint8)
    return np.clip(plate, 0, 255).round().astype(np.uint8), trimap, alpha


@unittest.skipIf(SERVER is None, WHY)
class PriorServerTest(unittest.TestCase):
    def test_planes_are_near_the_truth(self):
        plate, trimap, alpha = picture()
        with PriorServer(SERVER) as server:
            for budget in (10_000, 1_000_000):
                planes = server.planes(plate, trimap, [(0, 0, 128), (60, 20, 128)], budget)
                self.assertEqual(planes.shape, (2, CHANNELS, 128, 128))
                self.assertEqual(planes.dtype, np.float16)
                self.assertTrue(((planes >= 0) & (planes <= 1)).all())
                for plane in (9, 10):
                    self.assertLess(np.abs(planes[1, plane] - alpha[20:148, 60:188]).mean(), 0.05)
                self.assertTrue((planes[0, 0, :, :60] > 0.8).all(), "the nearest foreground is red")
                self.assertTrue((planes[1, 5, :, 90:] > 0.7).all(), "the nearest background is blue")

    def test_known_pixels_at_full_resolution(self):
        plate, trimap, _ = picture()
        with PriorServer(SERVER) as server:
            planes = server.planes(plate, trimap, [(0, 0, 150)], 1_000_000)[0]
        known = trimap[:150, :150]
        self.assertTrue((planes[9][known == 255] == 1).all())
        self.assertTrue((planes[9][known == 0] == 0).all())
        self.assertTrue((planes[6][known == 255] == 0).all())

    def test_same_bytes_with_more_threads(self):
        plate, trimap, _ = picture()
        answers = []
        for threads in (1, 3):
            with PriorServer(SERVER, threads=threads) as server:
                answers.append(server.planes(plate, trimap, [(-20, -20, 96)], 15_000).tobytes())
        self.assertEqual(answers[0], answers[1])

    def test_bad_budget_ends_the_server(self):
        plate, trimap, _ = picture()
        with PriorServer(SERVER) as server, self.assertRaisesRegex(RuntimeError, "ended with 2"):
            server.planes(plate, trimap, [(0, 0, 64)], 5)


if __name__ == "__main__":
    unittest.main()
