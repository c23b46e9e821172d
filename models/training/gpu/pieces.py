"""What a run made (weights, logs, pictures), in pieces small enough to carry, and back:

    python3 -m training.gpu.pieces split RUN OUT        # OUT/run.tar.0 …
    python3 -m training.gpu.pieces join OUT RUN

Weights travel as fp16, without the optimizer's state: a run that goes on from them begins with `--begin-with`.
"""

import io
import sys
import tarfile
from pathlib import Path

import torch

PIECE_BYTES = 15 << 20
ARCHIVE = "run.tar"


def slim(source: Path) -> bytes:
    """The averaged weights alone; matrices as fp16, batch norm's statistics as they are."""
    checkpoint = torch.load(str(source), map_location="cpu")
    for name in ("optimizer", "training"):
        checkpoint.pop(name, None)
    checkpoint["network"] = {k: v.half() if v.dtype == torch.float32 and v.dim() > 1 else v
                             for k, v in checkpoint["network"].items()}
    buffer = io.BytesIO()
    torch.save(checkpoint, buffer)
    return buffer.getvalue()


def split(run: Path, folder: Path):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for file in sorted(p for p in run.rglob("*") if p.is_file() and p.suffix in (".pt", ".csv", ".png", ".json")):
            data = slim(file) if file.suffix == ".pt" else file.read_bytes()
            entry = tarfile.TarInfo(str(file.relative_to(run)))
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    folder.mkdir(parents=True, exist_ok=True)
    data = packed.getvalue()
    for number, first in enumerate(range(0, len(data), PIECE_BYTES)):
        (folder / f"{ARCHIVE}.{number}").write_bytes(data[first:first + PIECE_BYTES])


def join(folder: Path, run: Path):
    pieces = sorted(folder.glob(f"{ARCHIVE}.*"), key=lambda p: int(p.suffix[1:]))
    if not pieces:
        raise FileNotFoundError(f"{folder} holds no {ARCHIVE}.0")
    data = io.BytesIO(b"".join(p.read_bytes() for p in pieces))
    with tarfile.open(fileobj=data) as archive:
        for entry in archive.getmembers():
            target = run / entry.name
            if not target.resolve().is_relative_to(run.resolve()):
                raise ValueError(f"{folder}: {entry.name} leads out of {run}")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.extractfile(entry).read())


if __name__ == "__main__":
    {"split": split, "join": join}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
