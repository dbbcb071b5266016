"""What is said of an epoch before it ends."""
from __future__ import annotations

import pytest

from core.train.control import Control
from core.train.events import Paused, Snapshot
from core.train.loop import train
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense

WEIGHTS = Request.of("weights")


def stepped(session: Session, steps: int) -> Snapshot:
    """The snapshot after so many more steps."""
    control = Control(paused=True)
    control.want([WEIGHTS])
    events = train(session, control)
    next(event for event in events if isinstance(event, Paused))
    if steps:
        control.step(steps)
        next(event for event in events if isinstance(event, Paused))
    control.look()
    return next(event for event in events if isinstance(event, Snapshot))


@pytest.fixture
def session() -> Session:
    return Session(chain(dense(3), "softmax", loss="categorical_crossentropy", source="iris", batch_size=20, epochs=3))


def test_a_snapshot_within_an_epoch_tells_the_mean_loss_of_its_batches_so_far(session: Session):
    losses = []
    step = session.rule.step
    session.rule.step = lambda batch: losses.append(step(batch)) or losses[-1]
    told = stepped(session, 3)
    assert told.epoch == 0
    assert told.so_far.share == pytest.approx(3 / session.rule.batches)
    # Batches of equal size.
    assert told.so_far.loss == pytest.approx(sum(losses) / 3, rel=1e-6)
    assert 0.0 <= told.so_far.score <= 1.0


def test_between_two_epochs_there_is_nothing_so_far(session: Session):
    assert stepped(session, 0).so_far is None
    assert stepped(session, session.rule.batches).so_far is None
    assert stepped(session, 1).so_far.share == pytest.approx(1 / session.rule.batches)
