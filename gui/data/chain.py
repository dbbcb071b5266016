"""Preprocessing as a chain of cards, in the order in which the samples go through it."""
from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import Problem
from core.graph import roles, steps
from core.graph.check import Report
from core.graph.document import Document
from core.preprocessing import STEPS
from gui.choices import Choice
from gui.data.section import Section, small_button
from gui.data.step_card import StepCard
from gui.data.step_text import icon_of
from gui.forms import parts
from gui.forms.binding import in_sentence
from gui.picker import Picker
from gui.theme import palette

if TYPE_CHECKING:
    from gui.context import AppContext

GAP = 6
CATEGORIES = ("Features", "Choose", "Encode", "Scale", "Augment", "Training")


class ChainSection(QWidget):
    """The cards, and the button that adds one."""

    def __init__(self, context: AppContext):
        super().__init__()
        self._context = context
        self.cards: list[StepCard] = []
        self.add = small_button("plus", "Add a step", "Add a step of preprocessing.")
        self._empty = parts.label("No steps: the network gets the samples as they are.", "small")
        self.list = _CardList()
        self.section = Section("Preprocessing", self._empty, self.list, buttons=(self.add,))
        self._target: int | None = None
        self._new: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)
        self.add.clicked.connect(self.choose)

    def show_document(self, document: Document) -> None:
        """Show the steps of this document."""
        wanted = steps.steps_of(document)
        if [card.kind for card in self.cards] != [step.kind for step in wanted]:
            self._rebuild(document)
        for card, step in zip(self.cards, wanted, strict=True):
            card.show_step(step)
        self.section.note.setText(f"{len(wanted):,}" if wanted else "")
        self._empty.setVisible(not wanted)
        self.list.setVisible(bool(wanted))

    def show_report(self, report: Report) -> None:
        """Warn on the cards that do not fit, and offer the columns that there are."""
        found = [problem for problem in report.problems if problem.param == "steps"]
        names = [spec.name for spec in roles.known_columns(self._context.document)]
        for place, card in enumerate(self.cards):
            title = STEPS[card.kind].info.title
            again = any(other.kind == card.kind for other in self.cards[place + 1 :])
            # Of two alike it is the second one that finds nothing left to do.
            told = (p.text for p in found if _is_about(p, title) and not (again and p.code == "steps.idle"))
            card.show_problem(next(told, ""))
            card.offer(names)

    def show_learned(self, texts: Iterable[str]) -> None:
        """Say on the cards what each kind of step has learned: texts that begin with the title of the step."""
        by_title = {text.partition(":")[0]: text.partition(": ")[2] for text in texts}
        for card in self.cards:
            learned = by_title.get(STEPS[card.kind].info.title, "")
            card.show_learned(f"Learned from the training part: {learned}" if learned else "")

    @Slot()
    def choose(self) -> None:
        """Show the steps that there are, those first that have something to do."""
        useful = steps.useful(self._context.document)
        at = self.add.mapTo(self.window(), QPoint(self.add.width(), self.add.height() + 4))
        kinds = sorted(STEPS.values(), key=lambda kind: (kind.info.kind not in useful, _place(kind.info.category),
                                                        kind.info.title))
        choices = [Choice(key=kind.info.kind, text=kind.info.title, path=kind.info.category, icon=icon_of(kind),
                          tip=kind.info.summary, synonyms=kind.info.keywords,
                          run=partial(self._add, kind.info.kind)) for kind in kinds]
        Picker(self.window(), choices, prompt="Search steps", none="No step is called that.", at=at - QPoint(420, 0))

    def _add(self, kind: str) -> None:
        self._new = len(self.cards)
        self._context.edit(f"Add {STEPS[kind].info.title}", lambda doc: steps.add_step(doc, kind))
        self._new = None

    def _remove(self, card: StepCard) -> None:
        place = self.cards.index(card)
        self._context.edit(f"Remove {STEPS[card.kind].info.title}", lambda doc: steps.remove_step(doc, place))

    def _move(self, card: StepCard, to: int) -> None:
        place = self.cards.index(card)
        if to != place and 0 <= to < len(self.cards):
            self._context.edit(f"Move {STEPS[card.kind].info.title}", lambda doc: steps.move_step(doc, place, to))
            self.cards[to].head.setFocus()

    def _submit(self, card: StepCard, name: str, value: Any) -> None:
        place, param = self.cards.index(card), STEPS[card.kind].params[name]
        self._context.edit(f"Change {in_sentence(param.title)} of {STEPS[card.kind].info.title}",
                           lambda doc: steps.set_step(doc, place, {name: value}), merge=f"data.steps.{place}.{name}")

    def _drag(self, card: StepCard, height: int) -> None:
        y = self.list.mapFromGlobal(QPoint(0, height)).y()
        self._target = sum(other.geometry().center().y() < y for other in self.cards if other is not card)
        rest = [other for other in self.cards if other is not card]
        edge = rest[self._target].geometry().top() if self._target < len(rest) else rest[-1].geometry().bottom() + GAP \
            if rest else 0
        self.list.mark = max(1, edge - GAP // 2)
        self.list.update()

    def _drop(self, card: StepCard, taken: bool) -> None:
        target, self._target = self._target, None
        self.list.mark = None
        self.list.update()
        if taken and target is not None:
            self._move(card, target)

    def _rebuild(self, document: Document) -> None:
        open_kinds = [card.kind for card in self.cards if card.unfolded]
        for card in self.cards:
            card.discard()
            self.list.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(place, step, open_kinds) for place, step in enumerate(steps.steps_of(document))]
        for card in self.cards:
            self.list.column.addWidget(card)
            # At once: what is out of sight takes no focus.
            card.show()

    def _card(self, place: int, step: Any, open_kinds: list[str]) -> StepCard:
        unfolded = step.kind in open_kinds or place == self._new
        if step.kind in open_kinds:
            open_kinds.remove(step.kind)
        card = StepCard(step, unfolded=unfolded)
        card.submitted.connect(partial(self._submit, card))
        card.finished.connect(self._seal)
        card.remove.clicked.connect(partial(_ignoring, self._remove, card))
        card.head.removed.connect(partial(self._remove, card))
        card.head.moved.connect(lambda by: self._move(card, self.cards.index(card) + by))
        card.head.dragged.connect(partial(self._drag, card))
        card.head.dropped.connect(partial(self._drop, card))
        return card

    @Slot()
    def _seal(self) -> None:
        self._context.history.seal()


class _CardList(QWidget):
    """The column of cards, with a line where a dragged one would go."""

    def __init__(self) -> None:
        super().__init__()
        self.mark: int | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.mark is not None:
            painter = QPainter(self)
            painter.fillRect(QRect(0, self.mark - 1, self.width(), 2), QColor(palette.current().tokens.accent_ink))
            painter.end()


def _is_about(problem: Problem, title: str) -> bool:
    return problem.message.startswith((f"{title}:", f"{title} "))


def _place(category: str) -> tuple[int, str]:
    return (CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES), category)


def _ignoring(call: Any, card: StepCard, _: bool = False) -> None:
    call(card)
