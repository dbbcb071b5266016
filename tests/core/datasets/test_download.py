"""Downloading: whole, cut off, resumed, stopped, wrong. The server is one of our own."""
from __future__ import annotations

import errno
import hashlib
import socket

import pytest

from core.datasets import DATASETS, SOURCES, CancelledError, Task, download, lacking, offered
from core.datasets._sources import Remote, Source
from core.errors import DataError
from tests.core.datasets._idx_files import NAMES, write_mnist
from tests.core.datasets._server import serve

KIND = "mnist"
FIRST = bytes(range(256)) * 1200
SECOND = b"labels" * 100
CONTENTS = {"first.gz": FIRST, "second.gz": SECOND}


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    with serve() as running:
        running.files = {f"/{name}": content for name, content in CONTENTS.items()}
        yield running


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The folder that MNIST is downloaded to."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, appauthor: tmp_path / "cache" / name)
    return tmp_path / "cache" / "layerloom" / KIND


@pytest.fixture
def offer(monkeypatch, server, place):
    """Make the data set come from these addresses."""
    def from_mirrors(*mirrors):
        files = tuple(Remote(name, len(content), hashlib.sha256(content).hexdigest())
                      for name, content in CONTENTS.items())
        monkeypatch.setattr("core.datasets._download.SOURCES", {KIND: Source("MNIST", mirrors, files)})

    from_mirrors(server.address)
    return from_mirrors


def refused(words, task=None):
    with pytest.raises(DataError) as caught:
        download(KIND, task)
    problem = caught.value.problem
    assert problem.code == "data.download"
    assert words in problem.message
    assert problem.message.endswith(".")
    assert problem.hint.endswith(".")
    return problem


def names(place):
    return sorted(path.name for path in place.iterdir())


def holds_all(place):
    return {path.name: path.read_bytes() for path in place.iterdir()} == CONTENTS


def stopping_at(share):
    """A task that is stopped when so much is there."""
    def told(text, done):
        if done >= share:
            task.stop()

    task = Task(told)
    return task


def test_all_files_arrive_whole_and_nothing_else_is_left(server, offer, place):
    assert download(KIND) == place
    assert holds_all(place)
    assert [wanted for _, wanted in server.asked] == ["", ""]


def test_what_is_there_already_is_not_asked_for_again(server, offer, place):
    download(KIND)
    assert lacking(KIND) == ()
    download(KIND)
    assert len(server.asked) == 2


def test_progress_goes_from_nothing_to_all_and_names_the_data_set(offer, place):
    told = []
    download(KIND, Task(lambda text, share: told.append((text, share))))
    shares = [share for _, share in told]
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert shares == sorted(shares)
    assert told[-1][0] == "Downloading MNIST: 0.3 of 0.3 MB"


def test_a_download_that_is_stopped_keeps_what_came_and_goes_on_from_there(server, offer, place):
    with pytest.raises(CancelledError):
        download(KIND, stopping_at(0.3))
    assert names(place) == ["first.gz.part"]
    came = (place / "first.gz.part").stat().st_size
    assert 0 < came < len(FIRST)
    assert len(lacking(KIND)) == 2
    server.asked.clear()
    download(KIND)
    assert holds_all(place)
    assert server.asked[0] == ("/first.gz", f"bytes={came}-")


def test_a_connection_that_is_cut_off_is_taken_up_again_at_once(server, offer, place):
    server.cut = 100_000
    download(KIND)
    assert holds_all(place)
    starts = [wanted for path, wanted in server.asked if path == "/first.gz"]
    assert starts == ["", "bytes=100000-", "bytes=200000-", "bytes=300000-"]


def test_a_connection_that_gives_nothing_more_is_given_up_and_what_came_is_kept(server, offer, place):
    place.mkdir(parents=True)
    (place / "first.gz.part").write_bytes(FIRST[:1000])
    server.cut = 0
    problem = refused("127.0.0.1: the connection was cut off")
    assert "goes on from where it ended" in problem.hint
    assert (place / "first.gz.part").read_bytes() == FIRST[:1000]
    server.cut = None
    download(KIND)
    assert holds_all(place)


def test_a_server_that_cannot_go_on_in_the_middle_begins_anew(server, offer, place):
    place.mkdir(parents=True)
    (place / "first.gz.part").write_bytes(b"x" * 1000)
    server.ranges = False
    download(KIND)
    assert holds_all(place)


def test_a_piece_from_another_place_than_was_asked_for_is_not_taken(server, offer, place):
    place.mkdir(parents=True)
    (place / "first.gz.part").write_bytes(FIRST[:1000])
    server.shift = 5
    refused("it gave another piece than was asked for")
    assert (place / "first.gz.part").read_bytes() == FIRST[:1000]


