"""How a metric went over the whole run, from the kept moments of it."""
from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.datasets import Samples
from core.metrics import METRICS, Metric, judge
from core.statistics import evenly
from core.train.probes._base import NotApplicable, Probe

if TYPE_CHECKING:
    from core.train.moments import Moment, Moments
    from core.train.session import Session

MOST = 2000
# Seconds that one answer may take, unless a single moment takes longer: in a run, and at rest.
BUDGET, AT_REST = 0.004, 0.02
COLUMNS = ("epoch", "step", "seconds", "value")


@dataclass(frozen=True, slots=True, eq=False)
class MetricCurve:
    """points (n, 4) float64, ascending: COLUMNS of every moment that was judged, and of the present, if that is what is
    looked at. `whole` says that no moment is left to be judged; `judged` of the `total` samples of the part were taken,
    evenly chosen."""

    metric: str
    part: str
    points: np.ndarray
    whole: bool
    judged: int
    total: int


@dataclass(slots=True)
class _Kept:
    """What is remembered from answer to answer. A moment is not known by its step: after going back the same step is
    another one."""

    metric: Metric
    samples: Samples
    total: int
    values: dict[Moment, float]


def compute(session: Session, metric: str, part: str = "train", turn: int = 0) -> MetricCurve | NotApplicable:
    """The curve of a metric on one part, "train", "validation" or "test". Each answer judges a few more moments, those
    first that lie the farthest from others. At rest, where an equal question is not asked
    twice, each `turn` from 1 on is another one."""
    found = _kept(session, metric, part)
    if isinstance(found, NotApplicable):
        return found
    rows: dict[int, tuple[float, ...]] = {}
    whole, moments = True, session.moments
    if moments is not None:
        whole = _judge_more(session, moments, found, AT_REST if turn else BUDGET)
        for step in moments.steps:
            moment = moments.at(step)
            if moment is not None and (value := found.values.get(moment)) is not None:
                rows[moment.step] = (_epoch(session, moment.epoch, moment.batch), moment.step, moment.seconds, value)
    if moments is None or moments.showing is None:
        here = (_epoch(session, session.epoch, session.batch), session.step, session.seconds, _value(session, found))
        rows[session.step] = here
    points = np.array([rows[step] for step in sorted(rows)], np.float64).reshape(-1, len(COLUMNS))
    return MetricCurve(metric, part, points, whole, len(found.samples), found.total)


def _kept(session: Session, metric: str, part: str) -> _Kept | NotApplicable:
    if metric not in METRICS or not _suits(METRICS[metric], len(session.parts.spec.classes)):
        return NotApplicable(f"{session.parts.title} is not judged by this metric.")
    if not session.network.goals[0].predicts:
        return NotApplicable("A metric needs a network that predicts targets; this one gives its input back or judges "
                             "whether samples are real.")
    samples: Samples = getattr(session.parts, part)
    if not len(samples):
        return NotApplicable(f"There is no {part} part.")
    key = ("metric", metric, part)
    if key not in session.cache:
        session.cache[key] = _Kept(METRICS[metric](), samples.take(evenly(len(samples), MOST)), len(samples), {})
    kept: _Kept = session.cache[key]
    return kept


def _suits(kind: type[Metric], classes: int) -> bool:
    return kind.single and kind().suits(classes)


def _judge_more(session: Session, moments: Moments, kept: _Kept, seconds: float) -> bool:
    """Judge moments for so many seconds. True if none is left."""
    held = [moment for step in moments.steps if (moment := moments.at(step)) is not None]
    for key in kept.values.keys() - set(held):
        del kept.values[key]
    in_turn = [held[place] for place in _spread(len(held))]
    waiting = [moment for moment in in_turn if moment not in kept.values]
    if not waiting:
        return True
    weights, state = session.network.weights.flat, session.network.state.flat
    before, remembered = weights.copy(), state.copy()
    end = time.perf_counter() + seconds
    try:
        for number, moment in enumerate(waiting):
            if number and time.perf_counter() >= end:
                return False
            weights[...], state[...] = moment.weights, moment.state
            kept.values[moment] = _value(session, kept)
    finally:
        weights[...], state[...] = before, remembered
    return True


def _spread(count: int) -> list[int]:
    """0 to count - 1: the last and the first, then always halves, so that a few show the course of all."""
    order, size = [count - 1, 0] if count else [], count
    while size > 1:
        size = (size + 1) // 2
        order += range(size, count - 1, size)
    return list(dict.fromkeys(order))


def _value(session: Session, kept: _Kept) -> float:
    own = session.parts.own
    output = session.network.predict(kept.samples.x)
    if not np.isfinite(output).all():
        return math.nan
    judged = judge(own(output), own(kept.samples.y), len(session.parts.spec.classes))
    return float(kept.metric.measure(judged))


def _epoch(session: Session, epoch: int, batch: int) -> float:
    return epoch + batch / session.rule.batches


PROBE = Probe("metric", compute)
