"""Everything that stands between the network and its training, in one list."""
from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QMenu,
    QStackedWidget,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from core.errors import Problem
from core.graph.check import Report
from core.graph.document import Diff, Document
from core.graph.naming import title_of
from gui.context import AppContext
from gui.errands import Errand, carry_out, remedies
from gui.forms import parts
from gui.panels._base import Panel, PanelInfo
from gui.panels._row import Index, RowDelegate
from gui.theme import icons, palette

PROBLEM = Qt.ItemDataRole.UserRole
WHERE = Qt.ItemDataRole.UserRole + 1
RANKS = ("error", "warning", "info")
SPOKEN = {"error": "Error", "warning": "Warning", "info": "Note"}


class ProblemModel(QAbstractListModel):
    """The problems of a report, each with the title of its node."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[Problem, str]] = []

    def put(self, rows: list[tuple[Problem, str]]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        problem, where = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return problem.message
            case Qt.ItemDataRole.ToolTipRole:
                return f"{problem.message}\n{problem.hint}".strip()
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{SPOKEN[problem.severity]}: {problem.text} {where}".strip()
            case _ if role == PROBLEM:
                return problem
            case _ if role == WHERE:
                return where
        return None


class ProblemDelegate(RowDelegate):
    """Paints a problem in one line: icon, message, hint, and where it is."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        tokens = palette.current().tokens
        problem, where = index.data(PROBLEM), index.data(WHERE)
        area = option.rect.adjusted(8, 0, -8, 0)
        ink = {"error": tokens.error, "warning": tokens.warning}.get(problem.severity, tokens.accent_ink)
        picture = icons.pixmap(problem.severity, 16, ink, painter.device().devicePixelRatioF())
        painter.drawPixmap(area.left(), area.center().y() - 7, picture)
        area.setLeft(area.left() + 24)
        metrics = QFontMetrics(option.font)
        painter.save()
        painter.setFont(option.font)
        if where:
            width = min(metrics.horizontalAdvance(where), area.width() // 3)
            place = QRect(area.right() - width, area.top(), width + 1, area.height())
            _write(painter, place, where, tokens.text_muted)
            area.setRight(place.left() - 16)
        used = _write(painter, area, problem.message, tokens.text)
        area.setLeft(area.left() + used + 8)
        if area.width() > 48:
            _write(painter, area, problem.hint, tokens.text_muted)
        painter.restore()


def _write(painter: QPainter, area: QRect, text: str, colour: str) -> int:
    metrics = painter.fontMetrics()
    painter.setPen(QColor(colour))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return metrics.horizontalAdvance(shown)


class ProblemsPanel(Panel):
    """The list. A click or Enter selects the node; `count_changed` carries how many there are."""

    count_changed = Signal(int)

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.model = ProblemModel()
        self.view = QListView()
        self.view.setProperty("role", "plain")
        self.view.setModel(self.model)
        self.view.setItemDelegate(ProblemDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName("Problems")
        self.view.setToolTip("Click a problem to select its node; the right button shows what mends it.")
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._offer)
        self.view.clicked.connect(self._go)
        self.view.activated.connect(self._go)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(parts.Empty("check", "No problems", "The network is complete and can be trained."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self._stack)
        context.report_changed.connect(self._report)
        context.trainer.state_changed.connect(self._ran)
        self._report(context.report)

    @property
    def count(self) -> int:
        """How many problems there are."""
        return len(self.model.rows)

    def on_document(self, diff: Diff, document: Document) -> None:
        if any(old.title != new.title for old, new in diff.changed):
            self._report(self.context.report)

    @Slot(object)
    def _report(self, report: Report) -> None:
        document, before = self.context.document, self.count
        run = self.context.trainer.problem
        listed = [*report.problems, *([run] if run is not None and run not in report.problems else [])]
        found = sorted(listed, key=lambda problem: RANKS.index(problem.severity))
        rows = [(p, title_of(document, p.node) if p.node and p.node in document.nodes else "") for p in found]
        if rows != self.model.rows:
            current = self.view.currentIndex().row()
            self.model.put(rows)
            if current >= 0:
                self.view.setCurrentIndex(self.model.index(min(current, len(rows) - 1), 0))
        self._stack.setCurrentIndex(0 if rows else 1)
        if len(rows) != before:
            self.count_changed.emit(len(rows))

    @Slot()
    def _ran(self) -> None:
        """A run that went wrong is a problem until the next one."""
        self._report(self.context.report)

    @Slot(QPoint)
    def _offer(self, at: QPoint) -> None:
        """What mends the problem there, to choose from."""
        index = self.view.indexAt(at) if self.view.indexAt(at).isValid() else self.view.currentIndex()
        if index.isValid():
            self.fix_menu(index.data(PROBLEM)).popup(self.view.viewport().mapToGlobal(at))

    def fix_menu(self, problem: Problem) -> QMenu:
        """A menu of the fixes for a problem. It deletes itself when closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for remedy in remedies(self.context, problem):
            action = menu.addAction(remedy.label.replace("&", "&&"))
            icons.bind(action, "download" if isinstance(remedy, Errand) else "fix")
            action.triggered.connect(lambda _=False, remedy=remedy: carry_out(self.context, remedy))
        if menu.isEmpty():
            menu.addAction("No fix by one click").setEnabled(False)
        return menu

    @Slot(QModelIndex)
    def _go(self, index: QModelIndex) -> None:
        problem = index.data(PROBLEM)
        if problem.node is not None:
            self.context.select([problem.node])


PANEL = PanelInfo(id="problems", title="Problems", area="bottom", icon="problems", order=50, visible=False,
                  create=ProblemsPanel, tip="What has to be mended before the network can be trained")
