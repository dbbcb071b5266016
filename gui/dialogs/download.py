"""The offer to download a data set: what comes from where, and how far it is."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialogButtonBox, QProgressBar, QPushButton

from core.datasets import DATASETS, SOURCES, Task, cache, download, lacking
from core.errors import Problem
from gui.dialogs._base import Dialog, label
from gui.forms import parts

if TYPE_CHECKING:
    from gui.main_window import MainWindow

TOPIC = "download"
FINE = 1000


class DownloadDialog(Dialog):
    """Names source, size and place, and downloads only after a click. Closing it stops; what has come is kept."""

    title = "Download data"
    size_hint = (460, 250)
    leave = QDialogButtonBox.StandardButton.Cancel

    def __init__(self, window: MainWindow, kind: str):
        self.kind, self.source = kind, SOURCES[kind]
        super().__init__(window)

    @classmethod
    def offer(cls, window: MainWindow, kind: str) -> DownloadDialog:
        """Show the offer, or bring the one that is open to the front."""
        for child in window.findChildren(cls):
            if child.isVisible() and child.kind == kind:
                child.raise_()
                child.activateWindow()
                return child
        dialog = cls(window, kind)
        dialog.show()
        return dialog

    def build(self) -> None:
        self._desk = self.window_.context.desk
        self.setWindowTitle(f"Download {self.source.title}")
        self.facts = parts.Facts()
        self.facts.show_rows(self._facts())
        self.state = label("", "small")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, FINE)
        self.bar.setAccessibleName("Downloaded so far")
        self.notices = parts.Notices()
        for widget in (label(f"{self.source.title} does not come with Layerloom: "
                             f"{_small(DATASETS[self.kind].info.summary)}."), self.facts, self.notices):
            self.body.addWidget(widget)
        self.body.addStretch()
        self.body.addWidget(self.state)
        self.body.addWidget(self.bar)
        self.start = QPushButton("Download")
        self.start.setDefault(True)
        self.buttons.addButton(self.start, QDialogButtonBox.ButtonRole.ActionRole)
        self.start.clicked.connect(self._start)
        self.finished.connect(self._stop)
        self._desk.told.connect(self._told)
        self._show_waiting("Nothing is sent; the files are kept for all your networks.")

    @Slot()
    def _start(self) -> None:
        kind = self.kind

        def work(task: Task) -> None:
            download(kind, task)

        self.notices.show_problems(())
        self.start.setEnabled(False)
        self.bar.setVisible(True)
        self.bar.setValue(0)
        self.state.setText("Connecting…")
        self._desk.ask(TOPIC, work, self._done, self._failed)

    @Slot(str, str, object)
    def _told(self, topic: str, text: str, share: float | None) -> None:
        if topic == TOPIC and not self.start.isEnabled():
            self.state.setText(text)
            self.bar.setValue(round((share or 0.0) * FINE))

    def _done(self, _: object) -> None:
        context = self.window_.context
        context.notify.info(f"{self.source.title} is on this computer now.")
        self.accept()
        context.recheck()

    def _failed(self, problem: Problem) -> None:
        self.notices.show_problems([problem])
        self.start.setText("Try again")
        self.start.setEnabled(True)
        self.start.setFocus()
        self._show_waiting("")
        # A notice in full needs room.
        layout = self.layout()
        assert layout is not None
        self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    @Slot()
    def _stop(self) -> None:
        self._desk.stop(TOPIC)

    def _show_waiting(self, text: str) -> None:
        self.bar.setVisible(False)
        self.state.setText(text)

    def _facts(self) -> list[tuple[str, str]]:
        files = lacking(self.kind)
        size = sum(file.size for file in files) / 1e6
        first, *others = self.source.hosts
        return [("From", "\nor ".join([first, *others])),
                ("Size", f"{size:.1f} MB in {len(files)} file{'' if len(files) == 1 else 's'}"),
                ("To", str(cache(self.kind))),
                ("Checked by", "size and SHA-256 of every file")]


def _small(summary: str) -> str:
    return summary[:1].lower() + summary[1:]
