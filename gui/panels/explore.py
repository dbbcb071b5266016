"""The data themselves: rows, columns, pictures, and how they go together."""
from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from core.graph.document import Diff, Document
from core.statistics import Frame
from gui.context import AppContext
from gui.explore.columns import ColumnsView
from gui.explore.correlation import CorrelationView
from gui.explore.pictures import PicturesView
from gui.explore.scatter import ScatterView
from gui.explore.series import SeriesView
from gui.explore.store import Store, reason
from gui.explore.table import TableView
from gui.explore.texts import TextsView
from gui.explore.view import View
from gui.forms.quiet import small
from gui.forms.segments import Segments
from gui.forms.switch import Switch
from gui.panels._base import Exportable, Panel, PanelInfo
from gui.theme.tokens import Tokens

VIEWS: tuple[type[View], ...] = (TableView, ColumnsView, CorrelationView, ScatterView, PicturesView, TextsView,
                                 SeriesView)
READING = "The data are being read."
PREPARED = "Show the samples after preprocessing, as the network gets them, with the part that each belongs to"
# Milliseconds without a look, after which the rows are forgotten.
FORGET = 60_000
# Ticks after which it is said that rows in sight are not the present ones.
PATIENCE = 8


class ExplorePanel(Panel):
    """Ways to look at the present data; only those that make sense for them are offered."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.setAccessibleName("Explore the data")
        self.store = Store(context, self)
        self.segments = Segments()
        self.prepared = Switch()
        self.prepared.setAccessibleName("As the network gets them")
        self.prepared.setToolTip(PREPARED)
        self.facts = small()
        self.message = QLabel()
        self.message.setProperty("role", "empty")
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setContentsMargins(24, 8, 24, 24)
        self.views: dict[str, View] = {}
        self._picked = ""
        self._stale = True
        self._waited = 0
        self._forget = QTimer(self, singleShot=True, interval=FORGET)
        self._stack = QStackedWidget()
        self._stack.addWidget(_centred(self.message))
        self._lay_out()
        self._forget.timeout.connect(self._drop)
        self.segments.chosen.connect(self._pick)
        self.prepared.toggled.connect(self._prepare)
        self.store.changed.connect(self._show)
        context.theme.changed.connect(self._restyle)
        context.report_changed.connect(self._reported)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(4, 0, 12, 0)
        bar.setSpacing(8)
        bar.addWidget(self.segments)
        bar.addStretch(1)
        bar.addWidget(self.facts)
        bar.addSpacing(8)
        bar.addWidget(small("As the network gets them"))
        bar.addWidget(self.prepared)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)

    @property
    def view(self) -> View | None:
        """What is looked at, if there is anything to see."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, View) else None

    def on_document(self, diff: Diff, document: Document) -> None:
        self._stale = self._stale or bool(diff.data)

    def on_tick(self) -> None:
        if self._stale:
            self._stale = False
            self.store.look()
            if self.view is not None and not self.store.reading:
                self.view.follow()
        if self.store.frame is not None:
            self._forget.start()
        self._waited = self._waited + 1 if self.store.reading else 0
        if self._waited == PATIENCE:
            self.facts.setText(READING)

    def exports(self) -> Exportable | None:
        return None if self.view is None else self.view.exports()

    def look_at(self, title: str) -> None:
        """Look at the data in this way."""
        self._picked = title
        self._show()

    @Slot(str)
    def _pick(self, title: str) -> None:
        self.look_at(title)

    @Slot(bool)
    def _prepare(self, on: bool) -> None:
        self.store.prepared = on
        self._stale = True

    @Slot(object)
    def _reported(self, report: object) -> None:
        # Files may have changed.
        self._stale = True

    @Slot()
    def _drop(self) -> None:
        """Nobody has looked for long."""
        self.store.drop()
        self._clear()
        self._stale = True

    def _clear(self) -> None:
        """Views hold on to rows: they go, and are made again."""
        for view in self.views.values():
            self._stack.removeWidget(view)
            view.deleteLater()
        self.views.clear()

    @Slot()
    def _show(self) -> None:
        frame, problem = self.store.frame, self.store.problem
        self.segments.setEnabled(frame is not None)
        if frame is None:
            self._clear()
            self.message.setText(READING if problem is None else reason(problem))
            self._stack.setCurrentIndex(0)
            self.facts.setText("")
            return
        first = _first(frame)
        offered = sorted((view for view in VIEWS if view.offered(frame)), key=lambda view: view is not first)
        titles = [view.title for view in offered]
        title = self._picked if self._picked in titles else titles[0]
        self.segments.put(titles, title)
        self.facts.setText(f"{frame.rows:,} rows, {len(frame.columns):,} columns")
        if title not in self.views:
            self._add(next(view for view in offered if view.title == title))
        self._stack.setCurrentWidget(self.views[title])
        self.views[title].show_frame()

    def _add(self, kind: type[View]) -> None:
        view = self.views[kind.title] = kind(self.store)
        if isinstance(view, CorrelationView):
            view.pair_chosen.connect(self._show_pair)
        self._stack.addWidget(view)

    @Slot(int, int)
    def _show_pair(self, across: int, upwards: int) -> None:
        self.look_at(ScatterView.title)
        view = self.view
        if isinstance(view, ScatterView):
            view.choose(across, upwards)

    @Slot(object)
    def _restyle(self, tokens: Tokens) -> None:
        for view in self.views.values():
            view.restyle(tokens)


def _first(frame: Frame) -> type[View]:
    """What is looked at first: points of the plane, pictures, texts or lines as such, anything else as a table."""
    if frame.pictures is not None:
        return PicturesView
    inputs = [place for place in range(len(frame.columns)) if frame.role(place) == "input"]
    if set(inputs) & set(frame.texts()):
        return TextsView
    if frame.series is not None:
        return SeriesView
    return ScatterView if len(inputs) == 2 and set(inputs) <= set(frame.numbers()) else TableView


def _centred(label: QLabel) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.addStretch(1)
    column.addWidget(label)
    column.addStretch(1)
    return made


PANEL = PanelInfo(id="explore", title="Explore", area="bottom", icon="explore", order=60, visible=False,
                  apart=True, create=ExplorePanel,
                  tip="The rows, columns and pictures of the data, and how they go together")
