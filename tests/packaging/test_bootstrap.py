"""What a person meets who types `python3 packaging/bootstrap.py`; no test touches the network or .venv."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "bootstrap.py"
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has these needs")


@pytest.fixture
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("layerloom_bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def not_root(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "may_use_apt", lambda: False)
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/" + name)


@pytest.fixture
def requirements(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.txt"
    path.write_text("one==1.0 --hash=sha256:00\n", "utf-8")
    return path


@pytest.fixture
def venv(bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An environment that runs nothing; `installed` lists what pip would have been asked for."""
    environment = bootstrap.Environment(tmp_path / "venv")
    environment.installed = []

    def make() -> None:
        environment.programs.mkdir(parents=True, exist_ok=True)
        environment.python.touch()
        version = ".".join(map(str, sys.version_info[:3]))
        (environment.folder / "pyvenv.cfg").write_text(f"home = /\nversion = {version}\n", "utf-8")

    monkeypatch.setattr(environment, "make", make)
    monkeypatch.setattr(environment, "install", environment.installed.append)
    return environment


# Python


def test_a_python_that_is_too_old_is_told_so_in_one_sentence(bootstrap):
    with pytest.raises(bootstrap.BootstrapError, match=r"needs Python 3\.11 or newer.*is Python 3\.9\.2:"):
        bootstrap.require_python((3, 9, 2))


def test_the_oldest_supported_python_is_accepted_and_agrees_with_the_project(bootstrap):
    bootstrap.require_python((3, 11, 0))
    assert 'requires-python = ">=3.11"' in (bootstrap.ROOT / "pyproject.toml").read_text("utf-8")


def test_an_old_python_can_read_the_file_far_enough_to_say_that_it_is_too_old():
    tree = ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 6))
    imported = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= {"hashlib", "importlib.util", "os", "re", "shutil", "subprocess", "sys"}


def test_a_python_without_ensurepip_names_the_command_that_brings_it(bootstrap, not_root, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    package = f"python3.{sys.version_info.minor}-venv"
    with pytest.raises(bootstrap.BootstrapError, match=f"sudo apt-get install .*{package}$"):
        bootstrap.require_ensurepip()


def test_root_gets_ensurepip_installed(bootstrap, monkeypatch):
    there = []
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: there or None)
    monkeypatch.setattr(bootstrap, "may_use_apt", lambda: True)
    monkeypatch.setattr(bootstrap, "apt_install", there.extend)
    bootstrap.require_ensurepip()
    assert there == [f"python3.{sys.version_info.minor}-venv"]


# The display


@LINUX
def test_without_a_display_run_says_so_in_one_sentence_and_exits_with_2(tmp_path):
    environment = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    environment.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "run"], env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("Layerloom cannot open its window because there is no display")
    assert "bootstrap.py run train example:xor-mlp" in done.stderr


@LINUX
@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({}, ""),
        ({"DISPLAY": ":0"}, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wayland"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, "xcb"),
        ({"QT_QPA_PLATFORM": "xcb"}, ""),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":0"}, ""),
        ({"QT_QPA_PLATFORM": "offscreen"}, "offscreen"),
        ({"QT_QPA_PLATFORM": "vnc:port=5901"}, "vnc"),
    ],
)
def test_the_window_uses_the_display_that_qt_would_use(bootstrap, environment, platform):
    assert bootstrap.qt_platform(environment) == platform


@pytest.mark.parametrize("arguments", [[], ["my-net.json"], ["example:spiral"], ["folder/net.loom"]])
def test_a_file_or_nothing_opens_the_window(bootstrap, arguments):
    assert bootstrap.opens_window(arguments)


@pytest.mark.parametrize("arguments", [["train", "example:xor-mlp"], ["schema"], ["--version"]])
def test_a_command_or_an_option_needs_no_display(bootstrap, arguments):
    assert not bootstrap.opens_window(arguments)


# The libraries of the system


@LINUX
def test_a_missing_library_is_named_with_the_exact_command(bootstrap, not_root, monkeypatch):
    absent = {"libEGL.so.1", "libxcb-cursor.so.0"}
    monkeypatch.setattr(bootstrap, "is_loadable", lambda library: library not in absent)
    with pytest.raises(bootstrap.BootstrapError) as caught:
        bootstrap.require_libraries("xcb")
    assert str(caught.value) == (
        "Qt needs shared libraries that are missing here (libEGL.so.1, libxcb-cursor.so.0): install them "
        "with: sudo apt-get install -y --no-install-recommends libegl1 libxcb-cursor0"
    )


@LINUX
def test_off_screen_the_libraries_of_a_screen_are_not_asked_for(bootstrap, not_root, monkeypatch):
    monkeypatch.setattr(bootstrap, "is_loadable", lambda library: "xcb" not in library)
    bootstrap.require_libraries("offscreen")


