"""Everything that can be done, as lines of the command palette."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from core.layers import LAYERS
from gui.actions._base import ACTIONS, MENUS, SUBMENUS, Entry, MenuInfo
from gui.canvas.ink import FALLBACK_ICON
from gui.choices import Choice
from gui.picker import Picker
from gui.theme import icons

if TYPE_CHECKING:
    from gui.main_window import MainWindow

ITSELF = "help.commands"
REMEMBERED = 8
PLAIN = "chevron-right"
NATIVE = QKeySequence.SequenceFormat.NativeText


def toggle(window: MainWindow) -> None:
    """Open the command palette, or close it."""
    shown = [picker for picker in window.findChildren(Picker) if not picker.isHidden()]
    for picker in shown:
        picker.close_for_good()
    if not any(picker.objectName() == ITSELF for picker in shown):
        settings = window.context.settings
        picker = Picker(window, commands(window), prompt="Type a command", none="No command is called that.",
                        recent=settings.recent_commands, chosen=partial(_remember, window))
        picker.setObjectName(ITSELF)


def commands(window: MainWindow) -> list[Choice]:
    """Actions, the lines of all submenus, panels and layers, in the order of the menus."""
    window.refresh_actions()
    return [*_actions(window), *_lines(window), *_panels(window), *_layers(window)]


def _remember(window: MainWindow, choice: Choice) -> None:
    settings = window.context.settings
    others = [key for key in settings.recent_commands if key != choice.key]
    settings.recent_commands = [choice.key, *others][:REMEMBERED]
    settings.save()


def _actions(window: MainWindow) -> Iterator[Choice]:
    for info in sorted(ACTIONS.values(), key=lambda i: (MENUS.index(i.menu), i.group, i.order)):
        if info.id != ITSELF:
            action = window.actions_by_id[info.id]
            yield Choice(key=info.id, text=_plain(action), path=info.menu, keys=_keys(action), tip=info.tip,
                         icon=(info.image(window) if info.image else info.icon) or PLAIN, run=action.trigger,
                         enabled=action.isEnabled())


def _lines(window: MainWindow) -> Iterator[Choice]:
    for info in sorted(SUBMENUS.values(), key=lambda i: (MENUS.index(i.menu), i.group, i.order)):
        path, open_ = f"{info.menu} › {info.text}", info.enabled(window)
        for line in info.entries(window):
            if isinstance(line, Entry) and line.enabled:
                yield _entry(info, line, path, open_)


def _entry(info: MenuInfo, line: Entry, path: str, enabled: bool) -> Choice:
    icon = "check" if line.checked else line.icon or info.icon
    return Choice(key=f"{info.id}/{line.text}", text=f"{info.text}: {line.text}", path=path, tip=line.tip, icon=icon,
                  run=line.run, enabled=enabled)


def _panels(window: MainWindow) -> Iterator[Choice]:
    for name, dock in window.docks.docks.items():
        shown = dock.seen
        yield Choice(key=f"panel.{name}", text=f"{'Hide' if shown else 'Show'} {dock.info.title}",
                     path="View › Panels", keys=_keys(dock.toggleViewAction()), tip=dock.info.tip,
                     icon=dock.info.icon, run=dock.close if shown else partial(window.docks.show, name),
                     synonyms=("panel",))


def _layers(window: MainWindow) -> Iterator[Choice]:
    tokens = window.context.theme.tokens
    for kind, layer in LAYERS.items():
        info = layer.info
        icon = f"layers/{info.icon}"
        yield Choice(key=f"layer.{kind}", text=f"Add {info.title}", path=f"Layers › {info.category}",
                     tip=info.summary, icon=icon if icon in icons.names() else FALLBACK_ICON,
                     tint=tokens.category_colour(info.category), synonyms=(info.title, kind, *info.keywords),
                     run=partial(window.canvas.add_layer, kind))


def _plain(action: QAction) -> str:
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def _keys(action: QAction) -> str:
    keys = action.shortcuts()
    return keys[0].toString(NATIVE) if keys else ""
