"""Prepare everything that Layerloom needs, then start, test or check it. Needs only Python 3.11 or newer.

python3 packaging/bootstrap.py run [ARGUMENTS]   open the window, or do what ARGUMENTS say (see: run --help)
python3 packaging/bootstrap.py test [ARGUMENTS]  run the tests off screen; ARGUMENTS go to pytest
python3 packaging/bootstrap.py check             lint, check the types and the import rules
python3 packaging/bootstrap.py install           only prepare

The first time it makes the folder .venv and downloads the packages pinned in packaging/requirements*.txt;
later starts find a stamp there and add almost nothing. Its own messages go to stderr, so that the output of
`run` stays clean.
"""

# Annotations stand in quotes and the syntax is that of Python 3.6, so that an old Python gets as far as the
# sentence that says it is too old.
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / "packaging" / "requirements.txt"
DEVELOPMENT = ROOT / "packaging" / "requirements-dev.txt"
OLDEST = (3, 11)

# What the Qt libraries of PySide6-Essentials link to and do not bring along -> the Debian package.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
PLATFORM_LIBRARIES = {
    "xcb": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb.so.1": "libxcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
    },
}
NO_NETWORK = re.compile(
    r"connection broken by|NewConnectionError|name resolution|Name or service not known|getaddrinfo failed"
    r"|Network is unreachable|Max retries exceeded|timed out|ProxyError|Connection to .* failed"
)


class BootstrapError(Exception):
    """The command cannot go on; carries one sentence for the user and the exit status."""

    def __init__(self, sentence: str, status: int = 1):
        super().__init__(sentence)
        self.status = status


def say(text: str) -> None:
    """Tell the user what is going on."""
    print(text, file=sys.stderr, flush=True)


def require_python(version: "tuple[int, ...]") -> None:
    """Raise BootstrapError if `version` (of the running Python) is too old for Layerloom."""
    if version[:2] < OLDEST:
        found = ".".join(map(str, version[:3]))
        raise BootstrapError(
            f"Layerloom needs Python {OLDEST[0]}.{OLDEST[1]} or newer, but this is Python {found}: install a "
            "newer one and start this file with it, for example: python3.12 packaging/bootstrap.py run"
        )


# System packages


def apt_command(packages: "list[str]") -> "list[str]":
    """The command that installs Debian `packages`."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def may_use_apt() -> bool:
    """Whether this process can install system packages by itself."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def advice(packages: "list[str]") -> str:
    """The exact command that the user can type to get Debian `packages`."""
    command = " ".join(apt_command(packages))
    if shutil.which("apt-get"):
        return "install them with: sudo " + command
    return f"install them with your system's package manager (on Debian and Ubuntu: sudo {command})"


def apt_install(packages: "list[str]") -> None:
    """Install Debian `packages`, showing what apt says.

    Raises BootstrapError if apt cannot.
    """
    say("Installing system packages: " + " ".join(packages))
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["apt-get", "update"], apt_command(packages)):
        if subprocess.call(command, env=environment, stdin=subprocess.DEVNULL, stdout=2) != 0:
            line = " ".join(command)
            raise BootstrapError(
                f"`{line}` failed: see its lines above, settle that, and run the same command again."
            )


def is_loadable(library: str) -> bool:
    """Whether the dynamic linker finds the shared `library`."""
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def require_libraries(platform: str) -> None:
    """See that Qt finds its shared libraries for `platform` ("xcb", "wayland", "offscreen", ...) on Linux.

    Raises BootstrapError with the command to type if some are missing and this process may not install them.
    """
    if not sys.platform.startswith("linux"):
        return
    wanted = dict(QT_LIBRARIES, **PLATFORM_LIBRARIES.get(platform, {}))
    missing = [library for library in wanted if not is_loadable(library)]
    if not missing:
        return
    packages = [wanted[library] for library in missing]
    if not may_use_apt():
        names = ", ".join(missing)
        raise BootstrapError(f"Qt needs shared libraries that are missing here ({names}): {advice(packages)}")
    apt_install(packages)


# The display


