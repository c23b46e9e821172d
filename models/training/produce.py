"""Makes training groups on disk, from where it stopped:

    python3 -m training.produce --foregrounds DIR --backgrounds DIR --priors-server DLL -o DIR --images 2000
"""

import argparse
import sys
import time
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from synthesis.sample import SampleSource  # noqa: E402

from .crops import choose_windows
from .priors import PriorServer
from .shards import pack, write

FACTORS = (1, 1, 2, 2, 3, 3, 4, 5, 6)
"""By how much the plate is reduced for its priors: a small photograph is not, a 36-megapixel plate is by 6."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--foregrounds", required=True)
    parser.add_argument("--backgrounds", required=True)
    parser.add_argument("--priors-server", required=True, help="DistributedMatting.PriorsServer.dll")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--images", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--every", type=int, default=1, help="step of the index, for several producers side by side")
    parser.add_argument("--patches", type=int, default=8, help="patches of each image")
    parser.add_argument("--side", type=int, default=192)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    cv2.setNumThreads(1)  # several producers side by side are faster than one with several threads
    options.output.mkdir(parents=True, exist_ok=True)
    source = SampleSource(options.foregrounds, options.backgrounds, seed=options.seed)
    made, begun = 0, time.monotonic()
    with PriorServer(options.priors_server) as server:
        for index in range(options.first, options.images, options.every):
            path = options.output / f"group-{index:06d}.npy"
            if path.exists():
                continue
            rng = np.random.default_rng((options.seed, index, 77))
            sample = source.sample(index)
            try:
                windows = choose_windows(sample.trimap, options.side, options.patches, rng)
            except ValueError as why:
                print(f"image {index} left out: {why}", flush=True)
                continue
            factor = int(rng.choice(FACTORS))
            height, width = sample.trimap.shape
            budget = -(-width // factor) * -(-height // factor)
            planes = server.planes(sample.plate, sample.trimap, windows, max(budget, 10_000))
            write(path, pack(sample, windows, planes))
            made += 1
            if made % 20 == 0:
                print(f"{made} groups, {made / (time.monotonic() - begun):.2f} a second", flush=True)


if __name__ == "__main__":
    main()
