"""Every source of samples on the command line: a first network for it is checked, trained, and predicts."""
from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.datasets import DATASETS, forget
from core.graph import edits
from core.graph.document import Document
from core.graph.first import first_network
from core.graph.settings import DataSettings
from core.graph.sourcing import choose_source
from core.io import documents
from core.params import Kind
from tests.core.cli.conftest import Command
from tests.core.datasets._files import FILES, write_kept

FEW = {kind: {"samples": 100} for kind in ("adding", "brackets")}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_kept(tmp_path_factory.mktemp("kept"))


@pytest.fixture(autouse=True)
def own_files(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERLOOM_DATA", str(kept))
    forget()


def first(kind: str, folder: Path) -> Document:
    """The first network for a source, as the window makes it."""
    given = FILES[kind](folder) if kind in FILES else FEW.get(kind, {})
    return first_network(choose_source(edits.empty(), Kind(kind, DATASETS[kind](**given).config())))


def samples(document: Document, folder: Path) -> str:
    """The data of a document, as the command that predicts is told of them."""
    source = document.data["source"]
    if "path" in source.params:
        return str(source.params["path"])
    if "points" in source.params:
        np.save(folder / "points.npy", [point[:2] for point in source.params["points"]])
        return str(folder / "points.npy")
    return f"dataset:{source.kind}"


@pytest.mark.parametrize("kind", DATASETS)
def test_a_first_network_is_checked_trained_and_predicts(kind: str, layerloom: Command, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    made, file, out = first(kind, tmp_path / "files"), tmp_path / "net.json", tmp_path / "out"
    documents.write(made, file)
    checked = layerloom("check", file, "--json")
    assert checked.status == 0, checked
    assert not [problem for problem in json.loads(checked.out)["problems"] if problem["severity"] == "error"]
    trained = layerloom("train", file, "--epochs", 1, "--out", out, "--json", "--quiet")
    assert trained.status == 0, trained
    result: dict[str, Any] = json.loads(trained.out.splitlines()[-1])
    assert result["epochs"] == 1
    assert all(math.isfinite(value) for value in result["train"].values())
    predicted = layerloom("predict", out / "network.json", "--weights", out / "weights.safetensors",
                          "--input", samples(made, tmp_path), "--output", tmp_path / "said.csv")
    assert predicted.status == 0, predicted
    with (tmp_path / "said.csv").open(newline="", encoding="utf-8") as opened:
        names, *rows = csv.reader(opened)
    assert len(rows) >= DataSettings.known(made.data).dataset.count() or kind in ("mnist", "fashion_mnist")
    assert all(len(row) == len(names) for row in rows)
