import errno
import importlib
import os
import re
import subprocess
import sys
import tomllib
from types import SimpleNamespace

import pytest

import core
from core.cli import _window
from core.cli._base import COMMANDS
from core.errors import FormatError, Problem
from tests.core.cli.conftest import ROOT, in_process, refused


@pytest.fixture
def window(monkeypatch):
    """Stands for the window: notes what it was called with."""
    calls = []
    real = importlib.import_module

    def load(name, *rest):
        if not name.startswith("gui"):
            return real(name, *rest)
        return SimpleNamespace(run=lambda argument: calls.append((name, argument)) or 0)

    monkeypatch.setattr(_window.importlib, "import_module", load)
    return calls


def test_the_version_is_that_of_the_distribution(layerloom):
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert core.__version__ == declared
    assert layerloom("--version") == (0, f"layerloom {declared}\n", "")


def test_help_lists_every_command(layerloom):
    ran = layerloom("--help")
    assert ran.status == 0
    assert set(COMMANDS) == {"check", "download", "examples", "export", "layers", "predict", "schema", "tour", "train"}
    assert all(re.search(rf"^    {name} ", ran.out, re.MULTILINE) for name in COMMANDS)


@pytest.mark.parametrize("name", ["check", "download", "examples", "export", "layers", "schema", "tour", "train"])
def test_every_command_explains_itself(layerloom, name):
    ran = layerloom(name, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"usage: layerloom {name}")


@pytest.mark.parametrize("argv", [
    ["train"], ["train", "example:xor-mlp", "--epochs", "many"], ["train", "example:xor-mlp", "--set", "epochs"],
    ["train", "example:xor-mlp", "--set", "=5"], ["check"], ["export", "example:iris"], ["--nonsense"],
    ["export", "example:iris", "--to", "floppy", "--out", "x"], ["schema", "more"], ["a.json", "b.json"],
])
def test_wrong_usage_ends_with_status_2_and_no_traceback(layerloom, argv):
    ran = layerloom(*argv)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err
    assert "Traceback" not in ran.err


def test_a_misspelt_command_is_answered_with_the_nearest_one(layerloom):
    ran = layerloom("trian")
    assert ran.status == 2
    assert "Did you mean 'train'?" in layerloom("traim").err
    assert "layerloom --help" in ran.err


@pytest.mark.parametrize("argv", [[], ["network.json"], ["./folder/network"], ["example:xor-mlp"]])
def test_nothing_or_a_file_opens_the_window(layerloom, window, argv):
    assert layerloom(*argv).status == 0
    assert window == [("gui.app", argv)]


def test_a_file_without_suffix_opens_the_window_if_it_is_there(layerloom, window, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert layerloom("network").status == 2
    (tmp_path / "network").touch()
    assert layerloom("network").status == 0
    assert window == [("gui.app", ["network"])]


def test_the_window_is_not_opened_on_an_example_that_does_not_exist(layerloom, window):
    assert refused(layerloom("example:xor"), "no example 'xor'")
    assert window == []


def test_the_tour_gets_its_folder_made(layerloom, window, tmp_path):
    assert layerloom("tour", tmp_path / "new" / "pictures").status == 0
    assert (tmp_path / "new" / "pictures").is_dir()
    assert window == [("gui.tour", tmp_path / "new" / "pictures")]


def test_a_window_that_cannot_be_loaded_is_said_in_one_sentence(layerloom, monkeypatch):
    def broken(name):
        raise ImportError("libEGL.so.1: cannot open shared object file")

    discover = importlib.import_module
    monkeypatch.setattr(_window.importlib, "import_module",
                        lambda name: broken(name) if name.startswith("gui") else discover(name))
    assert refused(layerloom("network.json"), "libEGL.so.1", "bootstrap.py run")


def test_an_error_of_core_becomes_one_sentence(layerloom, monkeypatch):
    def fail(_):
        raise FormatError(Problem("x", "It is broken.", hint="Mend it."))

    monkeypatch.setitem(COMMANDS._items, "schema", SimpleNamespace(**{**vars(COMMANDS["schema"]), "run": fail}))
    assert layerloom("schema") == (1, "", "layerloom: It is broken. Mend it.\n")


def test_an_interrupt_ends_with_status_130_and_no_traceback(layerloom, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setitem(COMMANDS._items, "schema", SimpleNamespace(**{**vars(COMMANDS["schema"]), "run": interrupt}))
    assert layerloom("schema") == (130, "", "")


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_reader_that_leaves_early_is_no_error():
    command = [sys.executable, "-m", "core.cli", "schema"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(1)
        process.stdout.close()
        complaint = process.stderr.read()
        assert process.wait(60) == 0
    assert complaint == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_gives_no_traceback():
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "core.cli", "schema"]
        ran = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 1
    assert os.strerror(errno.ENOSPC) in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_terminal_without_the_characters_gets_their_numbers():
    ran = in_process("layers", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert ran.returncode == 0
    assert ran.stderr == ""


def test_the_version_is_told_without_importing_numpy_or_qt():
    code = ("import sys; from core.cli.main import main; main(['--version']); "
            "print([name for name in ('numpy', 'PySide6', 'rich', 'sklearn') if name in sys.modules])")
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_public_face_gives_what_it_promises():
    assert all(hasattr(core, name) for name in core.__all__)
    assert set(core.__all__) <= set(dir(core))
    with pytest.raises(AttributeError, match="nonsense"):
        core.nonsense  # noqa: B018
