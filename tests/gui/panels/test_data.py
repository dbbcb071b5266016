"""The data panel shows and changes where the samples come from."""
from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from core.datasets import DATASETS
from core.graph import edits
from core.params import Kind
from gui.context import AppContext
from gui.data.sources import plain
from gui.forms._editor import Editor
from gui.panels.data import DataPanel
from tests.gui.forms.test_editors import write
from tests.gui.panels.test_inspector import chain


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> DataPanel:
    context.history.restart(chain(context.document))
    made = DataPanel(context)
    context.document_changed.connect(made.on_document)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def nested(panel: DataPanel, name: str) -> Editor:
    made = panel.source.editor(name)
    assert made is not None
    return made


@pytest.mark.parametrize("kind", [kind for kind in DATASETS if plain(kind) is not None])
def test_every_data_set_can_be_chosen_and_is_described(panel: DataPanel, context: AppContext, kind: str) -> None:
    panel.chooser.choose(kind)
    assert context.document.data["source"].kind == kind
    assert panel.card.title == DATASETS[kind].info.title
    assert panel.card.summary == f"{DATASETS[kind].info.summary}."
    for name in DATASETS[kind].params:
        assert panel.source.has(name) == (panel.source.editor(name) is not None)


def test_the_samples_are_described(panel: DataPanel, context: AppContext) -> None:
    assert panel.task.facts.texts()["One sample"] == "2 numbers"
    assert panel.card.facts == "4 samples"
    context.edit("Data", lambda document: edits.set_data(document, {"source": "digits"}))
    assert panel.task.facts.texts() == {"Task": "10 classes", "One sample": "8 × 8 pixels", "Classes": "10: 0, 1 … 9"}
    assert panel.card.facts == "1,797 samples"


def test_the_balance_of_the_classes_is_told_once_they_are_counted(panel: DataPanel, context: AppContext,
                                                                  qtbot: QtBot) -> None:
    context.edit("Data", lambda document: edits.set_data(document, {"source": "iris"}))
    qtbot.waitUntil(lambda: panel.task.facts.texts()["Task"] == "3 classes, balanced")
    context.edit("Data", lambda document: edits.set_data(document, {"source": "and"}))
    qtbot.waitUntil(lambda: panel.task.facts.texts()["Task"] == "2 classes, 75% of them 0")


def test_a_share_is_changed_in_percent_as_one_undo_step(panel: DataPanel, context: AppContext) -> None:
    write(panel.split.editor("validation"), "20")
    assert context.document.data["validation"] == 0.2
    context.history.undo()
    assert panel.split.editor("validation").value() == 0.0
    assert not context.history.can_undo


def test_columns_that_do_not_fit_are_said_at_the_field_that_mends_it(panel: DataPanel, context: AppContext) -> None:
    kind = {"kind": "make_classification", "params": {"features": 10}}
    context.edit("Data", lambda document: edits.set_data(document, {"source": kind}))
    features = nested(panel, "features")
    assert "do not fit into 10 features" in features.error
    write(features, "20")
    assert features.error == ""


def test_shares_that_leave_nothing_are_said_at_the_field(panel: DataPanel, context: AppContext) -> None:
    context.edit("Data", lambda document: edits.set_data(document, {"validation": 0.5, "test": 0.5}))
    assert "leave no samples to train on" in panel.split.editor("validation").error


def test_a_number_of_the_source_moves_the_points_and_is_one_undo_step(panel: DataPanel, context: AppContext,
                                                                      qtbot: QtBot) -> None:
    panel.chooser.choose("circle")
    qtbot.waitUntil(lambda: len(panel.card.known.points) > 0)
    before = panel.card.known.points
    noise = nested(panel, "noise")
    for _ in range(20):
        noise.step(1)
    noise.finished.emit()
    qtbot.waitUntil(lambda: panel.card.known.points != before)
    assert context.document.data["source"].params["noise"] > 0
    context.history.undo()
    assert context.document.data["source"] == Kind("circle", DATASETS["circle"]().config())


def test_new_points_are_those_of_the_next_seed(panel: DataPanel, context: AppContext, qtbot: QtBot) -> None:
    assert not panel.source.again.isVisible()
    panel.chooser.choose("circle")
    qtbot.waitUntil(panel.source.again.isVisible)
    panel.source.again.click()
    assert context.document.data["seed"] == 1
    context.history.undo()
    assert context.document.data["seed"] == 0


def test_only_settings_that_matter_for_the_way_of_splitting_are_shown(panel: DataPanel, context: AppContext) -> None:
    ways = {"stratified": set(), "random": set(), "ordered": {"split_column"}, "column": {"split_column"},
            "folds": {"folds", "fold"}}
    for way, wanted in ways.items():
        context.edit("Split", lambda document, way=way: edits.set_data(document, {"split": way}))
        shown = {name for name in ("split_column", "folds", "fold") if panel.split.editor(name).isVisible()}
        assert shown == wanted
        assert panel.split.bar.isVisible() == (way != "column")
