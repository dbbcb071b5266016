"""The part of the data panel about columns: a list with a search where there are many."""
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from core.graph import roles
from core.graph.document import Document
from gui.data.columns_list import ROLES, ColumnsView
from gui.data.columns_model import GROUPS, ColumnsModel
from gui.data.section import Section

if TYPE_CHECKING:
    from gui.context import AppContext

MANY = 12
# Of two inputs and a class there is nothing to choose.
FEW = 3


class ColumnsSection(QWidget):
    """Shows and changes what the columns are for. Hidden where the data have none with names. `explore` says that the
    user wants to see more of them."""

    explore = Signal()

    def __init__(self, context: AppContext):
        super().__init__()
        self._context = context
        self.model = ColumnsModel()
        self.model.setParent(self)
        self.view = ColumnsView(self.model)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search columns")
        self.search.setAccessibleName("Search columns")
        self.search.setToolTip("Show only columns whose name contains this.")
        self.search.setClearButtonEnabled(True)
        self.button = QPushButton("Explore")
        self.button.setProperty("kind", "link")
        self.button.setToolTip("See the values of the columns, and how they hang together.")
        self.section = Section("Columns", self.search, self.view, buttons=(self.button,))
        self._shown: object = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)
        self.search.textChanged.connect(self._refill)
        self.button.clicked.connect(self.explore)
        self.view.chosen.connect(self._choose)
        self.view.aimed.connect(self._aim)
        self.view.asked.connect(self._menu)

    def show_document(self, document: Document) -> None:
        """Show the columns of this document's data."""
        self._refill()

    @Slot()
    def _refill(self) -> None:
        document = self._context.document
        columns = roles.known_columns(document)
        text = self.search.text() if len(columns) > MANY else ""
        notes = roles.notes_of(document)
        wanted = columns, document.data.get("roles"), text, notes
        if wanted == self._shown:
            return
        self._shown = wanted
        # In a table of two columns it still has to be said which one is the target.
        self.setVisible(len(columns) > FEW or (len(columns) > 1 and bool(roles.types_of(document))))
        self.search.setVisible(len(columns) > MANY)
        if columns:
            self.model.put(columns, roles.roles_of(document, columns), text, notes)
        self.section.note.setText(f"{len(columns):,}")

    @Slot(list, str)
    def _choose(self, names: list[str], role: str) -> None:
        what = names[0] if len(names) == 1 else f"{len(names):,} columns"
        label = {"input": f"Use {what} as input", "target": f"Predict {what}", "ignore": f"Ignore {what}"}[role]
        self._context.edit(label, lambda doc: roles.set_role(doc, names, role))

    @Slot(str, str)
    def _aim(self, name: str, role: str) -> None:
        if role == "target":
            self._context.edit(f"Predict {name}", lambda doc: roles.aim_at(doc, name))
        else:
            self._choose([name], role)

    @Slot(list, QPoint)
    def _menu(self, names: list[str], at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for role in ROLES:
            menu.addAction(f"Move to {GROUPS[role]}", partial(self._choose, names, role))
        options = roles.types_of(self._context.document)
        if options:
            menu.addSeparator()
        for kind, label in options.items():
            menu.addAction(f"Read as {label}", partial(self._read_as, names, kind))
        menu.popup(at)

    def _read_as(self, names: list[str], kind: str) -> None:
        self._context.edit("Change type", lambda doc: roles.set_type(doc, names, kind))
