"""What this is, which version, and where it keeps things."""
from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout

from gui import settings
from gui.dialogs._base import Dialog, label
from gui.theme import icons


def version() -> str:
    """The version of the installed distribution, or a word for a plain source tree."""
    from importlib import metadata

    try:
        return metadata.version("layerloom")
    except metadata.PackageNotFoundError:
        return "from source"


class AboutDialog(Dialog):
    """A card with a button that copies the versions for a report."""

    title = "About Layerloom"
    size_hint = (440, 260)

    def build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(self.window_.context.theme.tokens.gap_l)
        mark = QLabel()
        mark.setPixmap(icons.app_icon().pixmap(64, 64, ))
        top.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.addWidget(label("Layerloom", "heading"))
        words.addWidget(label("Draw a neural network, train it while you watch, and keep what you made."))
        words.addWidget(label(self._versions(), "muted"))
        words.addWidget(label(f"Settings are kept in {settings.folder()}", "small"))
        words.addWidget(label("MIT licence. Type face: OFL. Nothing leaves this machine.", "small"))
        words.addStretch()
        top.addLayout(words, 1)
        self.body.addLayout(top)
        copy = self.buttons.addButton("Copy versions", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setToolTip("Copy the versions for a report")
        copy.clicked.connect(self._copy)

    def _versions(self) -> str:
        from importlib import metadata

        return (f"Layerloom {version()}\nPython {platform.python_version()}, PySide6 {PySide6.__version__}, "
                f"NumPy {metadata.version('numpy')}\n{platform.platform(terse=True)}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._versions())
        self.window_.context.notify.info("The versions are on the clipboard.")
