"""What is known of the present data: loaded and counted aside, once, and only while somebody looks."""
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.datasets import Task, stamps
from core.errors import CoreError, Problem
from core.graph.settings import DataSettings
from core.preprocessing import Vocabulary
from core.statistics import (
    Correlation,
    Frame,
    Labels,
    Summary,
    correlate,
    gather,
    gather_prepared,
    known_words,
    labels_of,
    order,
    summarise,
)
from gui.context import AppContext

# So many numbers are summed up before the first of them are shown.
BATCH = 1 << 22
KEPT = 4
SMALL = 1 << 20


class Store(QObject):
    """`frame` is what there is to see, or `problem` says why there is nothing; both are None while it is read.

    `changed`: another frame, problem, or other roles. `summarised`, `correlated`, `ordered`,
    `worded`: more is known of it.
    """

    changed = Signal()
    summarised = Signal()
    correlated = Signal()
    ordered = Signal(object)
    worded = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None):
        super().__init__(parent)
        self.context = context
        self.frame: Frame | None = None
        self.labels: Labels | None = None
        self.problem: Problem | None = None
        self.roles: Mapping[str, str] = {}
        self.prepared = False
        self._source: Hashable = None
        self._asked: Hashable = None
        self._shown: Hashable = None
        self._summaries: OrderedDict[Hashable, list[Summary]] = OrderedDict()
        self._correlations: OrderedDict[Hashable, Correlation] = OrderedDict()
        self._words: tuple[Hashable, Mapping[str, Vocabulary]] = None, {}
        self._wanted: set[str] = set()

    @property
    def reading(self) -> bool:
        """True while other rows than those in sight are read."""
        return self._asked != self._shown

    @property
    def summaries(self) -> list[Summary]:
        """The summaries of the first columns; of all of them, once they are counted."""
        return self._summaries.get(self._shown, [])

    @property
    def correlation(self) -> Correlation | None:
        """How the columns go together, once that is known."""
        return self._correlations.get(self._shown)

    @property
    def words(self) -> Mapping[str, Vocabulary]:
        """By column of text the words that the steps know, once that is known."""
        return self._words[1]

    @property
    def complete(self) -> bool:
        """True once every column is counted."""
        return self.frame is not None and len(self.summaries) == len(self.frame.columns)

    def look(self) -> None:
        """Load the present data, unless they are there."""
        try:
            settings = DataSettings.known(self.context.document.data)
        except CoreError as error:
            self.drop()
            self._failed(error.problem)
            return
        source = _key(settings, self.prepared)
        asked = source, settings.roles
        if asked == self._asked:
            return
        frame = self.frame if source == self._source else None
        self._stop()
        # Few rows stay in sight while others are read; of many there is one copy at most.
        if self.frame is not None and frame is None and self.frame.rows * len(self.frame.columns) > SMALL:
            self.frame = None
        self._asked, self.problem = asked, None
        roles, prepared = {} if self.prepared else dict(settings.roles), self.prepared

        def load(task: Task) -> tuple[Frame, Labels | None]:
            found = frame
            if found is None:
                found = (gather_prepared if prepared else gather)(settings.dataset, settings.recipe, task)
            target = found.target(roles)
            return found, labels_of(None if target is None else found.columns[target])

        def loaded(found: tuple[Frame, Labels | None]) -> None:
            # What was asked of the rows before is of no use any more.
            self._stop()
            self.frame, self.labels = found
            self._source, self._shown, self.roles = source, asked, roles
            self.changed.emit()

        self.context.desk.ask("explore.frame", load, loaded, self._failed)
        if self.frame is None:
            self.changed.emit()

    def drop(self) -> None:
        """Forget the rows, which may be many, and stop what is being counted; what was counted is kept."""
        self._stop()
        self.frame = self.labels = self.problem = None
        self._source = self._asked = self._shown = None

    def _stop(self) -> None:
        for topic in ("frame", "summaries", "correlation", "order", "words"):
            self.context.desk.stop(f"explore.{topic}")
        self._wanted.clear()

    def want_summaries(self) -> None:
        """Count the columns, unless that is done or under way."""
        if self.frame is not None and not self.complete and "summaries" not in self._wanted:
            self._wanted.add("summaries")
            self._count_more()

    def want_correlation(self) -> None:
        """Correlate the columns, unless that is done or under way."""
        frame, roles, shown = self.frame, self.roles, self._shown
        if frame is None or self.correlation is not None or "correlation" in self._wanted:
            return
        self._wanted.add("correlation")

        def correlated(found: Correlation) -> None:
            self._wanted.discard("correlation")
            _keep(self._correlations, shown, found)
            self.correlated.emit()

        self.context.desk.ask("explore.correlation", lambda task: correlate(frame, roles, task=task), correlated,
                              self._failed)

    def want_order(self, column: int, descending: bool) -> None:
        """Sort the rows by a column; `ordered` carries their places."""
        frame = self.frame
        if frame is not None:
            self.context.desk.ask("explore.order", lambda task: order(frame.columns[column], descending=descending,
                                                                      task=task), self.ordered.emit, self._failed)

    def want_words(self) -> None:
        """Learn the words of texts as the steps do."""
        try:
            settings = DataSettings.known(self.context.document.data)
        except CoreError:
            return
        key = _key(settings, True)
        if key == self._words[0] or "words" in self._wanted:
            return
        self._wanted.add("words")

        def learned(found: Mapping[str, Vocabulary]) -> None:
            self._wanted.discard("words")
            self._words = key, found
            self.worded.emit()

        self.context.desk.ask("explore.words", lambda task: known_words(settings.dataset, settings.recipe, task),
                              learned, self._failed)

    def _count_more(self) -> None:
        frame, labels, shown, done = self.frame, self.labels, self._shown, len(self.summaries)
        assert frame is not None
        columns = frame.columns[done : done + max(1, BATCH // max(1, frame.rows))]
        total = len(frame.columns)

        def count(task: Task) -> tuple[Summary, ...]:
            task.tell("Counting columns", done / total)
            return summarise(columns, labels, task)

        def counted(found: tuple[Summary, ...]) -> None:
            _keep(self._summaries, shown, [*self.summaries, *found])
            self.summarised.emit()
            if self.complete:
                self._wanted.discard("summaries")
            else:
                self._count_more()

        self.context.desk.ask("explore.summaries", count, counted, self._failed)

    def _failed(self, problem: Problem) -> None:
        # What is being counted belongs to rows that nobody sees any more.
        self._stop()
        self._source, self._shown = None, self._asked
        self.frame, self.labels, self.problem = None, None, problem
        self.changed.emit()


def _keep(found: OrderedDict[Hashable, Any], key: Hashable, value: Any) -> None:
    found[key] = value
    found.move_to_end(key)
    while len(found) > KEPT:
        found.popitem(last=False)


def _key(settings: DataSettings, prepared: bool) -> Hashable:
    """Tells data apart, also those of files that have changed."""
    files = stamps(settings.source)
    if prepared:
        return True, repr(settings.config()), files
    return False, repr(settings.source), settings.seed, files


def reason(problem: Problem) -> str:
    """Why there is nothing to see, and what to do."""
    return f"{problem.message} {problem.hint}".strip()
