"""A step in slow motion."""
from __future__ import annotations

from typing import TYPE_CHECKING

from gui.actions._base import ActionInfo
from gui.actions.train import steppable

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _explain(window: MainWindow) -> None:
    window.docks.show("slow")
    window.context.trainer.explain()


ActionInfo(id="train.explain", text="Step in Slow Motion", menu="Train", group=1, order=4, icon="slow",
           tip="Train one batch, and see every number of it on its way", shortcuts=("Shift+F10",), enabled=steppable,
           run=_explain)
