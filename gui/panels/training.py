"""How the network is trained."""
from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from core.errors import Problem
from core.graph import edits
from core.graph.check import Report
from core.graph.document import Diff, Document
from core.graph.fixes import DIVERGED
from core.graph.settings import LIVE, TrainingSettings
from gui.context import AppContext
from gui.errands import Remedy, carry_out, remedies
from gui.forms import Section, parts
from gui.forms.settings_form import concerns, settings_form
from gui.panels._base import Panel, PanelInfo
from gui.theme.style import set_property

SECTIONS = (
    Section("Method", ("rule", "optimizer", "learning_rate", "schedule")),
    Section("Passes", ("batch_size", "epochs", "early_stopping")),
    Section("Regularisation", ("l2",)),
)
# What the perceptron rule, which takes one sample at a time and knows no gradient, has no use for.
WITHOUT_GRADIENT = ("optimizer", "batch_size", "l2", "clip_norm", "clip_value")


class TrainingPanel(Panel):
    """The form of the training settings. The live ones may be changed while a run goes on."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.form = settings_form(context, TrainingSettings, SECTIONS, edits.set_training)
        for name in LIVE:
            self.form.editor(name).describe(f"{TrainingSettings.params[name].doc}\nTakes effect at once, also while "
                                            "training runs.")
        scroller = parts.Scroller()
        scroller.setWidget(parts.page(self.form))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.onward = QPushButton()
        set_property(self.onward, "kind", "primary")
        self.onward.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.onward.clicked.connect(self._go_on)
        self.onward.hide()
        self._remedy: Remedy | None = None
        row = QVBoxLayout()
        row.setContentsMargins(12, 0, 12, 8)
        row.addWidget(self.onward)
        column.addWidget(scroller)
        column.addLayout(row)
        context.report_changed.connect(self._report)
        context.trainer.state_changed.connect(self._ran)
        self._show(context.document)
        self._report(context.report)

    def on_document(self, diff: Diff, document: Document) -> None:
        if diff.training:
            self._show(document)

    def _show(self, document: Document) -> None:
        self.form.set_values(document.training)
        gradient = document.training.get("rule") != "perceptron"
        for name in WITHOUT_GRADIENT:
            self.form.enable(name, gradient, "The perceptron rule makes no use of this.")

    @Slot(object)
    def _report(self, report: Report) -> None:
        run = self.context.trainer.problem
        diverged = run is not None and run.code in DIVERGED
        mine = [p for p in report.problems if concerns(p, TrainingSettings, ("rule", "training"))]
        self.form.note([*mine, *([_at_rate(run)] if run is not None and diverged else [])])
        found = remedies(self.context, run) if run is not None and diverged else []
        self._remedy = next(iter(found), None)
        if self._remedy is None and self.onward.hasFocus():
            # Qt would hand the focus on to the panel behind this one, which would come to the front.
            self.focusNextPrevChild(False)
        self.onward.setVisible(self._remedy is not None)
        if self._remedy is not None:
            self.onward.setText(self._remedy.label)
            self.onward.setToolTip("Train on from the last good weights")

    @Slot()
    def _ran(self) -> None:
        """Training went wrong, or goes on."""
        self._report(self.context.report)

    @Slot()
    def _go_on(self) -> None:
        if self._remedy is not None:
            carry_out(self.context, self._remedy)


def _at_rate(run: Problem) -> Problem:
    """What to do about a run that diverged, at the field that it is about; the notice says what happened."""
    return replace(run, message=run.hint, hint="", param="learning_rate")


PANEL = PanelInfo(id="training", title="Training", area="right", icon="training", order=2, create=TrainingPanel,
                  tip="How the network learns: rule, optimizer, learning rate, passes over the data")
