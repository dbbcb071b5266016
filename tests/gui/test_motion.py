"""Who decides whether things may move by themselves."""
from __future__ import annotations

from collections.abc import Iterator

import pytest

from gui import motion
from gui.main_window import MainWindow
from gui.settings import Settings

system_reduces = motion.system_reduces


@pytest.fixture(autouse=True)
def a_system_that_moves(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(motion, "system_reduces", lambda: False)
    yield
    motion.ask(False)


def test_the_entry_reduce_motion_stills_everything_and_is_remembered(window: MainWindow) -> None:
    action = window.actions_by_id["view.reduce_motion"]
    assert not motion.reduced()
    assert not action.isChecked()
    action.trigger()
    assert motion.reduced()
    assert action.isChecked()
    assert Settings.load().reduce_motion
    action.trigger()
    assert not motion.reduced()
    assert not Settings.load().reduce_motion


def test_a_window_starts_with_what_was_remembered(request: pytest.FixtureRequest) -> None:
    Settings(reduce_motion=True).save()
    window = request.getfixturevalue("window")
    assert motion.reduced()
    assert window.actions_by_id["view.reduce_motion"].isChecked()


def test_a_system_that_asks_for_stillness_is_obeyed_whatever_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "system_reduces", lambda: True)
    motion.ask(False)
    assert motion.reduced()


def test_nothing_moves_off_screen_where_nobody_watches(window: MainWindow) -> None:
    assert system_reduces()