def qt_platform(environment: "dict[str, str]") -> str:
    """The Qt platform that a window will use, or "" where there is no display for it."""
    chosen = environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0].split("-")[0]
    if not sys.platform.startswith("linux") or chosen not in ("", "xcb", "wayland"):
        return chosen or sys.platform
    for platform, variable in (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY")):
        if environment.get(variable) and chosen in ("", platform):
            return platform
    return ""


def require_display(environment: "dict[str, str]") -> str:
    """Return the Qt platform of the window, or raise BootstrapError (status 2) where there is no display."""
    platform = qt_platform(environment)
    if not platform:
        raise BootstrapError(
            "Layerloom cannot open its window because there is no display (neither DISPLAY nor "
            "WAYLAND_DISPLAY is set): start it in a desktop session, or work without a window, for example "
            "with `python3 packaging/bootstrap.py run train example:xor-mlp`.",
            status=2,
        )
    return platform


# The virtual environment


class Environment:
    """The virtual environment in `folder`, and the stamps that say what is installed in it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.programs = folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.programs / ("python.exe" if os.name == "nt" else "python")
        self._unfinished = folder / "layerloom-unfinished"

    def is_usable(self) -> bool:
        """Whether it was made completely, by this version of Python."""
        settings = self.folder / "pyvenv.cfg"
        if self._unfinished.exists() or not self.python.exists() or not settings.exists():
            return False
        made_by = re.search(r"(?m)^version(?:_info)?\s*=\s*(\d+)\.(\d+)", settings.read_text("utf-8"))
        return made_by is not None and tuple(map(int, made_by.groups())) == sys.version_info[:2]

    def make(self) -> None:
        """Make it anew. An interruption leaves a mark, so that the next call starts over."""
        require_ensurepip()
        say(f"Making a virtual environment in {self.folder}")
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir()
        self._unfinished.touch()
        if subprocess.call([sys.executable, "-m", "venv", str(self.folder)], stdout=2) != 0:
            raise BootstrapError("The virtual environment could not be made: see the lines above.")
        self._unfinished.unlink()

    def stamp(self, requirements: Path) -> Path:
        """The file that holds the fingerprint of the installed `requirements`."""
        return self.folder / f"layerloom-{requirements.stem}.stamp"

    def has(self, requirements: Path) -> bool:
        """Whether exactly these `requirements` are installed."""
        stamp = self.stamp(requirements)
        return self.is_usable() and stamp.exists() and stamp.read_text("utf-8") == fingerprint(requirements)

    def ensure(self, requirements: Path) -> None:
        """Make the environment and install `requirements`, unless that is done already.

        The stamps are removed first and written last: an interrupted installation is done again.
        """
        if self.has(requirements):
            return
        if not self.is_usable():
            self.make()
        # The development requirements hold all of the runtime ones.
        covered = [RUNTIME, DEVELOPMENT] if requirements == DEVELOPMENT else [requirements]
        for each in covered:
            self.stamp(each).unlink(missing_ok=True)
        self.install(requirements)
        for each in covered:
            self.stamp(each).write_text(fingerprint(each), "utf-8")

    def install(self, requirements: Path) -> None:
        """Install `requirements` with pip, showing its progress. Raises BootstrapError if that fails."""
        say("Installing the pinned packages, only this once; Qt and SciPy are large")
        command = [str(self.python), "-m", "pip", "install", "--require-hashes", "--only-binary=:all:"]
        command += ["--no-input", "--disable-pip-version-check", "-r", str(requirements)]
        status, complaints = run_pip(command)
        if status == 0:
            return
        if NO_NETWORK.search(complaints):
            raise BootstrapError(
                "The packages could not be downloaded because the network did not answer: check the "
                "connection (and the proxy, if there is one) and run the same command again."
            )
        raise BootstrapError(
            "pip could not install the packages: see its lines above and run the same command again."
        )


def require_ensurepip() -> None:
    """See that Python can make virtual environments; Debian keeps that in a package of its own."""

    def is_there() -> bool:
        importlib.invalidate_caches()
        return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))

    package = "python{}.{}-venv".format(*sys.version_info[:2])
    if not is_there() and may_use_apt():
        apt_install([package])
    if not is_there():
        raise BootstrapError(
            "This Python cannot make virtual environments because its module venv or ensurepip is missing: "
            + advice([package])
        )


def fingerprint(requirements: Path) -> str:
    """A text that changes when the pins or the Python change."""
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return f"{digest} {sys.implementation.cache_tag} {sys.platform}"


def run_pip(command: "list[str]") -> "tuple[int, str]":
    """Run pip with all its output visible on stderr; return its status and what it complained about."""
    # With PIP_USER set by the user, pip would refuse to install into a virtual environment.
    environment = dict(os.environ, PIP_USER="0")
    complaints = []
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=2, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            complaints.append(line.decode("utf-8", "replace"))
            sys.stderr.write(complaints[-1])
            sys.stderr.flush()
    return process.returncode, "".join(complaints)


# The commands


def opens_window(arguments: "list[str]") -> bool:
    """Whether the app opens its window for `arguments`: no command word and no option comes first."""
    return not arguments or not (arguments[0].startswith("-") or arguments[0].isalpha())


def become(command: "list[str]", environment: "dict[str, str]") -> int:
    """Go on as `command`; where a process cannot be replaced, run it and return its status."""
    sys.stderr.flush()
    if os.name == "nt":
        return subprocess.call(command, env=environment)
    os.execve(command[0], command, environment)


def run(venv: Environment, arguments: "list[str]") -> int:
    """Start the app with `arguments` in the user's own folder."""
    platform = ""
    if opens_window(arguments):
        platform = require_display(dict(os.environ))
    elif arguments[0] == "tour":
        platform = "offscreen"
    if platform:
        require_libraries(platform)
    venv.ensure(RUNTIME)
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    # -P keeps a folder named core in the user's folder from being taken for ours.
    return become([str(venv.python), "-P", "-m", "core.cli", *arguments], dict(os.environ, PYTHONPATH=path))


def test(venv: Environment, arguments: "list[str]") -> int:
    """Run the tests, which need no display. All of them, that is without arguments, are shared among processes."""
    require_libraries("offscreen")
    venv.ensure(DEVELOPMENT)
    os.chdir(str(ROOT))
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    shared = ["-n", str(max(1, min(os.cpu_count() or 1, 4))), "--dist", "worksteal"]
    return become([str(venv.python), "-m", "pytest", *(arguments or shared)], environment)


def check(venv: Environment, arguments: "list[str]") -> int:
    """Run every check of the source, also after one has failed; return 1 if any did."""
    refuse(arguments)
    venv.ensure(DEVELOPMENT)
    commands = (["ruff", "check", "."], ["mypy"], ["lint-imports"])
    failed = []
    for command in commands:
        say("$ " + " ".join(command))
        if subprocess.call([str(venv.programs / command[0]), *command[1:]], cwd=str(ROOT)) != 0:
            failed.append(command[0])
    if failed:
        raise BootstrapError("Not passed: {}.".format(", ".join(failed)))
    return 0


def install(venv: Environment, arguments: "list[str]") -> int:
    """Prepare everything and do nothing else."""
    refuse(arguments)
    require_libraries(qt_platform(dict(os.environ)))
    venv.ensure(RUNTIME)
    say("Ready: python3 packaging/bootstrap.py run")
    return 0


def refuse(arguments: "list[str]") -> None:
    """Raise BootstrapError (status 2) if there are `arguments` where none are taken."""
    if arguments:
        raise BootstrapError("This command takes no arguments, got: {}".format(" ".join(arguments)), status=2)


COMMANDS = {"run": run, "test": test, "check": check, "install": install}


def main(arguments: "list[str]") -> int:
    """Do what the command line asks for and return the exit status."""
    if not arguments or arguments[0] not in COMMANDS:
        say((__doc__ or "").strip())
        return 0 if arguments in (["-h"], ["--help"]) else 2
    try:
        require_python(tuple(sys.version_info[:3]))
        return COMMANDS[arguments[0]](Environment(ROOT / ".venv"), arguments[1:])
    except BootstrapError as error:
        say(str(error))
        return error.status
    except KeyboardInterrupt:
        say("Interrupted; the same command goes on where this one stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
