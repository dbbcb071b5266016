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
    from core.train.checkpoints import Checkpoints
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
    parser.add_argument("--checkpoint-every", metavar="N", type=_count, default=0,
                        help="save all that is needed to go on to DIR/checkpoint.loom every N epochs and at the end; "
                        "after Ctrl+C it is there in any case")
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--resume", metavar="CHECKPOINT",
                       help="go on from a .loom file exactly as if the run had never stopped")
    start.add_argument("--weights", metavar="W", help="start from saved weights (.safetensors, .npz or .loom), node by "
                       "node; nodes that do not fit start fresh")
    parser.add_argument("--json", action="store_true", help="print the result as one line of JSON")
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")


def _count(text: str) -> int:
    """A whole number from 1."""
    if not text.isascii() or not text.isdigit() or not 1 <= len(text) <= 9 or not int(text):
        raise argparse.ArgumentTypeError(f"a whole number from 1 is wanted, got {text!r}")
    return int(text)


def _run(chosen: argparse.Namespace) -> int:
    from core.cli import _begin, _result
    from core.train.events import Failed, Finished

    if chosen.checkpoint_every and not chosen.out:
        say("--checkpoint-every needs --out: the folder for checkpoint.loom.")
        return 2
    session, notes = _begin.begin(_document(chosen), resume=chosen.resume, start=chosen.weights)
    if chosen.out:
        _result.prepare(chosen.out)
    ending = _train(session, notes, _checkpoints(chosen), quiet=chosen.quiet)
    failed = isinstance(ending, Failed)
    # What is only printed shows no metrics, and scikit-learn takes long to import.
    result = _result.summarise(session, ending, metrics=chosen.json or bool(chosen.out))
    if chosen.out and not failed:
        _result.write(chosen.out, session, result)
        if not chosen.checkpoint_every and isinstance(ending, Finished) and ending.reason == "stopped":
            _begin.save(chosen.out, session)
    if failed:
        say(result["statement"])
    if chosen.json:
        print_json(result, indent=None)
    elif not failed:
        print(_result.text(result))
    return 1 if failed else 0


def _checkpoints(chosen: argparse.Namespace) -> Checkpoints | None:
    from core.cli._begin import save
    from core.train.checkpoints import Checkpoints

    if not chosen.checkpoint_every:
        return None
    return Checkpoints(save=lambda session: save(chosen.out, session), epochs=chosen.checkpoint_every)


def _document(chosen: argparse.Namespace) -> Document:
    """The network with all that the options change about it."""
    from core.cli._settings import apply

    short = {"training.epochs": chosen.epochs, "training.seed": chosen.seed}
    settings = [*chosen.settings, *((path, value) for path, value in short.items() if value is not None)]
    return apply(open_document(chosen.file), settings, chosen.file)


def _train(session: Session, notes: list[str], checkpoints: Checkpoints | None, *, quiet: bool) -> Finished | Failed:
    """Run to the end, or until Ctrl+C."""
    from core.train.control import Control
    from core.train.events import EpochDone, Failed, Finished, Warned
    from core.train.loop import train

    control = Control()
    ending: Finished | Failed | None = None
    with _progress.make(session.epochs, quiet=quiet) as progress, _stopped_by_interrupt(control):
        for note in [*notes, *(problem.text for problem in session.report.problems)]:
            progress.note(note)
        for event in train(session, control, checkpoints=checkpoints):
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
