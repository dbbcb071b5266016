"""After an error of the program: log it, rescue the document, tell the user, go on."""
from __future__ import annotations

import contextlib
import faulthandler
import io
import logging
import sys
import threading
import traceback
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, Slot, qInstallMessageHandler

from core.errors import CoreError
from core.io import documents
from gui import settings
from gui.dialogs.about import version
from gui.dialogs.crash import CrashDialog

if TYPE_CHECKING:
    from gui.main_window import MainWindow

log = logging.getLogger(__name__)

LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def on_qt_message(kind: QtMsgType, where: QMessageLogContext, text: str) -> None:
    """Qt's own messages go to logging."""
    logging.getLogger("qt").log(LEVELS.get(kind, logging.WARNING), "%s", text)


class Crash(QObject):
    """Catches what nobody caught. `install` turns it on, `remove` off."""

    _happened = Signal(str)

    def __init__(self, window: MainWindow):
        super().__init__(window)
        self._window = window
        self._seen: set[str] = set()
        self._file: io.TextIOWrapper | None = None
        self._before: tuple[Any, Any, Any] | None = None
        # Queued: a dialog must not open amid painting, nor in another thread.
        self._happened.connect(self.tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over every hook that Python and Qt have for this."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self.on_exception
        threading.excepthook = lambda a: self.on_exception(a.exc_type, a.exc_value, a.exc_traceback)
        sys.unraisablehook = lambda a: log.warning("ignored in %r", a.object, exc_info=a.exc_value)
        qInstallMessageHandler(on_qt_message)
        with contextlib.suppress(OSError):
            settings.folder().mkdir(parents=True, exist_ok=True)
            self._file = (settings.folder() / "crash.log").open("w", encoding="utf-8")
            faulthandler.enable(self._file)

    def remove(self) -> None:
        """Give the hooks back."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = None
        qInstallMessageHandler(None)
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None

    def on_exception(self, kind: type[BaseException], error: BaseException | None,
                     trace: TracebackType | None) -> None:
        """One exception that nobody caught, from any thread."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        report = "".join(traceback.format_exception(kind, error, trace))
        log.error("not caught:\n%s", report)
        if report not in self._seen:
            self._seen.add(report)
            self._happened.emit(report)

    @Slot(str)
    def tell(self, report: str) -> None:
        """Rescue the document, then show the dialog; a fault while one is open joins the log only."""
        rescued = rescue(self._window)
        if not self._window.findChildren(CrashDialog):
            head = f"Layerloom {version()}, Python {sys.version.split()[0]}, {sys.platform}\n\n"
            dialog = CrashDialog(head + report, rescued, self._window)
            dialog.show()


def recovery() -> Path:
    """Where rescued work is written."""
    return settings.folder() / "recovery.json"


def rescue(window: MainWindow) -> Path | None:
    """Write the document to the recovery file; its path, or None if that failed."""
    path = recovery()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        documents.write(window.context.document, path)
    except (OSError, CoreError) as error:
        log.info("no recovery file: %s", error)
        return None
    return path


def offer(window: MainWindow) -> None:
    """If the last start left rescued work, say so once."""
    path = recovery()
    kept = path.with_name("recovered.json")
    try:
        path.replace(kept)
    except OSError:
        return
    window.context.notify.warn("Layerloom was interrupted last time.", hint="The network as it was then is kept.",
                               action_text="Restore", action=partial(_restore, window, kept))


def forget(window: MainWindow) -> None:
    """Closed in peace: what was rescued on the way is not needed if everything is saved."""
    if not window.files.dirty:
        with contextlib.suppress(OSError):
            recovery().unlink()


def _restore(window: MainWindow, path: Path) -> None:
    try:
        document = documents.read(path)
    except CoreError as error:
        window.context.notify.error(error.problem.message, error.problem.hint)
        return
    window.files.restore(document, "Recovered")
