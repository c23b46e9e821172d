"""HDMatt (Yu et al., AAAI 2021) in PyTorch, in the two halves a server needs: encode, matte."""

from .config import HDMattConfig
from .network import HDMatt

__all__ = ["HDMatt", "HDMattConfig"]
