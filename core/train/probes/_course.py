"""What every layer gave at the moments that were kept: looked at a few moments at a time, and remembered."""
from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.layers import Array
from core.train.cached import of_moments, once
from core.train.health._curve import Curve, curve_of
from core.train.health._gates import flat_gates, has_gates
from core.train.health.dead import dead_units
from core.train.health.saturated import FLAT
from core.train.moments import Moment
from core.train.probes._fine import Fine, count
from core.train.probes._layerwise import numbers_of, placed
from core.train.sampling import LOOK, look, watched

if TYPE_CHECKING:
    from core.datasets import Samples
    from core.engine.plan import Unit
    from core.train.session import Session

ROWS = 40
# For one answer moments are looked at for so many seconds, but at least one of them.
SECONDS = 0.006
# So many numbers are enough of one moment: of a large network fewer samples are looked at.
NUMBERS, FEWEST = 1 << 19, 8
# Moments are about so far apart as the logarithm of step + EARLY is: see core.train.moments.GROWTH.
EARLY = 50


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """One node at one moment: `fine` counts its numbers, or, for gradients and updates, the powers of ten of their
    sizes. `size` is their root mean square, `flat` the share of dead or saturated units or gates, NaN for others."""

    fine: Fine
    size: float
    flat: float


@dataclass(frozen=True, slots=True)
class Course:
    """Traces by node at `steps`, after `epochs`, ascending: the last is the present. `samples` were looked at each
    time. `pending` moments are not looked at yet: ask again."""

    traces: tuple[Mapping[str, Trace], ...]
    steps: tuple[int, ...]
    epochs: tuple[int, ...]
    samples: int
    pending: int

    @property
    def nodes(self) -> list[str]:
        """The nodes of the present moment, in the order of the network."""
        return list(self.traces[-1])


def course(session: Session, what: str) -> Course:
    """The course of "activations", "gradients" or "updates"."""
    samples = look(session, _most(session))
    past, seen = session.moments, session.seen
    moments = [] if past is None else chosen([at for step in past.steps if step < seen.step and (at := past.at(step))])
    known: dict[Moment, dict[str, Trace]] = of_moments(session, ("course", what))
    fresh = [moment for moment in moments if moment not in known]
    until = time.perf_counter() + SECONDS
    # The latest first: what is seen in front comes at once.
    for number, moment in enumerate(reversed(fresh)):
        if number and time.perf_counter() > until:
            break
        assert past is not None
        with past.shown(moment.step):
            known[moment] = traced(session, what, samples)
    looked = [moment for moment in moments if moment in known]
    # Before there is a change there are no updates.
    told = [moment for moment in looked if known[moment]]
    return Course((*(known[moment] for moment in told), traced(session, what, samples)),
                  (*(moment.step for moment in told), seen.step), (*(moment.epoch for moment in told), seen.epoch),
                  len(samples), len(moments) - len(looked))


def chosen(moments: Sequence[Moment], most: int = ROWS - 1) -> list[Moment]:
    """At most that many of them, about as far from each other as they were kept. Which ones changes little while more
    are kept: all are put into equal spans of time, on the scale on which moments are even, and of each span the first
    is taken; with time two spans become one."""
    found, span = list(moments), 1.0 / 64.0
    while len(found) > most:
        firsts = {int(math.log(moment.step + EARLY) / span): moment for moment in reversed(moments)}
        found, span = list(reversed(firsts.values())), 2.0 * span
    return found


def traced(session: Session, what: str, samples: Samples) -> dict[str, Trace]:
    """All nodes at the moment that the network is at."""
    with np.errstate(all="ignore"):
        numbers = numbers_of(session, what, samples)
        flat = dict(_flat(session, numbers, samples)) if what == "activations" else {}
        return {node: Trace(_counted(array, what != "activations"), _size(array), flat.get(node, math.nan))
                for node, array in numbers.items()}


def _most(session: Session) -> int:
    """How many samples are looked at."""
    numbers = sum(math.prod(unit.shape) for unit in session.network.units)
    return max(FEWEST, min(LOOK, NUMBERS // max(1, numbers)))


def _flat(session: Session, values: Mapping[str, Array], samples: Samples) -> Iterator[tuple[str, float]]:
    """The share of dead units of nodes that rectify, of numbers at the ends of a function that saturates, and of gates
    of recurrent layers at theirs."""
    for unit, curve in _curves(session):
        slopes = np.abs(curve.slopes(values[unit.sources[0]]))
        yield unit.id, float((dead_units(slopes) if curve.rectifies else slopes < FLAT * curve.steepest).mean())
    if gated := [unit.id for unit in session.network.units if has_gates(unit)]:
        shown = watched(session, samples).shown
        for node in gated:
            yield node, flat_gates(shown.get(node, {}), FLAT)


def _curves(session: Session) -> list[tuple[Unit, Curve]]:
    """The hidden nodes whose function is flat at an end; the answers of a network are firm where it is sure."""
    return once(session, "course curves", lambda: _found_curves(session))


def _found_curves(session: Session) -> list[tuple[Unit, Curve]]:
    units, weights = session.network.units, session.network.weights
    answers = {source for unit in units if unit.layer.role == "output" for source in unit.sources}
    curves = [(unit, curve_of(unit, weights[unit.id])) for unit in units if unit.id not in answers]
    return [(unit, curve) for unit, curve in curves if curve is not None and (curve.rectifies or curve.saturates)]


def _counted(array: Array, log: bool) -> Fine:
    fine = count(placed(array, log))
    return replace(fine, counts=fine.counts.astype(np.int32))


def _size(array: Array) -> float:
    """The root mean square; NaN where one of the numbers is none."""
    return float(np.sqrt(np.mean(np.square(array, dtype=np.float64)))) if array.size else math.nan
