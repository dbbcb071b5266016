"""From declared records to Qt's actions, menus and tool bar."""
from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Slot
from PySide6.QtGui import QAction, QCursor, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton
from shiboken6 import isValid

from gui.actions._base import ACTIONS, MENUS, SUBMENUS, ActionInfo, Entry, Heading, MenuInfo
from gui.theme import icons
from gui.theme.style import set_property

if TYPE_CHECKING:
    from gui.main_window import MainWindow

PRIMARY_WIDTH = 88
ARROW = 12


def sequences(names: Iterable[str]) -> list[QKeySequence]:
    """Key sequences by standard name ("Open") or by keys ("Ctrl+0"); without those that this platform lacks."""
    found: list[QKeySequence] = []
    for name in names:
        standard = getattr(QKeySequence.StandardKey, name, None)
        bound = QKeySequence.keyBindings(standard)[:1] if standard is not None else []
        # "Backspace" is both the name of a standard key, which most platforms lack, and a key.
        found += bound or ([key] if (key := QKeySequence(name)).toString() else [])
    return found


def tip_of(text: str, keys: list[QKeySequence]) -> str:
    """The tool tip: what it does, and its keys."""
    return f"{text} ({keys[0].toString(QKeySequence.SequenceFormat.NativeText)})" if keys else text


