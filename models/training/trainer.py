"""One network in training: its weights, their average, its optimizer; a step, a check, a checkpoint."""

import csv
import math
from copy import deepcopy
from pathlib import Path

import torch

from hdmatt import HDMatt, HDMattConfig
from hdmatt.checkpoint import load_checkpoint, save_network

from . import validate
from .losses import coarse_loss, matting_loss

LOG = ("hours", "step", "samples", "loss", "lr", "sad", "mse", "sad_without_contexts", "mse_without_contexts")


class Average:
    """Exponential average of the weights: what is exported. Young runs forget faster."""

    def __init__(self, network, decay=0.998):
        self.network, self.decay, self.steps = deepcopy(network), decay, 0

    @torch.no_grad()
    def update(self, network):
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        mine, theirs = list(self.network.parameters()), list(network.parameters())
        torch._foreach_mul_(mine, decay)
        torch._foreach_add_(mine, theirs, alpha=1 - decay)
        for mine, theirs in zip(self.network.buffers(), network.buffers()):
            mine.copy_(theirs)


def learning_rate(highest: float, progress: float, step: int) -> float:
    """Cosine over the budget there is (progress 0 to 1), after a short warm-up."""
    return highest * min(1, (step + 1) / 100) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, progress))))


class Trainer:
    """folder: last.pt, log.csv and validation.png; where last.pt is there, training goes on from it."""

    def __init__(self, config: HDMattConfig, folder: Path, device, lr: float, bf16: bool = False,
                 begin_with: Path | None = None, freeze_norms: bool = False, top: int | None = None,
                 freeze_encoder: bool = False):
        self.folder, self.lr, self.bf16, self.top = folder, lr, bf16, top
        self.device = torch.device(device)
        folder.mkdir(parents=True, exist_ok=True)
        network = HDMatt(config)
        if begin_with:
            network.load_state_dict(load_checkpoint(begin_with)["network"])
        layout = torch.channels_last if self.device.type == "cuda" else torch.contiguous_format
        self.network = network.to(self.device, memory_format=layout)
        if freeze_norms:
            for module in self.network.modules():
                if isinstance(module, torch.nn.BatchNorm2d):
                    module.eval()
        self.network.encoder.requires_grad_(not freeze_encoder)
        self.optimizer = torch.optim.AdamW([p for p in self.network.parameters() if p.requires_grad], lr=lr,
                                           weight_decay=1e-4)
        self.average = Average(self.network)
        self.step, self.samples, self.spent = 0, 0, 0.0
        self.running, self.counted = torch.zeros((), device=self.device), 0
        if self.last.exists():
            self.resume(load_checkpoint(self.last))
        else:
            self.write_log(LOG)

    @property
    def last(self) -> Path:
        return self.folder / "last.pt"

    def resume(self, saved: dict):
        self.network.load_state_dict(saved["training"])
        self.average.network.load_state_dict(saved["network"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step, self.samples, self.spent = saved["step"], saved["samples"], saved["spent"]
        self.average.steps = self.step

    def train(self, batch: dict, progress: float):
        """One step on a batch of Pool.batch; progress (0 to 1) sets the learning rate."""
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(self.lr, progress, self.step)
        present = batch["present"]
        patches = batch["patches"][:, :self.network.config.input_channels].unflatten(0, present.shape[:2])
        # Weights, batch norm's sums and the loss stay fp32; only the arithmetic of a GPU is bf16.
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.bf16):
            alpha, coarse = self.network.with_coarse(patches, present, self.top)
        loss = matting_loss(alpha.float(), batch) + 0.5 * coarse_loss(coarse.float(), batch)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.average.update(self.network)
        self.running += loss.detach()  # read only when it is told: to read is to wait for the GPU
        self.counted, self.step, self.samples = self.counted + 1, self.step + 1, self.samples + len(alpha)

    def check(self, groups) -> list:
        """Measures the averaged weights with contexts and without, writes log and checkpoint; the log's row."""
        sad, mse, alphas = validate.measure(self.average.network, groups)
        sad0, mse0, _ = validate.measure(self.average.network, groups, contexts=0)
        validate.picture(self.folder / "validation.png", groups, alphas)
        row = [f"{self.spent / 3600:.3f}", self.step, self.samples, f"{float(self.running) / max(1, self.counted):.4f}",
               f"{self.optimizer.param_groups[0]['lr']:.2e}", f"{sad:.4f}", f"{mse:.5f}", f"{sad0:.4f}", f"{mse0:.5f}"]
        self.write_log(row)
        self.running.zero_()
        self.counted = 0
        save_network(self.last, self.average.network, training=self.network.state_dict(),
                     optimizer=self.optimizer.state_dict(), step=self.step, samples=self.samples, spent=self.spent)
        return row

    def write_log(self, row):
        with open(self.folder / "log.csv", "a", newline="") as file:
            csv.writer(file).writerow(row)
