"""Metrics over the course of a run: what is asked for, and what came."""
from __future__ import annotations

import time
from collections.abc import Iterable

from core.train.events import Snapshot
from core.train.probes import NotApplicable
from core.train.probes.metric import COLUMNS, MetricCurve
from core.train.request import Request
from gui.curves.quantity import Quantity
from gui.plots.live_curve import Floats

PARTS = ("train", "validation")
# Seconds between two answers while training goes on.
REST = 0.4


class Measured:
    """Asks for the metrics that are drawn, now and then while training goes on, and at rest until they are whole."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], MetricCurve] = {}
        self._turn, self._last, self._fresh = 0, 0.0, False

    def forget(self) -> None:
        """It is another run."""
        self.found.clear()
        self._turn, self._last = 0, 0.0

    def requests(self, metrics: Iterable[str], *, running: bool) -> tuple[Request, ...]:
        """What to ask now."""
        if running and time.perf_counter() - self._last < REST:
            return ()
        return tuple(Request.of("metric", metric=metric, part=part, turn=0 if running else self._turn)
                     for metric in metrics for part in PARTS)

    def take(self, snapshot: Snapshot) -> None:
        """Keep what is answered."""
        whole = True
        for request, answer in snapshot.answers.items():
            if request.probe == "metric":
                self._last, self._fresh = time.perf_counter(), True
                named = dict(request.arguments)
                if isinstance(answer, MetricCurve):
                    self.found[answer.metric, answer.part] = answer
                    whole &= answer.whole
                elif isinstance(answer, NotApplicable):
                    self.found.pop((named["metric"], named["part"]), None)
        self._turn += not whole

    def news(self) -> bool:
        """True once after something came."""
        fresh, self._fresh = self._fresh, False
        return fresh

    def lines(self, quantity: Quantity) -> list[tuple[str, dict[str, Floats]]]:
        """The columns of every line of a metric, by its part."""
        return [(part, {name: curve.points[:, i] for i, name in enumerate(COLUMNS)})
                for part in PARTS if (curve := self.found.get((quantity.metric, part))) is not None]
