"""A checkpoint in pieces small enough to carry, and back:

    python3 -m training.gpu.pieces split last.pt OUT        # OUT/last.pt.0 …
    python3 -m training.gpu.pieces join OUT last.pt
"""

import sys
from pathlib import Path

import torch

PIECE_BYTES = 15 << 20
WEIGHTS_ONLY_ABOVE = 4 * PIECE_BYTES
"""A checkpoint larger than four pieces is carried as weights alone, in fp16; its optimizer starts anew."""


def slim(source: Path) -> Path:
    checkpoint = torch.load(str(source), map_location="cpu")
    for name in ("optimizer", "training"):
        checkpoint.pop(name, None)
    checkpoint["network"] = {k: v.half() if v.dtype == torch.float32 else v for k, v in checkpoint["network"].items()}
    slimmed = source.with_suffix(".slim.pt")
    torch.save(checkpoint, str(slimmed))
    return slimmed


def split(source: Path, folder: Path):
    whole = source if source.stat().st_size <= WEIGHTS_ONLY_ABOVE else slim(source)
    data = whole.read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    for number, first in enumerate(range(0, len(data), PIECE_BYTES)):
        (folder / f"{source.name}.{number}").write_bytes(data[first:first + PIECE_BYTES])


def join(folder: Path, target: Path):
    pieces = sorted(folder.glob(f"{target.name}.*"), key=lambda p: int(p.suffix[1:]))
    if not pieces:
        raise FileNotFoundError(f"{folder} holds no {target.name}.0")
    target.write_bytes(b"".join(p.read_bytes() for p in pieces))


if __name__ == "__main__":
    {"split": split, "join": join}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
