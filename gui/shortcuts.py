"""The keys of actions and panels: declared, changed by the user, kept in the settings."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from gui.actions._base import ACTIONS
from gui.actions._build import sequences, tip_of

if TYPE_CHECKING:
    from gui.main_window import MainWindow

NATIVE, PORTABLE = QKeySequence.SequenceFormat.NativeText, QKeySequence.SequenceFormat.PortableText
# What the canvas, lists and fields need for themselves.
KEPT = {
    "Esc": "giving up what is under way", "Tab": "adding a layer", "Shift+Tab": "leaving the canvas",
    "Backtab": "leaving the canvas", "Shift+Backtab": "leaving the canvas", "Return": "doing it",
    "Enter": "doing it", "/": "the search for layers",
    **{f"{held}{arrow}": "moving nodes" for held in ("", "Shift+") for arrow in ("Left", "Right", "Up", "Down")},
}


@dataclass(frozen=True)
class Target:
    """What has keys: an action, or the switch of a panel."""

    action: QAction
    title: str
    tip: str
    defaults: tuple[str, ...]


class Shortcuts(QObject):
    """Gives every action and panel its keys. `changed` is sent after each change; the settings are saved then."""

    changed = Signal()

    def __init__(self, window: MainWindow):
        super().__init__(window)
        self._settings = window.context.settings
        self.targets = {i.id: Target(window.actions_by_id[i.id], i.text.rstrip("…"), i.tip, _names(i.shortcuts))
                        for i in ACTIONS.values()}
        for dock in window.docks.docks.values():
            info, toggle = dock.info, dock.toggleViewAction()
            keys = _names((info.shortcut,))
            tip = info.tip or f"Show or hide {info.title}"
            self.targets[toggle.objectName()] = Target(toggle, info.title, tip, keys)
        self._apply()

    def keys(self, name: str) -> list[QKeySequence]:
        """The keys of an action or panel at present."""
        return self.targets[name].action.shortcuts()

    def text(self, name: str) -> str:
        """Those keys as this system writes them."""
        return ", ".join(key.toString(NATIVE) for key in self.keys(name))

    def is_default(self, name: str) -> bool:
        """True if the keys are the declared ones."""
        return tuple(_written(key) for key in self.keys(name)) == self.targets[name].defaults

    def owner(self, key: QKeySequence, but: str) -> str | None:
        """Which other action or panel has this key."""
        return next((name for name in self.targets if name != but and key in self.keys(name)), None)

    def press(self, key: str) -> None:
        """Do what a key stands for, as if it had been pressed."""
        if (name := self.owner(QKeySequence(key), "")) is not None:
            self.targets[name].action.trigger()

    def put(self, name: str, keys: list[QKeySequence]) -> None:
        """Give an action these keys and no others; whoever has one of them loses it."""
        for key in keys:
            if (other := self.owner(key, name)) is not None:
                self._set(other, [k for k in self.keys(other) if k != key])
        self._set(name, keys)
        self._save()

    def reset(self, name: str) -> None:
        """The declared keys again; whoever was given one of them loses it."""
        self.put(name, [QKeySequence(key) for key in self.targets[name].defaults])

    def reset_all(self) -> None:
        """Every declared key again."""
        self._settings.shortcuts = {}
        self._apply()
        self._save()

    def _set(self, name: str, keys: list[QKeySequence]) -> None:
        target = self.targets[name]
        target.action.setShortcuts(keys)
        target.action.setToolTip(tip_of(target.tip, keys))

    def _save(self) -> None:
        others = {k: v for k, v in self._settings.shortcuts.items() if k not in self.targets}
        own = {name: [_written(key) for key in self.keys(name)] for name in self.targets if not self.is_default(name)}
        self._settings.shortcuts = others | own
        self._settings.save()
        self.changed.emit()

    def _apply(self) -> None:
        """What the user chose counts before what is declared; a key that is taken or unknown is left out."""
        chosen = self._settings.shortcuts
        taken: set[str] = set()
        for name in sorted(self.targets, key=lambda name: name not in chosen):
            wanted = _names(tuple(chosen.get(name, self.targets[name].defaults)))
            free = [key for key in dict.fromkeys(wanted) if key not in taken and key not in KEPT]
            taken.update(free)
            self._set(name, [QKeySequence(key) for key in free])


def refusal(key: QKeySequence) -> str:
    """Why a key cannot be given to anything, or empty."""
    use = KEPT.get(_written(key))
    return f"{key.toString(NATIVE)} is needed for {use}. Press another key." if use else ""


def _names(declared: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for key in sequences(declared) if key.count() == 1 and (text := _written(key)))


def _written(key: QKeySequence) -> str:
    return key.toString(PORTABLE)
