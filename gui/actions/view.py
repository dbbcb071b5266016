"""Actions on what is shown: zoom, panels, theme, notices."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from gui.actions._base import ActionInfo, Entry, Line, MenuInfo
from gui.dialogs.notices import NoticesDialog
from gui.theme.palette import Mode

if TYPE_CHECKING:
    from gui.main_window import MainWindow

MODES: tuple[tuple[Mode, str, str], ...] = (
    ("system", "System", "Follow the desktop"),
    ("light", "Light", "Dark ink on light surfaces"),
    ("dark", "Dark", "Light ink on dark surfaces"),
)


def _panels(window: MainWindow) -> Iterator[Line]:
    yield from window.docks.toggles()


def _themes(window: MainWindow) -> Iterator[Line]:
    for mode, text, tip in MODES:
        yield Entry(text=text, tip=tip, checked=window.context.theme.mode == mode, run=partial(_dress, window, mode))


def _dress(window: MainWindow, mode: Mode) -> None:
    window.context.settings.theme = mode
    window.context.settings.save()
    window.context.theme.set_mode(mode)


ActionInfo(id="view.zoom_in", text="Zoom In", tip="Come closer", menu="View", group=1, order=1, icon="zoom-in",
           shortcuts=("ZoomIn", "Ctrl+="), repeats=True, run=lambda w: w.canvas.zoom_in())
ActionInfo(id="view.zoom_out", text="Zoom Out", tip="Step back", menu="View", group=1, order=2, icon="zoom-out",
           shortcuts=("ZoomOut",), repeats=True, run=lambda w: w.canvas.zoom_out())
ActionInfo(id="view.zoom_reset", text="Actual Size", tip="Zoom to 100 %", menu="View", group=1, order=3,
           icon="zoom-100", shortcuts=("Ctrl+0",), context=("canvas",), run=lambda w: w.canvas.zoom_reset())
ActionInfo(id="view.zoom_fit", text="Fit", tip="Show the whole network", menu="View", group=1, order=4,
           icon="zoom-fit", shortcuts=("F",), context=("canvas",), run=lambda w: w.canvas.fit())
MenuInfo(id="view.panels", text="Panels", tip="Which panels are open", menu="View", group=3, order=1, icon="panel",
         entries=_panels)
ActionInfo(id="view.reset_layout", text="Default Layout", tip="Put all panels back where they were at first",
           menu="View", group=3, order=2, icon="reset", run=lambda w: w.docks.reset())
MenuInfo(id="view.theme", text="Theme", tip="Light or dark", menu="View", group=4, order=1, icon="theme",
         entries=_themes)
ActionInfo(id="view.notices", text="Notices…", tip="Everything that was said since the start", menu="View", group=5,
           order=1, icon="info", shortcuts=("Ctrl+Shift+N",), run=lambda w: NoticesDialog.open_for(w))
