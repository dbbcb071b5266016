"""Why training went wrong, in words, and what to do."""
from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.errors import Problem
from core.graph.naming import title_of
from core.train.rescue import SAMPLES, Rescue, go_back
from core.train.sampling import look, watched
from core.train.session import Session

# A loss that has grown so many times is not on its way back.
EXPLOSION = 1e6
# What is so many times as large as it was, or as numbers in a network are, is out of bounds.
LARGE = 1e3
# Gradients that are so many times as long as all weights together explode, whatever the learning rate.
LONG = 100.0
# Inputs of this size make gradients as long by themselves.
UNSCALED = 10.0
PROBED = ("gradient", "autoencoder")


def most(session: Session) -> float:
    """The largest loss with which training goes on. What is no number is not below it either."""
    if math.isnan(session.first_loss):
        return sys.float_info.max
    return EXPLOSION * (1.0 + abs(session.first_loss))


@dataclass(frozen=True, slots=True)
class _Failure:
    """What is known when training went wrong: the loss, how large the output of each node is with the weights of then
    (`sizes`) and with those to which training went back (`before`), and whether the weights were finite and how large.
    """

    loss: float
    first: float
    epoch: int
    step: int
    sizes: Mapping[str, float]
    before: Mapping[str, float]
    finite: bool
    largest: float
    back: int | None

    @property
    def where(self) -> str | None:
        """The first node whose output is no number, or has grown beyond all bounds."""
        bad = (node for node, size in self.sizes.items() if not math.isfinite(size))
        grown = (node for node, size in self.sizes.items() if size > LARGE * max(1.0, self.before[node]))
        return next(bad, None) or next(grown, None)

    @property
    def when(self) -> str:
        """Epoch and step."""
        return f"in epoch {self.epoch:,} (step {self.step:,})"


def failure(session: Session, loss: float, rescue: Rescue) -> Problem:
    """What to say when a step ends with a loss that is no number or beyond all bounds. The session goes back to the
    last good weights."""
    weights, first, step = session.network.weights.flat, session.first_loss, session.step
    sizes, finite = _sizes(session), bool(np.isfinite(weights).all())
    largest = float(np.abs(weights).max(initial=0.0, where=np.isfinite(weights)))
    back = go_back(session, rescue)
    found = _Failure(loss, first, session.epoch + 1, step + 1, sizes, _sizes(session), finite, largest, back)
    return _told(session, found)


def _told(session: Session, found: _Failure) -> Problem:
    where = found.where
    place = f", first in {title_of(session.document, where)}" if where else ""
    if math.isfinite(found.loss):
        what = f"Training diverges: the loss grew from {found.first:.3g} to {found.loss:.3g} {found.when}{place}"
    else:
        kind = "not a number" if math.isnan(found.loss) else "infinite"
        what = f"The loss became {kind} {found.when}{place}"
    if (number := _gap(session)) is not None:
        return Problem("train.data", f"{what}: sample {number:,} of the training data holds a value that is no number.",
                       hint="Fill the gaps of the data, or leave out the rows that have some.")
    if where and found.finite and not math.isfinite(found.sizes[where]) \
            and (domain := session.report.layers[where].domain):
        return Problem("train.domain", f"{what}: its input is not of the kind that it takes.", node=where, hint=domain)
    if found.finite and not math.isfinite(found.loss) and max(found.sizes.values(), default=0.0) <= LARGE:
        loss = session.network.loss.info.title
        return Problem("train.loss", f"{what}: {loss} has no value for this prediction.", node=session.network.output,
                       hint="Put the activation that belongs to the loss before the Output, or choose another loss.")
    code = "train.diverged" if math.isfinite(found.loss) else "train.not_finite"
    if found.back is not None and _explodes(session):
        return Problem("train.exploding", f"{what}: the gradients explode on their way back.", node=where,
                       hint=f"Clip the gradient to a length of 1. {_again(found)}".strip(),
                       value=proven(session, found.back))
    overflow = found.finite and found.largest <= LARGE
    cause = "the steps are too large" if math.isfinite(found.loss) else \
        "its values overflow" if overflow else "the weights grew too large"
    return Problem(code, f"{what}: {cause}.", node=where, hint=f"{_cure(session, found.back)} {_again(found)}".strip(),
                   value=proven(session, found.back))


def proven(session: Session, back: int | None) -> float | None:
    """The learning rate of the best epoch up to the step to which the weights went back, if it is lower than that of
    now: with this one the network did learn."""
    names, rows = session.series.names, session.series.since(0)
    losses, rates, steps = (rows[:, names.index(name)] for name in ("loss", "learning_rate", "step"))
    known = np.isfinite(losses) & (rates > 0.0) & (steps <= (session.step if back is None else back))
    if not known.any():
        return None
    best = float(rates[known][losses[known].argmin()])
    return best if best < session.learning_rate else None


def _cure(session: Session, back: int | None) -> str:
    good = proven(session, back)
    learned = f"; it learned with {good:g}" if good is not None else ""
    smaller = f"Lower the learning rate (it is {session.learning_rate:g}{learned})"
    return f"{smaller}; scaling the data helps too." if not session.data.steps else f"{smaller}."


def _again(found: _Failure) -> str:
    return "" if found.back is None else f"The weights are those of step {found.back:,} again: train on from there."


def _sizes(session: Session) -> dict[str, float]:
    """The root mean square of every node's output with the present weights, in the order of the network; NaN where
    anything is no number."""
    with np.errstate(all="ignore"):
        values = session.network.predict_all(look(session, SAMPLES).x)
        return {unit.id: _size(values[unit.id]) for unit in session.network.units}


def _size(array: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(array, dtype=np.float64)))) if np.isfinite(array).all() else math.nan


def _gap(session: Session) -> int | None:
    """The first training sample that holds something that is no number."""
    for array in (session.parts.train.x, session.parts.train.y):
        rows = np.isfinite(array).reshape(len(array), -1).all(axis=1)
        if not rows.all():
            return int(np.argmin(rows)) + 1
    return None


def _explodes(session: Session) -> bool:
    """True if gradients are far too long with good weights already, though the inputs are not large."""
    if session.training.rule not in PROBED or _size(look(session).x) > UNSCALED:
        return False
    tape = watched(session, look(session))
    weights = float(np.linalg.norm(session.network.weights.flat.astype(np.float64)))
    return float(np.linalg.norm(tape.gradients.flat.astype(np.float64))) > LONG * weights
