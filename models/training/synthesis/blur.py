"""Defocus and motion blur, of photographs and of layers (all channels together)."""

import cv2
import numpy as np


def _convolve(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return cv2.filter2D(image, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT_101)


def defocus(image: np.ndarray, radius: float) -> np.ndarray:
    """The image (H, W, C) seen through a round aperture; radius in pixels."""
    if radius < 0.4:
        return image
    h, w = image.shape[:2]
    # A wide disc costs its area; at half the size it looks the same for a quarter.
    if radius > 6:
        half = cv2.resize(image, (max(1, w // 2), max(1, h // 2)), interpolation=cv2.INTER_AREA)
        return cv2.resize(defocus(half, radius / 2), (w, h), interpolation=cv2.INTER_LINEAR)
    r = int(np.ceil(radius)) + 1
    y, x = np.mgrid[-r:r + 1, -r:r + 1]
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return _convolve(image, disc)


def motion(image: np.ndarray, length: float, angle: float) -> np.ndarray:
    """The image (H, W, C) moved in a straight line during the exposure; pixels, radians."""
    n = int(length) | 1
    kernel = np.zeros((n + 4, n + 4), np.float32)
    c = (n + 3) / 2
    d = np.array([np.cos(angle), np.sin(angle)]) * (n - 1) / 2
    a, b = np.round((np.array([c - d, c + d])) * 16).astype(int)
    line = np.zeros(kernel.shape, np.uint8)
    cv2.line(line, tuple(int(v) for v in a), tuple(int(v) for v in b), 255, 1, cv2.LINE_AA, 4)
    return _convolve(image, line.astype(np.float32))
