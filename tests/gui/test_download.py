"""The offer to download a data set: where it is made, that it asks, and what becomes of it."""
from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from core.datasets import forget
from core.datasets._sources import Remote, Source
from gui.dialogs.download import DownloadDialog
from gui.main_window import MainWindow
from tests.core.datasets._idx_files import write_mnist
from tests.core.datasets._server import Server, serve
from tests.gui.conftest import delete_now, texts

Click = Callable[[QPushButton], None]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that MNIST is downloaded to; nothing of it is there."""
    monkeypatch.delenv("LAYERLOOM_DATA", raising=False)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, appauthor: tmp_path / "cache" / name)
    return tmp_path / "cache" / "layerloom" / "mnist"


@pytest.fixture
def server(tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Offers a small MNIST under its name."""
    monkeypatch.setenv("NO_PROXY", "*")
    contents = {path.name: path.read_bytes() for path in sorted(write_mnist(tmp_path / "original").iterdir())}
    with serve() as running:
        files = tuple(Remote(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in contents.items())
        sources = {"mnist": Source("MNIST", (running.address,), files)}
        for module in ("core.datasets._download", "gui.dialogs.download"):
            monkeypatch.setattr(f"{module}.SOURCES", sources)
        running.files = {f"/{name}": data for name, data in contents.items()}
        yield running


@pytest.fixture
def mnist(window: MainWindow, server: Server) -> Iterator[MainWindow]:
    """The window with the example for MNIST."""
    forget()
    assert window.files.open_example("mnist-mlp")
    yield window
    window.context.desk.stop("download")
    for dialog in window.findChildren(DownloadDialog):
        dialog.close()
    delete_now()


@pytest.fixture
def click(qtbot: QtBot) -> Click:
    return lambda button: qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def dialog_of(window: MainWindow) -> DownloadDialog:
    (dialog,) = (dialog for dialog in window.findChildren(DownloadDialog) if dialog.isVisible())
    return dialog


def opened(window: MainWindow) -> DownloadDialog:
    window.actions_by_id["file.download"].trigger()
    return dialog_of(window)


def missing(window: MainWindow) -> bool:
    return any(problem.code == "data.missing" for problem in window.context.report.problems)


def test_the_action_is_there_only_while_files_are_missing_that_can_be_had(mnist: MainWindow, tmp_path: Path) -> None:
    action = mnist.actions_by_id["file.download"]
    assert action.isEnabled()
    mnist.files.open_example("iris")
    assert not action.isEnabled()


def test_a_folder_that_was_chosen_is_not_what_a_download_fills(mnist: MainWindow, tmp_path: Path) -> None:
    mnist.docks.show("data")
    folder = mnist.panels["data"].source.editor("folder")
    folder.line.setText(str(tmp_path))
    folder.line.setModified(True)
    folder.line.committed.emit()
    assert missing(mnist)
    assert not mnist.actions_by_id["file.download"].isEnabled()


def test_the_data_panel_offers_it_and_the_button_only_asks(mnist: MainWindow, server: Server, qtbot: QtBot,
                                                           click: Click) -> None:
    mnist.docks.show("data")
    notices = mnist.panels["data"].notices
    qtbot.waitUntil(lambda: bool(notices.buttons), timeout=20_000)
    (button,) = notices.buttons
    assert button.text() == "Download MNIST…"
    click(button)
    assert dialog_of(mnist).windowTitle() == "Download MNIST"
    assert server.asked == []


def test_the_list_of_problems_offers_it(mnist: MainWindow) -> None:
    panel = mnist.panels["problems"]
    (problem,) = mnist.context.report.problems
    menu: QMenu = panel.fix_menu(problem)
    assert texts(menu) == ["Download MNIST…"]
    menu.actions()[0].trigger()
    assert dialog_of(mnist).isVisible()
    menu.deleteLater()


def test_the_bubble_on_the_canvas_offers_it(mnist: MainWindow, qtbot: QtBot, click: Click) -> None:
    bubble = mnist.canvas.bubble
    assert bubble.open()
    click(bubble.buttons[0])
    assert dialog_of(mnist).isVisible()


def test_the_dialog_says_from_where_how_much_and_to_where(mnist: MainWindow, server: Server, place: Path) -> None:
    facts = opened(mnist).facts.texts()
    size = sum(map(len, server.files.values())) / 1e6
    assert facts["From"] == "127.0.0.1"
    assert facts["Size"] == f"{size:.1f} MB in 4 files"
    assert facts["To"] == str(place)
    assert "SHA-256" in facts["Checked by"]


def test_asking_twice_shows_the_same_dialog(mnist: MainWindow) -> None:
    first = opened(mnist)
    assert opened(mnist) is first


def test_after_a_click_the_files_come_and_the_network_can_be_trained(mnist: MainWindow, place: Path, qtbot: QtBot,
                                                                     click: Click) -> None:
    dialog = opened(mnist)
    assert missing(mnist)
    click(dialog.start)
    qtbot.waitUntil(lambda: not missing(mnist), timeout=20_000)
    assert len(list(place.iterdir())) == 4
    assert mnist.context.report.ok
    assert not [shown for shown in mnist.findChildren(DownloadDialog) if shown.isVisible()]
    assert mnist.context.notify.notices[-1].text == "MNIST is on this computer now."
    assert not mnist.actions_by_id["file.download"].isEnabled()
    assert not mnist.context.history.can_undo


def test_the_picture_of_the_source_comes_with_the_files(mnist: MainWindow, qtbot: QtBot, click: Click) -> None:
    mnist.docks.show("data")
    card = mnist.panels["data"].card
    qtbot.waitUntil(lambda: not mnist.context.desk.busy, timeout=20_000)
    assert not card.known.pictures
    click(opened(mnist).start)
    qtbot.waitUntil(lambda: bool(card.known.pictures), timeout=20_000)


def test_progress_is_shown_while_files_come(mnist: MainWindow, qtbot: QtBot, click: Click) -> None:
    dialog = opened(mnist)
    told: list[tuple[str, int]] = []
    mnist.context.desk.told.connect(lambda *_: told.append((dialog.state.text(), dialog.bar.value())))
    click(dialog.start)
    qtbot.waitUntil(lambda: not missing(mnist), timeout=20_000)
    assert told[-1][0].startswith("Downloading MNIST: ")
    assert told[-1][1] == 1000
    assert [value for _, value in told] == sorted(value for _, value in told)


def test_a_failure_is_said_in_the_dialog_and_can_be_tried_again(mnist: MainWindow, server: Server, qtbot: QtBot,
                                                                click: Click) -> None:
    server.status = 503
    dialog = opened(mnist)
    click(dialog.start)
    qtbot.waitUntil(lambda: bool(dialog.notices.frames), timeout=20_000)
    assert dialog.start.text() == "Try again"
    assert dialog.isVisible()
    assert missing(mnist)
    server.status = 0
    click(dialog.start)
    qtbot.waitUntil(lambda: not missing(mnist), timeout=20_000)


@pytest.mark.parametrize("way", ["escape", "cancel"])
def test_closing_the_dialog_stops_and_what_came_is_kept(mnist: MainWindow, server: Server, place: Path, qtbot: QtBot,
                                                        way: str) -> None:
    server.hold.clear()
    dialog = opened(mnist)
    qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(server.asked), timeout=20_000)
    if way == "escape":
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        qtbot.mouseClick(dialog.buttons.button(dialog.leave), Qt.MouseButton.LeftButton)
    assert not mnist.context.desk.busy
    server.hold.set()
    assert missing(mnist)
    QApplication.processEvents()
    server.asked.clear()
    again = opened(mnist)
    qtbot.mouseClick(again.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not missing(mnist), timeout=20_000)
    assert len(list(place.iterdir())) == 4


def test_files_that_were_put_in_place_by_hand_are_found_on_coming_back_to_the_window(
        mnist: MainWindow, place: Path, qtbot: QtBot) -> None:
    assert missing(mnist)
    write_mnist(place)
    assert missing(mnist)
    QApplication.sendEvent(mnist, QEvent(QEvent.Type.WindowActivate))
    assert not missing(mnist)
    qtbot.waitUntil(mnist.actions_by_id["train.toggle"].isEnabled, timeout=20_000)
    assert not mnist.actions_by_id["file.download"].isEnabled()


def test_nothing_is_downloaded_by_opening_or_training(mnist: MainWindow, server: Server, qtbot: QtBot) -> None:
    mnist.actions_by_id["train.toggle"].trigger()
    qtbot.waitUntil(lambda: not mnist.context.desk.busy, timeout=20_000)
    assert server.asked == []
