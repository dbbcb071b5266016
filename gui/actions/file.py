"""Actions on files: open, keep, hand on."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from core.io import examples
from core.io.exporters import EXPORTERS
from gui.actions._base import ActionInfo, Entry, Line, MenuInfo

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _recent(window: MainWindow) -> Iterator[Line]:
    names = window.context.settings.recent_files
    for name in names:
        path = Path(name)
        yield Entry(text=path.name, tip=name, run=partial(window.files.open_path, path))
    if not names:
        yield Entry(text="No recent files", run=lambda: None, enabled=False)
        return
    yield None
    yield Entry(text="Clear the list", tip="Forget the recent files; the files themselves stay",
                run=window.files.clear_recent)


def _examples(window: MainWindow) -> Iterator[Line]:
    for example in examples.EXAMPLES.values():
        yield Entry(text=example.title, tip=example.summary, run=partial(window.files.open_example, example.id))


def _weights(window: MainWindow) -> Iterator[Line]:
    for kind, exporter in EXPORTERS.items():
        yield Entry(text=f"{exporter.title}…", tip=f"Write the weights to a {exporter.suffix} file",
                    run=partial(window.files.export_weights, kind))


ActionInfo(id="file.new", text="New", tip="Start with an empty canvas", menu="File", group=1, order=1, icon="new",
           shortcuts=("New",), toolbar=1, run=lambda w: w.files.new())
ActionInfo(id="file.open", text="Open…", tip="Open a network", menu="File", group=1, order=2, icon="open",
           shortcuts=("Open",), toolbar=2, run=lambda w: w.files.open())
MenuInfo(id="file.recent", text="Open Recent", tip="Networks that you had open lately", menu="File", group=1,
         order=3, icon="recent", entries=_recent)
MenuInfo(id="file.examples", text="Examples", tip="Networks to start from", menu="File", group=1, order=4,
         icon="example", entries=_examples)
ActionInfo(id="file.save", text="Save", tip="Save the network", menu="File", group=2, order=1, icon="save",
           shortcuts=("Save",), toolbar=3, run=lambda w: w.files.save(), enabled=lambda w: w.files.can_save)
ActionInfo(id="file.save_as", text="Save As…", tip="Save the network under another name", menu="File", group=2,
           order=2, icon="save-as", shortcuts=("Ctrl+Shift+S",), run=lambda w: w.files.save_as())
ActionInfo(id="file.save_bundle", text="Save Bundle…", menu="File", group=2, order=3, icon="export",
           tip="Save the network with its weights, its history and all that training needs to go on",
           run=lambda w: w.files.save_bundle())
ActionInfo(id="file.load_weights", text="Load Weights…", menu="File", group=3, order=0, icon="weights",
           tip="Take over trained weights from a file, node by node, as far as they fit",
           run=lambda w: w.files.load_weights(), enabled=lambda w: w.files.can_export)
MenuInfo(id="file.export_weights", text="Export Weights", tip="Write the weights to a file", menu="File", group=3,
         order=1, icon="weights", entries=_weights, enabled=lambda w: w.files.can_export)
ActionInfo(id="file.quit", text="Quit", tip="Close Layerloom", menu="File", group=4, shortcuts=("Ctrl+Q",),
           run=lambda w: w.close())
