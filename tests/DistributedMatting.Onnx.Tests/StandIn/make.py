"""Writes the stand-in: a model folder of a few kB with the doors of a real one and insides simple enough to
write down again in a test (StandInFormula.cs). A patch of 72 has 81 cells: odd, so nothing is aligned by luck.

    python3 make.py      # beside this file
"""

import hashlib
import json
from pathlib import Path

import numpy as np
from onnx import TensorProto as T
from onnx import checker, helper, numpy_helper, save

HERE = Path(__file__).parent
P, CELL, SIDE = 72, 8, 9
CELLS, KEYS, VALUES = SIDE * SIDE, 2, 3


class Graph:
    def __init__(self):
        self.nodes, self.constants = [], []

    def const(self, name, value):
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def add(self, op, inputs, output, **attributes):
        self.nodes.append(helper.make_node(op, inputs, [output], **attributes))
        return output

    def write(self, file, inputs, outputs):
        def door(d):
            return helper.make_tensor_value_info(*d)
        graph = helper.make_graph(self.nodes, file, [door(d) for d in inputs], [door(d) for d in outputs], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 16)], ir_version=8)
        checker.check_model(model)
        save(model, str(HERE / file))


def encoder():
    g = Graph()
    mean = g.add("AveragePool", ["patch"], "mean", kernel_shape=[CELL, CELL], strides=[CELL, CELL])
    g.const("c0", np.int64([0])), g.const("c3", np.int64([3])), g.const("c4", np.int64([4])), g.const("c5", np.int64([5]))
    g.const("axis1", np.int64([1]))
    rgb = g.add("Slice", [mean, "c0", "c3", "axis1"], "rgb")
    features = g.add("Cast", [rgb], "features", to=T.FLOAT16)

    # The red plane in bytes, as a stand-in for a code.
    red = g.add("Slice", ["patch", "c0", g.const("c1", np.int64([1])), "axis1"], "red")
    g.add("Cast", [g.add("Mul", [red, g.const("f255", np.float32(255))], "red255")], "detail", to=T.UINT8)

    # Region of a cell: 2 where all is foreground, 0 where all is background, else 1.
    full = g.const("full", np.float32(0.999))
    known_f = g.add("Cast", [g.add("Greater", [g.add("Slice", [mean, "c3", "c4", "axis1"], "f"), full], "isf")], "kf", to=T.FLOAT)
    known_b = g.add("Cast", [g.add("Greater", [g.add("Slice", [mean, "c4", "c5", "axis1"], "b"), full], "isb")], "kb", to=T.FLOAT)
    region = g.add("Sub", [g.add("Add", [known_f, g.const("one", np.float32(1))], "f1"), known_b], "region")
    flat = g.add("Reshape", [region, g.const("cells", np.int64([CELLS]))], "flat")
    g.add("Cast", [flat], "regions", to=T.UINT8)

    cells = g.add("Transpose", [g.add("Reshape", [g.add("Cast", [features], "rounded", to=T.FLOAT),
                                                 g.const("c_by_cells", np.int64([VALUES, CELLS]))], "planes")], "rows", perm=[1, 0])
    keys = g.add("Slice", [cells, "c0", g.const("c2", np.int64([2])), "axis1"], "keys32")
    g.add("Cast", [keys], "keys", to=T.FLOAT16)
    g.add("Cast", [cells], "values", to=T.FLOAT16)
    known = g.add("Abs", [g.add("Sub", [flat, "one"], "off")], "known")
    unknown = g.add("Reshape", [g.add("Sub", ["one", known], "unknown"), g.const("column", np.int64([CELLS, 1]))], "mask")
    axis0 = g.const("axis0", np.int64([0]))
    g.add("ReduceSum", [g.add("Mul", [keys, unknown], "asking"), axis0], "query_sum", keepdims=0)
    g.add("ReduceSum", [keys, axis0], "context_sum", keepdims=0)
    g.write("encoder.onnx", [("patch", T.FLOAT, [1, 5, P, P])], [
        ("features", T.FLOAT16, [1, VALUES, SIDE, SIDE]), ("detail", T.UINT8, [1, 1, P, P]), ("regions", T.UINT8, [CELLS]),
        ("keys", T.FLOAT16, [CELLS, KEYS]), ("values", T.FLOAT16, [CELLS, VALUES]),
        ("query_sum", T.FLOAT, [KEYS]), ("context_sum", T.FLOAT, [KEYS])])


