"""The menus as a whole: order, wording, and that every entry does something."""
from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui.actions import ACTIONS, MENUS, SUBMENUS
from gui.main_window import MainWindow

SMALL = {"a", "and", "as", "by", "from", "in", "of", "on", "or", "the", "to", "with"}
PLACES = ("node", "wire", "canvas", "note", "group")


def menu_of(window: MainWindow, title: str) -> QMenu:
    action = next(a for a in window.menuBar().actions() if a.text() == f"&{title}")
    menu = action.menu()
    assert isinstance(menu, QMenu)
    return menu


def entries(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if not action.isSeparator()]


def test_no_text_occurs_twice_in_a_menu_and_no_two_rules_meet(window: MainWindow) -> None:
    for title in MENUS:
        menu = menu_of(window, title)
        texts = [action.text() for action in entries(menu)]
        assert texts
        assert [text for text, count in Counter(texts).items() if count > 1] == []
        rules = [action.isSeparator() for action in menu.actions()]
        assert not rules[0]
        assert not rules[-1]
        assert not any(one and next_ for one, next_ in pairwise(rules))


def test_no_text_occurs_twice_in_a_context_menu(window: MainWindow) -> None:
    for place in PLACES:
        menu = window._actions.context_menu(place)
        texts = [action.text() for action in entries(menu)]
        menu.deleteLater()
        assert [text for text, count in Counter(texts).items() if count > 1] == []


@pytest.mark.parametrize("name", [*ACTIONS, *SUBMENUS])
def test_the_words_of_an_entry_begin_with_capitals_and_dots_are_one_sign(name: str) -> None:
    info = ACTIONS[name] if name in ACTIONS else SUBMENUS[name]
    words = info.text.rstrip("…").split()
    assert [w for w in words[1:] if w not in SMALL and not w[0].isupper()] == []
    assert words[0][0].isupper()
    assert "..." not in info.text
    assert info.tip[0].isupper()


def test_every_entry_is_an_action_with_a_run_or_a_submenu(window: MainWindow) -> None:
    known = {*window.actions_by_id.values(), *(menu.menuAction() for menu in window.submenus.values())}
    for title in MENUS:
        assert set(entries(menu_of(window, title))) <= known
    assert all(callable(info.run) for info in ACTIONS.values())


def test_every_entry_of_a_menu_has_a_place_of_its_own() -> None:
    infos = [*ACTIONS.values(), *SUBMENUS.values()]
    places = Counter((info.menu, info.group, info.order) for info in infos)
    assert [place for place, count in places.items() if count > 1] == []
