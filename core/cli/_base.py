"""What a command is, and what commands share."""
from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.registry import Registry

if TYPE_CHECKING:
    from core.graph.document import Document

PREFIX = "example:"


@dataclass(frozen=True, kw_only=True)
class Command:
    """The declaration. `arguments` describes what it takes, `run` does it and gives the exit status."""

    name: str
    summary: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]

    def __post_init__(self) -> None:
        COMMANDS.add(self.name, self)


COMMANDS: Registry[Command] = Registry("command")


def say(text: str) -> None:
    """One line for people, on stderr."""
    print(f"layerloom: {text}", file=sys.stderr)


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """A value as JSON on stdout. ASCII only, so that no terminal or pipe can fail on it."""
    print(json.dumps(value, indent=indent, allow_nan=False))


def print_columns(rows: Iterable[tuple[str, ...]], indent: str = "") -> None:
    """Rows of equal length, their columns aligned."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print((indent + "  ".join(cells)).rstrip())


def add_file(parser: argparse.ArgumentParser) -> None:
    """The argument that every command on a network takes first."""
    parser.add_argument("file", metavar="FILE", help="a network, or example:ID for one that ships")


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option for machines."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")


def open_document(name: str) -> Document:
    """The network in a file or bundle, or the example that "example:ID" names. Raises FormatError."""
    if not name.startswith(PREFIX):
        from core.io import opener

        return opener.open_document(name)
    from core.io import examples

    return examples.load(name.removeprefix(PREFIX))
