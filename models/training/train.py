"""Trains a network on produced groups, from where it stopped:

    python3 -m training.train --groups DIR --validation DIR -o RUN --hours 2 --width 0.25
"""

import argparse
import csv
import math
import time
from copy import deepcopy
from pathlib import Path

import torch

from hdmatt import HDMatt, HDMattConfig
from hdmatt.checkpoint import load_checkpoint, save_network

from . import validate
from .batches import Batches
from .losses import coarse_loss, matting_loss


class Average:
    """Exponential average of the weights: what is exported. Young runs forget faster."""

    def __init__(self, network, decay=0.998):
        self.network, self.decay, self.steps = deepcopy(network), decay, 0

    @torch.no_grad()
    def update(self, network):
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for mine, theirs in zip(self.network.parameters(), network.parameters()):
            mine.lerp_(theirs, 1 - decay)
        for mine, theirs in zip(self.network.buffers(), network.buffers()):
            mine.copy_(theirs)


def learning_rate(options, progress: float, step: int) -> float:
    """Cosine over the budget there is (progress 0 to 1), after a short warm-up."""
    return options.lr * min(1, (step + 1) / 100) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, progress))))


def build(options, device):
    config = HDMattConfig(width=options.width, priors=not options.without_priors, attention=options.attention)
    network = HDMatt(config)
    if options.begin_with:
        network.load_state_dict(load_checkpoint(options.begin_with)["network"])
    network = network.to(device, memory_format=torch.channels_last if device.type == "cuda" else torch.contiguous_format)
    if options.freeze_norms:
        for module in network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.eval()
    return network, torch.optim.AdamW(network.parameters(), lr=options.lr, weight_decay=1e-4)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--groups", type=Path, required=True)
    parser.add_argument("--validation", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--hours", type=float, default=1.0, help="training time in all, over all resumptions")
    parser.add_argument("--samples", type=int, help="patches in all, instead of hours: runs that are compared see the same")
    parser.add_argument("--width", type=float, default=0.25)
    parser.add_argument("--without-priors", action="store_true")
    parser.add_argument("--attention", choices=("tgnl", "plain", "none"), default="tgnl")
    parser.add_argument("--images", type=int, default=2, help="images in a batch")
    parser.add_argument("--patches", type=int, default=4, help="patches of each image: one is the query, the others its contexts")
    parser.add_argument("--weaken", type=float, default=0.3, help="share of images whose priors are made worse")
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--every", type=float, default=300, help="seconds between validations")
    parser.add_argument("--begin-with", type=Path, help="weights to start a new run with")
    parser.add_argument("--freeze-norms", action="store_true",
                        help="batch norm keeps the statistics of --begin-with: a few images a batch are too few for new ones")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--bf16", action="store_true", help="bf16 arithmetic, for a GPU")
    parser.add_argument("--readers", type=int, default=1, help="threads that read groups ahead")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.output.mkdir(parents=True, exist_ok=True)
    last = options.output / "last.pt"

    device = torch.device(options.device)
    network, optimizer = build(options, device)
    average, step, spent = Average(network), 0, 0.0
    if last.exists():
        saved = load_checkpoint(last)
        network.load_state_dict(saved["training"])
        average.network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        step, spent, average.steps = saved["step"], saved["spent"], saved["step"]
        print(f"going on from step {step}, {spent / 3600:.2f} h", flush=True)

    groups = validate.load(options.validation, options.patches, not options.without_priors, device)
    batches = Batches(options.groups, options.images, options.patches, not options.without_priors, options.seed + step,
                      readers=options.readers, weaken=options.weaken)
    log = csv.writer(open(options.output / "log.csv", "a", newline="", buffering=1))
    if step == 0:
        log.writerow(["hours", "step", "samples", "loss", "lr", "sad", "mse", "sad_without_contexts", "mse_without_contexts"])

    def progress() -> float:
        return step * options.images * options.patches / options.samples if options.samples else spent / (options.hours * 3600)

    running, counted, checked = 0.0, 0, spent
    while progress() < 1:
        began = time.monotonic()
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(options, progress(), step)
        batch = next(batches)
        loss = train_step(network, optimizer, {name: a.to(device, non_blocking=True) for name, a in batch.items()}, options)
        average.update(network)
        running, counted, step = running + loss, counted + 1, step + 1
        spent += time.monotonic() - began
        if spent - checked >= options.every or progress() >= 1:
            checked = spent
            sad, mse, alphas = validate.measure(average.network, groups)
            sad0, mse0, _ = validate.measure(average.network, groups, contexts=False)
            validate.picture(options.output / "validation.png", groups, alphas)
            row = [f"{spent / 3600:.3f}", step, step * options.images * options.patches, f"{running / counted:.4f}",
                   f"{optimizer.param_groups[0]['lr']:.2e}", f"{sad:.4f}", f"{mse:.5f}", f"{sad0:.4f}", f"{mse0:.5f}"]
            log.writerow(row)
            print(*row, flush=True)
            running, counted = 0.0, 0
            save_network(last, average.network, training=network.state_dict(), optimizer=optimizer.state_dict(),
                         step=step, spent=spent)


def train_step(network, optimizer, batch, options) -> float:
    shape = (options.images, options.patches)
    device = batch["patches"].device.type
    # Weights, batch norm's sums and the loss stay fp32; only the arithmetic of a GPU is bf16.
    with torch.autocast(device, dtype=torch.bfloat16, enabled=options.bf16):
        alpha, coarse = network.with_coarse(batch["patches"].unflatten(0, shape), batch["present"])
    loss = matting_loss(alpha.float(), batch) + 0.5 * coarse_loss(coarse.float(), batch)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


if __name__ == "__main__":
    main()
