"""The window's figures. Each run is a process of its own, off screen."""
from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from core.graph.document import Document
from core.io import documents, examples
from tests.bench import cases
from tests.bench.rows import Row, at_least, at_most, median

ROOT = Path(__file__).parents[2]
LIVE = ("curves", "boundary", "weights", "confusion")


def xor_window(rounds: int, quick: bool) -> list[Row]:
    """The first example with the panels of a first start."""
    return _watch("window", "XOR", examples.load("xor-mlp"), 1.0 if quick else 9.0, 0.5, ("boundary",))


def mlp_window(rounds: int, quick: bool) -> list[Row]:
    """A network of MNIST's shape."""
    document = cases.mlp(2000 if quick else 20_000)
    return _watch("window-mlp", "MNIST-like", document, 1.0 if quick else 9.0, 0.85, ())


def all_panels(rounds: int, quick: bool) -> list[Row]:
    """Four networks with the panels of a first start, then with every live panel open at once."""
    small = 1.0 if quick else 6.0
    chosen = {"XOR": examples.load("xor-mlp"), "spiral": examples.load("spiral"),
              "MNIST-like": cases.mlp(2000 if quick else 20_000), "CNN": cases.cnn(500 if quick else 5000)}
    return [row for name, document in chosen.items() for everything in (False, True)
            for row in _watch("window-all", f"{name}, {'all' if everything else 'default'} panels", document, small,
                              0.0, (), everything=everything)]


def views(rounds: int, quick: bool) -> list[Row]:
    """What one refresh of each panel costs: its answers in the run's thread, and drawing them in the window's."""
    chosen = {"XOR": examples.load("xor-mlp"), "spiral": examples.load("spiral"),
              "MNIST-like": cases.mlp(2000 if quick else 20_000), "CNN": cases.cnn(500 if quick else 5000)}
    rows = []
    for name, document in chosen.items():
        found = _run_apart("tests.bench.views_run", document, str(3 if quick else 15))
        for panel, costs in found.items():
            rows += [Row(case="views", what=f"{name}: {panel}, {what}", unit="ms", ours=cost)
                     for what, cost in costs.items()]
    return rows


def _watch(case: str, name: str, document: Document, seconds: float, share: float, drawn: tuple[str, ...], *,
           everything: bool = False) -> list[Row]:
    found = _run_apart("tests.bench.window_run", document, str(seconds), *(["--all"] if everything else []))
    rows = [Row(case=case, what=f"{name}: reaction, 95 %", unit="ms", ours=found["reaction_p95"], target="< 33 ms",
                met=found["reaction_p95"] < 33.0),
            Row(case=case, what=f"{name}: reaction, median", unit="ms", ours=found["reaction_p50"]),
            Row(case=case, what=f"{name}: reaction, longest", unit="ms", ours=found["reaction_max"])]
    for panel in LIVE:
        if panel in found["frames"]:
            rate, wanted = found["frames"][panel], panel in drawn
            rows.append(Row(case=case, what=f"{name}: frames of {panel}", unit="1/s", ours=rate,
                            target="≥ 30" if wanted else "", met=at_least(rate, 30.0) if wanted else None))
    rows.append(Row(case=case, what=f"{name}: training rate", unit="steps/s", ours=found["rate"], peer="headless",
                    theirs=found["headless"], ratio=found["share"], target=f"≥ {share:g} ×" if share else "",
                    met=at_least(found["share"], share) if share else None))
    rows.append(Row(case=case, what=f"{name}: the same while the mouse moves", unit="steps/s", ours=found["moved"],
                    peer="headless", theirs=found["headless"], ratio=found["moved_share"]))
    return rows


def _run_apart(module: str, document: Document, *arguments: str) -> dict[str, Any]:
    """What a module prints last about a document, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.json"
        documents.write(document, file)
        command = [sys.executable, "-m", module, str(file), *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise RuntimeError(f"the window did not come through: {done.stderr.strip().splitlines()[-1:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def start(rounds: int, quick: bool) -> list[Row]:
    """From the start of the process to the first painted window."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "LAYERLOOM_CONFIG": folder,
                                    "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        # The first start compiles the modules, as it does on every machine once.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        times = [_start(environment) for _ in range(2 if quick else 6)][1:]
    value = median(times)
    return [Row(case="start", what="process start to first painted window", unit="s", ours=value, target="≤ 1.5 s",
                met=at_most(value, 1.5))]


def _start(environment: dict[str, str]) -> float:
    begun = time.monotonic()
    command = [sys.executable, "-m", "tests.bench.start_run"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return float(done.stdout.split()[-1]) - begun


BENCHES: dict[str, Callable[[int, bool], Iterable[Row]]] = {
    "window": xor_window, "window-mlp": mlp_window, "window-all": all_panels, "views": views, "start": start,
} if importlib.util.find_spec("PySide6") else {}
