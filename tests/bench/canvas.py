"""The canvas's figures: large networks at the real window, and what an edit costs behind it."""
from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping

from core.engine.cost import costs
from core.graph import edits
from core.graph.check import check
from core.graph.document import Document, diff
from core.train.essence import alike
from tests.bench.ladders import ladder
from tests.bench.rows import Row, median
from tests.bench.window import ROOT

# Nodes, and the longest that a frame may take in milliseconds, where that is promised.
SIZES = ((50, 16.7), (500, 16.7), (2000, 33.3))
EDITED = ((500, 10.0), (2000, 40.0))
OPENED = 1.5


def canvas(rounds: int, quick: bool) -> list[Row]:
    """Frames of a person who edits, drags, pans, zooms and selects, all in view and at 100 %."""
    rows: list[Row] = []
    for count, limit in SIZES[:1] if quick else SIZES:
        command = [sys.executable, "-m", "tests.bench.canvas_run", str(count), "--frames", "8" if quick else "80"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise RuntimeError(f"the window did not come through: {done.stderr.strip().splitlines()[-1:]}")
        rows += frames(count, limit, json.loads(done.stdout.splitlines()[-1]))
    return rows


def frames(count: int, limit: float, times: Mapping[str, list[float]]) -> list[Row]:
    """Median and 95 % of the frames of one network, by what was done; `limit` in milliseconds."""
    case, rows = f"canvas {count:,}", []
    for what, taken in times.items():
        ordered = sorted(taken)
        if what == "open":
            rows.append(Row(case=case, what="open, to the first picture", unit="s", ours=ordered[0],
                            target=f"< {OPENED:g} s", met=ordered[0] < OPENED))
        elif not what.endswith(", end"):
            value, most = 1e3 * median(ordered), 1e3 * ordered[int(0.95 * (len(ordered) - 1))]
            rows += [Row(case=case, what=f"{what}, median", unit="ms", ours=value, target=f"< {limit:g} ms",
                         met=value < limit),
                     Row(case=case, what=f"{what}, 95 %", unit="ms", ours=most)]
    return rows


def edit(rounds: int, quick: bool) -> list[Row]:
    """What core does after an edit of one parameter: difference, check with shapes, costs, comparison of sessions."""
    rows = []
    for count, limit in EDITED[:1] if quick else EDITED:
        taken = [1e3 * seconds for seconds in _edits(ladder(count), 4 if quick else 40)]
        rows.append(Row(case="edit", what=f"{count:,} nodes: difference, check and costs", unit="ms",
                        ours=median(taken), target=f"< {limit:g} ms", met=median(taken) < limit))
    return rows


def _edits(old: Document, many: int) -> Iterable[float]:
    report, name = check(old), next(name for name, node in old.nodes.items() if node.kind == "dense")
    known = costs(old, report)
    for number in range(many):
        begun = time.perf_counter()
        new = edits.set_params(old, name, {"units": 16 + number % 2})
        if diff(old, new).structure:
            before, report = report, check(new, report)
            known = costs(new, report, known)
            alike(old, before.live, new, report.live)
        old = new
        yield time.perf_counter() - begun


BENCHES: dict[str, Callable[[int, bool], Iterable[Row]]] = {"edit": edit} | (
    {"canvas": canvas} if importlib.util.find_spec("PySide6") else {})
