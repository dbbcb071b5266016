"""What README.md and CONTRIBUTING.md promise holds."""
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import resources
from core.cli._base import COMMANDS
from core.cli.main import _parser
from core.registry import discover
from tests.core.cli.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")

TEST_LAYER = """
import sys
from pathlib import Path
import resources
resources.__file__ = sys.argv[1]
import core.layers
source = Path(sys.argv[2]).read_text("utf-8")
exec(compile(source, "squared_relu.py", "exec"), {"__name__": "core.layers.squared_relu"})
import pytest
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", "tests/core/layers/test_contract.py", "-k", "squared_relu"]))
"""

TEST_KIND = """
import sys
from importlib import import_module
from pathlib import Path
package, file = sys.argv[1], Path(sys.argv[2])
import_module(f"core.{package}")
exec(compile(file.read_text("utf-8"), file.name, "exec"), {"__name__": f"core.{package}.{file.stem}"})
import pytest
tests = f"tests/core/{package}/test_contract.py"
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", tests, "-k", file.stem]))
"""

TEST_PANEL = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
from core.io import examples
from core.train.events import Snapshot
from core.train.probes import answer
from core.train.session import Session
from gui.context import AppContext
from gui.panels import PANELS
from gui.settings import Settings
from gui.theme import palette
exec(compile(Path(sys.argv[1]).read_text("utf-8"), "largest.py", "exec"), {"__name__": "gui.panels.largest"})
context = AppContext(palette.apply(app, "light"), Settings())
panel = PANELS["largest"].create(context)
asked = panel.requests()
session = Session(examples.load("xor-mlp"))
panel.on_train(Snapshot(1, 0, 0, {request: answer(session, request) for request in asked}, 0.0))
panel.on_tick()
print(panel.label.text())
context.trainer.shutdown()
"""

TEST_PROBE = """
import importlib.util
import sys
from core import Session
from core.io import examples
from core.train.probes import answer
from core.train.request import Request
spec = importlib.util.spec_from_file_location("core.train.probes.zeros", sys.argv[1])
sys.modules[spec.name] = module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
session = Session(examples.load("xor-mlp"))
for node in ("hidden", "decision"):
    weights = session.network.weights[node]
    weights["W"][...], weights["b"][...] = 1.0, 0.0
print(answer(session, Request.of("zeros")).shares)
"""

TEST_ACTION = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
import gui.actions
exec(compile(Path(sys.argv[1]).read_text("utf-8"), "troubled.py", "exec"), {"__name__": "gui.actions.troubled"})
from gui.actions._base import ACTIONS
from gui.app import make_window
keys = [key for info in ACTIONS.values() for key in info.shortcuts]
assert [key for key in ACTIONS["edit.select_troubled"].shortcuts if keys.count(key) > 1] == []
window = make_window(app)
added = window.canvas.add_layer("dense")
window.canvas.choose(())
window.actions_by_id["edit.select_troubled"].trigger()
print(sorted(window.context.selection) == [added])
window.context.history.mark_saved()
window.close()
"""


def block(text, after, language):
    """The first code block of a language after a file's name."""
    found = re.search(rf"`{re.escape(after)}`.*?```{language}\n(.*?)```", text, re.DOTALL)
    assert found, f"no {language} block after {after}"
    return found[1]


def python(code, *arguments):
    return subprocess.run([sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, text=True,
                          capture_output=True, timeout=120, check=False)


def test_the_layer_of_the_guide_passes_the_contract_tests(tmp_path):
    home = tmp_path / "resources"
    icons = home / "icons" / "layers"
    shutil.copytree(Path(resources.__file__).parent / "icons" / "layers", icons)
    (icons / "squared_relu.svg").write_text(block(GUIDE, "resources/icons/layers/squared_relu.svg", "svg"), "utf-8")
    (tmp_path / "squared_relu.py").write_text(block(GUIDE, "core/layers/squared_relu.py", "python"), "utf-8")
    ran = python(TEST_LAYER, home / "__init__.py", tmp_path / "squared_relu.py")
    assert ran.returncode == 0, ran.stdout
    passed = re.search(r"(\d+) passed", ran.stdout)
    assert passed
    assert int(passed[1]) > 20


@pytest.mark.parametrize(("package", "kind"), [("datasets", "stripes"), ("preprocessing", "clip")])
def test_the_data_set_and_the_step_of_the_guide_pass_the_contract_tests(tmp_path, package, kind):
    file = tmp_path / f"{kind}.py"
    file.write_text(block(GUIDE, f"core/{package}/{kind}.py", "python"), "utf-8")
    ran = python(TEST_KIND, package, file)
    assert ran.returncode == 0, ran.stdout
    passed = re.search(r"(\d+) passed", ran.stdout)
    assert passed
    assert int(passed[1]) >= 10


def test_the_panel_of_the_guide_shows_a_weight(tmp_path):
    (tmp_path / "largest.py").write_text(block(GUIDE, "gui/panels/largest.py", "python"), "utf-8")
    ran = python(TEST_PANEL, tmp_path / "largest.py")
    assert ran.returncode == 0, ran.stderr
    assert re.fullmatch(r"hidden: \d+\.\d{3}\n", ran.stdout)


def test_the_probe_of_the_guide_counts_the_zeros_of_a_run(tmp_path):
    (tmp_path / "zeros.py").write_text(block(GUIDE, "core/train/probes/zeros.py", "python"), "utf-8")
    ran = python(TEST_PROBE, tmp_path / "zeros.py")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "{'hidden': 0.3333333333333333, 'decision': 0.2}\n"


def test_the_action_of_the_guide_selects_nodes_with_problems(tmp_path):
    (tmp_path / "troubled.py").write_text(block(GUIDE, "gui/actions/troubled.py", "python"), "utf-8")
    ran = python(TEST_ACTION, tmp_path / "troubled.py")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "True\n"


def test_every_path_that_the_pages_name_is_there():
    promised = {"core/layers/squared_relu.py", "resources/icons/layers/squared_relu.svg", "gui/panels/largest.py",
                "gui/actions/troubled.py", "core/datasets/stripes.py", "core/preprocessing/clip.py",
                "core/train/probes/zeros.py"}
    for page in (README, GUIDE):
        named = set(re.findall(r"`((?:core|gui|resources|tests|packaging)/[\w./]*)`", page)) - promised
        assert named
        assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_readme_lists_every_command_with_options_that_exist():
    discover("core.cli")
    listing = re.findall(r"^layerloom (\w+)(.*?)(?:  |$)", README, re.MULTILINE)
    assert {name for name, _ in listing} >= set(COMMANDS)
    for name, rest in listing:
        shown = _parser([name])._subparsers._group_actions[0].choices[name].format_help()
        assert all(option in shown for option in re.findall(r"--\w+", rest))


def test_the_command_of_the_readme_trains(layerloom, tmp_path, monkeypatch):
    line = next(line for line in README.splitlines() if line.startswith("layerloom train example:"))
    monkeypatch.chdir(tmp_path)
    assert layerloom(*shlex.split(line)[1:], "--quiet").status == 0
    assert len(list((tmp_path / "xor").iterdir())) == 5


def test_the_script_of_the_readme_runs(tmp_path):
    shutil.copy(ROOT / "resources" / "examples" / "perceptron-and.json", tmp_path / "network.json")
    code = re.search(r"From Python:\n\n```python\n(.*?)```", README, re.DOTALL)[1]
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, text=True, capture_output=True, check=False,
                         env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert ran.returncode == 0, ran.stderr
    assert "Finished(" in ran.stdout
