"""One neuron with its numbers."""
from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from core.train.events import Event
from core.train.probes.excites import Excites
from core.train.probes.neuron import Line, Neuron
from core.train.references import NeuronRef, SampleRef
from core.train.request import Request
from gui.forms import parts
from gui.neuron import rows
from gui.neuron.page import NeuronPage
from gui.neuron.sheet import Sheet
from gui.neuron.stepper import Stepper
from gui.panels._base import Exportable, PanelInfo
from gui.panels._live import LivePanel
from gui.panels._strip import Strip
from gui.theme.tokens import Tokens

# Seconds until all samples are looked at again while training goes on.
REST = 1.0
ROOMY = 360
SAMPLES = 24


class NeuronPanel(LivePanel):
    """The neuron that is inspected, on the sample that all views follow."""

    main = "neuron"
    empty = "Build a network, then select a layer to see its neurons in numbers."

    def build(self) -> None:
        self.setAccessibleName("Neuron")
        self.page = NeuronPage()
        self.page.forward.followed.connect(self._follow)
        self.page.back.followed.connect(self._follow)
        self.page.weights.followed.connect(self._follow)
        self.page.cards.traced.connect(self.context.trace)
        self.scroller = parts.Scroller()
        self.scroller.setWidget(self.page)
        self.board.take(self.scroller)
        self.neuron, self.sample = Stepper("neuron", "heading"), Stepper("sample")
        self.neuron.stepped.connect(self._step)
        self.sample.stepped.connect(self._walk)
        self.strip.row.addWidget(self.neuron, 1)
        self.samples = Strip(self)
        self.samples.setFixedHeight(SAMPLES)
        self.samples.row.addWidget(self.sample, 1)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.samples)
        self.page.step.stepped.connect(self._along)
        self._again, self._chosen = 0.0, ("", -1)
        self._sheet: Sheet | None = None
        self.context.selection_changed.connect(self._selected)

    # What is asked

    def wanted(self) -> tuple[Request, ...]:
        chosen, sample, (node, step) = self.chosen(), self.context.sample, self._chosen
        found = Request.of("neuron", node=chosen.node, number=chosen.number, part=sample.part, sample=sample.number,
                           step=step if chosen.node == node else -1)
        present = self.answer
        if not isinstance(present, Neuron):
            return (found,)
        return found, Request.of("excites", node=present.ref.node, number=present.ref.number)

    def requests(self) -> tuple[Request, ...]:
        asked = super().requests()
        rests = self.context.trainer.running and time.perf_counter() < self._again
        present = self.answers.get("excites")
        known = isinstance(present, Excites) and isinstance(self.answer, Neuron) and present.ref == self.answer.ref
        return asked[:1] if rests and known else asked

    def draw(self) -> None:
        found: Neuron = self.answer
        excites = self.answers.get("excites")
        self.strip.show()
        self.samples.show()
        self.neuron.say(_title(found),
                        f"{found.kind}, neuron {found.ref.number + 1} of {found.count:,}")
        title = self._sample_title(found)
        short = f"Sample {found.sample.number + 1:,}" + (f", target {found.truth}" if found.truth else "")
        self.sample.say(title if self.width() > ROOMY else short, title)
        self.page.show_neuron(found)
        self.page.show_excites(excites if isinstance(excites, Excites) else None, found)

    def on_train(self, event: Event) -> None:
        before = dict(self.answers)
        super().on_train(event)
        if self.answers.get("excites") is not None and self.answers.get("excites") is not before.get("excites"):
            self._again = time.perf_counter() + REST
        elif "excites" in before and "excites" not in self.answers and self.answers:
            self.answers["excites"] = before["excites"]

    def restyle(self, tokens: Tokens) -> None:
        self.page.update()

    def chosen(self) -> NeuronRef:
        """The neuron that is inspected, else the first one of the selected node, else the first one there is."""
        if self.context.neuron is not None:
            return self.context.neuron
        selected = self.context.selection
        return NeuronRef(next(iter(selected)) if len(selected) == 1 else "", 0)

    # What is done

    def show_node(self, node: str) -> None:
        present = self.context.neuron
        if present is None or present.node != node:
            self.context.inspect(NeuronRef(node, 0))

    def showEvent(self, event: QShowEvent) -> None:
        # What was selected while it was closed is what it is opened for.
        self._selected(self.context.selection)
        super().showEvent(event)

    @Slot(object)
    def _follow(self, neuron: NeuronRef) -> None:
        self.context.inspect(neuron)

    @Slot(object)
    def _selected(self, nodes: frozenset[str]) -> None:
        """Whoever selects another node wants to see that one."""
        present = self.context.neuron
        if len(nodes) == 1 and present is not None and present.node not in nodes and self.isVisible():
            self.context.inspect(NeuronRef(next(iter(nodes)), 0))

    def _step(self, way: int) -> None:
        found = self.answer
        if isinstance(found, Neuron):
            self.context.inspect(NeuronRef(found.ref.node, (found.ref.number + way) % found.count))

    def _walk(self, way: int) -> None:
        found = self.answer
        if isinstance(found, Neuron):
            self.context.trace(SampleRef(found.sample.part, (found.sample.number + way) % found.samples))

    def _along(self, way: int) -> None:
        """Another step of the sequence, for all neurons of the node."""
        found = self.answer
        if isinstance(found, Neuron) and found.steps:
            self.context.inspect(found.ref)
            self._chosen = found.ref.node, (found.step + way) % found.steps

    def _sample_title(self, found: Neuron) -> str:
        part = rows.PARTS[found.sample.part]
        target = f", target {found.truth}" if found.truth else ""
        return f"Sample {found.sample.number + 1:,} of {found.samples:,}{target} ({part} part)"

    def exports(self) -> Exportable | None:
        found, excites = self.answer, self.answers.get("excites")
        if not isinstance(found, Neuron):
            return None
        if self._sheet is None:
            self._sheet = Sheet(self)
        self._sheet.show_found(found, excites if isinstance(excites, Excites) else None, _title(found),
                               self._sample_title(found), self.page.width())
        return Exportable(f"neuron-{found.ref.node}-{found.ref.number + 1}", self._sheet, self._table)

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        found: Neuron = self.answer
        terms = found.sum.terms if found.sum is not None else ()
        table: list[list[float | str]] = [[term.name, term.value, term.weight, term.product, term.slope]
                                          for term in terms]
        if found.sum is not None:
            if found.sum.others:
                table.append([f"{found.sum.others} more", "", "", found.sum.rest, ""])
            if found.sum.bias is not None:
                table.append(["bias", "", found.sum.bias, found.sum.bias, found.sum.bias_slope])
        behind, within = found.behind, found.inside
        if within is not None:
            table += _inside(within.forward)
        table += [["z", found.z, "", "", behind.slope_z], ["a", behind.a, "", "", behind.slope_a]]
        if within is not None:
            table += _inside((*within.joined, *within.back))
        return ["part", "value", "weight", "product", "gradient"], table


def _inside(lines: Sequence[Line]) -> list[list[float | str]]:
    """Rows of a table, each with what stands above it."""
    table: list[list[float | str]] = []
    above = ""
    for line in lines:
        if line.role == "title":
            above = f"{line.name}: "
        else:
            table.append([above + line.name, line.text or line.value, "", "", ""])
    return table


def _title(found: Neuron) -> str:
    return f"{found.title} {found.ref.number + 1} of {found.count:,}"


PANEL = PanelInfo(id="neuron", title="Neuron", area="bottom", icon="neuron", create=NeuronPanel, shortcut="Ctrl+5",
                  order=50, width=187, every=2, visible=False, behind="weights",
                  heading="Network", tip="One neuron in numbers: its sum, its activation and the chain rule")
