"""Steps that are so large that training has only made things worse."""
from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.errors import Problem
from core.train.cached import once
from core.train.health._base import Checkup, Rule, finding
from core.train.rescue import SAMPLES, SOUND
from core.train.sampling import look
from core.train.series import EPOCHS

if TYPE_CHECKING:
    from core.train.session import Session

# Some optimizers bound every step, so that a learning rate that is far too high does not make the loss explode: it
# leaps about for ever. A healthy run may have a bad epoch, but not so many.
EPOCHS_OF_LATE = 5
# A loss that has come down to this share in that time is on its way back.
RECOVERS = 0.5


def at_first(session: Session) -> float:
    """The loss of the untrained network: of the first batch, or of some samples, whichever is the larger, because a
    batch may be easy by chance. NaN if its weights are not known any more."""
    # Of a number and NaN, in this order, `max` gives the first.
    return max(once(session, "loss at first", lambda: _evaluated(session)), abs(session.first_loss))


def _evaluated(session: Session) -> float:
    moments, samples = session.moments, look(session, SAMPLES)
    if moments is None or moments.steps[:1] != (0,):
        return math.nan
    with moments.shown(0):
        return abs(session.network.evaluate(samples, session.network.targets(samples.y))[0])


def find(checkup: Checkup) -> Iterator[Problem]:
    """A training loss that has stayed well above that of the untrained network. Where two networks work against each
    other a larger loss is no illness."""
    session = checkup.session
    epoch = session.seen.epoch
    if session.training.rule == "adversarial" or epoch < EPOCHS_OF_LATE:
        return
    late = session.series.since(epoch - EPOCHS_OF_LATE)[:EPOCHS_OF_LATE, EPOCHS.index("loss")]
    most = SOUND * at_first(session)
    if len(late) == EPOCHS_OF_LATE and checkup.loss > most and late.min() > most and late[-1] > RECOVERS * late[0]:
        yield finding("worse", checkup.network.output, f"For {EPOCHS_OF_LATE} epochs the training loss has been more "
                      f"than twice that of the untrained network ({late[-1]:.3g} instead of {most / SOUND:.3g}): most "
                      f"likely the learning rate, {session.learning_rate:g}, is too high.",
                      "Lower the learning rate, and reset.")


RULE = Rule("worse", 8, find)
