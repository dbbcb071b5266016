"""Opening the window. Imported by name at the last moment: core knows nothing of the window."""
from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.cli._base import COMMANDS, PREFIX, open_document, say


def opens_window(argv: Sequence[str]) -> bool:
    """True if `argv` is empty or names one file. A bare word that is no file is taken for a misspelt command."""
    if not argv:
        return True
    name = argv[0]
    named = name.startswith(PREFIX) or not name.isalpha() or Path(name).exists()
    return len(argv) == 1 and not name.startswith("-") and name not in COMMANDS and named


def open_window(argv: Sequence[str]) -> int:
    """Show the window on the file that `argv` names, if any, until it is closed. Raises FormatError."""
    if argv and argv[0].startswith(PREFIX):
        open_document(argv[0])
    return call_window("gui.app", list(argv))


def call_window(module: str, argument: Any) -> int:
    """Call `run(argument)` of a module that needs Qt; its exit status, or 1 where Qt cannot be loaded."""
    try:
        run = importlib.import_module(module).run
    except ImportError as error:
        say(f"The window cannot be opened, because something that it needs is missing ({error}). Install it, or "
            "start with `python3 packaging/bootstrap.py run`, which does that.")
        return 1
    return int(run(argument))