@LINUX
def test_root_gets_exactly_the_missing_libraries_after_an_update_of_the_lists(bootstrap, monkeypatch):
    calls = []
    monkeypatch.setattr(bootstrap, "is_loadable", lambda library: library != "libGL.so.1")
    monkeypatch.setattr(bootstrap, "may_use_apt", lambda: True)
    monkeypatch.setattr(subprocess, "call", lambda command, **_: calls.append(command) or 0)
    bootstrap.require_libraries("xcb")
    assert calls == [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "libgl1"]]


def test_a_library_that_cannot_be_loaded_counts_as_missing(bootstrap):
    assert not bootstrap.is_loadable("libno-such-library-anywhere.so.7")


# The virtual environment


def test_the_second_start_installs_nothing(venv, requirements):
    venv.ensure(requirements)
    venv.ensure(requirements)
    assert venv.installed == [requirements]


def test_changed_pins_are_installed(venv, requirements):
    venv.ensure(requirements)
    requirements.write_text("one==1.1 --hash=sha256:01\n", "utf-8")
    venv.ensure(requirements)
    assert venv.installed == [requirements] * 2


def test_an_interrupted_installation_is_done_again_even_when_the_old_pins_come_back(
    venv, requirements, monkeypatch
):
    venv.ensure(requirements)
    old = requirements.read_bytes()
    requirements.write_text("one==1.1 --hash=sha256:01\n", "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(venv, "install", lambda requirements: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            venv.ensure(requirements)
    requirements.write_bytes(old)
    venv.ensure(requirements)
    assert venv.installed == [requirements] * 2


def test_installing_for_development_covers_running(bootstrap, venv):
    venv.ensure(bootstrap.DEVELOPMENT)
    venv.ensure(bootstrap.RUNTIME)
    assert venv.installed == [bootstrap.DEVELOPMENT]


def test_an_environment_of_another_python_is_made_anew(venv, requirements):
    venv.ensure(requirements)
    (venv.folder / "pyvenv.cfg").write_text("home = /\nversion = 3.10.4\n", "utf-8")
    assert not venv.is_usable()
    venv.ensure(requirements)
    assert venv.installed == [requirements] * 2


def test_an_environment_whose_making_was_interrupted_is_not_used(bootstrap, tmp_path, monkeypatch):
    def interrupted(command: list[str], **_: object) -> int:
        (tmp_path / "venv" / "half").touch()
        raise KeyboardInterrupt

    environment = bootstrap.Environment(tmp_path / "venv")
    monkeypatch.setattr(subprocess, "call", interrupted)
    with pytest.raises(KeyboardInterrupt):
        environment.make()
    monkeypatch.setattr(subprocess, "call", lambda command, **_: 0)
    environment.make()
    assert list(environment.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("complaint", "sentence"),
    [
        ("WARNING: Retrying after connection broken by 'NewConnectionError'", "the network did not answer"),
        ("ERROR: No space left on device", "see its lines above"),
    ],
)
def test_a_failed_download_is_told_from_other_failures(
    bootstrap, tmp_path, requirements, monkeypatch, complaint, sentence
):
    monkeypatch.setattr(bootstrap, "run_pip", lambda command: (1, complaint))
    with pytest.raises(bootstrap.BootstrapError, match=sentence):
        bootstrap.Environment(tmp_path).install(requirements)


def test_what_pip_complains_about_is_shown_and_kept(bootstrap, capsys):
    status, complaints = bootstrap.run_pip([sys.executable, "-c", "import sys; sys.exit('no such package')"])
    assert (status, complaints.strip()) == (1, "no such package")
    assert "no such package" in capsys.readouterr().err


# The command line


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_an_unknown_command_gets_the_list_of_commands(bootstrap, capsys, arguments):
    assert bootstrap.main(arguments) == 2
    assert "bootstrap.py test" in capsys.readouterr().err


def test_arguments_that_a_command_does_not_take_are_refused(bootstrap, capsys):
    assert bootstrap.main(["check", "--fast"]) == 2
    assert "takes no arguments" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot replace a process")
def test_the_app_starts_in_the_folder_of_the_user_and_a_core_folder_there_does_no_harm(
    bootstrap, venv, monkeypatch
):
    started = []
    monkeypatch.setattr(bootstrap, "become", lambda *what: started.append(what))
    bootstrap.run(venv, ["check", "my net.json"])
    ((command, environment),) = started
    assert command == [str(venv.python), "-P", "-m", "core.cli", "check", "my net.json"]
    assert environment["PYTHONPATH"].split(os.pathsep)[0] == str(bootstrap.ROOT)


def test_all_tests_are_shared_among_processes_and_chosen_ones_are_not(bootstrap, venv, monkeypatch):
    started = []
    monkeypatch.setattr(bootstrap, "require_libraries", lambda platform: None)
    monkeypatch.setattr(bootstrap, "become", lambda command, environment: started.append(command))
    monkeypatch.setattr(bootstrap.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(venv, "ensure", lambda requirements: None, raising=False)
    bootstrap.test(venv, [])
    bootstrap.test(venv, ["tests/core", "-k", "dense"])
    assert started[0][1:] == ["-m", "pytest", "-n", "2", "--dist", "worksteal"]
    assert started[1][1:] == ["-m", "pytest", "tests/core", "-k", "dense"]
