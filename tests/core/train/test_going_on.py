"""A run that is over goes on when more epochs are asked for, whatever it is busy with at that moment."""
from __future__ import annotations

import pytest

from core.graph import edits
from core.io import examples
from core.train.control import Control
from core.train.events import EpochDone, Event, Finished, Paused, Resumed, Snapshot
from core.train.loop import train
from core.train.request import Request
from core.train.session import Session


def over() -> Session:
    """XOR after its last epoch, of two."""
    session = Session(edits.set_training(examples.load("xor-mlp"), {"epochs": 2}))
    assert isinstance(list(train(session, Control()))[-1], Finished)
    assert session.over
    return session


@pytest.mark.parametrize("way", ["step", "epoch", "explain", "resume"])
def test_more_epochs_asked_for_while_an_answer_is_computed_are_trained(way: str) -> None:
    session, control = over(), Control(paused=True)
    control.want([Request.of("weights", node="")])
    told: list[Event] = []
    for event in train(session, control):
        told.append(event)
        if isinstance(event, Snapshot) and not any(isinstance(e, (Resumed, Snapshot)) for e in told[:-1]):
            control.change(more=1)
            getattr(control, way)()
        if isinstance(event, EpochDone):
            control.stop()
    assert (session.epoch, session.epochs) == (3, 3)
    assert sum(isinstance(event, EpochDone) for event in told) == 1
    assert not any(isinstance(event, Paused) for event in told)
