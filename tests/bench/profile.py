"""Where the time of a training step goes, node by node: `python -m tests.bench --profile CASE`."""
from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from core.engine.network import Network
from core.engine.threads import at_work
from core.graph.document import Document
from core.layers import Layer, show
from core.losses import Loss
from core.losses._base import Bound
from core.train.session import Session
from tests.bench.ours import make_session
from tests.bench.rows import median

SECONDS = 3.0
UPDATE = "update"


@dataclass
class Clocks:
    """Seconds by node and part of a step, a list for every pass that was bound, so that threads never share one."""

    running: bool = False
    spent: dict[tuple[str, str], list[list[float]]] = field(default_factory=dict)

    def timed(self, node: str, part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """`work`, with the time that it takes noted."""
        times: list[float] = []
        self.spent.setdefault((node, part), []).append(times)

        def run(*given: Any) -> Any:
            begun = time.perf_counter()
            result = work(*given)
            if self.running:
                times.append(time.perf_counter() - begun)
            return result

        return run

    def total(self, node: str, part: str) -> float | None:
        """Seconds of one part of one node, as if each call had taken the median; None if it never ran."""
        lists = [times for times in self.spent.get((node, part), ()) if times]
        return sum(len(times) * median(times) for times in lists) if lists else None


@dataclass(frozen=True)
class Line:
    """One node: milliseconds a step. `rate` is what its matrix products make of the time, in GFLOP/s."""

    node: str
    title: str
    shape: str
    forward: float | None
    backward: float | None
    rate: float | None = None

    @property
    def both(self) -> float:
        return (self.forward or 0.0) + (self.backward or 0.0)


@dataclass(frozen=True)
class Profile:
    """Lines in the order of the graph, then the loss and the update, and the whole step."""

    lines: list[Line]
    step: float
    steps: int


def profile(document: Document, seconds: float = SECONDS) -> Profile:
    """Train `document` for about `seconds` with a clock at every pass of every node. Medians, as others work too."""
    clocks = Clocks()
    session = _watched(document, clocks)
    rule, took = session.rule, list[float]()
    with np.errstate(all="ignore"), at_work(session.network, -(-len(session.parts.train) // rule.batches)):
        _epoch(session, took, 3)
        took.clear()
        clocks.running, end = True, time.perf_counter() + seconds
        while not took or time.perf_counter() < end:
            _epoch(session, took, rule.batches, end)
    return Profile(_lines(session, clocks, len(took)), 1e3 * median(took), len(took))


def _epoch(session: Session, took: list[float], most: int, end: float = np.inf) -> None:
    session.rule.begin_epoch()
    for batch in range(min(most, session.rule.batches)):
        begun = time.perf_counter()
        session.rule.step(batch)
        took.append(time.perf_counter() - begun)
        if begun + took[-1] > end:
            return


def _watched(document: Document, clocks: Clocks) -> Session:
    """A session whose passes are all timed. They are bound anew, by layers that wrap what they bind."""
    session = make_session(document)
    session.network = Network(document, session.report, seed=session.training.seed)
    for unit in session.network.units:
        if unit.layer.role == "":
            _wrap_layer(unit.id, unit.layer, clocks)
    for goal in session.network.goals:
        _wrap_loss(goal.output, goal.loss, clocks)
    session.rule = type(session.rule)(session)
    updater = getattr(session.rule, "updater", None)
    if updater is not None:
        updater.update = clocks.timed(UPDATE, "forward", updater.update)
    return session


def _wrap_layer(node: str, layer: Layer, clocks: Clocks) -> None:
    bind = layer.bind

    def bound(frame: Any) -> tuple[Any, Any]:
        forward, backward = bind(frame)
        return clocks.timed(node, "forward", forward), clocks.timed(node, "backward", backward)

    layer.bind = bound  # type: ignore[method-assign]


def _wrap_loss(node: str, loss: Loss, clocks: Clocks) -> None:
    bind = loss.bind

    def bound(frame: Any) -> Bound:
        value, gradient, each = bind(frame)
        return Bound(clocks.timed(node, "forward", value), clocks.timed(node, "backward", gradient), each)

    loss.bind = bound  # type: ignore[method-assign]


def _lines(session: Session, clocks: Clocks, steps: int) -> list[Line]:
    network, lines = session.network, []
    shapes, losses = {u.id: u.shape for u in network.units}, {goal.output: goal.loss for goal in network.goals}
    samples = len(session.parts.train) / session.rule.batches
    for unit in network.units:
        forward, backward = (_per(clocks.total(unit.id, part), steps) for part in ("forward", "backward"))
        if forward is None:
            continue
        cost = unit.layer.cost(*(shapes[source] for source in unit.sources))
        # Forward only: how much of the backward pass is needed depends on what stands before the node.
        rate = 2e-6 * cost * samples / forward if cost and forward else None
        title = f"Loss: {losses[unit.id].info.title}" if unit.id in losses else unit.layer.info.title
        lines.append(Line(unit.id, title, show(unit.shape), forward, backward, rate))
    update = _per(clocks.total(UPDATE, "forward"), steps)
    return [*lines, Line("", f"Update: {session.training.optimizer.kind}", "", update, None)]


def _per(seconds: float | None, steps: int) -> float | None:
    return None if seconds is None else 1e3 * seconds / steps


def print_profile(case: str, found: Profile, console: Console) -> None:
    """The table, and what no node accounts for."""
    table = Table("node", "kind", "shape", title=f"{case}: {found.step:.3f} ms a step, {found.steps} steps")
    for title in ("forward ms", "backward ms", "share", "GFLOP/s forward"):
        table.add_column(title, justify="right")
    for line in found.lines:
        rate = "" if line.rate is None else f"{line.rate:.1f}"
        table.add_row(line.node, line.title, line.shape, _ms(line.forward), _ms(line.backward),
                      f"{line.both / found.step:.1%}", rate)
    rest = found.step - sum(line.both for line in found.lines)
    table.add_row("", "Rest: batch, sums, Python, clocks", "", _ms(rest), "", f"{rest / found.step:.1%}", "")
    console.print(table)
    if rest < 0:
        console.print("Threads work side by side: their times add up to more than a step takes.")


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