class ActionSet(QObject):
    """All actions and submenus of one window, by id. `refresh` brings texts, marks and states up to date."""

    def __init__(self, window: MainWindow):
        super().__init__(window)
        self._window = window
        self.actions = {info.id: self._action(info) for info in ACTIONS.values()}
        self.menus = {info.id: self._menu(info) for info in SUBMENUS.values()}
        self._buttons: dict[str, QToolButton] = {}
        self._narrow = False

    @Slot()
    def refresh(self) -> None:
        """Ask every declaration for its present state."""
        window = self._window
        for info in ACTIONS.values():
            action = self.actions[info.id]
            action.setEnabled(info.enabled(window))
            if info.checked is not None:
                action.setChecked(info.checked(window))
            if info.label is not None:
                action.setText(info.label(window))
            if info.image is not None:
                self._dress(info, action)
        for submenu in SUBMENUS.values():
            self.menus[submenu.id].menuAction().setEnabled(submenu.enabled(window))
            if submenu.label is not None and submenu.id in self._buttons:
                self._buttons[submenu.id].setText(self._words(submenu))

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Make the menus, with a rule between groups."""
        for title in MENUS:
            menu = bar.addMenu(f"&{title}")
            menu.setToolTipsVisible(True)
            infos = [i for i in _declared() if i.menu == title]
            group = None
            for info in sorted(infos, key=lambda i: (i.group, i.order)):
                if group not in (None, info.group):
                    menu.addSeparator()
                group = info.group
                if isinstance(info, MenuInfo):
                    menu.addMenu(self.menus[info.id])
                else:
                    menu.addAction(self.actions[info.id])

    def fill_tool_bar(self, bar: QToolBar) -> None:
        """Make the buttons, with a rule between tens."""
        tokens = self._window.context.theme.tokens
        bar.setIconSize(QSize(tokens.icon_l, tokens.icon_l))
        infos = [i for i in _declared() if i.toolbar]
        group = None
        for info in sorted(infos, key=lambda i: i.toolbar):
            if group not in (None, info.toolbar // 10):
                bar.addSeparator()
            group = info.toolbar // 10
            if isinstance(info, MenuInfo):
                bar.addWidget(self._menu_button(info))
            else:
                self._tool_button(bar, info)

    def tighten(self, narrow: bool) -> None:
        """In a narrow window the buttons of menus say only what changes: "Watch", not "Speed: Watch"."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for name, button in self._buttons.items():
            button.setText(self._words(SUBMENUS[name]))
            if SUBMENUS[name].label is None:
                button.setToolButtonStyle(style)

    def _words(self, info: MenuInfo) -> str:
        if info.label is None:
            return info.text
        text = info.label(self._window)
        return text.rpartition(": ")[2] if self._narrow else text

    def _action(self, info: ActionInfo) -> QAction:
        action = QAction(info.text, self._window)
        action.setObjectName(info.id)
        keys = sequences(info.shortcuts)
        action.setShortcuts(keys)
        action.setToolTip(tip_of(info.tip, keys))
        action.setStatusTip(info.tip)
        action.setAutoRepeat(info.repeats)
        action.setCheckable(info.checked is not None)
        action.triggered.connect(lambda _=False, info=info: info.run(self._window))
        if info.icon:
            self._dress(info, action)
        self._window.addAction(action)
        return action

    def _dress(self, info: ActionInfo, action: QAction) -> None:
        icons.bind(action, info.image(self._window) if info.image else info.icon)

    def _menu(self, info: MenuInfo) -> QMenu:
        menu = QMenu(info.text, self._window)
        menu.setObjectName(info.id)
        menu.setToolTipsVisible(True)
        menu.menuAction().setToolTip(info.tip)
        menu.aboutToShow.connect(lambda info=info, menu=menu: self.fill(info, menu))
        if info.icon:
            icons.bind(menu.menuAction(), info.icon)
        return menu

    def fill(self, info: MenuInfo, menu: QMenu) -> None:
        """Make the lines of a submenu anew."""
        for old in menu.actions():
            menu.removeAction(old)
            if old.parent() is menu:
                old.deleteLater()
        for line in info.entries(self._window):
            if line is None:
                menu.addSeparator()
            elif isinstance(line, Heading):
                menu.addAction(_heading(line, menu))
            elif isinstance(line, QAction):
                menu.addAction(line)
            else:
                menu.addAction(_entry(line, menu))
        switches = [action for action in menu.actions() if action.isCheckable()]
        iconic = bool(switches) and not any(action.icon().isNull() for action in switches)
        set_property(menu, "kind", "icons" if iconic else None)

    def context_menu(self, place: str) -> QMenu:
        """The actions for what was clicked, with a rule between menus and groups. It deletes itself when closed."""
        self.refresh()
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        before, folds = None, dict[str, QMenu]()
        for info in sorted((i for i in _declared() if place in i.context), key=_order):
            folded = isinstance(info, ActionInfo) and info.fold and place == "node"
            if isinstance(info, ActionInfo) and folded and info.fold in folds:
                self._add_to_fold(folds[info.fold], info)
                continue
            # Submenus that follow each other stand together.
            here = ("", 0) if folded else (info.menu, info.group)
            if before not in (None, here):
                menu.addSeparator()
            before = here
            if isinstance(info, MenuInfo):
                # addMenu would hand the wrapper of its action to this menu, to die with it.
                menu.addAction(self.menus[info.id].menuAction())
            elif folded:
                folds[info.fold] = self._fold(menu, info)
            else:
                menu.addAction(self.actions[info.id])
        return menu

    def _fold(self, menu: QMenu, first: ActionInfo) -> QMenu:
        fold = menu.addMenu(first.fold)
        fold.setToolTipsVisible(True)
        if first.icon:
            icons.bind(fold.menuAction(), first.icon)
        self._add_to_fold(fold, first)
        return fold

    def _add_to_fold(self, fold: QMenu, info: ActionInfo) -> None:
        last = fold.actions()[-1].objectName() if fold.actions() else info.id
        if (ACTIONS[last].menu, ACTIONS[last].group) != (info.menu, info.group):
            fold.addSeparator()
        fold.addAction(self.actions[info.id])

    def _tool_button(self, bar: QToolBar, info: ActionInfo) -> None:
        action = self.actions[info.id]
        bar.addAction(action)
        button = bar.widgetForAction(action)
        assert isinstance(button, QToolButton)
        button.setAccessibleName(info.text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if info.primary:
            self._primary(button, info, action)

    def _primary(self, button: QToolButton, info: ActionInfo, action: QAction) -> None:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        set_property(button, "kind", "primary")
        # As wide as its longest text, so that the buttons beside it stay where they are.
        button.setFixedSize(PRIMARY_WIDTH, self._window.context.theme.tokens.control_height + 4)
        Inked(button, info, action, self._window)

    def _menu_button(self, info: MenuInfo) -> QToolButton:
        button = QToolButton()
        button.setText(self._words(info))
        button.setToolTip(info.tip)
        button.setAccessibleName(info.text)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setMenu(self.menus[info.id])
        self.menus[info.id].aboutToHide.connect(partial(_let_go, button), Qt.ConnectionType.QueuedConnection)
        self._buttons[info.id] = button
        if info.label is None:
            icons.bind(button, info.icon)
            return button
        # Right to left, so that the arrow stands behind the text; the menu is not to follow.
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.menus[info.id].setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        icons.bind(button, "chevron-down")
        button.setIconSize(QSize(ARROW, ARROW))
        return button


class Inked(QObject):
    """Keeps the icon of a button on the accent in the colour of its text: the action's own icon is too dark."""

    def __init__(self, button: QToolButton, info: ActionInfo, action: QAction, window: MainWindow):
        super().__init__(button)
        self._button, self._info, self._action, self._window = button, info, action, window
        action.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Draw the icon that the action has at present."""
        tokens = self._window.context.theme.tokens
        name = self._info.image(self._window) if self._info.image else self._info.icon
        ink = tokens.accent_text if self._action.isEnabled() else tokens.text_disabled
        self._button.setIcon(icons.icon(name, ink))


def _let_go(button: QToolButton) -> None:
    """Qt does not notice that the pointer went elsewhere while a menu was open."""
    if isValid(button):
        under = button.rect().contains(button.mapFromGlobal(QCursor.pos()))
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, under)
        button.update()


def _declared() -> list[ActionInfo | MenuInfo]:
    return [*ACTIONS.values(), *SUBMENUS.values()]


def _order(info: ActionInfo | MenuInfo) -> tuple[int, int, int]:
    return MENUS.index(info.menu), info.group, info.order


def _heading(heading: Heading, menu: QMenu) -> QAction:
    action = QAction(heading.text, menu)
    action.setEnabled(False)
    return action


def _entry(entry: Entry, menu: QMenu) -> QAction:
    action = QAction(entry.text.replace("&", "&&"), menu)
    action.setToolTip(entry.tip or entry.text)
    action.setEnabled(entry.enabled)
    if entry.icon and entry.tint:
        action.setIcon(icons.icon(entry.icon, entry.tint))
    elif entry.icon:
        icons.bind(action, entry.icon)
    if entry.checked is not None:
        action.setCheckable(True)
        action.setChecked(entry.checked)
    action.triggered.connect(lambda _=False: entry.run())
    return action
