"""Groups of patches in the memory of the device that trains, and batches drawn from them."""

import threading
import time
from pathlib import Path

import numpy as np
import torch

from . import augment, shards


class Pool:
    """The newest `capacity` images of a folder, loaded on a thread of its own while the producers are still at work.

    consume: files are deleted once they are loaded, for a machine whose disk is smaller than what it produces.
    Where the folder holds more images than the pool, one is exchanged for every batch that is drawn.
    """

    def __init__(self, folder: Path, capacity: int, device, consume: bool = False, seed: int = 1):
        self.folder, self.capacity, self.consume = folder, capacity, consume
        self.device = torch.device(device)
        self.stored, self.loaded = None, 0
        self.drawn = threading.Semaphore(0)
        self.lock = threading.Lock()
        self.failure = None
        threading.Thread(target=self.run, args=(np.random.default_rng((seed, 0)),), daemon=True).start()

    def run(self, rng):
        seen = set()
        try:
            while True:
                files = shards.files(self.folder)
                new = [file for file in files if file.name not in seen]
                if new and (self.consume or self.loaded < self.capacity):
                    file = new[rng.integers(len(new))]
                elif len(files) > self.capacity:
                    self.drawn.acquire()
                    file = files[rng.integers(len(files))]
                else:
                    time.sleep(0.2)
                    continue
                seen.add(file.name)
                self.add(shards.read(file))
                if self.consume:
                    file.unlink()
        except Exception as failure:  # told to whoever draws: the end of a thread is seen by nobody
            self.failure = failure

    def add(self, group: torch.Tensor):
        if self.stored is None:
            self.stored = torch.empty((self.capacity, *group.shape), dtype=torch.uint8, device=self.device)
        with self.lock:
            self.stored[self.loaded % self.capacity].copy_(group)
            self.loaded += 1

    @property
    def images(self) -> int:
        return min(self.loaded, self.capacity)

    def wait_for(self, images: int, patience_seconds: float = 600):
        """Returns when that many images are there."""
        until = time.monotonic() + patience_seconds
        while self.images < images:
            if self.failure:
                raise RuntimeError(f"{self.folder}: its groups cannot be read") from self.failure
            if time.monotonic() > until:
                raise TimeoutError(f"{self.folder} gave {self.images} images in {patience_seconds:.0f} s, {images} are needed")
            time.sleep(0.2)

    def batch(self, images: int, patches: int, rng, weaken: float = 0.3) -> dict:
        """`patches` patches of each of `images` images, augmented: augment.tensors, and `present` [G, M, M].

        The patches of an image are each other's contexts.
        """
        if self.failure:
            raise RuntimeError(f"{self.folder}: its groups cannot be read") from self.failure
        self.drawn.release()
        parts = []
        for image in rng.choice(self.images, images, replace=self.images < images):
            chosen = torch.from_numpy(rng.permutation(self.stored.shape[1])[:patches]).to(self.device)
            with self.lock:
                group = shards.unpack(self.stored[int(image)].index_select(0, chosen))
            parts.append(augment.weakened(augment.recoloured(augment.mirrored(group, rng), rng), rng, weaken))
        joined = {name: torch.cat([p[name] for p in parts]) for name in parts[0]}
        batch = augment.tensors(joined)
        batch["present"] = augment.presence(images, patches, rng).to(self.device)
        return batch
