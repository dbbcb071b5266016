"""Numbers of the run in the tool bar, and the line at the bottom. Digits keep their places."""
from __future__ import annotations

import math
import time

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStatusBar,
    QVBoxLayout,
    QWidget,
)

from core.datasets import title_of
from core.errors import Problem
from core.graph.check import Report
from core.graph.task import sample_text, task_text
from core.train.events import EpochDone, Event, Resumed, Snapshot, Started
from gui.context import AppContext
from gui.notify import Notice
from gui.theme import icons

NOTHING = "–"
READABLE = 0.1
# Seconds after which something is said of an epoch that is not over.
LONG_EPOCH = 1.0


class Reading(QWidget):
    """A small caption over a number that is as wide as `widest`."""

    def __init__(self, caption: str, widest: str, tip: str):
        super().__init__()
        self.caption = caption
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(0)
        name = QLabel(caption)
        name.setProperty("role", "small")
        self.value = QLabel(NOTHING)
        self.value.setProperty("role", "number")
        steady(self.value, widest)
        layout.addWidget(name)
        layout.addWidget(self.value)
        self.setToolTip(tip)

    def show_text(self, text: str) -> None:
        """Show `text`; screen readers hear the caption with it."""
        if text != self.value.text():
            self.value.setText(text)
            self.setAccessibleName(f"{self.caption} {text}")


def steady(label: QLabel, widest: str) -> None:
    """Fix the size of a label: a new text would lay out the whole window anew, thirty times a second."""
    label.ensurePolished()
    metrics = label.fontMetrics()
    label.setFixedSize(metrics.horizontalAdvance(widest) + 2, metrics.height())


class Progress(QWidget):
    """A thin bar under the time that is left."""

    def __init__(self) -> None:
        super().__init__()
        self.caption = QLabel()
        self.caption.setProperty("role", "small")
        steady(self.caption, "888 min left")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(88)
        self.bar.setAccessibleName("Progress of the run")
        row = QWidget()
        row.setFixedHeight(self.fontMetrics().height())
        inside = QVBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.caption)
        layout.addWidget(row)
        self.setToolTip("How much of the run is done, and how long the rest takes at the present speed")

    def show_share(self, share: float, left: str) -> None:
        """`share` is from 0 to 1; `left` is a time, or empty while nothing runs."""
        self.caption.setText(f"{left} left" if left else "Progress")
        self.bar.setValue(round(1000 * min(1.0, share)))


class Readings(QWidget):
    """Epoch, loss, accuracy, speed, progress and time left."""

    def __init__(self, context: AppContext):
        super().__init__()
        self._context = context
        self._rate = Rate()
        self._news: EpochDone | None = None
        self._so_far: Snapshot | None = None
        self._slow = False
        self._shown = self._began = 0.0
        self.epoch = Reading("Epoch", "50,000 / 50,000", "Epochs done, of how many")
        self.loss = Reading("Loss", "0.000000",
                            "Mean loss on the training part: of the last epoch, or of a long one so far")
        self.score = Reading("Accuracy", "100.0 %", "Share of the training part that is classified correctly: in the "
                                                    "last epoch, or in a long one so far")
        self.speed = Reading("Samples/s", "10.00 M", "Training speed")
        self.progress = Progress()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for reading in (self.epoch, self.loss, self.score, self.speed, self.progress):
            layout.addWidget(reading)
        context.trainer.told.connect(self.on_train)
        context.trainer.state_changed.connect(self.refresh)
        self.refresh()

    @Slot(object)
    def on_train(self, event: Event) -> None:
        """Take note of the numbers of an epoch."""
        if isinstance(event, (Started, EpochDone, Resumed)):
            self._began = time.monotonic()
        if isinstance(event, Resumed):
            self._rate.clear()
        if isinstance(event, Started):
            self._so_far, self._slow = None, False
            self.refresh()
        elif isinstance(event, EpochDone):
            self._rate.add(event.epoch, time.monotonic())
            self._news, self._so_far, self._slow = event, None, False
        elif isinstance(event, Snapshot) and event.so_far is not None:
            self._so_far = event
            self._rate.add(event.epoch + event.so_far.share, time.monotonic())

    def tick(self) -> None:
        """Show the newest numbers, at a pace at which they can be read. Called for every frame."""
        now = time.monotonic()
        if now - self._shown <= READABLE:
            return
        if self._news is not None:
            self._shown = now
            self._numbers(self._news.epoch, self._news.loss, self._news.score)
            self._news = None
        elif self._so_far is not None and now - self._began > LONG_EPOCH and self._context.trainer.running:
            self._shown, self._slow = now, True
            self._partly(self._so_far)

    @Slot()
    def refresh(self) -> None:
        """Show what the trainer says now."""
        self._news = None
        trainer = self._context.trainer
        if not trainer.running:
            self._rate.clear()
        if self._slow and self._so_far is not None and self._so_far.epoch == trainer.epoch:
            self._partly(self._so_far)
            return
        last = trainer.series.last() if trainer.series is not None else {}
        self._numbers(trainer.epoch, last.get("loss", math.nan), last.get("score", math.nan))

    def _partly(self, snapshot: Snapshot) -> None:
        """What is known of an epoch that is not over."""
        found = snapshot.so_far
        assert found is not None
        self._numbers(snapshot.epoch, found.loss, found.score, found.share)

    def _numbers(self, epoch: int, loss: float, score: float, share: float = 0.0) -> None:
        trainer = self._context.trainer
        epochs = trainer.epochs
        running = trainer.running
        self.epoch.show_text(f"{epoch:,} / {epochs:,}")
        self.loss.show_text(NOTHING if math.isnan(loss) else number(loss))
        self.score.show_text(NOTHING if math.isnan(score) else f"{100 * score:.1f} %")
        speed, done = trainer.samples_per_second, epoch + share
        self.speed.show_text(amount(speed) if running and speed else NOTHING)
        self.progress.show_share(done / epochs if epochs > 0 else 0.0,
                                 duration(self._rate.left(epochs - done)) if running else "")


