"""From a layer and a photograph to a plate: placing, likeness of colours, camera."""

import cv2
import numpy as np

from .library import Library, photographs
from .blur import defocus
from .noise import fractal


def background(rng: np.random.Generator, photos: Library, h: int, w: int) -> np.ndarray:
    """A background (h, w, 3) in 0..1: a photograph, mostly out of focus, or a wall."""
    if rng.random() < 0.07:
        a, b = rng.uniform(0.05, 0.95, (2, 3)).astype(np.float32)
        ramp = np.clip(fractal(rng, h, w, cells=1, octaves=1) * 0.4 + 0.5, 0, 1)[..., None]
        return a + (b - a) * ramp * np.float32(rng.uniform(0, 1))
    for _ in range(4):
        image = photographs(photos, rng, h, w, zoom=(1, 2.2))
        # Near black, every alpha composes alike: nothing could be learnt from it.
        if image.mean() > 0.12:
            break
    if rng.random() < 0.6:
        image = defocus(image, float(np.exp(rng.uniform(np.log(0.8), np.log(22)))))
    return image


def harmonised(rng: np.random.Generator, colours: np.ndarray, weight: np.ndarray, goal: np.ndarray) -> np.ndarray:
    """Foreground colours (H, W, 3) moved toward the background's mean and contrast, by a
    random part: where both look alike, colour alone cannot tell them apart."""
    total = weight.sum() + 1e-6
    mean = (colours * weight[..., None]).sum(axis=(0, 1)) / total
    spread = np.sqrt((((colours - mean) ** 2) * weight[..., None]).sum(axis=(0, 1)) / total) + 0.02
    goal_mean, goal_spread = goal.mean(axis=(0, 1)), goal.std(axis=(0, 1)) + 0.02
    moved = (colours - mean) * np.clip(goal_spread / spread, 0.6, 1.6) + goal_mean
    return np.clip(colours + (moved - colours) * np.float32(rng.uniform(0.3, 1)), 0, 1).astype(np.float32)


def toned(rng: np.random.Generator, foreground: np.ndarray, ground: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both with one gamma, exposure and white balance: before they are joined, so that
    the compositing equation holds for what is stored."""
    gamma = np.exp(rng.normal(0, 0.2))
    gain = (np.exp(rng.normal(0, 0.12)) * np.exp(rng.normal(0, 0.04, 3))).astype(np.float32)
    own = np.exp(rng.normal(0, 0.12))
    return tuple(np.clip(cv2.pow(np.clip(x, 0, 1), float(gamma)) * (gain * np.float32(g)), 0, 1)
                 for x, g in ((foreground, own), (ground, 1)))


def camera(rng: np.random.Generator, plate: np.ndarray) -> np.ndarray:
    """A plate uint8 (H, W, 3) as a camera stores it: shot and read noise, JPEG."""
    if rng.random() < 0.7:
        read, shot = rng.uniform(0, 2.5), rng.uniform(0, 0.25)
        noise = rng.standard_normal(plate.shape, dtype=np.float32)
        if rng.random() < 0.5:
            noise = cv2.GaussianBlur(noise, (0, 0), 0.7) * 1.8
        value = plate.astype(np.float32)
        plate = np.clip(value + noise * np.sqrt(read ** 2 + shot ** 2 * value) + 0.5, 0, 255).astype(np.uint8)
    if rng.random() < 0.4:
        options = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(75, 99))]
        plate = cv2.imdecode(cv2.imencode(".jpg", plate[..., ::-1], options)[1], cv2.IMREAD_COLOR)[..., ::-1]
    return np.ascontiguousarray(plate)
