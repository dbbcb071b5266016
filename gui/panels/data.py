"""Where the samples come from, how they are prepared, and what they are."""
from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from core.datasets import DataSpec
from core.graph import edits
from core.graph.check import Report
from core.graph.document import Diff, Document
from core.graph.settings import DataSettings
from core.layers import show
from core.train.events import Event, Started
from gui.context import AppContext
from gui.forms import Section, parts
from gui.forms.settings_form import concerns, settings_form
from gui.panels._base import Panel, PanelInfo

SECTIONS = (
    Section("Source", ("source",)),
    Section("Split", ("validation", "test", "split", "seed")),
)
NAMES_SHOWN = 6


class DataPanel(Panel):
    """The form of the data settings, and what is known about the samples."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.form = settings_form(context, DataSettings, SECTIONS, edits.set_data, leave=("steps", "roles"))
        self.notices = parts.Notices()
        self.facts = parts.Facts()
        self.summary = parts.label(role="small")
        scroller = parts.Scroller()
        scroller.setWidget(parts.page(self.notices, self.form, parts.heading("Samples", ruled=True),
                                      self.facts, self.summary))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroller)
        context.report_changed.connect(self._report)
        context.trainer.state_changed.connect(self._state)
        self._show(context.document)
        self._report(context.report)

    def on_document(self, diff: Diff, document: Document) -> None:
        if diff.data:
            self._show(document)

    def on_train(self, event: Event) -> None:
        if isinstance(event, Started):
            self._state()

    def _show(self, document: Document) -> None:
        self.form.set_values(document.data)

    @Slot()
    def _state(self) -> None:
        self.summary.setText(self.context.trainer.data_summary)
        self.summary.setVisible(bool(self.summary.text()))

    @Slot(object)
    def _report(self, report: Report) -> None:
        found = [p for p in report.problems if concerns(p, DataSettings, ("data",))]
        self.form.note(found)
        self.notices.show_problems(p for p in found if p.param is None or not p.blocks)
        self.facts.show_rows(_facts(report.spec) if report.spec is not None else ())
        self._state()


def _facts(spec: DataSpec) -> list[tuple[str, str]]:
    rows = [("One sample", show(spec.shape))]
    if spec.features:
        rows.append(("Features", _some(spec.features)))
    if spec.classes:
        rows.append(("Classes", _some(spec.classes)))
    else:
        rows.append(("Numbers to predict", str(spec.targets)))
    if spec.picture:
        rows.append(("Picture", f"{spec.picture[0]} × {spec.picture[1]} pixels"))
    return rows


def _some(names: tuple[str, ...]) -> str:
    """Few names in full, many by number with the first and last."""
    if len(names) <= NAMES_SHOWN:
        return ", ".join(names)
    return f"{len(names)}: {names[0]}, {names[1]} … {names[-1]}"


PANEL = PanelInfo(id="data", title="Data", area="right", icon="data", order=3, create=DataPanel,
                  tip="Where the samples come from, how they are prepared and split")
