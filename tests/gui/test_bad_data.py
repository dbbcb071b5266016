"""Sources that cannot be read, or are lost later, at the real window: one sentence, and the data stay what they are."""
from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.datasets import DATASETS, forget
from core.graph import edits
from core.graph.sourcing import choose_source
from core.io import documents
from core.params import Kind
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from tests.core._build import chain, dense
from tests.core.datasets._idx_files import write_mnist
from tests.gui.test_dropping import arrays, dragged, drop, pictures, table, texts

LONG = 20_000
Make = Callable[[Path], Path]


@pytest.fixture(autouse=True)
def remember_nothing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # So that a small bomb is one.
    monkeypatch.setattr("core.datasets._tables.source.HARMLESS", 1 << 20)
    forget()
    yield
    forget()


@pytest.fixture
def panel(window: MainWindow) -> DataPanel:
    window.docks.show("data")
    found = window.panels["data"]
    assert isinstance(found, DataPanel)
    return found


def written(name: str, content: bytes) -> Make:
    """A file of this name that holds this."""
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name
    return make


def bomb(folder: Path) -> Path:
    with gzip.open(folder / "bomb.csv.gz", "wb") as file:
        file.write(b"a,b\n")
        for _ in range(8):
            file.write(b"1,2\n" * (1 << 18))
    return folder / "bomb.csv.gz"


def half_an_archive(folder: Path) -> Path:
    path = arrays(folder)
    path.write_bytes(path.read_bytes()[:150])
    return path


def pickled(folder: Path) -> Path:
    """An array of objects, which only unpickling would give."""
    np.savez(folder / "objects.npz", x=np.array([{}, {}], dtype=object), y=np.array([0, 1]))
    return folder / "objects.npz"


def all_out(folder: Path) -> Path:
    """Folders of classes that are links to what lies elsewhere."""
    outside = pictures(folder / "elsewhere")
    root = folder / "links"
    for name in ("cats", "dogs"):
        (root / name).mkdir(parents=True)
        for picture in (outside / name).iterdir():
            (root / name / picture.name).symlink_to(picture)
    return root


def broken_first(folder: Path) -> Path:
    root = pictures(folder)
    for picture in root.rglob("*.png"):
        picture.write_bytes(picture.read_bytes()[:40])
    return root


def one_class(folder: Path) -> Path:
    root = texts(folder)
    shutil.rmtree(root / "bad")
    return root


def cut_idx(folder: Path) -> Path:
    root = write_mnist(folder / "idx", train=30, zipped=False)
    images = next(root.glob("train-images*"))
    images.write_bytes(images.read_bytes()[:500])
    return root


GOOD = b"a,b,kind\n1,2,x\n3,4,y\n"
BAD: dict[str, tuple[str, Make, str]] = {
    "empty": ("table", written("empty.csv", b""), "empty.csv: the file is empty"),
    "blank": ("table", written("blank.csv", b"\n\n\n"), "blank.csv: the file holds nothing but blank lines"),
    "heading only": ("table", written("head.csv", b"a,b,c\n"), "head.csv, line 1: there is a heading, but no row"),
    "ragged": ("table", written("ragged.csv", GOOD * 1 + b"5,6\n7,8,x\n9,1,y,z\n"), "ragged.csv, line "),
    "quote": ("table", written("quote.csv", GOOD + b'5,"6,x\n'), "quote.csv, line 4: a quotation mark"),
    "binary": ("table", written("binary.csv", GOOD + b"\x00\x01\x02\x00\n"), "binary.csv, line 4: this is not text"),
    "gzip bomb": ("table", bomb, "bomb.csv.gz: unpacked, the file is more than"),
    "cut gzip": ("table", written("cut.csv.gz", gzip.compress(GOOD * 50)[:40]), "cut.csv.gz: the file is damaged"),
    "no workbook": ("table", written("book.xlsx", b"PK\x03\x04 nothing"), "book.xlsx: "),
    "no parquet": ("table", written("rows.parquet", b"PAR1 nothing PAR1"), "rows.parquet: "),
    "broken json": ("table", written("rows.jsonl", b'{"a": 1, "b": 2}\n{"a": 1,\n'), "rows.jsonl, line 2: "),
    "cut arrays": ("arrays", half_an_archive, "arrays.npz"),
    "pickled": ("arrays", pickled, "objects.npz"),
    "links that lead out": ("image_folder", all_out, "links"),
    "broken pictures": ("image_folder", broken_first, "The picture "),
    "one class of texts": ("text_folder", one_class, "reviews"),
    "cut IDX": ("idx", cut_idx, "train-images"),
    "gone": ("table", lambda folder: folder / "gone.csv", "gone.csv: there is no such file"),
}


