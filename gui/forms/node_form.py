"""Everything about one node: name, parameters, what is known about it, what is wrong with it."""
from __future__ import annotations

import inspect
import math
import re
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.graph import edits
from core.graph.check import Report
from core.graph.document import Document, Node
from core.graph.naming import title_of
from core.layers import LAYERS, Layer, show
from core.params import Bool
from gui.figures import percent
from gui.forms import parts
from gui.forms._editor import editor
from gui.forms.binding import Binding
from gui.forms.fix_notices import FixNotices
from gui.forms.form import Form
from gui.forms.node_header import NodeHeader
from gui.forms.rows import Rows

if TYPE_CHECKING:
    from gui.context import AppContext

FROZEN = Bool(default=False, name="frozen", label="Frozen",
              doc="Keep these weights as they are while the others train.")
BYPASSED = Bool(default=False, name="bypassed", label="Bypassed", doc="Hand on the input as it is.")


class NodeForm(QWidget):
    """The inspector's view of one node."""

    def __init__(self, context: AppContext, node: Node):
        super().__init__()
        self._context = context
        self.node_id = node.id
        self._layer: type[Layer] | None = LAYERS[node.kind] if node.kind in LAYERS else None  # noqa: SIM401
        self._weights: Mapping[str, tuple[int, ...]] = {}
        self.header = NodeHeader(context, node)
        self.notices = FixNotices(context)
        self.form = Form(self._layer) if self._layer is not None and self._layer.params else None
        self.frozen, self.bypassed = editor(FROZEN), editor(BYPASSED)
        self._frozen_row, self._bypassed_row = Rows(), Rows()
        self._frozen_row.add(self.frozen)
        self._bypassed_row.add(self.bypassed)
        self.facts = parts.Facts()
        self._lay_out()
        self._bypassed_row.setVisible(edits.passable(node))
        self._bind()
        self.show_document(context.document)
        self.show_report(context.report)

    def show_document(self, document: Document) -> None:
        """Follow a change of the document."""
        node = document.nodes.get(self.node_id)
        if node is None:
            return
        self.header.show_node(node)
        self.frozen.set_value(node.frozen)
        self.bypassed.set_value(node.bypassed)
        if self.form is not None:
            self.form.set_values(node.params)

    def show_report(self, report: Report) -> None:
        """Follow a new check."""
        found = report.of(self.node_id)
        declared = self._layer.params if self._layer is not None else {}
        self.notices.show_problems(p for p in found if p.param not in declared or not p.blocks)
        if self.form is not None:
            self.form.note(found)
        layer = report.layers.get(self.node_id)
        self._frozen_row.setVisible(layer is not None and layer.trainable)
        self._tell(report)

    def show_weights(self, shapes: Mapping[str, tuple[int, ...]]) -> None:
        """Follow a new run. `shapes` holds those of this node's weights."""
        self._weights = shapes
        self._tell(self._context.report)

    def discard(self) -> None:
        """Change nothing from now on: the form is about to go."""
        self.header.blockSignals(True)
        self.frozen.blockSignals(True)
        self.bypassed.blockSignals(True)
        if self.form is not None:
            self.form.discard()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(parts.MARGIN)
        column.addWidget(self.header)
        column.addWidget(self.notices)
        if self.form is not None:
            column.addWidget(parts.line())
            column.addWidget(self.form)
        column.addWidget(self._frozen_row)
        column.addWidget(self._bypassed_row)
        column.addWidget(parts.line())
        column.addWidget(self.facts)
        if self._layer is not None:
            column.addWidget(parts.label(explanation(self._layer), "small"))

    def _bind(self) -> None:
        if self.form is not None:
            def change(document: Document, values: Mapping[str, object]) -> Document:
                return edits.set_params(document, self.node_id, values)
            Binding(self.form, self._context, self.node_id, change)
        self.frozen.changed.connect(self._freeze)
        self.bypassed.changed.connect(self._bypass)
        self.header.renamed.connect(self._rename)

    def _tell(self, report: Report) -> None:
        document = self._context.document
        rows = [("Output", show(report.shapes[self.node_id]) if self.node_id in report.shapes else "not known yet")]
        costs = self._context.costs
        cost, share = costs.of(self.node_id), costs.share(self.node_id)
        if cost.parameters:
            # Of the weights there are, the run knows more: until it follows an edit, they are those before it.
            known = total(self._weights) == cost.parameters
            rows.append(("Parameters", _sizes(self._weights) if known else f"{cost.parameters:,}"))
        if share:
            rows.append(("Computing", f"{percent(share)}: {cost.operations:,} multiply-adds per sample"))
        sources = document.sources(self.node_id)
        if self._layer is None or self._layer.inputs:
            names = [title_of(document, source) for source in sources.values() if source in document.nodes]
            rows.append(("Input from", ", ".join(names) or "nothing yet"))
        rows.append(("Name in files", self.node_id))
        self.facts.show_rows(rows)

    @Slot(object)
    def _freeze(self, on: bool) -> None:
        label = "Freeze" if on else "Unfreeze"
        self._context.edit(f"{label} {title_of(self._context.document, self.node_id)}",
                           partial(edits.freeze, node=self.node_id, frozen=on))

    @Slot(object)
    def _bypass(self, on: bool) -> None:
        label = "Bypass" if on else "Stop bypassing"
        self._context.edit(f"{label} {title_of(self._context.document, self.node_id)}",
                           partial(edits.bypass, node=self.node_id, bypassed=on))

    @Slot(str)
    def _rename(self, name: str) -> None:
        self._context.edit("Rename", partial(edits.rename, node=self.node_id, title=name))


def explanation(layer: type[Layer]) -> str:
    """The first paragraph of a layer's description, without the marks of code and the shapes and sources after it."""
    first = (inspect.getdoc(layer) or layer.info.summary).split("\n\n")[0]
    return re.split(r"\s*\b(?:Shapes|Source):", " ".join(first.replace("`", "").split()))[0]


def total(shapes: Mapping[str, tuple[int, ...]]) -> int:
    """How many numbers arrays of these shapes hold."""
    return sum(math.prod(shape) for shape in shapes.values())


def _sizes(shapes: Mapping[str, tuple[int, ...]]) -> str:
    each = " + ".join(f"{name} {'×'.join(map(str, shape))}" for name, shape in shapes.items())
    return f"{total(shapes):,} = {each}"
