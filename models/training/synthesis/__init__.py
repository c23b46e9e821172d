"""Training samples for matting, made on the fly: see README.md."""

from .sample import Sample, SampleSource

__all__ = ["Sample", "SampleSource"]
