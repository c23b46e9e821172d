"""The prior planes that the shipped program computes, from the very same code: DistributedMatting.PriorsServer."""

import struct
import subprocess
from pathlib import Path

import numpy as np

CHANNELS = 11
MAGIC = 0x31525044
SERVER = "DistributedMatting.PriorsServer.dll"


def find_server() -> Path:
    """The newest build under models/priors/bin."""
    built = sorted((Path(__file__).parents[1] / "priors" / "bin").rglob(SERVER), key=lambda p: p.stat().st_mtime)
    if not built:
        raise FileNotFoundError(f"{SERVER} is not built; run: dotnet build -c Release models/priors")
    return built[-1]


class PriorServer:
    """A server process of our own. Not for several threads at once."""

    def __init__(self, dll=None, threads=1):
        server = str(dll or find_server())
        # A machine without .NET is given a self-contained build: a program, not a dll.
        command = (["dotnet", server] if server.endswith(".dll") else [server]) + ["--threads", str(threads)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def planes(self, plate: np.ndarray, trimap: np.ndarray, windows, budget_pixels: int) -> np.ndarray:
        """plate uint8 [H, W, 3], trimap uint8 [H, W] (0, 128, 255), windows (x, y, side) of one side → float16 [n, 11, side, side].

        Windows may reach past the edges, where the plate is reflected. The priors are solved on the plate
        reduced to at most budget_pixels (10,000 to 16,000,000).
        """
        plate, trimap = np.ascontiguousarray(plate), np.ascontiguousarray(trimap)
        height, width = trimap.shape
        if plate.dtype != np.uint8 or trimap.dtype != np.uint8 or plate.shape != (height, width, 3):
            raise ValueError(f"plate {plate.dtype}{plate.shape} and trimap {trimap.dtype}{trimap.shape} do not fit; uint8 of one size is needed")
        sides = {int(side) for _, _, side in windows}
        if len(sides) != 1:
            raise ValueError(f"windows need one side, not {sorted(sides)}")
        side = sides.pop()

        request = struct.pack("<5i", MAGIC, width, height, int(budget_pixels), len(windows))
        request += b"".join(struct.pack("<3i", int(x), int(y), int(s)) for x, y, s in windows)
        try:
            for part in (request, plate, trimap):
                self.process.stdin.write(part)
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        expected = len(windows) * CHANNELS * side * side * 2
        answer = self.process.stdout.read(expected)
        if len(answer) != expected:
            raise RuntimeError(f"the priors server ended with {self.process.wait()} after {len(answer)} of {expected} bytes; it says why on standard error")
        return np.frombuffer(answer, np.float16).reshape(len(windows), CHANNELS, side, side)

    def close(self):
        if self.process.stdin and not self.process.stdin.closed:
            try:
                self.process.stdin.close()
            except BrokenPipeError:
                pass
        self.process.wait()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
