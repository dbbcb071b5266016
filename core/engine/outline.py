"""The layers of a network as a table: shapes, parameters, multiply-adds, memory; as text and as Markdown."""
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.engine.cost import Costs
from core.graph.active import active
from core.graph.check import Report
from core.graph.document import Document
from core.graph.naming import kind_title
from core.layers import Shape, show

FLOAT32 = 4
HEAD = ("Layer", "Kind", "Output shape", "Parameters", "Multiply-adds")


@dataclass(frozen=True, slots=True)
class Line:
    """One node: its `parameters`, how many of them are trained, the multiply-adds of a forward pass of one sample, and
    the bytes that its output takes for one sample (0 where it hands on what it gets)."""

    node: str
    title: str
    kind: str
    shape: Shape
    parameters: int
    frozen: bool
    operations: int
    memory: int

    @property
    def trained(self) -> int:
        """The parameters that training changes."""
        return 0 if self.frozen else self.parameters


@dataclass(frozen=True, slots=True)
class Outline:
    """The nodes that lead to the output, in their order."""

    lines: tuple[Line, ...]

    @property
    def parameters(self) -> int:
        """All weights."""
        return sum(line.parameters for line in self.lines)

    @property
    def trained(self) -> int:
        """The weights that training changes."""
        return sum(line.trained for line in self.lines)

    @property
    def operations(self) -> int:
        """Multiply-adds of a forward pass of one sample."""
        return sum(line.operations for line in self.lines)

    @property
    def memory(self) -> int:
        """Bytes of all outputs for one sample."""
        return sum(line.memory for line in self.lines)


def outline(doc: Document, report: Report, costs: Costs) -> Outline:
    """The table of a document that was checked; of one with problems, what can be said of it."""
    doc, lines = active(doc), []
    for name in report.live:
        node = doc.nodes[name]
        if name not in report.shapes or name not in report.layers:
            continue
        layer, shape, cost = report.layers[name], report.shapes[name], costs.of(name)
        handed_on = layer.role == "output" or layer.passes_through(True)
        lines.append(Line(name, node.title or name, kind_title(node.kind), shape, cost.parameters, node.frozen,
                          cost.operations, 0 if handed_on else FLOAT32 * math.prod(shape)))
    return Outline(tuple(lines))


def as_text(table: Outline) -> str:
    """The table in columns of equal width, with the totals below."""
    rows = [HEAD, *map(_cells, table.lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    rule = "-" * (sum(widths) + 2 * (len(widths) - 1))
    lines = [_aligned(rows[0], widths), rule, *(_aligned(row, widths) for row in rows[1:]), rule, *_totals(table)]
    return "\n".join(lines) + "\n"


def as_markdown(table: Outline) -> str:
    """The table in Markdown, with the totals below."""
    rows = [HEAD, ("---", "---", "---", "---:", "---:"),
            *(tuple(cell.replace("|", "\\|") for cell in _cells(line)) for line in table.lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n\n" + "  \n".join(_totals(table)) + "\n"


def _cells(line: Line) -> tuple[str, ...]:
    counted = f"{line.parameters:,}" + (" (frozen)" if line.frozen and line.parameters else "")
    return line.title, line.kind, show(line.shape), counted, f"{line.operations:,}"


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell.rjust(width) if column > 2 else cell.ljust(width)
             for column, (cell, width) in enumerate(zip(row, widths, strict=True)))
    return "  ".join(cells).rstrip()


def _totals(table: Outline) -> list[str]:
    return [f"Total parameters: {table.parameters:,}",
            f"Trained: {table.trained:,}, frozen: {table.parameters - table.trained:,}",
            f"Multiply-adds per sample: {table.operations:,}",
            f"Memory of all outputs per sample: {table.memory:,} bytes"]