def test_a_part_that_is_too_long_is_thrown_away(server, offer, place):
    place.mkdir(parents=True)
    (place / "first.gz.part").write_bytes(FIRST + b"more")
    download(KIND)
    assert holds_all(place)
    assert server.asked[0] == ("/first.gz", "")


def test_a_part_that_is_complete_is_only_verified(server, offer, place):
    place.mkdir(parents=True)
    (place / "first.gz.part").write_bytes(FIRST)
    download(KIND)
    assert holds_all(place)
    assert [path for path, _ in server.asked] == ["/second.gz"]


def test_a_file_with_a_wrong_hash_is_thrown_away(server, offer, place):
    server.files["/first.gz"] = b"!" + FIRST[1:]
    refused("not the original one (its SHA-256 differs) and was thrown away")
    assert names(place) == []
    server.files["/first.gz"] = FIRST
    download(KIND)
    assert holds_all(place)


def test_a_part_of_something_else_does_not_last(server, offer, place):
    place.mkdir(parents=True)
    (place / "first.gz.part").write_bytes(b"x" * 1000)
    refused("SHA-256 differs")
    download(KIND)
    assert holds_all(place)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_file_of_another_size_is_not_taken(server, offer, place, chunked):
    server.files["/first.gz"] = FIRST + b"more"
    server.chunked = chunked
    refused("it gave more than 307,200 bytes" if chunked else "it has a file of 307,204 bytes instead of 307,200")
    assert "first.gz" not in names(place)


def test_a_damaged_file_in_place_is_replaced(server, offer, place):
    place.mkdir(parents=True)
    (place / "first.gz").write_bytes(b"half of it")
    assert [remote.name for remote in lacking(KIND)] == ["first.gz", "second.gz"]
    download(KIND)
    assert holds_all(place)


def test_the_next_mirror_gives_what_one_does_not_have(server, offer, place):
    offer(f"{server.address}gone/", server.address)
    download(KIND)
    assert holds_all(place)
    assert [path for path, _ in server.asked] == ["/gone/first.gz", "/first.gz", "/gone/second.gz", "/second.gz"]


@pytest.mark.parametrize(("status", "words"), [(404, "the answer was 404 Not Found"), (503, "the answer was 503")])
def test_an_answer_that_is_no_file_is_quoted(server, offer, place, status, words):
    server.status = status
    assert "Try again later." in refused(words).hint
    assert names(place) == []


def test_without_a_connection_the_sentence_says_so(offer, place):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        offer(f"http://127.0.0.1:{closed.getsockname()[1]}/")
        refused("first.gz of MNIST could not be downloaded: 127.0.0.1: there is no connection.")


def test_a_server_that_says_nothing_is_given_up(offer, place, monkeypatch):
    monkeypatch.setattr("core.datasets._transfer.PATIENCE", 0.05)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(16)
        offer(f"http://127.0.0.1:{silent.getsockname()[1]}/")
        refused("there was no answer in time")


def test_a_full_disk_is_told_of_and_what_came_is_kept(offer, place, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("core.datasets._download.os.replace", full)
    problem = refused(f"MNIST could not be kept in {place}: the disk is full.")
    assert "Free some space" in problem.hint
    assert (place / "first.gz.part").read_bytes() == FIRST


def test_a_place_that_cannot_be_written_to_is_told_of(offer, place):
    place.parent.parent.mkdir(parents=True)
    place.parent.write_bytes(b"a file where a folder is wanted")
    refused(f"MNIST could not be kept in {place}")


def test_a_folder_that_may_not_be_written_to_is_told_of(offer, place, monkeypatch):
    def forbidden(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("pathlib.Path.mkdir", forbidden)
    refused(f"MNIST could not be kept in {place}: you may not write there.")


@pytest.mark.parametrize("kind", ["mnist", "fashion_mnist"])
def test_the_table_of_sources_names_the_four_original_files_and_two_places(kind):
    source = SOURCES[kind]
    assert {remote.name for remote in source.files} == {f"{name}.gz" for name in NAMES}
    assert len(source.hosts) == len(source.mirrors) == 2
    assert all(mirror.startswith("http") and mirror.endswith("/") for mirror in source.mirrors)
    assert all(len(bytes.fromhex(remote.sha256)) == 32 and remote.size > 4000 for remote in source.files)
    assert source.title == DATASETS[kind].info.title


def test_a_download_is_offered_only_where_it_helps(place, tmp_path, monkeypatch):
    monkeypatch.delenv("LAYERLOOM_DATA")
    mnist = DATASETS["mnist"]
    assert offered(mnist()) == "mnist"
    assert offered(mnist(folder=str(tmp_path))) == ""
    assert offered(DATASETS["iris"]()) == ""
    write_mnist(place)
    assert offered(mnist()) == ""
