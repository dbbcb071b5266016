"""The data panel shows and changes where the samples come from."""
from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from core.datasets import DATASETS
from core.graph import edits
from gui.context import AppContext
from gui.forms.kind_editor import KindEditor
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


def source(panel: DataPanel) -> KindEditor:
    made = panel.form.editor("source")
    assert isinstance(made, KindEditor)
    return made


@pytest.mark.parametrize("kind", list(DATASETS))
def test_every_data_set_can_be_chosen_and_is_described(panel: DataPanel, context: AppContext, kind: str) -> None:
    index = source(panel).field.findData(kind)
    source(panel).field.setCurrentIndex(index)
    source(panel).field.activated.emit(index)
    assert context.document.data["source"].kind == kind
    assert DATASETS[kind].info.summary in source(panel).summary.text()
    assert "One sample" in panel.facts.texts()


def test_the_samples_are_described(panel: DataPanel, context: AppContext) -> None:
    assert panel.facts.texts() == {"One sample": "(2)", "Features": "x1, x2", "Classes": "0, 1"}
    context.edit("Data", lambda document: edits.set_data(document, {"source": "digits"}))
    assert panel.facts.texts()["One sample"] == "(64)"
    assert panel.facts.texts()["Picture"] == "8 × 8 pixels"
    assert panel.facts.texts()["Classes"].startswith("10: ")


def test_the_summary_of_the_trainer_is_shown_when_it_is_known(panel: DataPanel, context: AppContext) -> None:
    assert not panel.summary.isVisible()
    context.trainer.data_summary = "XOR: 4 samples, 2 features, 2 classes; 4 train"
    context.trainer.state_changed.emit("ready")
    assert panel.summary.text() == "XOR: 4 samples, 2 features, 2 classes; 4 train"
    assert panel.summary.isVisible()


def test_a_share_is_changed_in_percent_as_one_undo_step(panel: DataPanel, context: AppContext) -> None:
    write(panel.form.editor("validation"), "20")
    assert context.document.data["validation"] == 0.2
    context.history.undo()
    assert panel.form.editor("validation").value() == 0.0
    assert not context.history.can_undo


def test_columns_that_do_not_fit_are_said_at_the_field_that_mends_it(panel: DataPanel, context: AppContext) -> None:
    kind = {"kind": "make_classification", "params": {"features": 10}}
    context.edit("Data", lambda document: edits.set_data(document, {"source": kind}))
    features = source(panel).nested("features")
    assert features is not None
    assert "do not fit into 10 features" in features.error
    write(features, "20")
    assert features.error == ""


def test_shares_that_leave_nothing_are_said_at_the_field(panel: DataPanel, context: AppContext) -> None:
    context.edit("Data", lambda document: edits.set_data(document, {"validation": 0.5, "test": 0.5}))
    assert "leave no samples to train on" in panel.form.editor("validation").error
