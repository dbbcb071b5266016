"""What the engine does without a peer beside it, each as a function that gives rows."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter

import numpy as np

from core.engine.network import Network
from core.graph.check import check
from tests.bench import cases
from tests.bench.ours import Training
from tests.bench.rows import Row, at_least, at_most, median


def gemm(rounds: int, quick: bool) -> list[Row]:
    """How much of the machine's speed at matrix products is left in a step that consists of them."""
    size = 512 if quick else 1536
    a, out = np.ones((size, size), np.float32), np.empty((size, size), np.float32)
    ours = Training(cases.wide(256 if quick else 1024), 1)
    network = ours.session.network
    # Forward, gradient of the weights, gradient of the input; the first layer has no input to tell.
    first = next(u.layer.cost((cases.WIDE_FEATURES,)) for u in network.units if u.layer.trainable)
    work = 2.0 * ours.session.rule.size * (3 * network.flops - first)
    peaks, shares, rates = [], [], []
    ours.run()
    for _ in range(rounds):
        peak = 2.0 * size**3 / min(_seconds(lambda: a.dot(a, out)) for _ in range(3))
        rates.append(ours.run() * work)
        peaks.append(peak)
        shares.append(rates[-1] / peak)
    return [Row(case="gemm", what="three Dense of 1024, batch 256, SGD", unit="GFLOP/s", ours=median(rates) / 1e9,
                peer="one product", theirs=median(peaks) / 1e9, ratio=median(shares), target="≥ 0.5 ×",
                met=at_least(median(shares), 0.5))]


def compile_(rounds: int, quick: bool) -> list[Row]:
    """From a document to passes over arrays."""
    document = cases.long(20 if quick else 200)
    report = check(document)
    built = [_seconds(lambda: Network(document, report).plan(32, train=True)) for _ in range(rounds)]
    checked = [_seconds(lambda: check(document)) for _ in range(rounds)]
    what = f"{len(document.nodes)} nodes in a chain"
    time = 1e3 * median(built)
    return [Row(case="compile", what=what, unit="ms", ours=time, target="< 100 ms", met=at_most(time, 100.0)),
            Row(case="compile", what=f"{what}: check alone", unit="ms", ours=1e3 * median(checked))]


def grid(rounds: int, quick: bool) -> list[Row]:
    """What every neuron says at every place of the plane."""
    document, side = cases.many_neurons(), 20 if quick else 100
    network = Network(document, check(document))
    x = np.random.default_rng(0).normal(size=(side * side, 7)).astype(np.float32)
    network.predict_all(x)
    everything = [_seconds(lambda: network.predict_all(x)) for _ in range(rounds)]
    output = [_seconds(lambda: network.predict(x)) for _ in range(rounds)]
    what = f"{side} × {side} points through 7-8×6-1"
    time = 1e3 * median(everything)
    return [Row(case="grid", what=f"{what}, all neurons", unit="ms", ours=time, target="< 2 ms",
                met=at_most(time, 2.0)),
            Row(case="grid", what=f"{what}, output only", unit="ms", ours=1e3 * median(output))]


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


BENCHES: dict[str, Callable[[int, bool], Iterable[Row]]] = {
    "gemm": gemm, "compile": compile_, "grid": grid,
}
