"""Actions on the run."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from gui.actions._base import ActionInfo, Entry, Line, MenuInfo
from gui.settings import Pace

if TYPE_CHECKING:
    from gui.main_window import MainWindow

# Epochs a second; 0 is as fast as the machine can.
PACES: dict[Pace, tuple[str, str, float]] = {
    "slow": ("Slow", "10 epochs a second: see every change", 10.0),
    "watch": ("Watch", "500 epochs a second at most: small networks stay watchable", 500.0),
    "full": ("Full", "As fast as this machine can", 0.0),
}


def running(window: MainWindow) -> bool:
    return window.context.trainer.running


def trainable(window: MainWindow) -> bool:
    # Also while the data is being read: training begins as soon as that is done.
    return window.context.trainer.state in ("preparing", "ready", "running", "paused", "finished")


def steppable(window: MainWindow) -> bool:
    return window.context.trainer.state in ("ready", "paused", "finished")


def begun(window: MainWindow) -> bool:
    return window.context.trainer.state in ("running", "paused", "finished")


def _paces(window: MainWindow) -> Iterator[Line]:
    for pace, (text, tip, _) in PACES.items():
        yield Entry(text=text, tip=tip, checked=window.context.settings.pace == pace,
                    run=partial(set_pace, window, pace))


def set_pace(window: MainWindow, pace: Pace) -> None:
    """Train at this pace from now on, also after the next start."""
    window.context.settings.pace = pace
    window.context.settings.save()
    window.context.trainer.set_pace(PACES[pace][2])
    window.refresh_actions()


ActionInfo(id="train.reset", text="Reset", tip="Start over with fresh weights from the same seed", menu="Train",
           group=2, order=1, icon="reset", shortcuts=("Ctrl+R",), toolbar=21, enabled=begun,
           run=lambda w: w.context.trainer.reset())
ActionInfo(id="train.step", text="Step", tip="Train one batch", menu="Train", group=1, order=2, icon="step",
           shortcuts=("F10",), toolbar=22, enabled=steppable, run=lambda w: w.context.trainer.step())
ActionInfo(id="train.toggle", text="Train", tip="Train, or pause", menu="Train", group=1, order=1, icon="play",
           shortcuts=("Space", "Ctrl+Return"), toolbar=23, primary=True, enabled=trainable,
           label=lambda w: "Pause" if running(w) else "Train", image=lambda w: "pause" if running(w) else "play",
           run=lambda w: w.context.trainer.toggle())
ActionInfo(id="train.epoch", text="Epoch", tip="Train one epoch: once through the data", menu="Train", group=1,
           order=3, icon="epoch", shortcuts=("F11",), toolbar=24, enabled=steppable,
           run=lambda w: w.context.trainer.one_epoch())
ActionInfo(id="train.stop", text="Stop", tip="End the run; the weights stay", menu="Train", group=2, order=2,
           icon="stop", shortcuts=("Shift+F5",), toolbar=25,
           enabled=lambda w: w.context.trainer.state in ("running", "paused"),
           run=lambda w: w.context.trainer.stop())
MenuInfo(id="train.pace", text="Speed", tip="How fast to train", menu="Train", group=3, order=1, toolbar=31,
         icon="recent", label=lambda w: f"Speed: {PACES[w.context.settings.pace][0]}", entries=_paces)