class Rate:
    """Epochs a second, smoothed over some seconds."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything: the run stood still."""
        self._epoch, self._time, self._rate = -1.0, 0.0, 0.0

    def add(self, epoch: float, now: float) -> None:
        """Note that so many epochs are done `now`."""
        passed = now - self._time
        if epoch == self._epoch:
            return
        if self._epoch < 0 or epoch < self._epoch:
            self._epoch, self._time = epoch, now
        elif passed >= 0.25:
            present = (epoch - self._epoch) / passed
            self._rate = present if not self._rate else self._rate + 0.2 * (present - self._rate)
            self._epoch, self._time = epoch, now

    def left(self, epochs: float) -> float:
        """Seconds for so many epochs; NaN if nothing is known yet."""
        return epochs / self._rate if self._rate else math.nan


class Hint(QLabel):
    """A sentence in the middle of the room that is left. Unlike the text of a label it comes and goes without laying
    out the whole window anew: it may do so with every movement of the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""
        self.setProperty("role", "small")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show `text`, or nothing."""
        if text != self.shown:
            self.shown = text
            self.setAccessibleName(text)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.fontMetrics().elidedText(self.shown, Qt.TextElideMode.ElideRight, self.width())
        QPainter(self).drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)


class StatusLine(QStatusBar):
    """How many problems there are, what data is in use, what was said last."""

    def __init__(self, context: AppContext, parent: QWidget):
        super().__init__(parent)
        self._context = context
        self.setSizeGripEnabled(False)
        self.problems = QPushButton()
        self.problems.setProperty("kind", "flat")
        self.problems.setToolTip("Show the list of problems")
        self.data = QLabel()
        self.data.setToolTip("The data in use")
        self.notice = QPushButton()
        self.notice.setProperty("kind", "flat")
        self.notice.setToolTip("Show everything that was said")
        self.notice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.problems.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addWidget(self.problems)
        # As wide as there is room, so that nothing moves for it.
        self.hint = Hint()
        self.addWidget(self.data)
        self.addWidget(self.hint, 1)
        self.addPermanentWidget(self.notice)
        context.report_changed.connect(self._count)
        context.theme.changed.connect(self._recount)
        context.trainer.state_changed.connect(self._describe)
        context.notify.posted.connect(self._said)
        self._recount()
        self._describe()
        self.notice.hide()

    @Slot(str)
    def show_hint(self, text: str) -> None:
        """Say which keys change what is going on, or nothing."""
        self.hint.show_text(text)

    @Slot(object)
    def _count(self, report: Report) -> None:
        self._tell_data()
        problems = [*report.problems]
        run: Problem | None = self._context.trainer.problem
        if run is not None and run not in problems:
            problems.append(run)
        errors = sum(p.severity == "error" for p in problems)
        warnings = sum(p.severity == "warning" for p in problems)
        tokens = self._context.theme.tokens
        level, colour = (("error", tokens.error) if errors else ("warning", tokens.warning) if warnings
                         else ("check", tokens.success))
        self.problems.setIcon(icons.icon(level, colour))
        total = errors + warnings
        self.problems.setText("No problems" if not total else "1 problem" if total == 1 else f"{total} problems")

    @Slot()
    def _recount(self) -> None:
        self._count(self._context.report)

    @Slot()
    def _describe(self) -> None:
        self._recount()

    def _tell_data(self) -> None:
        """What the run has, or without one what is known about the data."""
        spec, trainer = self._context.report.spec, self._context.trainer
        if trainer.state != "invalid":
            self.data.setText(trainer.data_summary)
        elif spec is None:
            self.data.clear()
        else:
            title = title_of(self._context.document.data["source"])
            self.data.setText(f"{title}: {spec.samples:,} samples, {sample_text(spec)}, {task_text(spec)}")

    @Slot(object)
    def _said(self, notice: Notice) -> None:
        text = self.notice.fontMetrics().elidedText(notice.text, Qt.TextElideMode.ElideRight, 480)
        self.notice.setText(text)
        self.notice.show()


def number(value: float) -> str:
    """A loss in at most eight characters: 0.123456, 12.3457, 1.23e-07."""
    size = abs(value)
    if not math.isfinite(value):
        return str(value)
    if size and (size < 1e-4 or size >= 1e6):
        return f"{value:.2e}"
    return f"{value:.{max(0, 6 - max(0, int(math.log10(size)) if size >= 1 else 0))}f}"


def amount(value: float) -> str:
    """A count with three digits: 950, 12.3 k, 1.23 M."""
    for limit, unit in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if value >= limit:
            scaled = value / limit
            return f"{scaled:.{2 if scaled < 10 else 1 if scaled < 100 else 0}f}{unit}"
    return f"{value:.0f}"


def duration(seconds: float) -> str:
    """A time to wait: 8 s, 12 min, 3 h."""
    if not math.isfinite(seconds):
        return ""
    if seconds < 90:
        return f"{max(0, math.ceil(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
