"""The rules of the house: what may import what, who may do what, how long a file may be."""
from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST = 400
SHORT = 200
TEXTS = {".py", ".json", ".md", ".toml", ".yaml", ".yml", ".qss", ".svg", ".txt", ".cfg", ".spec", ".desktop", ".sh",
         ""}
KINDS = ["layers", "losses", "optimizers", "schedules", "metrics", "initializers", "datasets", "train/rules",
         "train/probes", "io/exporters"]


def sources(*folders: str) -> list[Path]:
    """Every Python file below these folders."""
    return sorted(p for folder in folders for p in (ROOT / folder).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    """Every module, and every name of a module, that a file imports anywhere in it."""
    package = module(path) if path.name == "__init__.py" else module(path).rpartition(".")[0]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def below(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def names_used(path: Path) -> set[str]:
    """Every plain name and dotted ending in a file: QThread, threading.Thread."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
            if isinstance(node.value, ast.Name):
                found.add(f"{node.value.id}.{node.attr}")
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
    return found


def shown(paths: dict[Path, object] | list[Path]) -> str:
    table = paths if isinstance(paths, dict) else dict.fromkeys(paths, "")
    return "\n".join(f"{p.relative_to(ROOT)} {what}" for p, what in table.items())


def tracked() -> list[Path]:
    """The files of the repository, where git knows them; else everything that looks like one."""
    git = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True,
                         check=False)
    if git.returncode == 0 and git.stdout:
        return [p for line in git.stdout.splitlines() if (p := ROOT / line).is_file()]
    folders = ["core", "gui", "packaging", "resources", "tests"]
    return [p for folder in folders for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts]


def test_the_import_contracts_hold():
    command = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", command, "--no-cache"], cwd=ROOT, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_contracts_name_every_layer_of_the_house():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    assert settings["root_packages"] == ["core", "gui"]
    (layers,) = [c["layers"] for c in settings["contracts"] if c["type"] == "layers"]
    listed = {re.sub(r"[()\s]", "", part) for row in layers for part in re.split(r"[|:]", row)}
    present = {p.stem if p.suffix else p.name for p in (ROOT / "core").iterdir()
               if p.name != "__init__.py" and (p.suffix == ".py" or (p / "__init__.py").exists())}
    assert present - {"kinds"} <= listed | {"kinds"}


def test_core_imports_neither_qt_nor_plots_nor_the_window():
    bad = {p: hits for p in sources("core")
           if (hits := [n for n in imported(p) if below(n, "PySide6", "PyQt6", "pyqtgraph", "gui", "shiboken6")])}
    assert not bad, shown(bad)


def test_importing_all_of_core_loads_no_qt():
    names = ", ".join(module(p) for p in sources("core") if p.name != "__main__.py")
    code = f"import sys, {names}; bad = [m for m in sys.modules if m.split('.')[0] in ('PySide6', 'pyqtgraph', 'gui')]"
    done = subprocess.run([sys.executable, "-c", f"{code}; sys.exit(str(bad) if bad else 0)"], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", sources("core", "gui", "packaging", "tests"), ids=module)
def test_no_file_is_longer_than_400_lines(path):
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST


def test_files_are_short_in_the_middle():
    lengths = [len(p.read_text("utf-8").splitlines()) for p in sources("core", "gui") if p.name != "__init__.py"]
    print(f"{len(lengths)} files, median {statistics.median(lengths)} lines, longest {max(lengths)}")
    assert statistics.median(lengths) <= SHORT


@pytest.mark.parametrize("family", [f for f in KINDS if (ROOT / "core" / f).is_dir()])
def test_kinds_do_not_import_each_other(family):
    package = "core." + family.replace("/", ".")
    bad = {}
    for path in (ROOT / "core" / family).glob("[!_]*.py"):
        hits = [n for n in imported(path) if below(n, package) and not n.removeprefix(package + ".").startswith("_")
                and n != package and (ROOT / f"{n.replace('.', '/')}.py").exists()]
        if hits:
            bad[path] = hits
    assert not bad, shown(bad)


def test_panels_import_neither_each_other_nor_the_window():
    bad = {}
    for path in (ROOT / "gui" / "panels").glob("[!_]*.py"):
        hits = [n for n in imported(path)
                if below(n, "gui.main_window", "gui.docks", "gui.dock", "gui.app")
                or (below(n, "gui.panels") and re.match(r"gui\.panels\.[^_]", n)
                    and (ROOT / f"{n.replace('.', '/')}.py").exists())]
        if hits:
            bad[path] = hits
    assert not bad, shown(bad)


def test_canvas_forms_actions_and_dialogs_do_not_compute():
    folders = [f"gui/{name}" for name in ("canvas", "forms", "actions", "dialogs")]
    bad = {p: hits for p in sources(*folders)
           if (hits := [n for n in imported(p) if below(n, "numpy", "scipy", "sklearn")])}
    assert not bad, shown(bad)


THREADS = {"QThread", "QThreadPool", "QRunnable", "QtConcurrent", "threading.Thread", "Thread", "ThreadPoolExecutor",
           "ProcessPoolExecutor", "start_new_thread"}


def makes_threads(path: Path) -> set[str]:
    """Thread classes that are called or derived from; asking for the current one is fine."""
    found = set()
    for node in ast.walk(tree(path)):
        makers = [node.func] if isinstance(node, ast.Call) else node.bases if isinstance(node, ast.ClassDef) else []
        for maker in makers:
            name = maker.id if isinstance(maker, ast.Name) else maker.attr if isinstance(maker, ast.Attribute) else ""
            found |= {name} & THREADS
    return found


def test_only_the_worker_makes_threads_and_in_core_only_the_engine():
    bad = {p: made for p in sources("core", "gui") if (made := makes_threads(p))
           and module(p) != "gui.worker" and not below(module(p), "core.engine")}
    assert not bad, shown(bad)


def test_only_the_notifier_opens_message_boxes():
    bad = [p for p in sources("gui") if "QMessageBox" in names_used(p) and module(p) != "gui.notify"]
    assert not bad, shown(bad)


WRITERS = {"write_text", "write_bytes", "NamedTemporaryFile", "mkstemp"}
# Settings, the report of a crash and the recovery file, exported pictures and tables, coloured icons: no documents.
MAY_WRITE = ("core.io", "core.cli", "core.search", "gui.settings", "gui.export", "gui.crash", "gui.theme.style")


def written(path: Path) -> list[int]:
    """Lines on which a file is opened for writing."""
    lines = []
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        own = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and \
            node.func.value.id in ("atomic", "documents")
        place = 0 if isinstance(node.func, ast.Attribute) else 1
        modes = [*node.args[place : place + 1], *(k.value for k in node.keywords if k.arg == "mode")]
        opens = name == "open" and any(isinstance(m, ast.Constant) and isinstance(m.value, str)
                                       and set(m.value) & set("wax+") for m in modes)
        if (name in WRITERS and not own) or opens:
            lines.append(node.lineno)
    return lines


def test_only_core_io_writes_documents():
    bad = {p: lines for p in sources("core", "gui") if (lines := written(p)) and not below(module(p), *MAY_WRITE)}
    assert not bad, shown(bad)


def test_nothing_is_ever_unpickled():
    bad = {}
    for path in sources("core", "gui"):
        hits = [n for n in imported(path) if below(n, "pickle", "dill", "joblib", "shelve", "marshal")]
        hits += [f"line {n.lineno}" for n in ast.walk(tree(path)) if isinstance(n, ast.keyword)
                 and n.arg == "allow_pickle" and getattr(n.value, "value", None) is not False]
        if hits:
            bad[path] = hits
    assert not bad, shown(bad)


@pytest.mark.parametrize("path", sources("core/layers"), ids=module)
def test_every_layer_has_an_icon(path):
    if path.name.startswith("_"):
        return
    calls = [n for n in ast.walk(tree(path)) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "Info"]
    assert calls
    for call in calls:
        named = next((k.value for k in call.keywords if k.arg == "icon"), None)
        icon = named if named is not None else call.args[4]
        assert isinstance(icon, ast.Constant)
        assert (ROOT / "resources" / "icons" / "layers" / f"{icon.value}.svg").is_file()


def test_every_public_module_and_class_of_core_is_explained():
    bad = {}
    for path in sources("core"):
        nodes = [n for n in tree(path).body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
        missing = [n.name for n in nodes if not ast.get_docstring(n)]
        if tree(path).body and not ast.get_docstring(tree(path)):
            missing.append("the module")
        if missing:
            bad[path] = missing
    assert not bad, shown(bad)


# In pieces, so that this file does not find itself.
FORBIDDEN = ["pypi" + ".org", "python" + "hosted", "/" + "work/", "shared" + "/", "issue" + " #", "TO" + "DO",
             "FIX" + "ME", "acceptance" + " test"]
# Names of files and of machine-made lists may contain anything.
NOT_PROSE = {"LICENSE", "requirements.txt", "requirements-dev.txt"}


def test_the_project_speaks_of_itself_alone():
    bad = {}
    for path in tracked():
        if path.suffix not in TEXTS or path.name in NOT_PROSE:
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        pattern = r"|".join(rf"(?<![\w.]){re.escape(word)}" for word in FORBIDDEN)
        hits = sorted({m.group() for m in re.finditer(pattern, text)})
        if hits:
            bad[path] = hits
    assert not bad, shown(bad)


def test_pinned_packages_name_no_place_to_get_them_from():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / "packaging" / name).read_text("utf-8")
        assert "://" not in text
        assert "--index" not in text
