"""Weights that somebody sets, or loads from a file, are part of the past that the slider shows."""
from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.train.events import Snapshot
from gui.main_window import MainWindow
from gui.timeline import Timeline
from gui.trainer import Trainer

BY_HAND = 7.25


@pytest.fixture
def trainer(window: MainWindow, qtbot: QtBot) -> Trainer:
    """That of the window, paused after 10 epochs of XOR, a kept moment."""
    window.files.open_example("xor-mlp")
    found = window.context.trainer
    qtbot.waitUntil(lambda: found.state == "ready", timeout=10_000)
    go_to(found, qtbot, 10)
    return found


def go_to(trainer: Trainer, qtbot: QtBot, epoch: int) -> None:
    while trainer.epoch < epoch:
        here = trainer.epoch
        trainer.one_epoch()
        qtbot.waitUntil(lambda here=here: trainer.epoch == here + 1 and trainer.state == "paused", timeout=10_000)


def first_weight(trainer: Trainer) -> tuple[str, str]:
    key = next(key for key in trainer.shapes() if key.endswith(".W"))
    node, _, name = key.rpartition(".")
    return node, name


def kept(trainer: Trainer, step: int) -> np.ndarray:
    """The weights that the past has at a step."""
    assert trainer._session is not None
    assert trainer._session.moments is not None
    moment = trainer._session.moments.at(step)
    assert moment is not None
    assert moment.step == step
    return moment.weights


def test_a_weight_that_was_set_by_hand_is_what_the_slider_leads_back_to(trainer: Trainer, qtbot: QtBot) -> None:
    step = trainer.step_count
    assert step in trainer.moments
    node, name = first_weight(trainer)
    trainer.set_weight(node, name, (0, 0), BY_HAND)
    by_hand = trainer.weights()
    assert by_hand is not None
    go_to(trainer, qtbot, 15)
    seen: list[Snapshot] = []
    trainer.told.connect(lambda event: seen.append(event) if isinstance(event, Snapshot) and event.past else None)
    trainer.view(step)
    qtbot.waitUntil(lambda: bool(seen), timeout=5000)
    assert seen[-1].step == step
    assert BY_HAND in kept(trainer, step)
    trainer.go_back(step)
    qtbot.waitUntil(lambda: trainer.running, timeout=5000)
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.state == "paused", timeout=5000)
    assert BY_HAND in kept(trainer, step)


def test_weights_of_a_file_take_the_place_of_those_that_were_kept_and_end_looking_back(
        trainer: Trainer, qtbot: QtBot) -> None:
    step, loaded = trainer.step_count, trainer.weights()
    assert loaded is not None
    trainer.view(0)
    trainer.load_weights({name: np.full_like(array, BY_HAND) for name, array in loaded.items()}, "all.npz")
    assert trainer.moment is None
    assert (kept(trainer, step) == BY_HAND).all()
    assert not (kept(trainer, 0) == BY_HAND).any()


def test_nobody_looks_back_while_the_network_has_problems(window: MainWindow, trainer: Trainer, qtbot: QtBot) -> None:
    timeline = window.findChild(Timeline)
    assert timeline is not None
    timeline.slider.setValue(0)
    assert trainer.moment == 0
    edge = next(iter(window.context.document.edges))
    window.context.edit("Cut", lambda doc: edits.disconnect(doc, [edge]))
    assert trainer.state == "invalid"
    assert trainer.moment is None
    assert timeline.label.text() == "now"


def test_a_run_that_ends_while_somebody_looks_back_leaves_him_there(
        window: MainWindow, trainer: Trainer, qtbot: QtBot) -> None:
    window.context.edit("Fewer", lambda doc: edits.set_training(doc, {"epochs": 400}))
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.running, timeout=5000)
    trainer.view(3)
    qtbot.waitUntil(lambda: trainer.state == "finished", timeout=20_000)
    qtbot.waitUntil(lambda: trainer._standing, timeout=5000)
    assert trainer.moment == 3
    seen: list[Snapshot] = []
    trainer.told.connect(lambda event: seen.append(event) if isinstance(event, Snapshot) else None)
    trainer.want(window.docks.requests())
    qtbot.waitUntil(lambda: bool(seen), timeout=5000)
    assert seen[-1].past


def test_closing_the_window_puts_away_what_floats(window: MainWindow) -> None:
    docks = [window.docks.docks[name] for name in ("slow", "weights", "neuron")]
    for dock in docks:
        window.docks.show(dock.info.id)
        dock.setFloating(True)
    window.context.history.mark_saved()
    window.close()
    assert not any(dock.isVisible() for dock in docks)


def test_the_pasts_of_networks_that_undo_would_bring_back_share_one_budget(
        window: MainWindow, trainer: Trainer, qtbot: QtBot) -> None:
    sessions = trainer._worker._runner._sessions
    budget = trainer.budget = 6_000
    node, _ = first_weight(trainer)
    for units in (5, 6, 7, 8, 9):
        window.context.edit("More", lambda doc, units=units: edits.set_params(doc, node, {"units": units}))
        qtbot.waitUntil(lambda: trainer.state in ("ready", "paused") and trainer._standing, timeout=10_000)
        go_to(trainer, qtbot, trainer.epoch + 10)
    pasts = [session.moments for session in sessions.values()]
    assert pasts[-1] is not None
    assert len(pasts[-1].steps) > 4
    assert sum(past is not None for past in pasts) > 1
    assert any(past is None for past in pasts)
    assert sum(past.nbytes for past in pasts if past is not None) <= 2 * budget
    *others, present = sessions.values()
    assert present.cache
    assert not any(session.cache for session in others)


def test_a_moment_that_is_dropped_while_somebody_looks_at_it_gives_way_to_the_one_before(
        window: MainWindow, trainer: Trainer) -> None:
    timeline = window.findChild(Timeline)
    assert timeline is not None
    assert trainer._session is not None
    assert trainer._session.moments is not None
    timeline.slider.setValue(8)
    assert trainer.moment == 8
    trainer._session.moments.forget_after(5)
    timeline.refresh()
    assert trainer.moment == 5
    assert timeline.label.text() == "step 5"
    assert timeline.slider.value() == trainer.moments.index(5)