def take(panel: DataPanel, kind: str, path: Path) -> None:
    panel.chooser.take(Kind(kind, DATASETS[kind](path=str(path)).config()), f"Use {path.name}")


def idle(window: MainWindow) -> bool:
    return not window.context.desk.busy


# Some of the cases each, so that it does not take a window for every one.
SHARES = [list(BAD)[first::3] for first in range(3)]
WITH_PARAMS = [case for case in BAD if len(DATASETS[BAD[case][0]].params) > 1]


@pytest.mark.parametrize("cases", SHARES, ids=", ".join)
def test_a_source_that_cannot_be_read_is_told_in_a_sentence_and_the_data_stay(
        window: MainWindow, panel: DataPanel, qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture,
        cases: list[str]) -> None:
    for case in cases:
        kind, make, begins = BAD[case]
        (tmp_path / case).mkdir()
        window.context.notify.notices.clear()
        window.context.history.restart(chain(dense(2)))
        before, report = window.context.document, window.context.report
        take(panel, kind, make(tmp_path / case))
        qtbot.waitUntil(lambda: bool(window.context.notify.notices) and idle(window), timeout=LONG)
        (notice,) = window.context.notify.notices
        assert begins in notice.text
        assert notice.text.count(". ") == 0
        assert notice.text.endswith(".")
        assert notice.hint.endswith(".")
        assert window.context.document is before
        assert window.context.report is report
        assert not window.context.history.can_undo
        assert not panel.reading.isVisible()
        assert caplog.records == []


@pytest.mark.parametrize("cases", [WITH_PARAMS[first::3] for first in range(3)], ids=", ".join)
def test_what_cannot_be_read_is_used_anyway_if_the_user_wants_that_and_one_undo_takes_it_back(
        window: MainWindow, panel: DataPanel, qtbot: QtBot, tmp_path: Path, cases: list[str]) -> None:
    for case in cases:
        kind, make, begins = BAD[case]
        (tmp_path / case).mkdir()
        window.context.notify.notices.clear()
        before = window.context.document
        take(panel, kind, make(tmp_path / case))
        qtbot.waitUntil(lambda: bool(window.context.notify.notices), timeout=LONG)
        action = window.context.notify.notices[-1].action
        assert action is not None
        action()
        assert window.context.document.data["source"].kind == kind
        qtbot.waitUntil(lambda begins=begins: any(begins in problem.message
                                                  for problem in window.context.report.problems), timeout=LONG)
        window.context.history.undo()
        assert window.context.document is before


ODD: dict[str, tuple[str, Make]] = {
    "mixed types": ("table", written("mixed.csv", b"a,b,kind\n1,2,x\n3,four,y\n5,6,x\n")),
    "a column of identical values": ("table", written("same.csv", b"a,b,kind\n1,7,x\n3,7,y\n5,7,x\n")),
    "a target of one class": ("table", written("one.csv", b"a,b,class\n1,2,x\n3,4,x\n5,6,x\n")),
    "numbers that are not finite": ("table", written("nan.csv", b"a,b,kind\n1,nan,x\ninf,4,y\n5,6,x\n-inf,1,y\n")),
    "letters of Windows": ("table", written("win.csv", "größe,b,kind\n1,2,süß\n3,4,herb\n1,2,süß\n".encode("cp1252"))),
    "UTF-16": ("table", written("wide.csv", "a,b,kind\n1,2,x\n3,4,y\n".encode("utf-16"))),
    "ten thousand columns": ("table", lambda folder: written("columns.csv", b"\n".join(
        [b",".join(b"c%d" % i for i in range(9999)) + b",class"]
        + [b",".join(b"%d" % (i * r % 7) for i in range(9999)) + b",%s" % b"pq"[r % 2:r % 2 + 1]
           for r in range(6)]))(folder)),
}


