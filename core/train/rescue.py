"""Weights to fall back on when training goes wrong."""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.layers import Array
from core.train.sampling import look
from core.train.session import Session

Copies = tuple[Array, ...]
# Weights are as good as untrained ones up to that many times the first loss: batches differ.
SOUND = 2.0
SAMPLES = 256


class Rescue:
    """Copies of flat vectors (the weights, and what nodes remember) from the start of the last two epochs.

    Two, because the update that breaks the weights shows in the loss of the next batch only, and that may be the
    first of an epoch.
    """

    def __init__(self, *vectors: Array):
        self._vectors = vectors
        self._newer, self._older = (tuple(v.copy() for v in vectors) for _ in range(2))
        self._steps = 0, 0

    def keep(self, step: int) -> None:
        """Remember the present numbers: those after so many steps."""
        self._newer, self._older = self._older, self._newer
        self._steps = step, self._steps[0]
        for copy, vector in zip(self._newer, self._vectors, strict=True):
            copy[...] = vector

    def kept(self) -> Iterator[tuple[int, Copies]]:
        """What is remembered, with its steps, the newest first."""
        return zip(self._steps, (self._newer, self._older), strict=True)


def go_back(session: Session, rescue: Rescue) -> int | None:
    """Go back to the newest weights that are no worse than untrained ones; the step that they are of.

    None if those of now are. Where none are as good, the best are taken. The epoch begins anew then, and the optimizer
    forgets what led to where nobody wants to be.
    """
    vectors = session.network.weights.flat, session.network.state.flat
    if _sound(session, _loss(session)):
        return None
    best = np.inf, -1, tuple(vector.copy() for vector in vectors)
    for step, copies in _newest_first(session, rescue):
        if not all(np.isfinite(copy).all() for copy in copies):
            continue
        _put(vectors, copies)
        loss = _loss(session)
        if best[1] < 0 or loss < best[0]:
            best = loss, step, copies
        if _sound(session, loss):
            break
    loss, step, copies = best
    if step < 0:
        return None
    _put(vectors, copies)
    if not _sound(session, loss):
        # The next loss is the measure.
        session.first_loss = np.nan
    session.rule.forget()
    session.skipped, session.batch = session.skipped + session.batch, 0
    session.renew()
    return step


def _newest_first(session: Session, rescue: Rescue) -> Iterator[tuple[int, Copies]]:
    found = dict(rescue.kept())
    for step in session.moments.steps if session.moments is not None else ():
        moment = session.moments.at(step) if session.moments is not None else None
        if moment is not None and step not in found:
            found[step] = moment.weights, moment.state
    return iter(sorted(found.items(), reverse=True))


def _put(vectors: Copies, copies: Copies) -> None:
    for vector, copy in zip(vectors, copies, strict=True):
        vector[...] = copy


def _loss(session: Session) -> float:
    samples = look(session, SAMPLES)
    loss: float = session.network.evaluate(samples, session.network.targets(samples.y))[0]
    return float(loss) if np.isfinite(session.network.weights.flat).all() else np.nan


def _sound(session: Session, loss: float) -> bool:
    most = SOUND * abs(session.first_loss)
    return bool(np.isfinite(loss)) and not loss > most
