"""Stands in for a run: gives a panel the answers of a session, as a snapshot would."""
from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from core.graph.document import Document
from core.train.control import Control
from core.train.events import Snapshot
from core.train.loop import train
from core.train.moments import Moments
from core.train.probes import answer
from core.train.session import Session
from gui.context import AppContext
from gui.panels import Panel

P = TypeVar("P", bound=Panel)


def shown(qtbot: QtBot, kind: type[P], context: AppContext, width: int = 420, height: int = 280) -> P:
    """The panel in a window of its own."""
    panel = kind(context)
    qtbot.addWidget(panel)
    panel.resize(width, height)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def look(panel: Panel, session: Session) -> None:
    """Answer what the panel asks for, and let it draw."""
    answers = {request: answer(session, request) for request in panel.requests()}
    panel.on_train(Snapshot(1, session.epoch, session.step, answers, 0.0))
    panel.on_tick()


def trained(document: Document, epochs: int = 5) -> Session:
    """A session with a past."""
    session = Session(document)
    session.moments = Moments(session)
    session.change(epochs=epochs)
    list(train(session, Control()))
    return session


def settle(panel: Panel, session: Session) -> None:
    """Answer until what is asked for stays the same."""
    asked: Any = None
    while asked != panel.requests():
        asked = panel.requests()
        look(panel, session)


def picked(menu: QMenu, text: str) -> None:
    """Open a menu and choose."""
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == text).trigger()
