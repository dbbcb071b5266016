"""Where the files of ``resources/`` are: in the source tree, installed, or in a frozen application."""

import sys
from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    return Path(__file__).resolve().parent.parent / "resources"


def path(*parts: str) -> Path:
    """The path of a resource, such as ``path("icons", "layers", "dense.svg")``; it need not exist."""
    return root().joinpath(*parts)
