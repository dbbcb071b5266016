"""Reading a file as often as its columns take to show their types: mostly once."""
from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.datasets._tables.collect import Batch, Dates, Numbers, Odd
from core.datasets._tables.options import Options
from core.datasets._tables.plans import NUMBER, WORDS, Plan, narrowed, plain_numbers, plan
from core.datasets._tables.refusal import refuse, shown
from core.datasets._tables.roles import is_id_name
from core.datasets._tables.words import Words
from core.datasets._task import Task

if TYPE_CHECKING:
    import polars as pl

MOST_VALUES = 1 << 29


class Reader(Protocol):
    """A file of one format. `sample` are its first rows, with columns called "0", "1" and so on."""

    names: tuple[str, ...]
    comma: bool
    month_first: bool
    sample: pl.DataFrame

    def batches(self, task: Task, wanted: Sequence[int], floats: Collection[int]) -> Iterator[Batch]:
        """All rows, of the columns that are `wanted`."""


@dataclass
class Gathered:
    """The columns of a file with their values: each is in one of `numbers`, `dates`, `words`.

    `odd` has the first value that kept a column from being what it seemed.
    """

    count: int = 0
    numbers: dict[int, Numbers] = field(default_factory=dict)
    dates: dict[int, Dates] = field(default_factory=dict)
    words: dict[int, Words] = field(default_factory=dict)
    odd: dict[int, Odd] = field(default_factory=dict)


def gather(reader: Reader, options: Options, path: Path, task: Task) -> Gathered:
    """Read all columns. Raises DataError, CancelledError."""
    types = dict(options.types)
    wanted = [types.get(name, "") for name in reader.names]
    numbers = plain_numbers(reader.sample, comma=reader.comma)
    plans = {column: (NUMBER, WORDS) if column in numbers and not word else
             plan(reader.sample[str(column)], word, options.words, comma=reader.comma, month_first=reader.month_first)
             for column, word in enumerate(wanted)}
    found = Gathered()
    while plans:
        texts = frozenset(i for i, word in enumerate(wanted) if word == "text")
        pass_ = _Pass(reader, plans, texts, frozenset(options.words))
        pass_.run(path, task)
        found.count = pass_.count
        odd = pass_.settle(found)
        for column, one in odd.items():
            found.odd.setdefault(column, one)
            plans[column] = narrowed(plans[column], one.value)
            if not plans[column]:
                raise refuse("type", path, f'{shown(one.value)} in the column "{reader.names[column]}" is no '
                             f"{wanted[column]}", "Mend it, add it to the words for missing values, or give the column "
                             "another type.", one.place)
        plans = {column: plans[column] for column in odd}
    return found


class _Pass:
    """One time through the file."""

    def __init__(self, reader: Reader, plans: Mapping[int, Plan], texts: Collection[int],
                 missing: frozenset[str]):
        first = {column: plan[0] for column, plan in plans.items()}
        self._reader, self._wanted = reader, sorted(plans)
        exact = frozenset(i for i in first if i == 0 or is_id_name(reader.names[i]))
        signs = {i: one.removeprefix(NUMBER) for i, one in first.items() if one.startswith(NUMBER)}
        self._numbers = Numbers([*signs], reader.comma, missing, exact, {i: sign for i, sign in signs.items() if sign})
        self._words = {i: Words(missing, text=i in texts) for i, one in first.items() if one == WORDS}
        self._dates = {i: Dates(one, missing) for i, one in first.items() if i not in signs and one != WORDS}
        self.count = 0

    def run(self, path: Path, task: Task) -> None:
        for batch in self._reader.batches(task, self._wanted, self._numbers.plain):
            self.count += batch.frame.height
            if self.count * len(self._wanted) > MOST_VALUES:
                raise refuse("large", path, f"more than {MOST_VALUES:,} values are too many",
                             "Take fewer rows or columns.")
            series = batch.series
            self._numbers.add(dict(series), batch.place)
            for column, words in self._words.items():
                words.add(series[str(column)])
            for column, dates in self._dates.items():
                if dates.odd is None:
                    dates.add(series[str(column)], batch.place)
            task.tell()
        if not self.count:
            raise refuse("rows", path, "there are no rows", "Choose a file with samples.")

    def settle(self, found: Gathered) -> dict[int, Odd]:
        """Enter the columns that went well; the others, with the value that did not fit."""
        found.numbers |= dict.fromkeys(self._numbers.live, self._numbers)
        found.dates |= {column: dates for column, dates in self._dates.items() if dates.odd is None}
        found.words |= self._words
        return self._numbers.odd | {column: dates.odd for column, dates in self._dates.items() if dates.odd is not None}
