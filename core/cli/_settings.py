"""`--set PATH=VALUE`: settings of a document changed by their place in its file."""
from __future__ import annotations

import argparse
import difflib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from core.errors import FormatError, Problem
from core.graph.document import Document
from core.io.decode import decode
from core.io.documents import dumps
from core.io.parse import parse

OPTIONAL = {"title": "", "frozen": False}
# Objects whose keys are names that the data bring along.
FREE = ("data.roles.",)
Setting = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A value as it was written, and as JSON understands it."""

    text: str
    value: Any

    def beside(self, old: Any) -> Any:
        """The value to take in the place of `old`: where a text stood, a name such as 2024 or true is one, too."""
        return self.text if isinstance(old, str) else self.value


def setting(text: str) -> Setting:
    """ "training.epochs=5" as a place and a `Written`. A value that is no JSON is a text."""
    path, equals, value = text.partition("=")
    if not equals or not path:
        raise argparse.ArgumentTypeError(f"PATH=VALUE is wanted, such as training.epochs=50, got {text!r}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"the value of {path} is not text in UTF-8") from None
    try:
        return path, Written(value, parse(value, path))
    except FormatError:
        return path, Written(value, value)


def apply(document: Document, settings: Iterable[Setting], name: str) -> Document:
    """The document with every setting changed in turn. Raises FormatError naming the place; `name` is the file's."""
    for path, value in settings:
        tree = _tree(document)
        _put(tree, path, value)
        document = decode(tree, name)
    return document


def _tree(document: Document) -> dict[str, Any]:
    """What a file would hold, with what it leaves out where it says nothing."""
    tree: dict[str, Any] = json.loads(dumps(document))
    tree["nodes"] = {name: {**OPTIONAL, **node} for name, node in tree["nodes"].items()}
    return tree


def _put(tree: dict[str, Any], path: str, value: Any) -> None:
    here: Any = tree
    parts = path.split(".")
    while True:
        key, rest = _step(here, parts, path)
        if key is None:
            raise _unknown(tree, path)
        if not rest:
            old = here.get(key) if isinstance(here, dict) else here[key]
            here[key] = value.beside(old) if isinstance(value, Written) else value
            return
        here, parts = here[key], rest


def _step(here: Any, parts: list[str], path: str) -> tuple[str | int | None, list[str]]:
    """The longest beginning of `parts` that is a key here (a node's name may hold dots), and what is left.

    In a list of kinds it is the place of one, from 0, or its id, which means the first of that id.
    """
    if isinstance(here, list):
        kinds = [item.get("kind") if isinstance(item, dict) else None for item in here]
        names = [str(place) for place, kind in enumerate(kinds) if kind]
        if parts[0] in names:
            return int(parts[0]), parts[1:]
        return (kinds.index(parts[0]), parts[1:]) if parts[0] in kinds else (None, parts)
    if isinstance(here, dict):
        if path[: -len(".".join(parts))] in FREE:
            return ".".join(parts), []
        for end in range(len(parts), 0, -1):
            if (key := ".".join(parts[:end])) in here:
                return key, parts[end:]
    return None, parts


def _unknown(tree: dict[str, Any], path: str) -> FormatError:
    near = difflib.get_close_matches(path, _paths(tree), n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else "Settings begin with data, nodes or training."
    return FormatError(Problem("set.unknown", f"There is no setting {path}.", hint=hint))


def _paths(tree: dict[str, Any], before: str = "") -> Iterator[str]:
    for key, value in tree.items():
        yield before + key
        if isinstance(value, list):
            value = {item["kind"]: item for item in value if isinstance(item, dict) and "kind" in item}
        if isinstance(value, dict):
            yield from _paths(value, f"{before}{key}.")
