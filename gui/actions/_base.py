"""An action is one declared record: menus, tool bar, shortcut list and command search are made from them."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from core.registry import Registry

if TYPE_CHECKING:
    from gui.main_window import MainWindow

MENUS = ("File", "Edit", "Network", "Arrange", "View", "Train", "Help")


def _always(window: MainWindow) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class ActionInfo:
    """The declaration. `menu` and `group` say where it stands ("File", 1); `toolbar` gives its place there (0: none),
    where each ten is a group of its own.

    `checked` makes it a switch; `label` and `image` give a text and an icon that change ("Undo: add Dense");
    `primary` is the one button that stands out. `shortcuts` holds names of `QKeySequence.StandardKey` ("Open") or
    key sequences ("Ctrl+0"). `context` names the context menus that it is in as well: "node", "wire",
    "canvas", "note", "group"; in that of a node those with the same `fold` are in a submenu of that name.
    `repeats`: holding its keys does it again.
    """

    id: str
    text: str
    tip: str
    run: Callable[[MainWindow], object]
    menu: str
    group: int = 1
    order: int = 0
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    toolbar: int = 0
    primary: bool = False
    context: tuple[str, ...] = ()
    fold: str = ""
    repeats: bool = False
    enabled: Callable[[MainWindow], bool] = _always
    checked: Callable[[MainWindow], bool] | None = None
    label: Callable[[MainWindow], str] | None = None
    image: Callable[[MainWindow], str] | None = None

    def __post_init__(self) -> None:
        ACTIONS.add(self.id, self)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a list that is made anew each time it is shown. `tint` is the colour of its icon, if that has one of
    its own."""

    text: str
    run: Callable[[], object]
    tip: str = ""
    icon: str = ""
    tint: str = ""
    enabled: bool = True
    checked: bool | None = None


@dataclass(frozen=True)
class Heading:
    """A line that names those below it."""

    text: str


Line = Entry | Heading | QAction | None


@dataclass(frozen=True, kw_only=True)
class MenuInfo:
    """A submenu. `entries` gives its lines when it opens: entries, actions that live elsewhere, None for a rule.

    With `toolbar` it is also a button there, which shows `label`. `context` names context menus that it is in as well.
    """

    id: str
    text: str
    tip: str
    menu: str
    entries: Callable[[MainWindow], Iterable[Line]]
    group: int = 1
    order: int = 0
    icon: str = ""
    toolbar: int = 0
    context: tuple[str, ...] = ()
    enabled: Callable[[MainWindow], bool] = _always
    label: Callable[[MainWindow], str] | None = None

    def __post_init__(self) -> None:
        SUBMENUS.add(self.id, self)


ACTIONS: Registry[ActionInfo] = Registry("action")
SUBMENUS: Registry[MenuInfo] = Registry("menu")
