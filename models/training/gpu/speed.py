"""How long a GPU takes for a patch, by torch, one patch at a time as it is served:

    python3 -m training.gpu.speed RUN        # RUN/*/last.pt → RUN/speed.json
"""

import json
import statistics
import sys
from pathlib import Path

import torch

from hdmatt.checkpoint import load_network
from hdmatt.export import query_cells, stack_tokens
from hdmatt.parts import ACTIVATIONS, EncoderPart, MatterPart
from hdmatt.vectors import sample_patches

PATCH, CONTEXTS, ROUNDS = 320, 3, 40


def milliseconds(call) -> float:
    """Median of ROUNDS, by the device's own clock."""
    for _ in range(10):
        call()
    times = []
    for _ in range(ROUNDS):
        begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        begin.record()
        call()
        end.record()
        end.synchronize()
        times.append(begin.elapsed_time(end))
    return statistics.median(times)


@torch.no_grad()
def measure(checkpoint: Path) -> dict:
    network = load_network(checkpoint).eval().cuda()
    encoder, matter = EncoderPart(network), MatterPart(network)
    patches = [p.cuda() for p in sample_patches(network.config, PATCH)]
    encoded = [encoder(p) for p in patches]
    tokens = [t.cuda() for t in stack_tokens(encoded[1:1 + CONTEXTS], network.config)]
    inputs = (*encoded[0][:len(ACTIVATIONS)], query_cells(encoded[0]), *tokens)
    return {
        "width": network.config.width,
        "encoder_milliseconds": milliseconds(lambda: encoder(patches[0])),
        "matter_milliseconds": milliseconds(lambda: matter(*inputs)),
    }


def main():
    run = Path(sys.argv[1])
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False  # as it is served: fp32
    torch.backends.cudnn.benchmark = True
    found = {"device": torch.cuda.get_device_name(), "torch": torch.__version__, "patch": PATCH, "contexts": CONTEXTS,
             "networks": {file.parent.name: measure(file) for file in sorted(run.glob("*/last.pt"))}}
    (run / "speed.json").write_text(json.dumps(found, indent=2) + "\n")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
