"""A contact sheet of samples: plate, trimap and alpha beside each other.

python3 -m synthesis.preview --foregrounds DIR --backgrounds DIR -o sheet.png
"""

import argparse
import time

import cv2
import numpy as np

from .sample import KINDS, SampleSource


def _cell(image: np.ndarray, side: int) -> np.ndarray:
    scale = side / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)[:side, :side]
    if small.ndim == 2:
        small = cv2.cvtColor(small, cv2.COLOR_GRAY2RGB)
    cell = np.full((side, side, 3), 40, np.uint8)
    cell[:small.shape[0], :small.shape[1]] = small
    return cell


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--foregrounds", required=True, help="folder of images with alpha")
    parser.add_argument("--backgrounds", required=True, help="folder of photographs")
    parser.add_argument("-o", "--output", required=True, help="the sheet to write (PNG)")
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--start", type=int, default=0, help="index of the first sample")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--columns", type=int, default=4)
    parser.add_argument("--side", type=int, default=240, help="pixels of a picture on the sheet")
    parser.add_argument("--size", type=int, nargs=2, default=(512, 896))
    parser.add_argument("--kind", choices=list(KINDS))
    options = parser.parse_args()
    source = SampleSource(options.foregrounds, options.backgrounds, tuple(options.size), options.seed)
    cells, seconds = [], {}
    for index in range(options.start, options.start + options.count):
        begun = time.perf_counter()
        s = source.sample(index, options.kind)
        seconds.setdefault(s.kind.split("+")[0], []).append(time.perf_counter() - begun)
        matte = (s.alpha * 255 + 0.5).astype(np.uint8)
        cells.append(np.hstack([_cell(x, options.side) for x in (s.plate, s.trimap, matte)]))
        cv2.putText(cells[-1], f"{index} {s.kind}", (2, options.side - 4), 0, 0.4, (255, 255, 0), 1, cv2.LINE_AA)
    while len(cells) % options.columns:
        cells.append(np.zeros_like(cells[0]))
    rows = [np.hstack(cells[i:i + options.columns]) for i in range(0, len(cells), options.columns)]
    if not cv2.imwrite(options.output, np.vstack(rows)[..., ::-1]):
        raise SystemExit(f"{options.output}: cannot be written")
    for kind, took in sorted(seconds.items()):
        print(f"{kind:8} {len(took):3} samples, {1000 * sum(took) / len(took):5.0f} ms each")
    everything = [t for took in seconds.values() for t in took]
    print(f"all      {len(everything):3} samples, {len(everything) / sum(everything):.1f} a second")


if __name__ == "__main__":
    main()
