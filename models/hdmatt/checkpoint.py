"""Checkpoints: the configuration beside the weights, so that a file says what it is."""

from pathlib import Path

import torch

from .config import HDMattConfig
from .network import HDMatt


def save_network(path: Path, network: HDMatt, **more):
    """Writes beside, then renames: a killed run leaves the last whole checkpoint."""
    beside = Path(f"{path}.partial")
    torch.save({"config": network.config.to_dict(), "network": network.state_dict(), **more}, str(beside))
    beside.replace(path)


def load_checkpoint(path: Path) -> dict:
    return torch.load(str(path), map_location="cpu")


def load_network(path: Path) -> HDMatt:
    checkpoint = load_checkpoint(path)
    network = HDMatt(HDMattConfig(**checkpoint["config"]))
    network.load_state_dict(checkpoint["network"])
    return network
