"""The window and its guards, as the tests of gui have them."""
from __future__ import annotations

from tests.gui.conftest import garbage_waits, no_questions, nothing_left_behind, theme, threads_are_noted, window

__all__ = ["garbage_waits", "no_questions", "nothing_left_behind", "theme", "threads_are_noted", "window"]
