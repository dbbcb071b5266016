"""The window: wiring only. What it holds is declared elsewhere (actions, panels) and works elsewhere (files, docks)."""
from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from core.graph.document import Diff, Document
from core.io import examples
from core.train.events import Event, Failed, Snapshot
from core.train.request import Request
from gui import errands, motion
from gui.actions._build import ActionSet
from gui.actions.train import PACES
from gui.canvas.overlays import Overlays
from gui.canvas.view import CanvasView
from gui.clipboard import Clipboard
from gui.context import AppContext
from gui.docks import Docks
from gui.dropping import Dropping
from gui.files import Files
from gui.first_offer import FirstOffer
from gui.focus_ring import FocusRing
from gui.panels import Panel
from gui.shortcuts import Shortcuts
from gui.status import Readings, StatusLine
from gui.theme import icons
from gui.toasts import Toasts

# Milliseconds between two frames, and while each step of training takes long.
FRAME, SPARING = 30, 66
# From this width on the tool bar has room for every reading.
ROOMY = 1120
# From this width on there is room for words as well.
WORDY = 1180
FIRST_EXAMPLE = "xor-mlp"
RELEASE = QEvent.Type(QEvent.registerEventType())
# After UpdateRequest, which has low priority: painting is done when it arrives.
AFTER_PAINTING = Qt.EventPriority.LowEventPriority.value - 1


