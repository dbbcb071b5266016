"""The actions. A new record in a file here is a new entry of menus, tool bar and shortcut list."""
from core.registry import discover
from gui.actions._base import ACTIONS, MENUS, SUBMENUS, ActionInfo, Entry, MenuInfo

discover(__name__)

__all__ = ["ACTIONS", "MENUS", "SUBMENUS", "ActionInfo", "Entry", "MenuInfo"]