def matter():
    g = Graph()
    planes = g.add("Reshape", [g.add("Cast", ["features"], "f32", to=T.FLOAT), g.const("c_by_cells", np.int64([VALUES, CELLS]))], "planes")
    rows = g.add("Transpose", [planes], "rows", perm=[1, 0])
    g.const("c0", np.int64([0])), g.const("c2", np.int64([2])), g.const("axis1", np.int64([1]))
    asking = g.add("Gather", [g.add("Slice", [rows, "c0", "c2", "axis1"], "keys"), "query_cells"], "asking", axis=0)
    parts = []
    for weight, r in ((1, "u"), (2, "f"), (4, "b")):
        k = g.add("Transpose", [g.add("Cast", [f"keys_{r}"], f"k32_{r}", to=T.FLOAT)], f"kt_{r}", perm=[1, 0])
        v = g.add("Cast", [f"values_{r}"], f"v32_{r}", to=T.FLOAT)
        share = g.add("Softmax", [g.add("MatMul", [asking, k], f"score_{r}")], f"share_{r}", axis=1)
        found = g.add("MatMul", [share, v], f"found_{r}")
        mean = g.add("ReduceMean", [found], f"mean_{r}", axes=[1], keepdims=0)
        parts.append(g.add("Mul", [mean, g.const(f"weight_{r}", np.float32(weight / 8))], f"part_{r}"))
    sums = g.add("Sum", parts, "sums")
    where = g.add("Unsqueeze", ["query_cells", "axis1"], "where")
    context = g.add("ScatterND", [g.const("zeros", np.zeros(CELLS, np.float32)), where, sums], "context")
    grid = g.add("Reshape", [context, g.const("grid_shape", np.int64([1, 1, SIDE, SIDE]))], "grid")
    big = g.add("ConvTranspose", [grid, g.const("block", np.ones((1, 1, CELL, CELL), np.float32))], "big", strides=[CELL, CELL])
    detail = g.add("Mul", [g.add("Cast", ["detail"], "d32", to=T.FLOAT), g.const("unit", np.float32(1 / (8 * 255)))], "d")
    g.add("Clip", [g.add("Add", [big, detail], "raw"), g.const("low", np.float32(0)), g.const("high", np.float32(1))], "alpha")
    tokens = [(f"{kind}_{r}", T.FLOAT16, [f"tokens_{r}", width]) for r in "ufb" for kind, width in (("keys", KEYS), ("values", VALUES))]
    g.write("matter.onnx", [("features", T.FLOAT16, [1, VALUES, SIDE, SIDE]), ("detail", T.UINT8, [1, 1, P, P]),
                            ("query_cells", T.INT64, ["queries"]), *tokens], [("alpha", T.FLOAT, [1, 1, P, P])])


def card():
    files = {part: {"file": f"{part}.onnx", "sha256": hashlib.sha256((HERE / f"{part}.onnx").read_bytes()).hexdigest()}
             for part in ("encoder", "matter")}
    (HERE / "card.json").write_text(json.dumps({
        "format": "distributed-matting-model/1", "name": "stand-in", "version": "1", "patch": P, "margin": 8,
        "contexts": 3, "stride": CELL, "channels": 5, "priors": False, "key_channels": KEYS, "value_channels": VALUES,
        "activations": [{"name": "features", "type": "float16", "shape": [1, VALUES, SIDE, SIDE]},
                        {"name": "detail", "type": "uint8", "shape": [1, 1, P, P]}],
        "files": files, "training": "none: a formula"}, indent=2) + "\n")


encoder()
matter()
card()
