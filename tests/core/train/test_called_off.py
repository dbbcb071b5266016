"""Orders that are taken back before the run has obeyed."""
import itertools

import pytest

from core.train.control import Control
from core.train.events import Explained, Finished, Paused
from core.train.loop import train
from core.train.session import Session
from tests.core._build import xor
from tests.core.train._drive import of, until


@pytest.mark.parametrize("other", ["step", "resume", "epoch"])
def test_a_slow_step_that_was_called_off_is_not_done_later(other):
    session, control = Session(xor(epochs=5)), Control(paused=True)
    events = train(session, control)
    until(events, Paused)
    control.explain()
    control.pause()
    getattr(control, other)()
    assert not of(list(itertools.takewhile(lambda event: not isinstance(event, (Paused, Finished)), events)), Explained)
