"""Packs what a GPU machine without network or .NET needs, in at most 52 MB:

    python3 -m training.gpu.pack --foregrounds DIR --backgrounds DIR --validation-backgrounds DIR -o .gpu

Photographs shrink to at most 960 pixels, cut-outs to 768, both as WebP; the priors server is published self-contained.
"""

import argparse
import shutil
import subprocess
from pathlib import Path

import cv2

LIMIT_BYTES = 52_000_000
QUALITY = 85
REPOSITORY = Path(__file__).parents[3]


def shrunk(image, side):
    scale = side / max(image.shape[:2])
    return image if scale >= 1 else cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def pack_folder(source: str, target: Path, side: int):
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(Path(source).iterdir()):
        image = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        if image is not None:
            cv2.imwrite(str(target / (path.stem + ".webp")), shrunk(image, side), [cv2.IMWRITE_WEBP_QUALITY, QUALITY])


def pack_server(target: Path):
    # Trimming warns of Core's JSON, which the server never calls.
    subprocess.run(["dotnet", "publish", str(REPOSITORY / "models/priors"), "-c", "Release", "-r", "linux-x64",
                    "--self-contained", "-p:PublishTrimmed=true", "-p:EnableTrimAnalyzer=false",
                    "-p:SuppressTrimAnalysisWarnings=true", "-p:PublishSingleFile=true",
                    "-p:EnableCompressionInSingleFile=true", "-o", str(target)], check=True)
    for kind in ("*.pdb", "*.xml"):
        for file in target.glob(kind):
            file.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("foregrounds", "backgrounds", "validation-backgrounds"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()

    shutil.rmtree(options.output / "data", ignore_errors=True)
    pack_folder(options.foregrounds, options.output / "data/foregrounds", 768)
    pack_folder(options.backgrounds, options.output / "data/backgrounds", 960)
    pack_folder(options.validation_backgrounds, options.output / "data/validation", 960)
    pack_server(options.output / "priors-server")
    size = sum(p.stat().st_size for p in options.output.rglob("*") if p.is_file())
    print(f"{size / 1e6:.1f} MB in {options.output}")
    if size > LIMIT_BYTES:
        raise SystemExit(f"{options.output} holds {size / 1e6:.1f} MB; at most {LIMIT_BYTES / 1e6:.0f} MB can be carried")


if __name__ == "__main__":
    main()
