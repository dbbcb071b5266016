"""Layerloom without its window: describe a network, check it, train it, keep it.

    from core import Control, Session, load, run, save

    session = Session(load("network.json"))
    for event in run(session, Control()):
        print(event)
    session.network.predict(session.parts.train.x)

`source_for` makes a source of a file or folder of one's own, `prepare` gives its samples as a network gets them, and
`predict` says in the words of the data what a trained network makes of new columns.

Nothing heavy is imported before it is asked for.
"""
from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.datasets import prepare, source_for
    from core.engine.network import Network
    from core.errors import CoreError, Problem
    from core.graph.check import check
    from core.graph.document import Document, Edge, Node
    from core.io.documents import read as load
    from core.io.documents import write as save
    from core.train.control import Control
    from core.train.loop import train as run
    from core.train.prediction import predict
    from core.train.session import Session

__version__ = "0.1.0"

__all__ = [
    "Control",
    "CoreError",
    "Document",
    "Edge",
    "Network",
    "Node",
    "Problem",
    "Session",
    "__version__",
    "check",
    "load",
    "predict",
    "prepare",
    "run",
    "save",
    "source_for",
]

_HOMES = {
    "Control": ("core.train.control", "Control"),
    "CoreError": ("core.errors", "CoreError"),
    "Document": ("core.graph.document", "Document"),
    "Edge": ("core.graph.document", "Edge"),
    "Network": ("core.engine.network", "Network"),
    "Node": ("core.graph.document", "Node"),
    "Problem": ("core.errors", "Problem"),
    "Session": ("core.train.session", "Session"),
    "check": ("core.graph.check", "check"),
    "load": ("core.io.documents", "read"),
    "predict": ("core.train.prediction", "predict"),
    "prepare": ("core.datasets", "prepare"),
    "run": ("core.train.loop", "train"),
    "save": ("core.io.documents", "write"),
    "source_for": ("core.datasets", "source_for"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'core' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(importlib.import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