@pytest.mark.parametrize("case", ODD)
def test_an_odd_source_is_used_and_whatever_is_wrong_with_it_is_told(
        window: MainWindow, panel: DataPanel, qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture,
        case: str) -> None:
    kind, make = ODD[case]
    window.context.history.restart(chain(dense(2)))
    before = window.context.document
    take(panel, kind, make(tmp_path))
    qtbot.waitUntil(lambda: window.context.document.data["source"].kind == kind and idle(window), timeout=LONG)
    report = window.context.report
    assert report.spec is not None or all(problem.hint for problem in report.problems if problem.blocks)
    trainer = window.context.trainer
    qtbot.waitUntil(lambda: trainer.state != "preparing", timeout=LONG)
    if report.ok:
        window.actions_by_id["train.epoch"].trigger()
        qtbot.waitUntil(lambda: trainer.state in ("paused", "finished") or trainer.epoch == 1, timeout=LONG)
    window.context.history.undo()
    assert window.context.document is before
    assert caplog.records == []


def is_gone(window: MainWindow) -> bool:
    return any("there is no such file" in problem.message for problem in window.context.report.problems)


def activate(window: MainWindow) -> None:
    """The user comes back to the window."""
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))


def in_use(window: MainWindow, panel: DataPanel, qtbot: QtBot, path: Path) -> None:
    """A network that learns from a table."""
    take(panel, "table", path)
    qtbot.waitUntil(lambda: window.context.report.spec is not None and window.context.document.data["source"].kind
                    == "table" and idle(window), timeout=LONG)
    window.actions_by_id["network.first"].trigger()
    qtbot.waitUntil(lambda: window.context.trainer.state == "ready", timeout=LONG)


def test_a_file_that_vanishes_is_told_when_the_user_comes_back_and_is_used_again_when_it_is_there_again(
        window: MainWindow, panel: DataPanel, qtbot: QtBot, tmp_path: Path) -> None:
    path = table(tmp_path)
    in_use(window, panel, qtbot, path)
    path.rename(tmp_path / "away")
    activate(window)
    qtbot.waitUntil(lambda: is_gone(window), timeout=LONG)
    assert window.context.trainer.state == "invalid"
    shown = " ".join(frame.problem.hint for frame in panel.notices.frames)
    assert "Choose the file again" in shown
    (tmp_path / "away").rename(path)
    activate(window)
    qtbot.waitUntil(lambda: window.context.report.ok)
    qtbot.waitUntil(lambda: window.context.trainer.state == "ready", timeout=LONG)


def test_a_run_goes_on_with_what_it_has_read_when_the_file_vanishes(
        window: MainWindow, panel: DataPanel, qtbot: QtBot, tmp_path: Path) -> None:
    path = table(tmp_path)
    in_use(window, panel, qtbot, path)
    trainer = window.context.trainer
    window.context.edit("Train long", lambda doc: edits.set_training(doc, {"epochs": 1_000_000}))
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.running and trainer.epoch > 0, timeout=LONG)
    path.unlink()
    activate(window)
    window.context.edit("Learn slower", lambda doc: edits.set_training(doc, {"learning_rate": 0.001}))
    reached = trainer.epoch
    qtbot.waitUntil(lambda: trainer.epoch > reached, timeout=LONG)
    assert trainer.running
    assert window.context.report.ok
    trainer.toggle()
    qtbot.waitUntil(lambda: trainer.state == "paused", timeout=LONG)
    activate(window)
    qtbot.waitUntil(lambda: is_gone(window), timeout=LONG)


