"""Why training went wrong, in words."""
from __future__ import annotations

import math

import numpy as np

from core.errors import Problem
from core.train.session import Session

EXPLOSION = 1e6
LARGE = 1e3


def not_finite(session: Session, loss: float) -> Problem:
    """What to say when the loss is no number any more: when, where first, why."""
    what = "not a number" if math.isnan(loss) else "infinite"
    when = f"in epoch {session.epoch + 1:,} (step {session.step + 1:,})"
    where = _first_bad(session)
    place = f", first in {_name(session, where)}" if where else ""
    finite = bool(np.isfinite(session.network.weights.flat).all())
    if where and finite and (domain := session.report.layers[where].domain):
        outside = f"The loss became {what} {when}{place}: its input is not of the kind that it takes."
        return Problem("train.domain", outside, node=where, hint=domain)
    size = np.abs(session.network.weights.flat)
    cause = "its values overflow" if np.all(size <= LARGE) else "the weights grew too large"
    message = f"The loss became {what} {when}{place}: {cause}."
    return Problem("train.not_finite", message, node=where, hint=_cure(session))


def diverged(session: Session, loss: float) -> Problem | None:
    """What to say when the loss of an epoch has grown beyond all bounds, or None while it has not.

    The first loss is the measure; after a failure the next one is, so that training can go on with other settings.
    """
    if math.isnan(session.first_loss):
        session.first_loss = loss
    if loss <= EXPLOSION * (1.0 + session.first_loss):
        return None
    first, session.first_loss = session.first_loss, math.nan
    return Problem("train.diverged", f"Training diverges: the loss grew from {first:.3g} to {loss:.3g} by epoch "
                   f"{session.epoch:,}.", hint=_cure(session))


def _cure(session: Session) -> str:
    smaller = f"Lower the learning rate (it is {session.learning_rate:g}), reset and train again"
    return f"{smaller}; scaling the data helps too." if not session.data.steps else f"{smaller}."


def _first_bad(session: Session) -> str | None:
    """The first node whose output, recomputed with the present weights, holds something that is no number."""
    values = session.network.predict_all(session.parts.train.x[:256])
    for unit in session.network.units:
        if not np.isfinite(values[unit.id]).all():
            return unit.id
    return None


def _name(session: Session, node: str) -> str:
    found = session.document.nodes[node]
    return found.title or session.report.layers[node].info.title
