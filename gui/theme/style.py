"""The style sheet: ``resources/styles/app.qss`` with its placeholders filled from the tokens.

Placeholders are ``@token`` (``@{token}px`` with a unit) and, for pictures, ``@[icon token]``, which becomes
the path of that icon in that colour.
"""

import re
import weakref
from pathlib import Path

from PySide6.QtCore import QDir, QTemporaryDir
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from gui import resources
from gui.theme import drawings
from gui.theme.tokens import Tokens

IMAGE = re.compile(r"@\[([a-z/_-]+) ([a-z_]+)\]")
TOKEN = re.compile(r"@(?:\{([a-z_]+)\}|([a-z_]+))")

INSET = 7


class Images:
    """Coloured icons as files, since style sheets take pictures by path only; removed with this object."""

    def __init__(self) -> None:
        self._folder = QTemporaryDir(f"{QDir.tempPath()}/layerloom-style-XXXXXX")
        weakref.finalize(self, self._folder.remove)

    def path(self, name: str, colour: str) -> str:
        """The path of the icon in ``colour``, written on first use."""
        file = Path(self._folder.path()) / f"{name.replace('/', '-')}-{colour[1:]}.svg"
        if not file.exists():
            file.write_bytes(drawings.svg(name, colour))
        return file.as_posix()


def template() -> str:
    """The style sheet as it is written, with its placeholders."""
    return resources.path("styles", "app.qss").read_text(encoding="utf-8")


def sheet(tokens: Tokens, images: Images) -> str:
    """The style sheet for ``tokens``. Raises AttributeError for a token that does not exist."""

    def picture(match: re.Match[str]) -> str:
        return images.path(match[1], getattr(tokens, match[2]))

    def value(match: re.Match[str]) -> str:
        return str(getattr(tokens, match[1] or match[2]))

    return TOKEN.sub(value, IMAGE.sub(picture, template()))


def set_property(widget: QWidget, name: str, value: str | None) -> None:
    """Set a property that the style sheet looks at, and let the widget take the new look."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def inset(spin: QSpinBox | QDoubleSpinBox) -> None:
    """Indent the digits of a spin box like other fields: Qt ignores a style sheet's padding there."""
    spin.lineEdit().setTextMargins(INSET, 0, 0, 0)