def test_a_file_that_changes_is_read_anew_and_the_user_is_told(
        window: MainWindow, panel: DataPanel, qtbot: QtBot, tmp_path: Path) -> None:
    path = table(tmp_path)
    in_use(window, panel, qtbot, path)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines, *lines[1:]]) + "\n")
    window.context.notify.notices.clear()
    activate(window)
    qtbot.waitUntil(lambda: bool(window.context.notify.notices), timeout=LONG)
    notice = window.context.notify.notices[-1]
    assert notice.text == "flowers.csv has changed since it was read."
    assert window.context.report.spec is not None
    assert window.context.report.spec.samples == 120
    assert notice.action is not None
    notice.action()
    qtbot.waitUntil(lambda: "120" in window.context.trainer.data_summary, timeout=LONG)


def test_a_document_whose_file_is_gone_says_so_and_the_file_is_chosen_again(
        window: MainWindow, panel: DataPanel, qtbot: QtBot, tmp_path: Path) -> None:
    path = table(tmp_path)
    document = choose_source(chain(dense(2)), Kind("table", DATASETS["table"](path=str(path)).config()))
    documents.write(document, tmp_path / "net.json")
    (tmp_path / "moved").mkdir()
    path.rename(tmp_path / "moved" / "flowers.csv")
    forget()
    window.files.open_path(tmp_path / "net.json")
    qtbot.waitUntil(lambda: is_gone(window), timeout=LONG)
    drop(window, dragged(tmp_path / "moved" / "flowers.csv"))
    qtbot.waitUntil(lambda: window.context.report.spec is not None, timeout=LONG)
    assert window.context.document.data["source"].params["path"] == str(tmp_path / "moved" / "flowers.csv")
    assert window.context.document.data["steps"] == document.data["steps"]


def test_another_source_taken_while_one_is_read_wins(
        window: MainWindow, panel: DataPanel, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = table(tmp_path), table(tmp_path, "later.tsv")
    take(panel, "table", first)
    take(panel, "table", second)
    qtbot.waitUntil(lambda: window.context.document.data["source"].kind == "table" and idle(window), timeout=LONG)
    assert window.context.document.data["source"].params["path"] == str(second)
    assert len(window.context.history.steps) == 2


def test_a_choice_is_dropped_when_other_data_are_taken_meanwhile(
        window: MainWindow, panel: DataPanel, qtbot: QtBot, tmp_path: Path) -> None:
    take(panel, "table", table(tmp_path))
    window.context.edit("Other data", lambda doc: edits.set_data(doc, {"source": "moons"}))
    assert not panel.reading.isVisible()
    qtbot.waitUntil(lambda: idle(window), timeout=LONG)
    assert window.context.document.data["source"].kind == "moons"


def test_a_file_that_may_not_be_read_is_refused_until_it_may(
        window: MainWindow, panel: DataPanel, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = table(tmp_path)
    path.chmod(0)
    take(panel, "table", path)
    qtbot.waitUntil(lambda: bool(window.context.notify.notices), timeout=LONG)
    assert "cannot be read (permission denied)" in window.context.notify.notices[-1].text
    path.chmod(0o600)
    take(panel, "table", path)
    qtbot.waitUntil(lambda: window.context.document.data["source"].kind == "table", timeout=LONG)


def test_pictures_of_different_sizes_are_told_with_both_names(
        window: MainWindow, panel: DataPanel, qtbot: QtBot, tmp_path: Path) -> None:
    root = pictures(tmp_path)
    Image.new("L", (9, 7)).save(root / "dogs" / "3.png")
    take(panel, "image_folder", root)
    qtbot.waitUntil(lambda: window.context.report.spec is not None and idle(window)
                    and window.context.document.data["source"].kind == "image_folder", timeout=LONG)
    window.actions_by_id["network.first"].trigger()
    qtbot.waitUntil(lambda: any("9 × 7" in notice.text for notice in window.context.notify.notices), timeout=LONG)
    notice = next(n for n in window.context.notify.notices if "9 × 7" in n.text)
    assert "3.png" in notice.text
    assert "Width and Height" in notice.hint
