"""Writes a model folder: encoder.onnx, matter.onnx, card.json, vectors/ for parity.

    python3 -m hdmatt.export CHECKPOINT -o models/weights/hdmatt-s --name hdmatt-s [--facts facts.json]
"""

import argparse
import hashlib
import json
from copy import deepcopy
from pathlib import Path

import onnx
import torch

from .checkpoint import load_network
from .config import STRIDE, HDMattConfig
from .network import HDMatt
from .parts import ACTIVATIONS, ENCODER_OUTPUTS, REGION_NAMES, EncoderPart, MatterPart, gather_tokens
from .vectors import sample_patches, write_vectors

OPSET = 16
SETTLED = 3e-5
"""Most that alpha of a vector's query may change where its encoder computes in double precision."""

TOKEN_INPUTS = tuple(f"{kind}_{region}" for region in REGION_NAMES for kind in ("keys", "values"))


def stack_tokens(parts, config):
    """The six token tensors of K context patches; K = 0 gives six empty ones."""
    if not parts:
        return [torch.zeros(0, c, dtype=torch.float16)
                for _ in REGION_NAMES for c in (config.key_channels, config.value_channels)]
    return [torch.cat(rows) for rows in gather_tokens(parts)]


def query_cells(part):
    return torch.nonzero(part[ENCODER_OUTPUTS.index("regions")] == 1)[:, 0]


def export_parts(network, patch: int, folder: Path):
    """Traces both halves and writes them as ONNX."""
    encoder, matter = EncoderPart(network).eval(), MatterPart(network).eval()
    patches = sample_patches(network.config, patch)
    with torch.no_grad():
        encoded = [encoder(p) for p in patches]
        torch.onnx.export(encoder, (patches[0],), str(folder / "encoder.onnx"), input_names=["patch"],
                          output_names=list(ENCODER_OUTPUTS), opset_version=OPSET, do_constant_folding=True,
                          **exporter())
        inputs = (*encoded[0][:len(ACTIVATIONS)], query_cells(encoded[0]), *stack_tokens(encoded[1:], network.config))
        axes = {name: {0: name.replace("keys", "tokens").replace("values", "tokens")} for name in TOKEN_INPUTS}
        axes["query_cells"] = {0: "queries"}
        torch.onnx.export(matter, inputs, str(folder / "matter.onnx"),
                          input_names=[*ACTIVATIONS, "query_cells", *TOKEN_INPUTS], output_names=["alpha"],
                          dynamic_axes=axes, opset_version=OPSET, do_constant_folding=True, **exporter())
    for part in ("encoder", "matter"):
        model = onnx.load(str(folder / f"{part}.onnx"))
        strip_names(model)
        onnx.checker.check_model(model)
        onnx.save(model, str(folder / f"{part}.onnx"))
    return encoder, matter, patches, encoded


@torch.no_grad()
def alpha_of(matter, query, contexts, config):
    return matter(*query[:len(ACTIVATIONS)], query_cells(query), *stack_tokens(contexts, config))


@torch.no_grad()
def settled_query(network, matter, patches, encoded) -> int:
    """The first patch whose alpha is the same where its encoder computed in double precision.

    Where two values of a 2×2 pool are equal up to rounding, any other order of additions may choose the other one,
    and unpooling puts it a pixel further: alpha then differs there by some thousandths, in every runtime. Vectors
    that hold such a pool would tell of rounding, not of the export.
    """
    precise = EncoderPart(deepcopy(network).double())
    for number, (patch, part) in enumerate(zip(patches, encoded)):
        other = [t.float() if t.dtype == torch.float64 else t for t in precise(patch.double())]
        difference = alpha_of(matter, part, [], network.config) - alpha_of(matter, other, [], network.config)
        if float(difference.abs().max()) < SETTLED:
            return number
    raise SystemExit("export: every sample patch has a pool that rounding decides")


def exporter() -> dict:
    """Newer torch traces only when told so; older torch knows nothing else."""
    return {"dynamo": False} if int(torch.__version__.split(".")[0]) >= 2 else {}


def strip_names(model):
    """Scope names say where on a disk a module was: no use to anyone."""
    for node in model.graph.node:
        node.doc_string = ""


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def card(network, patch: int, name: str, folder: Path, encoded, facts: dict) -> dict:
    config = network.config
    tensors = [{"name": n, "type": str(t.dtype).removeprefix("torch."), "shape": list(t.shape)}
               for n, t in zip(ACTIVATIONS, encoded[0])]
    files = {p: {"file": f"{p}.onnx", "sha256": sha256(folder / f"{p}.onnx")} for p in ("encoder", "matter")}
    return {
        "format": "distributed-matting-model/1", "name": name, "version": facts.get("version", "1"),
        "architecture": "HDMatt (Yu et al., AAAI 2021)", "width": config.width,
        "parameters": sum(p.numel() for p in network.parameters()), "attention": config.attention,
        "patch": patch, "margin": 32, "contexts": 3, "stride": STRIDE, "channels": config.input_channels,
        "priors": config.priors, "key_channels": config.key_channels, "value_channels": config.value_channels,
        "activations": tensors, "files": files, **{k: v for k, v in facts.items() if k != "version"},
    }


def untrained(config: HDMattConfig, seed: int = 0) -> HDMatt:
    """Random but alive: its last layers are not the zeros that training starts from."""
    torch.manual_seed(seed)
    network = HDMatt(config)
    for last in network.decoder.last_layers():
        torch.nn.init.normal_(last.weight, std=0.1)
    return network


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path, nargs="?", help="none: an untrained network, for tests of the plumbing")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--patch", type=int, default=320)
    parser.add_argument("--width", type=float, default=0.25, help="of an untrained network")
    parser.add_argument("--facts", type=Path, help="JSON joined into the card: training, data, licences, quality")
    options = parser.parse_args()

    network = (load_network(options.checkpoint) if options.checkpoint else untrained(HDMattConfig(width=options.width))).eval()
    options.output.mkdir(parents=True, exist_ok=True)
    encoder, matter, patches, encoded = export_parts(network, options.patch, options.output)
    facts = json.loads(options.facts.read_text()) if options.facts else {}
    text = json.dumps(card(network, options.patch, options.name, options.output, encoded, facts), indent=2)
    (options.output / "card.json").write_text(text + "\n")
    query = settled_query(network, matter, patches, encoded)
    others = [i for i in range(len(patches)) if i != query]
    cases = [(query, contexts, alpha_of(matter, encoded[query], [encoded[i] for i in contexts], network.config).numpy())
             for contexts in (others, others[:1], others[-1:], [])]
    write_vectors(options.output / "vectors", patches, encoded, cases)


if __name__ == "__main__":
    main()
