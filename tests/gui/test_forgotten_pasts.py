"""Sessions that undo can bring back share one budget for all that they keep of their past."""
from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from core.train.control import Control
from core.train.loop import train
from core.train.moments import Moments
from core.train.session import Session
from gui.main_window import MainWindow
from gui.worker import Runner
from tests.core._build import chain, dense


def went_back(seed: int) -> Session:
    """A session that has trained, went back to its start, and knows where it stood."""
    session = Session(chain(dense(4), "tanh", dense(1), epochs=5, seed=seed))
    session.moments = Moments(session)
    list(train(session, Control()))
    first = session.moments.at(0)
    assert first is not None
    session.go_back(first)
    return session


@pytest.fixture
def runner() -> Runner:
    made = Runner()
    made._sessions.update({key: went_back(key) for key in range(3)})
    return made


def test_where_a_session_stood_before_it_went_back_counts_beside_its_moments() -> None:
    session = went_back(0)
    assert session.left is not None
    assert session.moments is not None
    arrays = (session.left.moment.weights, session.left.moment.state, session.left.rows)
    assert session.left.nbytes >= sum(array.nbytes for array in arrays) > session.left.moment.weights.nbytes
    assert session.past_nbytes == session.moments.nbytes + session.left.nbytes


def test_the_oldest_gives_up_all_of_its_past_when_what_all_keep_is_too_much(runner: Runner) -> None:
    oldest, other, present = runner._sessions.values()
    runner._forget_pasts(present, oldest.past_nbytes + other.past_nbytes)
    assert oldest.moments is not None
    assert oldest.left is not None
    runner._forget_pasts(present, oldest.past_nbytes + other.past_nbytes - 1)
    assert (oldest.moments, oldest.left, oldest.past_nbytes) == (None, None, 0)
    assert other.left is not None
    runner._forget_pasts(present, 0)
    assert other.past_nbytes == 0
    assert present.moments is not None
    assert present.left is not None, "the present one has a budget of its own"


def test_the_way_back_leads_nowhere_once_the_session_that_went_back_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_example("xor-mlp")
    trainer = window.context.trainer
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=10_000)
    trainer.one_epoch()
    qtbot.waitUntil(lambda: trainer.state == "paused", timeout=10_000)
    trainer.go_back(0)
    qtbot.waitUntil(lambda: trainer.state == "running", timeout=10_000)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.state == "paused", timeout=10_000)
    trainer.reset()
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=10_000)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.epoch > 2, timeout=10_000)
    left: list[object] = []
    trainer.left_behind.connect(left.append)
    run = trainer._run
    trainer.go_back(None)
    assert (trainer.state, trainer._run, left) == ("running", run, [])
