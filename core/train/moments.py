"""The past of a run: all that training changed, at moments that lie ever farther apart, within a budget of memory."""
from __future__ import annotations

import math
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.layers import Array
from core.train.memory import Memory, generator_memory, recall_generator
from core.train.series import Note, epoch_series
from core.train.watch import Watch

if TYPE_CHECKING:
    from core.train.session import Session

BUDGET = 256 << 20
# A slider has no more places, however small the network is.
MOST = 600
GROWTH = 1.02
# To keep a moment that takes longer than LONG seconds may take that share of the time of a run.
LONG, LONGEST_SHARE = 0.001, 0.01
# A moment is about that many times as large as the weights: optimizers remember up to two more such vectors.
LARGEST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A session after `step` steps, `epoch` whole epochs and `batch` batches of the next: copies.

    `best` are the weights of the best epoch until then, by the number that `watch` names; `since` is that of Progress.
    """

    step: int
    epoch: int
    batch: int
    skipped: int
    seconds: float
    first_loss: float
    weights: Array
    state: Array
    rule: Memory
    chance: dict[str, Memory]
    best: Memory
    watch: Watch
    since: int

    @property
    def nbytes(self) -> int:
        """Bytes of its arrays."""
        arrays = (*self.rule.arrays.values(), *self.best.arrays.values())
        return self.weights.nbytes + self.state.nbytes + sum(array.nbytes for array in arrays)


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """Where a session stood when it went back, with the rows of its series (epochs, columns) and the notes on it.

    `since` is the step up to which its past is that of the session which it was left for.
    """

    moment: Moment
    rows: Array
    notes: tuple[Note, ...]
    since: int

    @property
    def nbytes(self) -> int:
        """Bytes of its arrays."""
        return self.moment.nbytes + self.rows.nbytes


class Moments:
    """What was kept of a session, by its steps.

    Written by the thread that trains; `steps` may be read from any other. After each moment the next is due when the
    steps have grown by GROWTH. If there are too many, or they need more than `budget` bytes, those go whose neighbours
    in time are the nearest; the first and the newest stay. Within `shown`, `showing` is that moment.
    """

    def __init__(self, session: Session, budget: int = BUDGET):
        self._session = session
        self.budget = budget
        self.showing: Moment | None = None
        self.steps: tuple[int, ...] = ()
        self.nbytes = 0
        self._held: dict[int, Moment] = {}
        self._next = session.step
        self._last = session.step, time.perf_counter()
        # A network of which not even a few moments fit has no past.
        self._fits = 2 * LARGEST * session.network.weights.flat.nbytes <= budget

    def due(self) -> bool:
        """True if the present state is to be kept."""
        return self._fits and self._session.step >= self._next

    def batches(self) -> int:
        """How many batches may pass before `due` is to be asked again."""
        return max(1, self._next - self._session.step) if self._fits else self._session.rule.batches

    def keep(self) -> None:
        """Keep the present state, unless it is kept."""
        step, began, pause = self._session.step, time.perf_counter(), 0
        if self._fits and step not in self._held:
            moment = captured(self._session)
            if 2 * moment.nbytes > self.budget:
                # What the rule remembers is not known before.
                self._fits = False
                self.forget_after(-1)
                return
            self._held[step] = moment
            self.nbytes += moment.nbytes
            self._thin()
            self.steps = tuple(sorted(self._held))
            pause = self._pause(step, began)
        self._next = max(step + 1, int(step * GROWTH), step + pause)

    def _pause(self, step: int, began: float) -> int:
        """For how many steps nothing is kept, so that keeping takes no more than its share of the time."""
        now = time.perf_counter()
        before, then = self._last
        self._last = step, now
        rate = (step - before) / max(now - then, 1e-9)
        return math.ceil(rate * (now - began) / LONGEST_SHARE) if now - began > LONG else 0

    def renew(self) -> None:
        """Something else than a step of training has changed the weights: keep what they are now, instead of what was
        kept at the present step. To be called between two steps, from whatever thread."""
        step, left = self._session.step, self._session.left
        if left is not None:
            self._session.left = replace(left, since=min(left.since, step - 1))
        if (stale := self._held.pop(step, None)) is not None:
            self.nbytes -= stale.nbytes
        self.keep()

    def at(self, step: int) -> Moment | None:
        """The moment that was kept last at that step or before; the first one if all came later."""
        steps = self.steps
        return self._held.get(steps[max(0, bisect_right(steps, step) - 1)]) if steps else None

    def forget_after(self, step: int) -> None:
        """The session was taken back to this step: what came later is of another run."""
        for later in [kept for kept in self._held if kept > step]:
            self.nbytes -= self._held.pop(later).nbytes
        self.steps = tuple(sorted(self._held))
        self._next = max(step + 1, int(step * GROWTH))

    @contextmanager
    def shown(self, step: int | None) -> Iterator[Moment | None]:
        """Within the block the network has the weights of that moment. None, or nothing kept: it stays as it is."""
        moment = None if step is None else self.at(step)
        network = self._session.network
        if moment is None or moment.step == self._session.step:
            yield None
            return
        before = self.showing
        weights, state = network.weights.flat.copy(), network.state.flat.copy()
        network.weights.flat[...], network.state.flat[...] = moment.weights, moment.state
        self.showing = moment
        try:
            yield moment
        finally:
            self.showing = before
            network.weights.flat[...], network.state.flat[...] = weights, state

    def _thin(self) -> None:
        """Drop what is missed the least, until the rest fits."""
        while len(self._held) > 2 and (self.nbytes > self.budget or len(self._held) > MOST):
            steps = sorted(self._held)
            inner = range(1, len(steps) - 1)
            least = min(inner, key=lambda i: (steps[i + 1] + 1) / (steps[i - 1] + 1))
            self.nbytes -= self._held.pop(steps[least]).nbytes


def captured(session: Session) -> Moment:
    """All that training has changed, but for the series of epochs: copies."""
    chance = {name: generator_memory(rng) for name, rng in session.generators().items()}
    progress = session.progress
    return Moment(session.step, session.epoch, session.batch, session.skipped, session.seconds, session.first_loss,
                  session.network.weights.flat.copy(), session.network.state.flat.copy(), session.rule.memory(), chance,
                  progress.best.memory(), progress.watch, progress.since)


def branch(session: Session, since: int) -> Branch:
    """Where a session stands; it shares its past up to a step with the session which it is left for."""
    return Branch(captured(session), session.series.since(0), session.series.notes, since)


def restore(session: Session, moment: Moment, rows: Array, notes: tuple[Note, ...]) -> None:
    """Take the session to a moment; it goes on with the same bits as it did then, with the live settings of now.

    `rows` is the series up to there, with the `notes` on it. It becomes another series, so that whoever draws the old
    one begins anew.
    """
    session.network.weights.flat[...], session.network.state.flat[...] = moment.weights, moment.state
    session.rule.recall(moment.rule)
    for name, rng in session.generators().items():
        recall_generator(rng, moment.chance[name])
    session.step, session.epoch, session.batch = moment.step, moment.epoch, moment.batch
    session.skipped, session.seconds, session.first_loss = moment.skipped, moment.seconds, moment.first_loss
    session.series = epoch_series(rows)
    session.series.notes = notes
    progress = session.progress
    progress.best.forget()
    if progress.watch == moment.watch:
        progress.best.recall(moment.best, moment.epoch)
    progress.since = moment.since
    progress.follow(progress.watch, rows)
    session.set_rate()
