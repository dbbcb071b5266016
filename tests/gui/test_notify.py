"""What is said reaches the toasts and the list."""
from __future__ import annotations

import logging

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.errors import Problem
from core.train.events import Failed, Finished, Warned
from gui.context import AppContext
from gui.notify import KEPT, Notice, Notifier
from gui.toasts import MOST, Toasts


def shown(context: AppContext, qtbot: QtBot) -> tuple[QWidget, Toasts]:
    place = QWidget()
    place.resize(700, 500)
    qtbot.addWidget(place)
    toasts = Toasts(context, place)
    place.show()
    return place, toasts


def test_the_same_thing_said_twice_is_kept_once() -> None:
    notify = Notifier()
    notify.info("Saved.")
    notify.info("Saved.")
    notify.error("Saved.")
    assert [n.level for n in notify.notices] == ["info", "error"]


def test_the_list_of_notices_does_not_grow_for_ever() -> None:
    notify = Notifier()
    for i in range(KEPT + 10):
        notify.info(f"Line {i}.")
    assert len(notify.notices) == KEPT
    assert notify.notices[-1].text == f"Line {KEPT + 9}."


def test_a_refusal_is_a_warning_with_the_hint() -> None:
    notify = Notifier()
    notify.refuse(Problem("edge.cycle", "This would close a loop.", hint="Wire it the other way."))
    assert notify.notices == [Notice("warning", "This would close a loop.", hint="Wire it the other way.")]
    assert notify.notices[0].prose == "This would close a loop. Wire it the other way."


def test_an_equal_toast_is_replaced_and_the_oldest_makes_room(context: AppContext, qtbot: QtBot) -> None:
    _, toasts = shown(context, qtbot)
    for text in ("a", "b", "a"):
        context.notify.error(text)
    assert [t.notice.text for t in toasts.shown] == ["b", "a"]
    for i in range(MOST):
        context.notify.error(f"more {i}")
    assert len(toasts.shown) == MOST
    toasts.clear()
    assert not toasts.shown


def test_toasts_stay_inside_the_canvas_and_do_not_overlap(context: AppContext, qtbot: QtBot) -> None:
    place, toasts = shown(context, qtbot)
    context.notify.error("A long sentence that needs more than one line in the narrow toast that it gets here.")
    context.notify.warn("Short.")
    for size in ((700, 500), (420, 360)):
        place.resize(*size)
        first, second = (t.geometry() for t in toasts.shown)
        assert not first.intersects(second)
        assert place.rect().contains(first)
        assert place.rect().contains(second)
    toasts.clear()


def test_a_good_word_leaves_by_itself_and_an_error_stays(context: AppContext, qtbot: QtBot) -> None:
    _, toasts = shown(context, qtbot)
    context.notify.error("It failed.")
    context.notify.info("It worked.")
    toasts.shown[1]._timer.setInterval(1)
    qtbot.waitUntil(lambda: len(toasts.shown) == 1)
    assert toasts.shown[0].notice.text == "It failed."
    assert not toasts.shown[0]._timer.isActive()
    toasts.clear()


def test_the_button_of_a_toast_acts_and_takes_the_toast_away(context: AppContext, qtbot: QtBot) -> None:
    _, toasts = shown(context, qtbot)
    done: list[str] = []
    context.notify.error("It failed.", action_text="Again", action=lambda: done.append("again"))
    button = toasts.shown[0].findChild(QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["again"]
    assert not toasts.shown


def test_a_run_says_how_it_ended_and_what_is_odd(logged: list[logging.LogRecord]) -> None:
    notify = Notifier()
    odd = Problem("train.dead", "Half of the units are dead.", "warning", hint="Lower the learning rate.")
    broken = Problem("train.nan", "The loss is not a number.")
    notify.report(Warned(1, odd))
    notify.report(Finished(1, 9, 9, "converged", "Converged at epoch 9."))
    notify.report(Finished(1, 9, 9, "stopped", "Stopped."))
    notify.report(Failed(1, broken))
    assert [(n.level, n.text) for n in notify.notices] == [
        ("warning", odd.message), ("info", "Converged at epoch 9."), ("error", broken.message)]
    notify.report(Failed(1, broken, "Traceback"))
    assert "Traceback" in logged.pop().getMessage()


def test_a_run_that_failed_says_what_mends_it() -> None:
    notify, done = Notifier(), []
    broken = Problem("data.picture", "The picture is damaged.")
    notify.report(Failed(1, broken), "Skip it", lambda: done.append("skipped"))
    (notice,) = notify.notices
    assert notice.action_text == "Skip it"
    assert notice.action is not None
    notice.action()
    assert done == ["skipped"]


def test_toasts_leave_the_lower_right_corner_to_what_stands_there(context: AppContext, qtbot: QtBot) -> None:
    place, toasts = shown(context, qtbot)
    toasts.aside = 200
    context.notify.warn("A sentence that is long enough to need all of the room that a toast can have in a canvas.")
    place.resize(560, 400)
    assert toasts.shown[0].geometry().right() < 360
    toasts.clear()
