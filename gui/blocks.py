"""The user's own blocks, as the palette shows them and the canvas adds them."""
from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.errors import FormatError
from core.graph.document import Document
from core.io import blocks
from core.io.blocks import Block
from gui import search, settings
from gui.notify import Notifier


class Blocks(QObject):
    """Read from their folder when they are first asked for. `changed` says that there are others."""

    changed = Signal()
    _spoiled = Signal(object)

    def __init__(self, notify: Notifier, parent: QObject | None = None):
        super().__init__(parent)
        self._notify = notify
        self._known: list[Block] | None = None
        # Later, as the palette asks before the window has a place for what is said.
        self._spoiled.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def all(self) -> list[Block]:
        """Every block, by name."""
        if self._known is None:
            self._known, bad = blocks.read_all(settings.folder() / "blocks")
            if bad:
                self._spoiled.emit(bad)
        return self._known

    def found(self, text: str) -> list[Block]:
        """The blocks that answer a search, best first."""
        scored = [(-value, block.name, block) for block in self.all()
                  if (value := search.score(text, block.name, ("block",))) is not None]
        return [block for _, _, block in sorted(scored, key=lambda entry: entry[:2])]

    def named(self, name: str) -> Block | None:
        """The block of that name."""
        return next((block for block in self.all() if block.name == name.strip()), None)

    def from_file(self, file: str) -> Block | None:
        """The block in the file of that name."""
        return next((block for block in self.all() if block.path.name == file), None)

    def save(self, name: str, content: Document) -> bool:
        """Keep a block; one of the same name is replaced. False if that was not possible."""
        old = self.named(name)
        if old is None:
            return self._do(lambda: blocks.write(settings.folder() / "blocks", name, content))
        return self._do(lambda: blocks.restore(Block(old.name, old.path, content)))

    def rename(self, block: Block, name: str) -> bool:
        """Give a block another name, if there is one that is free. False if nothing came of it."""
        if not name.strip() or name.strip() == block.name:
            return False
        if self.named(name) is not None:
            self._notify.warn(f"There is a block called “{name.strip()}” already.", hint="Choose another name.")
            return False
        return self._do(lambda: blocks.rename(block, name))

    def remove(self, block: Block) -> None:
        """Take a block away, and say how it comes back."""
        if self._do(lambda: blocks.remove(block)):
            self._notify.info(f"The block “{block.name}” was removed.", action_text="Restore",
                              action=partial(self._do, lambda: blocks.restore(block)))

    @Slot(object)
    def _tell(self, bad: list[Path]) -> None:
        names = ", ".join(path.name for path in bad[:3]) + (", …" if len(bad) > 3 else "")
        self._notify.warn(f"Of your blocks, {names} cannot be read and {'is' if len(bad) == 1 else 'are'} left out.",
                          hint=f"The folder is {settings.folder() / 'blocks'}.")

    def _do(self, change: Callable[[], object]) -> bool:
        try:
            change()
        except FormatError as error:
            self._notify.error(error.problem.message, error.problem.hint)
            return False
        self._known = None
        self.changed.emit()
        return True
