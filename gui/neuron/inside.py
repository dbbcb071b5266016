"""What goes on inside a layer, as rows of a ledger."""
from __future__ import annotations

from collections.abc import Sequence

from core.train.probes.neuron import Line
from gui.neuron.ledger import Row
from gui.neuron.words import factor, number, short


def rows(lines: Sequence[Line]) -> list[Row]:
    """A row for each line: titles, what is added up with bars, and what comes out."""
    return [_row(line) for line in lines]


def _row(line: Line) -> Row:
    if line.role == "title":
        return Row(line.name, heading=True)
    if line.text:
        return Row(line.name, line.text, muted=True)
    figure, note = number(line.value), _factors(line)
    name = f"{line.name} = {line.formula}" if line.formula else line.name
    tip = " = ".join(filter(None, (line.name, line.formula, note, figure)))
    return Row(name, figure, note, line.value if line.role == "term" else None, line.neuron,
               strong=line.role == "result", tip=tip, brief=line.brief or line.name)


def _factors(line: Line) -> str:
    """ "0.53 × (−1.20)"."""
    first, *others = line.factors or (0.0,)
    return " × ".join((short(first), *map(factor, others))) if others else ""
