"""The inspector: what is selected, to see and to change."""
from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from core.graph.check import Report
from core.graph.document import Diff, Document
from core.graph.naming import title_of
from core.graph.order import order
from core.layers import LAYERS
from core.train.events import Event, Started
from gui.context import AppContext
from gui.forms import parts
from gui.forms.node_form import NodeForm
from gui.forms.several_form import SeveralForm
from gui.panels._base import Panel, PanelInfo
from gui.theme import icons

# Nodes that are listed by name where several are selected.
MOST = 12


class InspectorPanel(Panel):
    """Shows one node with its form, several with what they have in common, or what the document holds."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        self._shapes: dict[str, tuple[int, ...]] = {}
        self.node: NodeForm | None = None
        self.several: SeveralForm | None = None
        self._facts: parts.Facts | None = None
        self._scroller = parts.Scroller()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroller)
        context.selection_changed.connect(self._show)
        context.report_changed.connect(self._report)
        self._measure()
        self._show()

    def on_document(self, diff: Diff, document: Document) -> None:
        if self.node is not None and any(new.id == self.node.node_id and old.kind != new.kind
                                         for old, new in diff.changed):
            self._show()
        elif self.node is not None:
            self.node.show_document(document)
        elif self.several is not None:
            renamed = any(new.id in self.several.nodes and (old.title, old.kind) != (new.title, new.kind)
                          for old, new in diff.changed)
            self._show() if renamed else self.several.show_document(document)

    def on_train(self, event: Event) -> None:
        if isinstance(event, Started):
            self._measure()
            self._tell()

    @property
    def facts(self) -> dict[str, str]:
        """What is shown besides what can be changed, by name."""
        shown = self.node.facts if self.node is not None else self._facts
        return shown.texts() if shown is not None else {}

    @Slot(object)
    def _report(self, report: Report) -> None:
        if self.node is not None and self.node.node_id in self.context.document.nodes:
            self.node.show_report(report)
        if self.several is not None:
            self.several.show_report(report)
        self._tell()

    @Slot()
    def _show(self) -> None:
        document, selection = self.context.document, self.context.selection
        chosen = [node for node in dict.fromkeys((*order(document), *document.nodes)) if node in selection]
        if self.node is not None:
            self.node.discard()
        if self.several is not None:
            self.several.discard()
        self.node = self.several = self._facts = None
        if len(chosen) == 1:
            self.node = NodeForm(self.context, self.context.document.nodes[chosen[0]])
            self._put(self.node)
        elif chosen:
            self.several = SeveralForm(self.context, chosen)
            self._put(self.several, parts.line(), self._entries(chosen))
        else:
            self._facts = parts.Facts()
            self._put(parts.Empty("inspector", "Nothing is selected", "Click a node on the canvas to see and change "
                                  "its parameters, or drag one from the palette."), parts.line(), self._facts)
        self._tell()

    def _put(self, *contents: QWidget) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self._scroller.isAncestorOf(focused):
            # Taken away with the focus in it, the old page would hand it on, and who gets it may select a node.
            self._scroller.setFocus(Qt.FocusReason.OtherFocusReason)
        old = self._scroller.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._scroller.setWidget(parts.page(*contents))

    def _entries(self, chosen: list[str]) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for node in chosen[:MOST]:
            column.addWidget(self._entry(node))
        if len(chosen) > MOST:
            column.addWidget(parts.label(f"and {len(chosen) - MOST} more", "muted"))
        return made

    def _entry(self, node: str) -> QPushButton:
        kind = self.context.document.nodes[node].kind
        entry = QPushButton(title_of(self.context.document, node))
        entry.setProperty("kind", "flat")
        entry.setStyleSheet("text-align: left; padding-left: 8px;")
        entry.setCursor(Qt.CursorShape.PointingHandCursor)
        entry.setToolTip(f"Select only {node}.")
        icons.bind(entry, f"layers/{LAYERS[kind].info.icon}" if kind in LAYERS else "warning")
        entry.clicked.connect(lambda: self.context.select([node]))
        return entry

    def _measure(self) -> None:
        self._shapes = self.context.trainer.shapes()

    def _tell(self) -> None:
        if self.node is not None:
            start = f"{self.node.node_id}."
            self.node.show_weights({k.removeprefix(start): s for k, s in self._shapes.items() if k.startswith(start)})
        if self._facts is not None:
            document = self.context.document
            rows = [("Nodes", str(len(document.nodes))), ("Wires", str(len(document.edges)))]
            costs = self.context.costs
            self._facts.show_rows([*rows, ("Parameters", f"{costs.parameters:,}"),
                                   ("Computing", f"{costs.operations:,} multiply-adds per sample")])


PANEL = PanelInfo(id="inspector", title="Inspector", area="right", icon="inspector", order=1, create=InspectorPanel,
                  tip="The selected node: its parameters, its shape and its problems")
