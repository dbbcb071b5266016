"""Samples with what the network says about them, the worst first."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent

from core.train.case_table import case_table
from core.train.cases import Cases, ranked
from core.train.events import Event, Snapshot, Started
from core.train.generating import Generated
from core.train.probes import NotApplicable
from core.train.probes.case import Case
from core.train.references import Chosen, SampleRef
from core.train.request import Request
from gui.context import AppContext
from gui.panels._base import Exportable, PanelInfo
from gui.panels._live import LivePanel
from gui.plots import numbers
from gui.predictions import words
from gui.predictions.cards import Cards, cards_for
from gui.predictions.cloud import Cloud
from gui.predictions.page import Page
from gui.predictions.sheet import Sheet
from gui.predictions.wishes import Wishes
from gui.theme.tokens import Tokens

# Frames to wait while training: judging thousands of samples is dear, and reading takes time.
REST, SOON = 36, 2
NARROW = 300


class PredictionsPanel(LivePanel):
    """A grid of judged samples, or of generated ones. A click follows a sample, a second one enlarges it."""

    main = "predictions"
    empty = "Build a network to see what it says about each sample."

    def __init__(self, context: AppContext):
        super().__init__(context)
        context.sample_changed.connect(self._trace)
        context.samples_wanted.connect(self._show_chosen)
        context.trainer.moment_changed.connect(self._soon)

    def build(self) -> None:
        self.setAccessibleName("Predictions")
        self.wishes = Wishes(self.strip, self._wished)
        self.difference = self.strip.switch("Difference", "Show where the two differ as well: too dark is orange, too "
                                            "bright is blue", lambda _: self._redraw(), icon="difference")
        self.noise = self.strip.button("New noise", "Generate from other random numbers", self._new_noise)
        self.strip.spring()
        self.sheet, self.cloud = Sheet(), Cloud(self.board, self.tokens)
        self.grid, self.large = self.sheet.grid, self.sheet.large
        self.board.take(self.sheet)
        self._turn = self._rest = 0
        self._drawn: Cases | None = None
        self.cards: Cards | None = None
        self._anew = True
        self.grid.pointed.connect(self._point)
        self.grid.picked.connect(self._pick)
        self.grid.opened.connect(self._open)
        self.large.left.connect(self._close)
        self.large.moved.connect(self._move)
        self._offer(None)

    # What is asked

    def wanted(self) -> tuple[Request, ...]:
        every = (Request.of("predictions", part=self.wishes.part, turn=self._turn),)
        found = self.cases
        if found is None or not self.sheet.closely:
            return every
        ref = words.ref(found, self.large.place)
        return *every, Request.of("case", part=ref.part, number=ref.number)

    def due(self) -> bool:
        return self._rest == 0 or not self.context.trainer.running

    def on_train(self, event: Event) -> None:
        if isinstance(event, Started):
            self._rest = 0
        if not isinstance(event, Snapshot):
            return
        found = {request.probe: event.answers[request] for request in self.wanted() if request in event.answers}
        if found:
            # What takes long may rest while the rest is answered.
            self.answers, self._fresh = {**self.answers, **found}, True
            self._rest = SOON if isinstance(self.answers.get(self.main), Generated) else REST

    def on_tick(self) -> None:
        self._rest = max(0, self._rest - 1)
        super().on_tick()

    @property
    def cases(self) -> Cases | None:
        """The judged samples, if there are some."""
        return self.answer if isinstance(self.answer, Cases) else None

    # What is drawn

    def restyle(self, tokens: Tokens) -> None:
        self.cloud.restyle(tokens)

    @Slot()
    def arrange(self) -> None:
        self.wishes.fit(self.width() < NARROW)
        self.cloud.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def draw(self) -> None:
        found: Cases | Generated = self.answer
        self._offer(found)
        if isinstance(found, Generated):
            self._draw_generated(found)
            return
        self.board.take(self.sheet)
        other = self._drawn is None or self._drawn.gallery is not found.gallery
        stays = self.grid.inside and self.context.trainer.running and not other and not self._anew
        order = self.grid.order if stays else ranked(found, self.wishes.wish)
        self.cards = cards_for(found, self.tokens, difference=self.difference.isChecked())
        self.grid.put(self.cards, order, top=self._anew or other)
        self._drawn, self._anew = found, False
        self._trace(self.context.sample)
        if self.sheet.closely:
            self._tell_case(found)
        self._say(found)

    def _draw_generated(self, found: Generated) -> None:
        self._drawn = None
        if found.values.shape[1] == 2:
            self.board.take(self.board.view)
            self.cloud.draw(found)
            return
        self.sheet.show_large(False)
        self.board.take(self.sheet)
        self.cards = cards_for(found, self.tokens)
        self.grid.put(self.cards, np.arange(len(found.values)))
        self.sheet.line.say(f"{len(found.values)} generated samples",
                            f"{numbers.share(float((found.taken > 0.5).mean()))} taken for real")

    def _offer(self, found: Cases | Generated | None) -> None:
        self.wishes.follow(found if isinstance(found, Cases) else None)
        self.noise.setVisible(isinstance(found, Generated))
        self.difference.setVisible(isinstance(found, Cases) and found.pictures is not None)

    def _say_why(self) -> None:
        self._offer(None)
        super()._say_why()

    def _say(self, found: Cases, place: int | None = None) -> None:
        if place is not None:
            self.sheet.line.say(words.described(found, place))
            return
        figure = f"loss {numbers.measured(found.mean)}"
        if found.right is not None:
            figure = f"{int((~found.right).sum()):,} wrong"
        told = self.wishes.told(found, len(self.grid.order))
        self.sheet.line.say(told if len(self.grid.order) else f"None, {told}", "" if self.wishes.filtered else figure)

    # What somebody does

    @Slot(object)
    def _point(self, place: int | None) -> None:
        found = self.cases
        if found is not None and self._drawn is found:
            self._say(found, place)

    @Slot(int)
    def _pick(self, place: int) -> None:
        if self.cases is not None:
            self.context.trace(words.ref(self.cases, place))

    @Slot(int)
    def _open(self, place: int) -> None:
        found = self.cases
        if found is None:
            return
        self._pick(place)
        self.sheet.show_large(True)
        self.large.place = place
        self._tell_case(found)

    @Slot()
    def _close(self) -> None:
        self.sheet.show_large(False)
        self.grid.show_place(self.large.place)

    @Slot(int)
    def _move(self, places: int) -> None:
        at = np.flatnonzero(self.grid.order == self.large.place)
        index = int(at[0]) + places if len(at) else 0
        if self.cases is not None and 0 <= index < len(self.grid.order):
            self._open(int(self.grid.order[index]))

    def _tell_case(self, found: Cases) -> None:
        if self.large.place >= len(found) or self.cards is None:
            self.sheet.show_large(False)
            return
        self.large.put(found, self.cards, self.large.place)
        case = self.answers.get("case")
        same = isinstance(case, Case) and case.ref == words.ref(found, self.large.place)
        self.large.tell(case if same else None, self.tokens)

    @Slot(object)
    def _trace(self, ref: SampleRef) -> None:
        """Frame the sample that is followed; where one is looked at closely, look at that one."""
        found = self.cases
        if found is None:
            return
        at = np.flatnonzero(found.numbers == ref.number) if ref.part == found.part else np.empty(0)
        self.grid.frame(int(at[0]) if len(at) else None)
        if len(at) and self.sheet.closely and self.large.place != int(at[0]):
            self.large.place = int(at[0])
            self._tell_case(found)

    @Slot(object)
    def _show_chosen(self, chosen: Chosen) -> None:
        self.sheet.show_large(False)
        self.wishes.take(chosen)

    def _wished(self) -> None:
        self._anew = True
        self._soon()
        self._redraw()

    @Slot()
    def _soon(self) -> None:
        self._rest = 0

    def _new_noise(self) -> None:
        self._turn += 1
        self._soon()

    def _redraw(self) -> None:
        if self.cases is not None:
            self.draw()

    def exports(self) -> Exportable | None:
        found = self.answer
        if found is None or isinstance(found, NotApplicable):
            return None
        if isinstance(found, Generated):
            if found.values.shape[1] == 2:
                return Exportable("generated", self.board.layout_item, self._generated)
            page = self._page(found, np.arange(len(found.values)))
            return Exportable("generated", page, self._generated, page.note)
        # What has just come may not be drawn yet.
        order = self.grid.order if self._drawn is found else ranked(found, self.wishes.wish)
        page = self._page(found, order)
        return Exportable("predictions", page, lambda: case_table(found, order), page.note)

    def _page(self, found: Cases | Generated, order: np.ndarray) -> Page:
        on, line = self.difference.isChecked(), self.sheet.line
        text, figure = (self.wishes.title(found, len(order)), "") if isinstance(found, Cases) \
            else (line.text, line.figure)
        return Page(lambda tokens: cards_for(found, tokens, difference=on), order, text, figure)

    def _generated(self) -> tuple[list[str], list[list[float | str]]]:
        found: Generated = self.answer
        return [*found.names, "taken for real"], [[*map(float, row), float(taken)] for row, taken in zip(
            found.values, found.taken, strict=True)]


PANEL = PanelInfo(id="predictions", title="Predictions", area="bottom", icon="predictions", create=PredictionsPanel,
                  shortcut="Ctrl+7", order=70, width=220, visible=False, behind="confusion",
                  heading="Results", tip="Samples with what the network says about them, the worst first")
