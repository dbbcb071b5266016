"""The engine's figures, each as a function that gives rows."""
from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import numpy as np

from core.engine.network import Network
from core.graph.check import check
from core.graph.document import Document
from tests.bench import cases, memory, peers
from tests.bench.ours import Steps, Training
from tests.bench.rows import Contestant, Row, against, alternate, at_least, median


def xor(rounds: int, quick: bool) -> list[Row]:
    """Everything is call overhead."""
    epochs = 300 if quick else 3000
    return _small("xor", "2-4-1, full batch, SGD", cases.xor(), epochs, peers.xor, 5.0, rounds)


def spiral(rounds: int, quick: bool) -> list[Row]:
    """Small batches, gathered in a new order every epoch."""
    epochs = 4 if quick else 40
    return _small("spiral", "2-8-8-1 tanh, batch 10, SGD", cases.spiral(), epochs, peers.spiral, 4.0, rounds)


def _small(case: str, what: str, document: Document, epochs: int, others: Callable[..., list[peers.Torch]],
           least: float, rounds: int) -> list[Row]:
    ours, bare = Training(document, epochs), Steps(document, epochs)
    torch = others(ours.session.parts.train, max(epochs // 5, 2))
    rates = alternate([ours, bare, *torch], rounds)
    names = [contestant.name for contestant in torch]
    return [against(case, what, rates, ours.name, names, "PyTorch", least),
            against(case, "the same, without a run around it", rates, bare.name, names, "PyTorch", None)]


def mlp(rounds: int, quick: bool) -> list[Row]:
    """Matrix products and memory traffic."""
    ours = Training(cases.mlp(1280 if quick else cases.MNIST["samples"]), 1)
    # The peers draw their batches from the same samples, but need not go through all of them in a round.
    train = ours.session.parts.train
    samples = 640 if quick else len(train) // 5
    torch = peers.mlp(train, steps=-(-samples // 64))
    sklearn = [peers.Sklearn(f"scikit-learn, {n} BLAS thread{'s' if n > 1 else ''}", train, samples, n) for n in (1, 2)]
    contestants: list[Contestant] = [ours, *torch, *sklearn]
    rates = alternate(contestants, rounds)
    what, plain = "784-256-128-10, dropout, Adam, batch 64", [t.name for t in torch if "fused" not in t.name]
    return [
        against("mlp", what, rates, ours.name, plain, "PyTorch", 3.0),
        against("mlp", "the same, Adam fused", rates, ours.name, [t.name for t in torch if "fused" in t.name],
                "PyTorch, fused", 3.0),
        against("mlp", what, rates, ours.name, [s.name for s in sklearn], "scikit-learn", 1.5),
    ]


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
    return [Row(case="compile", what=what, unit="ms", ours=1e3 * median(built)),
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
    return [Row(case="grid", what=f"{what}, all neurons", unit="ms", ours=1e3 * median(everything)),
            Row(case="grid", what=f"{what}, output only", unit="ms", ours=1e3 * median(output))]


def peak_memory(rounds: int, quick: bool) -> list[Row]:
    """Peak of a process that trains the MLP, and how much of it came with the training."""
    samples = 1280 if quick else 6000
    ours = memory.measure("ours", samples)
    theirs = memory.measure("torch", samples) if peers.torch else None
    rows = []
    for key, what in (("peak", "whole process"), ("grown", "beyond imports and samples")):
        mine, other = ours[key], theirs[key] if theirs else None
        rows.append(Row(case="memory", what=f"MLP, {what}", unit="MB", ours=mine, peer="PyTorch", theirs=other,
                        ratio=mine / other if other else None, target="< 1 ×",
                        met=None if other is None else mine < other))
    return rows


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


BENCHES: dict[str, Callable[[int, bool], Iterable[Row]]] = {
    "xor": xor, "spiral": spiral, "mlp": mlp, "gemm": gemm, "compile": compile_, "grid": grid, "memory": peak_memory,
}
