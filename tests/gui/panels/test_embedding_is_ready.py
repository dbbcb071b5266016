"""While a network is made ready, nobody is told to build one."""
from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from core.graph.edits import bypass, disconnect
from gui.main_window import MainWindow
from gui.panels._live import WAITING
from gui.panels.embedding import EmbeddingPanel
from tests.gui.panels.test_predictions import choose


@pytest.fixture
def panel(window: MainWindow) -> EmbeddingPanel:
    found = window.docks.panels["embedding"]
    assert isinstance(found, EmbeddingPanel)
    return found


@pytest.fixture
def said(panel: EmbeddingPanel, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the panel says instead of showing points."""
    told: list[str] = []
    say: Callable[[str], None] = panel.board.say
    monkeypatch.setattr(panel.board, "say", lambda text: (told.append(text), say(text)))
    return told


def test_a_first_network_is_waited_for(qtbot: QtBot, window: MainWindow, panel: EmbeddingPanel,
                                       said: list[str]) -> None:
    window.start("example:diabetes")
    window.docks.show("embedding")
    qtbot.waitUntil(lambda: not panel.board.empty, timeout=15_000)
    assert said
    assert set(said) == {WAITING}


def test_one_that_is_opened_while_hidden_says_so_when_it_is_shown(qtbot: QtBot, window: MainWindow,
                                                                  panel: EmbeddingPanel) -> None:
    window.start("example:diabetes")
    assert panel.board.message.text() == WAITING
    window.files.open_example("xor-mlp")
    window.files.open_example("diabetes")
    assert panel.board.message.text() != panel.empty
    window.docks.show("embedding")
    qtbot.waitUntil(lambda: not panel.board.empty, timeout=15_000)
    assert panel.found is not None
    assert panel.found.node == "hidden_dropout"


def test_a_network_whose_fault_is_mended_is_waited_for(qtbot: QtBot, window: MainWindow, panel: EmbeddingPanel,
                                                       said: list[str]) -> None:
    window.start("example:diabetes")
    window.docks.show("embedding")
    qtbot.waitUntil(lambda: not panel.board.empty, timeout=15_000)
    said.clear()
    whole = window.context.document
    window.context.edit("Cut", lambda document: disconnect(document, document.edges))
    assert panel.board.empty
    window.context.history.undo()
    assert window.context.document is whole
    qtbot.waitUntil(lambda: not panel.board.empty, timeout=15_000)
    assert said[-1] == WAITING
    assert panel.empty not in said


def test_neighbours_in_a_network_that_was_changed_are_arranged_anew(qtbot: QtBot, window: MainWindow,
                                                                    panel: EmbeddingPanel) -> None:
    window.start("example:diabetes")
    window.docks.show("embedding")
    qtbot.waitUntil(lambda: not panel.board.empty, timeout=15_000)
    window.context.trainer.step()
    qtbot.waitUntil(lambda: window.context.trainer.step_count == 1, timeout=15_000)
    choose(panel.ways.how, "t-SNE")
    qtbot.waitUntil(lambda: panel.base is not None, timeout=15_000)
    before = panel.base
    assert before is not None
    assert before.node == "hidden_dropout"
    # What was learned stays, and so do the steps.
    window.context.edit("Bypass", lambda document: bypass(document, "hidden_dropout", True))
    qtbot.waitUntil(lambda: panel.base not in (None, before), timeout=8_000)
    assert window.context.trainer.step_count == 1
    qtbot.waitUntil(lambda: panel.job is not None and not panel.job.busy, timeout=30_000)
