"""How good the predictions are: by class, as curves, as residuals."""
from __future__ import annotations

from PySide6.QtCore import QPointF, Slot

from core.train.events import Event
from core.train.probes import NotApplicable
from core.train.probes.scores import Scores
from core.train.references import Chosen
from core.train.request import Request
from gui.forms.selector import DropDown, Selector
from gui.panels._base import Exportable, PanelInfo
from gui.panels._judging import JudgingPanel
from gui.scores.calibration import CalibrationView
from gui.scores.class_table import COLUMNS, ClassTable, TableSheet, rows_of
from gui.scores.curves import PrecisionRecallView, RocView
from gui.scores.numbers_view import HistogramView, PredictedView, ResidualsView
from gui.scores.stage import Cells, Stage
from gui.theme.tokens import Tokens

WORDS = {"table": "Per class", "roc": "ROC", "precision_recall": "PR", "calibration": "Calibration",
         "predicted": "Predicted", "residuals": "Residuals", "histogram": "Histogram"}


class ScoresPanel(JudgingPanel):
    """One view at a time; which ones there are depends on what is predicted.

    `view` and `target` are what somebody has chosen.
    """

    main = "scores"
    empty = "Build a network on data with classes or numbers to predict, and see here how well it does."

    def build(self) -> None:
        super().build()
        self.setAccessibleName("Scores")
        self.view, self.target = "", 0
        self.look = Selector("Ways to look at the scores", "How to look at the predictions")
        self.look.chosen.connect(self._view_chosen)
        self.targets = DropDown("Target", "Which of the predicted numbers is judged")
        self.targets.picked.connect(self._target_chosen)
        self.strip.put(self.look)
        self.strip.spring()
        self.strip.put(self.targets)
        self.strip.put(self.pick)
        self.stage = Stage(self.board, self.tokens)
        self.table = ClassTable()
        self.table.wanted.connect(self._show_samples)
        self.views = {"roc": RocView(self.stage), "precision_recall": PrecisionRecallView(self.stage),
                      "calibration": CalibrationView(self.stage), "predicted": PredictedView(self.stage),
                      "residuals": ResidualsView(self.stage), "histogram": HistogramView(self.stage)}
        self._entered = ""

    def wanted(self) -> tuple[Request, ...]:
        return (Request.of("scores", part=self.part, view=self.view, target=self.target),)

    def restyle(self, tokens: Tokens) -> None:
        self.stage.restyle(tokens)

    @Slot()
    def arrange(self) -> None:
        if self._entered in self.views:
            self.views[self._entered].arrange()

    def on_train(self, event: Event) -> None:
        super().on_train(event)
        found = self.answers.get(self.main)
        if isinstance(found, Scores):
            self.offer(found.parts, found.part)
            self.look.put([WORDS[view] for view in found.views], WORDS[found.view])
            self.targets.put(found.names if found.kind == "numbers" else (), found.names[found.target])
            self.targets.setVisible(found.kind == "numbers" and len(found.names) > 1)

    def _show(self) -> None:
        found: Scores | None = self.answer
        if found is not None and isinstance(found.shown, NotApplicable):
            self.strip.show()
            self.board.say(found.shown.reason)
        else:
            super()._show()

    def draw(self) -> None:
        found: Scores = self.answer
        self._enter(found.view)
        if found.view == "table":
            self.table.show_scores(found)
        else:
            self.views[found.view].draw(found)
            self.arrange()

    def _enter(self, view: str) -> None:
        if view != self._entered:
            if self._entered in self.views:
                self.views[self._entered].leave()
            if view in self.views:
                self.views[view].enter()
            self._entered = view
            self.board.take(self.table if view == "table" else self.board.view)

    def point(self, place: QPointF | None) -> None:
        found: Scores = self.answer
        if found.view == self._entered and found.view in self.views and not isinstance(found.shown, NotApplicable):
            self.views[found.view].point(found, place)

    @Slot(str)
    def _view_chosen(self, word: str) -> None:
        self.view = next(view for view, title in WORDS.items() if title == word)
        self.again()

    @Slot(str)
    def _target_chosen(self, word: str) -> None:
        found: Scores | None = self.answer
        if found is not None and word in found.names:
            self.target = found.names.index(word)
            self.again()

    @Slot(int)
    def _show_samples(self, number: int) -> None:
        """Open the samples of a class."""
        found: Scores | None = self.answer
        if found is not None and found.kind == "classes":
            self.context.panel_wanted.emit("predictions")
            self.context.samples_wanted.emit(Chosen(found.part, truth=number))

    def exports(self) -> Exportable | None:
        found: Scores | None = self.answer
        if found is None or isinstance(found.shown, NotApplicable):
            return None
        name = f"scores-{WORDS[found.view].lower().replace(' ', '-')}"
        if found.view == "table":
            return Exportable(name, TableSheet(self.table.classes.rows, self.table.width()), self._rows)
        return Exportable(name, self.board.layout_item, lambda: self.views[found.view].table(found))

    def _rows(self) -> Cells:
        rows: list[list[float | str]] = [[row.name, *("" if value != value else value for value in row.values),
                                          row.support] for row in rows_of(self.answer)]
        return [title.lower() for title in COLUMNS], rows


PANEL = PanelInfo(id="scores", title="Scores", area="bottom", icon="scores", create=ScoresPanel, shortcut="Ctrl+8",
                  order=45, visible=False, behind="confusion",
                  heading="Results", tip="How good the predictions are: by class, as curves, as residuals")
