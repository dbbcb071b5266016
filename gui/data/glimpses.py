"""Small looks at data sets, taken in the data thread and remembered."""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from functools import partial

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from core.datasets import DATASETS, Glimpse, Task, glimpse, stamps
from core.errors import CoreError, Problem
from core.params import Kind
from gui.data.thumbnail import NOTHING
from gui.desk import Desk

KEPT = 64


class Glimpses(QObject):
    """Gives what is known at once, asks for the rest, and says by `changed` when it is there."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject):
        super().__init__(parent)
        self._desk = desk
        self._known: OrderedDict[Hashable, Glimpse] = OrderedDict()
        self._asked: dict[str, Hashable] = {}
        self._failures: set[Hashable] = set()

    def retry(self) -> None:
        """Look anew where a look failed: files that were missing are there."""
        for key in self._failures:
            self._known.pop(key, None)
        if self._failures:
            self._failures.clear()
            self.changed.emit()

    def of(self, source: Kind, seed: int = 0, *, topic: str = "") -> Glimpse | None:
        """A look at a source; None while nobody has looked yet. Of one `topic` only what was asked for last counts."""
        values = tuple((name, _plain(value)) for name, value in sorted(source.params.items()))
        key = source.kind, values, seed, stamps(source)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        topic = f"glimpse.{topic or source.kind}"
        if self._asked.get(topic) != key:
            self._ask(topic, key, source, seed)
        return None

    def _ask(self, topic: str, key: Hashable, source: Kind, seed: int) -> None:
        try:
            dataset = DATASETS[source.kind](**source.params)
        except (CoreError, KeyError):
            self._known[key] = NOTHING
            return
        self._asked[topic] = key

        def look(task: Task) -> Glimpse:
            return glimpse(dataset, seed)

        self._desk.ask(topic, look, partial(self._arrived, topic, key), partial(self._failed, topic, key))

    def _arrived(self, topic: str, key: Hashable, found: Glimpse | None) -> None:
        if not isValid(self):
            return
        self._asked.pop(topic, None)
        self._known[key] = found or NOTHING
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self.changed.emit()

    def _failed(self, topic: str, key: Hashable, problem: Problem) -> None:
        # Why is told by whoever needs the data; a small picture of them is not worth a message.
        self._failures.add(key)
        self._arrived(topic, key, None)


def _plain(value: object) -> Hashable:
    """Something that stands for the value of a parameter, whatever that is."""
    return value if isinstance(value, (str, int, float)) else repr(value)
