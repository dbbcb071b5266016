"""`layerloom tour`: the real window, off screen, through its main job."""
from __future__ import annotations

import argparse
from pathlib import Path

from core.cli._base import Command
from core.cli._window import call_window


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="where the pictures and files go")


def _run(chosen: argparse.Namespace) -> int:
    from core.cli import _result

    _result.prepare(chosen.folder)
    return call_window("gui.tour", chosen.folder)


Command(name="tour", summary="Drive the real window off screen and leave pictures and files of what it did.",
        arguments=_arguments, run=_run)
