"""Layers: premultiplied RGBA, float32 (H, W, 4) in 0..1, colours in RGB order.

Everything that draws returns one. Premultiplied, because blurring, warping and
stacking are then the same linear operation on all four channels.
"""

import cv2
import numpy as np


def over(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """Porter and Duff's over; its alpha is 1 - (1 - a1)(1 - a2), as when HDMatt
    (Sec. 4.1, after Tang et al. 2019) joins two foregrounds."""
    return top + bottom * (1 - top[..., 3:])


def filled(colour: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """A layer of straight colour, (3,) or (H, W, 3), seen through alpha (H, W)."""
    h, w = alpha.shape
    layer = np.empty((h, w, 4), np.float32)
    layer[..., :3] = colour * alpha[..., None]
    layer[..., 3] = alpha
    return layer


def reduce(canvas: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """A supersampled uint8 canvas (sH, sW, 4) as a float layer of size (H, W)."""
    h, w = size
    small = cv2.resize(canvas.astype(np.uint16) << 8, (w, h), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) * np.float32(1 / (255 * 256))


def warp(layer: np.ndarray, matrix: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The layer under an affine (2, 3) or projective (3, 3) map, on a canvas (H, W)."""
    # Shrinking by much would alias: first by area, then by the rest of the map.
    scale = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    if 0 < scale < 0.7:
        h, w = layer.shape[:2]
        small = (max(1, round(w * scale)), max(1, round(h * scale)))
        matrix = matrix.astype(np.float64).copy()
        matrix[:, 0] *= w / small[0]
        matrix[:, 1] *= h / small[1]
        layer = cv2.resize(layer, small, interpolation=cv2.INTER_AREA)
    call = cv2.warpPerspective if matrix.shape[0] == 3 else cv2.warpAffine
    return call(layer, matrix.astype(np.float64), (size[1], size[0]), flags=cv2.INTER_LINEAR)


def displace(layer: np.ndarray, dx: np.ndarray, dy: np.ndarray) -> np.ndarray:
    """The layer pulled by displacement fields (H, W), in pixels; edges reflect."""
    h, w = layer.shape[:2]
    x, y = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    return cv2.remap(layer, x + dx, y + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def straight(layer: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Foreground colours (H, W, 3) and alpha (H, W), from a layer.

    A colour under little alpha is noise, and under none it is absent: there it is
    drawn from its neighbours by a pyramid (push-pull: Gortler et al. 1996), so the
    foreground is smooth and defined everywhere.
    """
    alpha = np.clip((layer[..., 3] - 0.003) / 0.994, 0, 1)
    pyramid = [layer]
    while min(pyramid[-1].shape[:2]) > 2:
        h, w = pyramid[-1].shape[:2]
        pyramid.append(cv2.resize(pyramid[-1], ((w + 1) // 2, (h + 1) // 2), interpolation=cv2.INTER_AREA))
    colour = None
    for level in reversed(pyramid):
        own = level[..., :3] / np.maximum(level[..., 3:], 1e-4)
        if colour is None:
            known = level[..., 3] > 1e-3
            mean = own[known].mean(axis=0) if known.any() else np.full(3, 0.5, np.float32)
            colour = np.where(known[..., None], own, mean).astype(np.float32)
            continue
        h, w = level.shape[:2]
        coarse = cv2.resize(colour, (w, h), interpolation=cv2.INTER_LINEAR)
        trust = np.clip(level[..., 3:] * 8, 0, 1)
        colour = coarse + (own - coarse) * trust
    return np.clip(colour, 0, 1), alpha
