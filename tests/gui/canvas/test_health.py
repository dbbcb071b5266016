"""Marks on nodes that are not well: they come after two looks, go after two, and say what to try."""
from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from core.errors import Problem
from core.graph import edits
from core.train.events import Snapshot
from core.train.probes.health import Health
from gui.canvas.health import ASK, EVERY, HealthFeed, HealthMarks
from gui.context import AppContext
from gui.main_window import MainWindow

ILL = Problem("health.dead", "6 of 10 units of ReLU are dead.", "warning", node="hidden", hint="Use Leaky ReLU.")


def tell(feed: HealthFeed, *findings: Problem) -> None:
    feed._take(Snapshot(1, 0, 0, {ASK[0]: Health(0, findings)}, 0.0))


@pytest.fixture
def feed(context: AppContext) -> HealthFeed:
    return HealthFeed(context.trainer, context)


def test_a_finding_has_to_hold_in_two_looks_to_come_and_to_be_gone_in_two_to_go(feed: HealthFeed) -> None:
    shown = []
    for findings in ((ILL,), (), (ILL,), (ILL,), (), (ILL,), (), ()):
        tell(feed, *findings)
        shown.append(bool(feed.found))
    assert shown == [False, False, False, True, True, True, True, False]


def test_a_number_that_changes_is_kept_up_to_date_without_a_flicker(feed: HealthFeed) -> None:
    worse = Problem("health.dead", "7 of 10 units of ReLU are dead.", "warning", node="hidden")
    for findings in (ILL, ILL, worse):
        tell(feed, findings)
    assert feed.found == {"hidden": worse}


def test_at_rest_it_asks_twice_and_then_no_more_until_something_changes(feed: HealthFeed) -> None:
    assert feed.requests() == ASK
    tell(feed)
    assert feed.requests() == ASK
    tell(feed)
    assert feed.requests() == ()
    feed.again()
    assert feed.requests() == ASK


def test_while_training_it_asks_once_a_second(feed: HealthFeed, context: AppContext,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    context.trainer.state = "running"
    now = [100.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    assert feed.requests() == ASK
    tell(feed)
    now[0] += 0.9 * EVERY
    assert feed.requests() == ()
    now[0] += 0.2 * EVERY
    assert feed.requests() == ASK
    context.trainer.state = "ready"


def test_a_sick_network_is_marked_on_its_card_and_the_bubble_says_what_to_try(window: MainWindow,
                                                                              qtbot: QtBot) -> None:
    canvas, scene = window.canvas, window.canvas.canvas_scene
    feed = scene.companion(HealthMarks).feed
    window.files.open_example("xor-mlp")
    name = "hidden"
    ill = Problem("health.vanishing", "The gradient vanishes.", "warning", node=name, hint="Use ReLU.")
    tell(feed, ill)
    tell(feed, ill)
    item = scene.nodes[name]
    assert item.look.health == (ill,)
    assert item.look.severity == "", "it is no error"
    assert "not well" in item.look.spoken
    context = window.context
    context.edit("Rename", lambda doc: edits.rename(doc, name, "Renamed"))
    assert item.look.health == (ill,), "an edit of its words leaves the mark"
    assert item.look.title == "Renamed"
    canvas.fit()
    scene.hover(scene.hit(item.card().center() - QPointF(0, item.card().height() / 2 - 6)))
    bubble = canvas.bubble
    bubble.refresh()
    assert bubble.problem == ill
    tell(feed)
    tell(feed)
    assert item.look.health == ()
