"""Groups on disk, in the pool, and in batches. From models/: python3 -m unittest discover -s training/tests -t ."""

import tempfile
import time
import unittest
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch

from hdmatt.config import PLAIN_CHANNELS, PRIOR_CHANNELS
from training import augment, shards
from training.pool import Pool

SIDE, WINDOWS = 16, [(0, 0, 16), (8, 4, 16), (3, 9, 16), (16, 16, 16)]


def sample(seed=0, side=40):
    rng = np.random.default_rng(seed)
    colours = [rng.integers(0, 256, (side, side, 3)).astype(np.uint8) for _ in range(3)]
    return SimpleNamespace(plate=colours[0], foreground=colours[1], background=colours[2],
                           trimap=rng.choice([0, 128, 255], (side, side)).astype(np.uint8),
                           alpha=rng.random((side, side), dtype=np.float32))


def group(seed=0, windows=WINDOWS):
    """Noise, as it is stored, and its prior planes."""
    side = windows[0][2]
    planes = np.random.default_rng(seed).random((len(windows), PRIOR_CHANNELS, side, side)).astype(np.float16)
    return shards.pack(sample(seed, 40 + side - SIDE), windows, planes), planes


class ShardsTest(unittest.TestCase):
    def test_what_is_packed_is_unpacked(self):
        whole, planes = group()
        got, made = shards.unpack(torch.from_numpy(whole)), sample()
        for i, (x, y, side) in enumerate(WINDOWS):
            for name, source in (("rgb", made.plate), ("foreground", made.foreground), ("background", made.background)):
                self.assertTrue((got[name][i].numpy() == source[y:y + side, x:x + side].transpose(2, 0, 1)).all())
            self.assertTrue((got["regions"][i, 0].numpy() == np.round(made.trimap[y:y + side, x:x + side] / 127.5)).all())
            self.assertLess(np.abs(got["alpha"][i, 0].numpy() - made.alpha[y:y + side, x:x + side]).max(), 1e-3)
        self.assertTrue((got["closed"].numpy() == planes[:, 9:]).all())
        self.assertLess(np.abs(got["priors"].numpy() / 255 - planes[:, :9]).max(), 0.5 / 255 + 1e-3)

    def test_other_bytes_are_refused(self):
        with self.assertRaisesRegex(ValueError, "no square"):
            shards.unpack(torch.zeros(2, shards.PIXEL_BYTES * 15, dtype=torch.uint8))


class AugmentTest(unittest.TestCase):
    def setUp(self):
        self.group = shards.unpack(torch.from_numpy(group()[0]))

    def test_mirrors_lay_all_planes_alike(self):
        ways = set()
        for seed in range(40):
            got = augment.mirrored(self.group, np.random.default_rng(seed))
            # Where a pixel of alpha went, the colour beside it went too.
            ways.add(got["alpha"].numpy().tobytes())
            pixels = torch.cat([got["alpha"].float(), got["rgb"].float(), got["regions"].float()], dim=1)
            before = torch.cat([self.group[n].float() for n in ("alpha", "rgb", "regions")], dim=1)
            rows = [sorted(map(tuple, p[0].flatten(1).t().tolist())) for p in (pixels, before)]
            self.assertEqual(rows[0], rows[1])
        self.assertEqual(8, len(ways))

    def test_recoloured_planes_still_compose(self):
        changed = 0
        for seed in range(30):
            got = augment.recoloured(self.group, np.random.default_rng(seed))
            order = [next(c for c in range(3) if (self.group["rgb"][:, c] == got["rgb"][:, k]).all()) for k in range(3)]
            changed += order != [0, 1, 2]
            self.assertTrue((got["foreground"] == self.group["foreground"][:, order]).all())
            self.assertTrue((got["priors"][:, 3:6] == self.group["priors"][:, 3:6][:, order]).all())
            self.assertTrue((got["priors"][:, 6:] == self.group["priors"][:, 6:]).all())
        self.assertGreater(changed, 0)

    def test_weakened_priors_lie_between_themselves_and_the_trimap(self):
        got = augment.weakened(self.group, np.random.default_rng(1), share=1)
        trimap = self.group["regions"].float() / 2
        before, after = ((g["closed"].float() - trimap).abs() for g in (self.group, got))
        self.assertTrue((after <= before + 1e-3).all())
        self.assertLess(float(after.mean()), 0.75 * float(before.mean()))
        self.assertIs(self.group, augment.weakened(self.group, np.random.default_rng(1), share=0))

    def test_tensors_are_the_networks_input(self):
        got = augment.tensors(self.group)
        self.assertEqual((len(WINDOWS), PLAIN_CHANNELS + PRIOR_CHANNELS, SIDE, SIDE), tuple(got["patches"].shape))
        self.assertTrue((got["patches"][:, 3:5].sum(1, keepdim=True) + got["unknown"] == 1).all())

    def test_no_patch_is_its_own_context(self):
        present = augment.presence(50, 4, np.random.default_rng(2))
        self.assertFalse(present[:, range(4), range(4)].any())
        self.assertEqual({0, 1, 2, 3}, set(present.sum(2).flatten().tolist()))


class PoolTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def add(self, *numbers):
        for number in numbers:
            shards.write(self.folder / f"group-{number:06d}.npy", group(number)[0])

    def until(self, condition, missing):
        end = time.monotonic() + 60
        while not condition():
            self.assertLess(time.monotonic(), end, missing)
            time.sleep(0.01)

    def test_batches_hold_patches_of_one_image_side_by_side(self):
        self.add(0, 1, 2)
        pool = Pool(self.folder, 5, "cpu")
        pool.wait_for(3)
        batch = pool.batch(3, 2, np.random.default_rng(0), weaken=0)
        self.assertEqual((6, 16, SIDE, SIDE), tuple(batch["patches"].shape))
        self.assertEqual((3, 2, 2), tuple(batch["present"].shape))
        images = [{p.numpy().tobytes() for p in sorted_pixels(shards.unpack(torch.from_numpy(group(n)[0]))["alpha"])}
                  for n in range(3)]
        found = [p.numpy().tobytes() for p in sorted_pixels(batch["alpha"].half())]
        at = [next(n for n in range(3) if f in images[n]) for f in found]
        self.assertEqual(at[::2], at[1::2])
        self.assertEqual([0, 1, 2], sorted(at[::2]))

    def test_new_images_are_taken_up_and_consumed(self):
        self.add(0, 1)
        pool = Pool(self.folder, 2, "cpu", consume=True)
        pool.wait_for(2)
        self.add(2, 3, 4)
        self.until(lambda: not shards.files(self.folder), "the pool did not consume the images that came later")
        self.assertEqual(2, pool.images)

    def test_a_larger_folder_rotates_through_a_small_pool(self):
        self.add(*range(6))
        pool = Pool(self.folder, 2, "cpu")
        pool.wait_for(2)
        rng, seen = np.random.default_rng(0), set()

        def all_seen():
            seen.update(p.numpy().tobytes() for p in sorted_pixels(pool.batch(2, 4, rng, weaken=0)["alpha"].half()))
            return len(seen) == 6 * len(WINDOWS)

        self.until(all_seen, "some images never came into the pool")

    def test_what_cannot_be_read_is_told(self):
        self.add(0)
        (self.folder / "group-000001.npy").write_bytes(b"no array")
        pool = Pool(self.folder, 4, "cpu")
        with self.assertRaisesRegex(RuntimeError, "cannot be read"):
            pool.wait_for(3)

    def test_too_few_images_are_told(self):
        self.add(0)
        with self.assertRaisesRegex(TimeoutError, "gave 1 images"):
            pool = Pool(self.folder, 4, "cpu")
            pool.wait_for(1)
            pool.wait_for(2, patience_seconds=0.1)


def sorted_pixels(alpha):
    """A patch's pixels without their places: the same however it is laid."""
    return alpha.flatten(1).sort(dim=1).values


if __name__ == "__main__":
    unittest.main()
