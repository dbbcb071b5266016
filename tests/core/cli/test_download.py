"""`layerloom download`: nothing comes without a yes."""
from __future__ import annotations

import hashlib
import io

import pytest

from core.datasets._sources import Remote, Source
from tests.core.cli.conftest import refused
from tests.core.datasets._server import serve

CONTENT = b"pictures" * 50_000


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, appauthor: tmp_path / name)
    return tmp_path / "layerloom" / "mnist"


@pytest.fixture
def server(monkeypatch, place):
    """Offers one small file under the name of MNIST."""
    monkeypatch.setenv("NO_PROXY", "*")
    with serve() as running:
        remote = Remote("a.gz", len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
        mirrors = running.address, running.address.replace("127.0.0.1", "localhost")
        sources = {"mnist": Source("MNIST", mirrors, (remote,))}
        monkeypatch.setattr("core.datasets.SOURCES", sources)
        monkeypatch.setattr("core.datasets._download.SOURCES", sources)
        running.files["/a.gz"] = CONTENT
        yield running


def test_with_yes_it_says_what_comes_from_where_to_where_and_gets_it(layerloom, server, place):
    ran = layerloom("download", "mnist", "--yes")
    first, last = ran.err.splitlines()
    assert ran.status == 0
    assert first == f"layerloom: MNIST: 1 file, 0.4 MB, from 127.0.0.1 (or localhost), into {place}."
    assert last == f"layerloom: MNIST is in {place}."
    assert (place / "a.gz").read_bytes() == CONTENT


def test_without_a_terminal_nobody_can_agree_and_nothing_comes(layerloom, server, place, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    ran = layerloom("download", "mnist")
    assert ran.status == 1
    assert "Nothing was downloaded. Agree with y, or give --yes." in ran.err
    assert server.asked == []
    assert not place.exists()


@pytest.mark.parametrize(("answer", "agreed"), [
    ("y\n", True), ("Yes\n", True), ("\n", False), ("n\n", False), ("", False), ("yellow\n", False)])
def test_at_a_terminal_only_a_yes_agrees(layerloom, server, place, monkeypatch, answer, agreed):
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    ran = layerloom("download", "mnist")
    assert "Download them? [y/N] " in ran.err
    assert (ran.status == 0, (place / "a.gz").exists(), bool(server.asked)) == (agreed, agreed, agreed)


def test_what_is_there_is_not_asked_for(layerloom, server, place):
    layerloom("download", "mnist", "--yes")
    ran = layerloom("download", "mnist")
    assert (ran.status, ran.err) == (0, f"layerloom: MNIST is in {place} already.\n")
    assert len(server.asked) == 1


def test_a_failure_is_one_sentence(layerloom, server, place):
    server.files.clear()
    ran = layerloom("download", "mnist", "--yes", "--quiet")
    ran = ran._replace(err=ran.err.splitlines(keepends=True)[-1])
    assert refused(ran, "a.gz of MNIST could not be downloaded", "404 Not Found", "localhost")


def test_a_bar_at_a_terminal_shows_the_megabytes(layerloom, server, place, monkeypatch):
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    assert layerloom("download", "mnist", "--yes").status == 0
    assert "Downloading MNIST: 0.4 of 0.4 MB" in screen.getvalue()


def test_a_name_that_cannot_be_downloaded_is_wrong_usage(layerloom):
    ran = layerloom("download", "iris")
    assert ran.status == 2
    assert "fashion_mnist" in ran.err
