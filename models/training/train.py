"""Trains networks on produced groups, from where they stopped:

    python3 -m training.train --groups DIR --validation DIR -o RUN --hours 2 --network s:width=0.25

Several networks see the same batches, one after the other, each with a folder of its own below RUN: what an ablation
compares, and what shares a machine. `--network NAME:width=W,lr=R,attention=tgnl|plain|none,priors=yes|no,every=N`
may be given several times; one that trains on every Nth batch costs little.
"""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from hdmatt import HDMattConfig

from . import validate
from .pool import Pool
from .trainer import Trainer


@dataclass(frozen=True)
class Plan:
    """One --network."""

    name: str
    config: HDMattConfig
    lr: float
    every: int


def plan(text: str) -> Plan:
    name, _, rest = text.partition(":")
    given = dict(item.split("=", 1) for item in rest.split(",") if item)
    config = HDMattConfig(width=float(given.pop("width", 0.25)), attention=given.pop("attention", "tgnl"),
                          priors=given.pop("priors", "yes") == "yes")
    chosen = Plan(name, config, float(given.pop("lr", 1e-3)), int(given.pop("every", 1)))
    if given or not name or config.attention not in ("tgnl", "plain", "none"):
        raise argparse.ArgumentTypeError(f"{text!r}: NAME:width=W,lr=R,attention=tgnl|plain|none,priors=yes|no,every=N")
    return chosen


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--groups", type=Path, required=True)
    parser.add_argument("--validation", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--network", type=plan, action="append", required=True)
    parser.add_argument("--hours", type=float, default=1.0, help="training time in all, over all resumptions")
    parser.add_argument("--samples", type=int, help="patches in all, instead of hours")
    parser.add_argument("--images", type=int, default=2, help="images in a batch")
    parser.add_argument("--patches", type=int, default=4, help="patches of each image: one is the query, the others its contexts")
    parser.add_argument("--contexts", type=int, help="each query draws on so many of the others, the first by Eq. 1; default: on all")
    parser.add_argument("--pool", type=int, default=400, help="images kept in the device's memory")
    parser.add_argument("--consume", action="store_true", help="delete groups once they are in the pool")
    parser.add_argument("--wait-for", type=int, default=16, help="images that must be there before the first step")
    parser.add_argument("--weaken", type=float, default=0.3, help="share of images whose priors are made worse")
    parser.add_argument("--every", type=float, default=300, help="seconds between validations")
    parser.add_argument("--begin-with", type=Path, help="weights to start a new run with (one network)")
    parser.add_argument("--freeze-norms", action="store_true", help="batch norm keeps the statistics of --begin-with")
    parser.add_argument("--freeze-encoder", action="store_true",
                        help="contexts and decoder learn alone: half the time a step, for a CPU")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--bf16", action="store_true", help="bf16 arithmetic, for a GPU")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    if options.device != "cpu":
        torch.backends.cudnn.benchmark = True
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    trainers = [Trainer(p.config, options.output / p.name, options.device, p.lr, options.bf16, options.begin_with,
                        options.freeze_norms, options.contexts, options.freeze_encoder) for p in options.network]
    first = trainers[0]
    pool = Pool(options.groups, options.pool, options.device, options.consume, options.seed)
    pool.wait_for(options.wait_for)
    groups = validate.load(options.validation, options.patches, options.device)
    rng = np.random.default_rng((options.seed, first.step))
    budget = options.hours * 3600

    def progress() -> float:
        return first.samples / options.samples if options.samples else first.spent / budget

    def check():
        for p, trainer in zip(options.network, trainers):
            print(p.name, *trainer.check(groups), f"{pool.loaded} images", flush=True)

    step, checked = first.step, first.spent
    while progress() < 1:
        began = time.monotonic()
        batch = pool.batch(options.images, options.patches, rng, options.weaken)
        for p, trainer in zip(options.network, trainers):
            if step % p.every == 0:
                trainer.train(batch, progress())
        step += 1
        if options.device != "cpu" and step % 8 == 0:
            torch.cuda.synchronize()  # or the clock would run ahead of the work
        spent = first.spent + time.monotonic() - began
        for trainer in trainers:
            trainer.spent = spent
        if spent - checked >= options.every:
            check()
            checked = spent
    check()


if __name__ == "__main__":
    main()
