"""Does the cost grow in proportion? Time per node, per sample and per time step, over sizes far apart."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from time import perf_counter

from core.engine.network import Network
from core.graph.check import check
from core.graph.document import Document
from tests.bench import cases
from tests.bench.ours import Steps, invent
from tests.bench.rows import Row, alternate, at_most, median

NODES = (10, 30, 100, 300, 1000)
SAMPLES = (64, 256, 1024, 4096)
TIMES = (25, 50, 100, 200, 400)
MOST = 1.5
MOMENT = 0.05


class Compiling:
    """From a document to a plan; the rate is per second."""

    def __init__(self, name: str, document: Document):
        self.name, self.document = name, document

    def run(self) -> float:
        begun = perf_counter()
        Network(self.document, check(self.document)).plan(32, train=True)
        return 1.0 / (perf_counter() - begun)


class Sized(Steps):
    """Steps over all of `samples` at once, as many as fill a moment."""

    def __init__(self, name: str, document: Document, samples: int):
        super().__init__(document, 1, invent(document, samples))
        self.name = name
        self.epochs = max(1, round(MOMENT * self.run()))


def linear(rounds: int, quick: bool) -> list[Row]:
    """What one node, one sample, one time step costs, where there are few and where there are many."""
    nodes, samples, times = (sizes[:2] if quick else sizes for sizes in (NODES, SAMPLES, TIMES))
    chains = {size: Compiling(f"compile, {size} nodes in a chain", cases.long(size)) for size in nodes}
    rows = per_unit(alternate([*chains.values()], rounds), {c.name: size for size, c in chains.items()}, "node")
    for what, unit, sizes, make in (
        ("step, {} nodes in a chain", "node", nodes, lambda n: (cases.long(n), 32)),
        ("step of the MLP, batch {}", "sample", samples, lambda n: (cases.mlp(batch=n), n)),
        ("step of LSTM 128, T {}", "time step", times, lambda n: (cases.recurrent("lstm", time=n), 32)),
    ):
        steps = {size: Sized(what.format(size), *make(size)) for size in sizes}
        rows += per_unit(alternate([*steps.values()], rounds), {s.name: size for size, s in steps.items()}, unit)
    return rows


def per_unit(rates: Mapping[str, list[float]], sizes: Mapping[str, int], unit: str) -> list[Row]:
    """Microseconds per unit, and how many times those of the cheapest size, which the largest must stay close to."""
    per = {name: [1e6 / rate / sizes[name] for rate in found] for name, found in rates.items()}
    cheapest, largest = min(per, key=lambda name: median(per[name])), max(sizes, key=lambda name: sizes[name])
    rows = []
    for name, times in per.items():
        ratio = median([a / b for a, b in zip(times, per[cheapest], strict=True)])
        rows.append(Row(case="linear", what=name, unit=f"µs per {unit}", ours=median(times), ratio=ratio,
                        peer=f"cheapest: {sizes[cheapest]}", theirs=median(per[cheapest]),
                        target=f"≤ {MOST:g} ×" if name == largest else "",
                        met=at_most(ratio, MOST) if name == largest else None))
    return rows


BENCHES: dict[str, Callable[[int, bool], Iterable[Row]]] = {"linear": linear}
