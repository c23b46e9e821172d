"""Draws validation errors over the patches seen, from the logs of runs, as SVG:

    python3 -m training.curve -o training.svg "GPU=RUN/s/log.csv" "then on a CPU=OTHER/s/log.csv"

Runs follow one another: each begins where the one before it ended. Solid: with contexts; dashed: without.
"""

import argparse
import csv
from pathlib import Path
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 700, 280, 64, 680, 20, 240
COLOURS = ("#1f6f8b", "#b5532a", "#5a7d2a", "#7a4f9a")


def read(path: Path) -> list:
    """(samples, MSE with contexts, MSE without) of each check."""
    with open(path, newline="") as file:
        return [(int(r["samples"]), float(r["mse"]), float(r["mse_without_contexts"])) for r in csv.DictReader(file)]


def follow(runs: list) -> list:
    """Each run's points moved to where the one before it ended."""
    moved, begun = [], 0
    for name, points in runs:
        moved.append((name, [(begun + s, *errors) for s, *errors in points]))
        begun += points[-1][0] if points else 0
    return moved


def draw(runs: list) -> str:
    points = [p for _, run in runs for p in run]
    if not points:
        raise SystemExit("curve: the logs hold no check yet")
    most = max(p[0] for p in points)
    low, high = (f(e for p in points for e in p[1:]) for f in (min, max))
    low, high = low - 0.1 * (high - low) - 1e-6, high + 0.1 * (high - low) + 1e-6

    def x(samples):
        return LEFT + (RIGHT - LEFT) * samples / most

    def y(error):
        return BOTTOM - (BOTTOM - TOP) * (error - low) / (high - low)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">'
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>']
    for i in range(5):
        error, samples = low + (high - low) * i / 4, most * i / 4
        parts.append(f'<path d="M{LEFT} {y(error):.1f}H{RIGHT}" stroke="#ddd"/>'
                     f'<text x="{LEFT - 8}" y="{y(error) + 4:.1f}" text-anchor="end" fill="#555">{error:.4f}</text>'
                     f'<text x="{x(samples):.1f}" y="{BOTTOM + 18}" text-anchor="{"end" if i == 4 else "middle"}" fill="#555">{samples:,.0f}</text>')
    for (name, run), colour in zip(runs, COLOURS * len(runs)):
        for column, dash in ((1, ""), (2, ' stroke-dasharray="5 4"')):
            path = "L".join(f"{x(p[0]):.1f} {y(p[column]):.1f}" for p in run)
            parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        begin = run[0]
        parts.append(f'<text x="{x(begin[0]) + 12:.1f}" y="{y(max(begin[1:])) + 4:.1f}" fill="{colour}">{escape(name)}</text>')
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 6}" fill="#555">patches seen; mean squared error over generated validation patches; dashed: without contexts</text></svg>')
    return "\n".join(parts) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", help="NAME=log.csv")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    runs = [(name, read(Path(path))) for name, _, path in (r.partition("=") for r in options.runs)]
    options.output.write_text(draw(follow(runs)))


if __name__ == "__main__":
    main()
