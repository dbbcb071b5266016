"""The same document learns the same, to the bit: on the command line, in the window, and after it was saved."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.cli.main import main
from core.datasets import DATASETS, forget
from core.graph import edits
from core.graph.first import first_network
from core.graph.sourcing import choose_source
from core.io import documents
from core.params import Kind
from gui.main_window import MainWindow
from tests.core.datasets._files import FILES

KINDS = [*FILES, "spiral", "iris", "sentences", "adding"]
SMALLER = {"adding": {"samples": 100, "length": 6}}
LONG = 20_000


@pytest.fixture(params=KINDS)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A network for a source of every kind, saved."""
    kind = request.param
    params = FILES[kind](tmp_path) if kind in FILES else SMALLER.get(kind, {})
    document = choose_source(edits.empty(), Kind(kind, DATASETS[kind](**params).config()))
    document = edits.set_training(first_network(document), {"epochs": 1, "seed": 3})
    documents.write(document, tmp_path / "net.json")
    forget()
    return tmp_path / "net.json"


def trained(file: Path, out: Path) -> dict[str, np.ndarray]:
    """The weights after an epoch on the command line."""
    assert main(["train", str(file), "--out", str(out), "--quiet", "--json"]) == 0
    with np.load(out / "weights.npz", allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


def test_the_window_and_the_command_line_come_to_the_same_bits(
        window: MainWindow, qtbot: QtBot, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = trained(file, tmp_path / "one")
    window.files.open_path(file)
    trainer = window.context.trainer
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=LONG)
    window.actions_by_id["train.toggle"].trigger()
    qtbot.waitUntil(lambda: trainer.state == "finished", timeout=LONG)
    found = trainer.weights()
    assert found
    assert {name: values.tobytes() for name, values in expected.items() if name in found} == {
        name: values.tobytes() for name, values in found.items()}
    documents.write(window.context.document, tmp_path / "again.json")
    forget()
    again = trained(tmp_path / "again.json", tmp_path / "two")
    assert {name: values.tobytes() for name, values in again.items()} == {
        name: values.tobytes() for name, values in expected.items()}