class MainWindow(QMainWindow):
    """Tool bar, canvas, docks, status line, and the timer that draws what a run has done."""

    def __init__(self, context: AppContext):
        super().__init__()
        self.context: AppContext = context
        context.setParent(self)
        self.setObjectName("main")
        self.setWindowIcon(icons.app_icon())
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self.setMinimumSize(1024, 640)
        self.canvas = CanvasView(context)
        FocusRing(self.canvas)
        self.clipboard = Clipboard(self.canvas)
        self._asked: dict[str, frozenset[Request]] = {}
        self._stale = True
        self._news = False
        self._offered = ""
        self._center()
        self.files = Files(self)
        self.docks = Docks(self)
        self.dropping, self.first_offer = Dropping(self), FirstOffer(self)
        self.setStatusBar(StatusLine(context, self))
        self._actions = ActionSet(self)
        self._actions.fill_menu_bar(self.menuBar())
        self.overlays = Overlays(self.canvas, self.actions_by_id)
        self.toasts.aside = self.overlays.width
        self.shortcuts = Shortcuts(self)
        self._tool_bar()
        self._frames = QTimer(self, interval=FRAME, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self.frame)
        self._connect()
        context.trainer.set_pace(PACES[context.settings.pace][2])
        motion.ask(context.settings.reduce_motion)
        self._title()
        self.refresh_actions()

    @property
    def panels(self) -> dict[str, Panel]:
        """The panels by id."""
        return self.docks.panels

    @property
    def actions_by_id(self) -> dict[str, QAction]:
        """The actions by id."""
        return self._actions.actions

    @property
    def submenus(self) -> dict[str, QMenu]:
        """The submenus by id."""
        return self._actions.menus

    def start(self, file: str = "") -> None:
        """Open `file`, which may be "example:ID", or the first example if there is none."""
        name = file.removeprefix("example:")
        opened = bool(file) and (self.files.open_example(name) if name != file else self.files.open_path(Path(file)))
        if not opened and FIRST_EXAMPLE in examples.EXAMPLES:
            self.files.open_example(FIRST_EXAMPLE)

    @Slot()
    def frame(self) -> None:
        """Draw what is new. If there is anything, the run stands still until that is painted: it would keep the
        interpreter to itself."""
        trainer = self.context.trainer
        pace = SPARING if trainer.heavy else FRAME
        if self._frames.interval() != pace:
            self._frames.setInterval(pace)
        if self.isMinimized():
            return
        held, self._news = trainer.running and self._news, False
        if held:
            trainer.hold()
        try:
            self.docks.tick()
            self.readings.tick()
            self.canvas.canvas_scene.tick()
            self._ask()
            trainer.look()
        finally:
            if held:
                QCoreApplication.postEvent(self, QEvent(RELEASE), AFTER_PAINTING)

    def _ask(self) -> None:
        """Tell the run what it is to answer. Whoever asks for something only now has not heard what was said of it."""
        asked = self.docks.asked() | {"canvas": frozenset(self.canvas.requests())}
        if asked != self._asked or self._stale:
            known = {} if self._stale else self._asked
            anew = frozenset[Request]().union(*(these - known.get(name, frozenset()) for name, these in asked.items()))
            self._asked, self._stale = asked, False
            self.context.trainer.want(frozenset[Request]().union(*asked.values()), anew)

    @Slot()
    def refresh_actions(self) -> None:
        """Bring texts, marks and states of all actions up to date."""
        self._actions.refresh()

    def _center(self) -> None:
        center = QWidget()
        layout = QVBoxLayout(center)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setCentralWidget(center)
        self.toasts = Toasts(self.context, center)

    def _tool_bar(self) -> None:
        bar = QToolBar("Tool bar", self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setFloatable(False)
        bar.toggleViewAction().setVisible(False)
        bar.setFixedHeight(self.context.theme.tokens.toolbar_height)
        self._actions.fill_tool_bar(bar)
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spring)
        self.readings = Readings(self.context)
        bar.addWidget(self.readings)
        self.addToolBar(bar)

    def _connect(self) -> None:
        context = self.context
        context.document_changed.connect(self._document_changed)
        context.file_changed.connect(self._file_changed)
        context.action_wanted.connect(self._trigger)
        context.panel_wanted.connect(self.docks.show)
        context.trainer.told.connect(self._train_event)
        context.trainer.state_changed.connect(self._state_changed)
        context.theme.changed.connect(self.refresh_actions)
        self.canvas.canvas_scene.picked.connect(self.refresh_actions)
        self.canvas.menu_wanted.connect(self._context_menu)
        self.canvas.tapped.connect(lambda: self.shortcuts.press("Space"))
        status = self.statusBar()
        assert isinstance(status, StatusLine)
        self.canvas.hinted.connect(status.show_hint)
        status.problems.clicked.connect(lambda: self.docks.show("problems"))
        status.notice.clicked.connect(self.actions_by_id["view.notices"].trigger)

    @Slot(object, object)
    def _document_changed(self, diff: Diff, document: Document) -> None:
        self.docks.tell(lambda panel: panel.on_document, diff, document)
        self._title()
        self.refresh_actions()

    @Slot(str, QPoint)
    def _context_menu(self, place: str, at: QPoint) -> None:
        self._actions.context_menu(place).popup(at)

    @Slot(str)
    def _trigger(self, action: str) -> None:
        self.actions_by_id[action].trigger()

    @Slot(object)
    def _train_event(self, event: Event) -> None:
        if isinstance(event, Snapshot) and not event.answers:
            return
        self.docks.tell(lambda panel: panel.on_train, event)
        self._stale |= not isinstance(event, Snapshot)
        self._news = True
        remedy = next(iter(errands.remedies(self.context, event.problem)), None) if isinstance(event, Failed) else None
        self._offered = remedy.label if remedy is not None else self._offered
        if remedy is None:
            self.context.notify.report(event)
        else:
            self.context.notify.report(event, remedy.label, lambda: errands.carry_out(self.context, remedy))

    @Slot(str)
    def _state_changed(self, state: str) -> None:
        self._stale = True
        if state == "running" and self._offered:
            # Whoever trains on needs no way back into the run that failed.
            self.toasts.withdraw(self._offered)
            self._offered = ""
        self.refresh_actions()

    @Slot()
    def _file_changed(self) -> None:
        self._title()
        self.refresh_actions()
        self.canvas.fit()

    def _title(self) -> None:
        self.setWindowTitle(f"{self.files.name}[*] — Layerloom")
        self.setWindowModified(self.files.dirty)
        self.setWindowFilePath(str(self.files.path or ""))

    def customEvent(self, event: QEvent) -> None:
        if event.type() == RELEASE:
            self.context.trainer.release()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._frames.isActive():
            self._frames.start()
            if not self.docks.restored:
                self.docks.size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.readings.speed.setVisible(event.size().width() >= ROOMY)
        self._actions.tighten(event.size().width() < WORDY)
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.files.may_leave():
            event.ignore()
            return
        self._frames.stop()
        self.toasts.clear()
        self.docks.save()
        self.docks.put_away()
        self.context.settings.save()
        self.context.trainer.shutdown()
        self.context.desk.shutdown()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dropping.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.dropping.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.dropping.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropping.drop(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            # The user may have put files in their place meanwhile, or changed them.
            if errands.missing(self.context):
                self.context.recheck()
            self.context.refresh()
        # Space presses the button that has the focus; only elsewhere does it train.
        if (event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
                and event.key() == Qt.Key.Key_Space and not event.modifiers()
                and isinstance(self.focusWidget(), QAbstractButton | QAbstractSlider | QComboBox)):
            event.accept()
            return True
        return super().event(event)
