"""Hair and fur: thousands of tapering, clumped, curved strands, lit along the strand."""

from dataclasses import dataclass

import cv2
import numpy as np

from . import layers

SHIFT = 4


@dataclass
class Groom:
    """How strands grow; lengths and widths in pixels, angles in radians.

    clump: strands that share a guide; gather: how far a clump's tips close in (0..1);
    gravity: how far a strand turns to hang down by its tip (0..1); curl: amplitude of
    its waves; stray: spread of directions between strands of a clump.
    """

    length: float = 80
    width: float = 1.2
    clump: int = 10
    gather: float = 0.6
    bend: float = 0.5
    curl: float = 0.1
    waves: float = 1.5
    gravity: float = 0.0
    stray: float = 0.12
    segments: int = 7


PALETTES = np.array([
    # root, body, highlight; RGB 0..1: black, brown, chestnut, red, blonde, grey, white, tan fur, cold brown
    [[.02, .02, .03], [.07, .06, .06], [.32, .31, .33]],
    [[.06, .03, .02], [.20, .12, .08], [.50, .36, .26]],
    [[.10, .05, .03], [.31, .17, .09], [.66, .44, .28]],
    [[.18, .06, .02], [.50, .21, .08], [.86, .52, .28]],
    [[.30, .21, .11], [.66, .51, .31], [.96, .86, .66]],
    [[.16, .16, .16], [.42, .42, .42], [.78, .78, .78]],
    [[.42, .40, .37], [.80, .78, .74], [1.0, .99, .97]],
    [[.26, .17, .09], [.58, .42, .26], [.85, .72, .54]],
    [[.10, .09, .08], [.27, .24, .21], [.56, .52, .47]],
], np.float32)


def palette(rng: np.random.Generator) -> np.ndarray:
    """Root, body and highlight colours (3, 3): mostly natural, now and then dyed as toys are."""
    colours = PALETTES[rng.integers(len(PALETTES))] * rng.uniform(0.85, 1.15)
    if rng.random() < 0.18:
        tint = rng.dirichlet([1.5, 1.5, 1.5]).astype(np.float32) * 3
        colours = colours.mean(axis=1, keepdims=True) * (0.25 + 0.75 * tint) * 1.1 + 0.02
    return np.clip(colours + rng.normal(0, 0.015, 3), 0, 1).astype(np.float32)


def grow(rng: np.random.Generator, roots: np.ndarray, angles: np.ndarray, groom: Groom,
         lengths: np.ndarray | float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Curves (N, segments + 1, 2) as x, y in pixels, and each strand's clump (N,).

    roots: (N, 2), neighbours next to each other in the array share a clump;
    angles: (N,) direction at the root; lengths: (N,) factors on groom.length.
    """
    n, m = len(roots), groom.segments
    clump = np.arange(n) // groom.clump
    clumps = int(clump[-1]) + 1 if n else 0
    s = (np.arange(m, dtype=np.float32) + 0.5) / m

    def per_clump(values: np.ndarray, own: float) -> np.ndarray:
        return values[clump] + own * rng.standard_normal(n)

    bend = per_clump(rng.normal(0, groom.bend, clumps), groom.stray)
    phase = per_clump(rng.uniform(0, 2 * np.pi, clumps), 0.5)
    curl = groom.curl * rng.uniform(0.3, 1.5, clumps)[clump]
    turn = per_clump(rng.normal(0, groom.stray, clumps), groom.stray)
    first = np.searchsorted(clump, np.arange(clumps))
    theta = (angles[first][clump] + turn)[:, None] + bend[:, None] * s
    theta = theta + curl[:, None] * np.sin(2 * np.pi * groom.waves * s + phase[:, None]) * (0.4 + s)
    down = (np.pi / 2 - theta + np.pi) % (2 * np.pi) - np.pi
    theta = theta + down * (groom.gravity * s ** 0.7)
    step = groom.length * lengths * np.exp(rng.normal(0, 0.2, clumps)[clump] + rng.normal(0, 0.12, n)) / m
    steps = np.stack([np.cos(theta), np.sin(theta)], axis=-1) * np.broadcast_to(step, (n,))[:, None, None]
    path = np.concatenate([np.zeros((n, 1, 2)), np.cumsum(steps, axis=1)], axis=1)
    gather = groom.gather * rng.uniform(0.3, 1.2, clumps)[clump]
    along = np.linspace(0, 1, m + 1)
    # Toward the tip a strand leaves its root's offset and joins its clump's first strand.
    pull = np.clip(gather[:, None] * along ** 0.8, 0, 0.95)[..., None]
    offset = roots - roots[first][clump]
    points = roots[:, None] + path - pull * (offset[:, None] + 0.6 * (path - path[first][clump]))
    return points.astype(np.float32), clump


def shade(rng: np.random.Generator, points: np.ndarray, colours: np.ndarray, light: float) -> np.ndarray:
    """Colours (N, segments, 3) of strands by Kajiya and Kay (1989): a strand is bright
    where it lies across the light's direction (an angle in the image), darker at its root."""
    d = np.diff(points, axis=1)
    t = np.arctan2(d[..., 1], d[..., 0])
    across = np.abs(np.sin(t - light))
    n, m = t.shape
    s = np.linspace(0, 1, m)[None]
    base = colours[0] + (colours[1] - colours[0]) * np.clip(0.25 + 1.1 * s + 0.35 * (across - 0.5), 0, 1)[..., None]
    gloss = across ** rng.uniform(6, 18) * rng.uniform(0.25, 0.9)
    base = base + (colours[2] - base) * gloss[..., None]
    return np.clip(base * np.exp(rng.normal(0, 0.16, (n, 1, 1))), 0, 1).astype(np.float32)


def draw(size: tuple[int, int], points: np.ndarray, colours: np.ndarray, width: float,
         supersample: int = 2, taper: float = 1.0, tones: int = 6, under: np.ndarray | None = None) -> np.ndarray:
    """A layer of size (H, W) with the strands in the order given, over `under`.

    points: (N, M + 1, 2); colours: (N, M, 3); width: pixels at the root, at the tip
    (1 - taper) of it. Runs of strands next to each other are drawn in one call and
    share the colours of their first `tones` parts.
    """
    h, w = size
    ss = supersample
    if under is None:
        canvas = np.zeros((h * ss, w * ss, 4), np.uint8)
    else:
        canvas = cv2.resize((under * 255 + 0.5).astype(np.uint8), (w * ss, h * ss), interpolation=cv2.INTER_LINEAR)
    fixed = np.round(((points + 0.5) * ss - 0.5) * (1 << SHIFT)).astype(np.int32)
    n, m = colours.shape[:2]
    shown = np.concatenate([colours * 255, np.full((n, m, 1), 255)], axis=-1)
    for start in range(0, n, tones):
        stop = min(n, start + tones)
        tone = shown[start].tolist()
        for k in range(m):
            thick = max(1, int(width * ss * (1 - taper * (k + 0.5) / m) + 0.5))
            cv2.polylines(canvas, list(fixed[start:stop, k:k + 2]), False, tone[k], thick, cv2.LINE_AA, SHIFT)
    return layers.reduce(canvas, size)
