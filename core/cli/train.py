"""`layerloom train`: a run without a window."""
from __future__ import annotations

import argparse
import contextlib
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli import _progress
from core.cli._base import Command, add_file, open_document, print_json, say

if TYPE_CHECKING:
    from core.graph.document import Document
    from core.train.control import Control
    from core.train.events import Failed, Finished
    from core.train.session import Session


def _arguments(parser: argparse.ArgumentParser) -> None:
    from core.cli._settings import setting

    add_file(parser)
    parser.add_argument("--epochs", metavar="N", type=int, help="passes over the training data")
    parser.add_argument("--seed", metavar="N", type=int, help="fixes the first weights and the order of samples")
    parser.add_argument("--set", metavar="PATH=VALUE", type=setting, action="append", default=[], dest="settings",
                        help="change a setting by its place in the file, such as training.learning_rate=0.5 or "
                        "nodes.hidden.params.units=8; may be given several times")
    parser.add_argument("--out", metavar="DIR", type=Path,
                        help="leave network.json, weights.safetensors, weights.npz, history.csv and metrics.json here")
    parser.add_argument("--json", action="store_true", help="print the result as one line of JSON")
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")


def _run(chosen: argparse.Namespace) -> int:
    from core.cli import _result
    from core.train.events import Failed
    from core.train.session import Session

    session = Session(_document(chosen))
    if chosen.out:
        _result.prepare(chosen.out)
    ending = _train(session, quiet=chosen.quiet)
    failed = isinstance(ending, Failed)
    result = _result.summarise(session, ending)
    if chosen.out and not failed:
        _result.write(chosen.out, session, result)
    if failed:
        say(result["statement"])
    if chosen.json:
        print_json(result, indent=None)
    elif not failed:
        print(_result.text(result))
    return 1 if failed else 0


def _document(chosen: argparse.Namespace) -> Document:
    """The network with all that the options change about it."""
    from core.cli._settings import apply

    short = {"training.epochs": chosen.epochs, "training.seed": chosen.seed}
    settings = [*chosen.settings, *((path, value) for path, value in short.items() if value is not None)]
    return apply(open_document(chosen.file), settings, chosen.file)


def _train(session: Session, *, quiet: bool) -> Finished | Failed:
    """Run to the end, or until Ctrl+C."""
    from core.train.control import Control
    from core.train.events import EpochDone, Failed, Finished, Warned
    from core.train.loop import train

    control = Control()
    ending: Finished | Failed | None = None
    with _progress.make(session.epochs, quiet=quiet) as progress, _stopped_by_interrupt(control):
        for problem in session.report.problems:
            progress.note(problem.text)
        for event in train(session, control):
            if isinstance(event, EpochDone):
                progress.epoch(event)
            elif isinstance(event, Warned):
                progress.note(event.problem.text)
            elif isinstance(event, Finished | Failed):
                ending = event
    assert ending is not None
    return ending


@contextlib.contextmanager
def _stopped_by_interrupt(control: Control) -> Iterator[None]:
    """The first Ctrl+C ends the run after the present batch and keeps what was learned; a second one ends all."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def stop(*_: object) -> None:
        signal.signal(signal.SIGINT, before)
        control.stop()

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


Command(name="train", summary="Train a network and say how well it does.", arguments=_arguments, run=_run)
