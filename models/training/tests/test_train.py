"""The training program: its plans, a short run with two networks, its resumption; a run in pieces and back."""

import contextlib
import csv
import io
import sys
import tempfile
import unittest
from argparse import ArgumentTypeError
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

import numpy as np

from hdmatt.checkpoint import load_network
from training import curve, shards, train
from training.gpu import pieces
from training.tests.test_pool import group


class PlanTest(unittest.TestCase):
    def test_what_is_not_said_has_a_default(self):
        plan = train.plan("s:width=0.5,every=3")
        self.assertEqual(("s", 0.5, "tgnl", True, 3), (plan.name, plan.config.width, plan.config.attention, plan.config.priors, plan.every))
        self.assertFalse(train.plan("s:priors=no").config.priors)

    def test_misspelt_plans_are_refused(self):
        for text in ("s:widht=0.5", ":width=1", "s:attention=some"):
            with self.assertRaises(ArgumentTypeError):
                train.plan(text)


class RunTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name, count in (("groups", 3), ("validation", 1)):
            (self.folder / name).mkdir()
            for number in range(count):
                windows = [(8 * i, 4 * i, 48) for i in range(3)]  # the least that the loss's pyramid takes
                shards.write(self.folder / name / f"group-{number:06d}.npy", group(number, windows)[0])

    def run_for(self, samples):
        arguments = ["train", "--groups", str(self.folder / "groups"), "--validation", str(self.folder / "validation"),
                     "-o", str(self.folder / "run"), "--samples", str(samples), "--images", "2", "--patches", "2",
                     "--wait-for", "3", "--network", "a:width=0.125", "--network", "b:width=0.125,priors=no,attention=none,every=2"]
        with mock.patch.object(sys, "argv", arguments), contextlib.redirect_stdout(io.StringIO()):
            train.main()

    def log(self, name):
        with open(self.folder / "run" / name / "log.csv", newline="") as file:
            return list(csv.DictReader(file))

    def test_networks_share_batches_and_go_on_where_they_stopped(self):
        self.run_for(16)
        self.assertEqual([("4", "16"), ("2", "8")], [(r["step"], r["samples"]) for r in (self.log("a")[-1], self.log("b")[-1])])
        kept = load_network(self.folder / "run/a/last.pt")
        self.run_for(24)
        self.assertEqual(("6", "24"), (self.log("a")[-1]["step"], self.log("a")[-1]["samples"]))
        moved = [float((p - q).abs().max()) for p, q in zip(kept.parameters(), load_network(self.folder / "run/a/last.pt").parameters())]
        self.assertGreater(max(moved), 0)
        self.assertTrue(all(np.isfinite(m) for m in moved))

    def test_a_run_comes_back_from_its_pieces(self):
        self.run_for(4)
        with mock.patch.object(pieces, "PIECE_BYTES", 100_000):
            pieces.split(self.folder / "run", self.folder / "out")
        self.assertGreater(len(list((self.folder / "out").iterdir())), 10)
        pieces.join(self.folder / "out", self.folder / "back")
        for name in ("a", "b"):
            self.assertEqual(self.log(name)[-1]["step"], "1")
            whole, back = (load_network(self.folder / at / name / "last.pt") for at in ("run", "back"))
            for p, q in zip(whole.state_dict().values(), back.state_dict().values()):
                self.assertLessEqual(float((p - q).abs().max()), 1e-3 * float(p.abs().max()) + 1e-6)
        self.assertEqual((self.folder / "run/a/log.csv").read_bytes(), (self.folder / "back/a/log.csv").read_bytes())


class CurveTest(unittest.TestCase):
    def test_runs_follow_one_another(self):
        runs = curve.follow([("one & two", [(100, 0.05, 0.06), (200, 0.04, 0.05)]), ("then", [(50, 0.03, 0.04)])])
        self.assertEqual([100, 200, 250], [p[0] for _, points in runs for p in points])
        texts = [e.text for e in ElementTree.fromstring(curve.draw(runs)).iter("{http://www.w3.org/2000/svg}text")]
        self.assertIn("one & two", texts)
        self.assertIn("250", texts)

    def test_no_checks_are_said(self):
        with self.assertRaisesRegex(SystemExit, "no check yet"):
            curve.draw([("one", [])])


if __name__ == "__main__":
    unittest.main()
