"""A large pad to paint points on."""
from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from core.graph import painting
from core.graph.check import Report
from core.train.events import Event
from core.train.request import Request
from gui.context import AppContext
from gui.forms import parts
from gui.forms.fix_notices import FixNotices
from gui.pad import Pad
from gui.pad.drawing_on import begin_empty, draw_on_top, source_title
from gui.panels._base import Panel, PanelInfo

TEXT = "Paint points of up to six classes, and watch the network follow."


class PadPanel(Panel):
    """The pad, or how to get there while the data come from elsewhere."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.pad = Pad(context)
        self.notices = FixNotices(context)
        self.on_top, self.empty = QPushButton(), QPushButton("Start with an empty pad")
        self.on_top.clicked.connect(self._on_top)
        self.empty.clicked.connect(self._empty)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._offer())
        self._stack.addWidget(self._page())
        self.pad.drawn_changed.connect(self._turn)
        context.report_changed.connect(self._report)
        self._turn(self.pad.drawn)
        self._report(context.report)

    def requests(self) -> tuple[Request, ...]:
        return self.pad.requests()

    def on_train(self, event: Event) -> None:
        self.pad.on_train(event)

    def on_tick(self) -> None:
        self.pad.on_tick()

    def _offer(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(parts.Empty("pad", "Draw points", TEXT))
        for button in (self.on_top, self.empty):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return page

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.pad, 1)
        column.addWidget(self.notices)
        return page

    @Slot(bool)
    def _turn(self, drawn: bool) -> None:
        self._stack.setCurrentIndex(int(drawn))

    @Slot(object)
    def _report(self, report: Report) -> None:
        if self.pad.drawn:
            # With a class more, the network may need another output: it can be mended from here.
            blocking = [problem for problem in report.problems if problem.blocks]
            self.notices.show_problems(blocking[:1] if self.context.document.nodes else ())
            return
        may = painting.may_be_drawn(self.context.document)
        self.on_top.setVisible(may)
        self.on_top.setText(f"Draw on top of {source_title(self.context)}" if may else "")

    @Slot()
    def _on_top(self) -> None:
        draw_on_top(self.context)

    @Slot()
    def _empty(self) -> None:
        begin_empty(self.context)


PANEL = PanelInfo(id="pad", title="Draw", area="right", icon="pad", order=8, create=PadPanel, visible=False,
                  tip="Paint points with the mouse as the data that the network learns")
