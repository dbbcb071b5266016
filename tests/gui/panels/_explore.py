"""The Explore panel with data in it."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from pytestqt.qtbot import QtBot

from core.datasets import DATASETS, Dataset
from core.graph import edits
from core.preprocessing import Columns
from gui.context import AppContext
from gui.explore.view import View
from gui.panels.explore import ExplorePanel
from tests.gui.panels._run import shown

V = TypeVar("V", bound=View)


def use(context: AppContext, source: str, **data: Any) -> None:
    """Take the samples from a data set."""
    assert context.edit("Data", lambda document: edits.set_data(document, {"source": source, **data})) is None


def explored(qtbot: QtBot, context: AppContext, source: str, **data: Any) -> ExplorePanel:
    """The panel with the rows of a data set."""
    use(context, source, **data)
    panel = shown(qtbot, ExplorePanel, context, 780, 320)
    context.document_changed.connect(panel.on_document)
    settled(qtbot, panel, context)
    return panel


def settled(qtbot: QtBot, panel: ExplorePanel, context: AppContext) -> None:
    """Tick until everything that was asked for is there."""
    panel.on_tick()
    qtbot.waitUntil(lambda: not context.desk.busy, timeout=60_000)


def view(qtbot: QtBot, panel: ExplorePanel, context: AppContext, kind: type[V]) -> V:
    """Look at the data in one way, by a click on its name."""
    place = panel.segments.words.index(kind.title)
    panel.segments.setCurrentIndex(place)
    settled(qtbot, panel, context)
    assert isinstance(panel.view, kind)
    return panel.view


def give(monkeypatch: pytest.MonkeyPatch, columns: Columns | Callable[[], Columns], kind: str = "iris") -> None:
    """Let a data set give other columns."""
    def table(self: Dataset, seed: int) -> Columns:
        return columns() if callable(columns) else columns

    monkeypatch.setattr(DATASETS[kind], "table", table)
