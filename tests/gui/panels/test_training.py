"""The training panel shows and changes how the network is trained."""
from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.settings import LIVE, TrainingSettings
from gui.context import AppContext
from gui.panels.training import WITHOUT_GRADIENT, TrainingPanel
from tests.gui.forms.test_editors import write
from tests.gui.panels.test_inspector import chain


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> TrainingPanel:
    context.history.restart(chain(context.document))
    made = TrainingPanel(context)
    context.document_changed.connect(made.on_document)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_it_has_every_setting_with_the_value_of_the_document(panel: TrainingPanel, context: AppContext) -> None:
    shown = {name: panel.form.editor(name).value() for name in TrainingSettings.params}
    assert shown == dict(context.document.training)


def test_a_change_is_one_undo_step_and_undo_shows_it(panel: TrainingPanel, context: AppContext) -> None:
    write(panel.form.editor("learning_rate"), "3e-4")
    assert context.document.training["learning_rate"] == 3e-4
    assert context.history.undo_label == "Change learning rate"
    context.history.undo()
    assert panel.form.editor("learning_rate").value() == 0.1
    assert not context.history.can_undo


def test_another_document_is_shown(panel: TrainingPanel, context: AppContext) -> None:
    context.history.restart(edits.set_training(context.document, {"epochs": 7, "optimizer": "adam"}))
    assert panel.form.editor("epochs").value() == 7
    assert panel.form.editor("optimizer").value().kind == "adam"


def test_what_can_change_while_training_runs_says_so(panel: TrainingPanel) -> None:
    for name in TrainingSettings.params:
        tip = panel.form.editor(name).field.toolTip()
        assert ("while training runs" in tip) == (name in LIVE)


def test_what_the_perceptron_rule_does_not_use_cannot_be_changed_and_says_why(
        panel: TrainingPanel, context: AppContext) -> None:
    context.edit("Rule", lambda document: edits.set_training(document, {"rule": "perceptron"}))
    for name in TrainingSettings.params:
        assert panel.form.editor(name).isEnabled() == (name not in WITHOUT_GRADIENT)
    assert panel.form.editor("optimizer").field.toolTip() == "The perceptron rule makes no use of this."
    context.history.undo()
    assert panel.form.editor("optimizer").isEnabled()


def test_a_rule_that_does_not_fit_the_network_is_said_at_the_rule(panel: TrainingPanel, context: AppContext) -> None:
    context.edit("Rule", lambda document: edits.set_training(document, {"rule": "perceptron"}))
    assert "perceptron rule trains one Dense unit" in panel.form.editor("rule").error
    context.history.undo()
    assert panel.form.editor("rule").error == ""
