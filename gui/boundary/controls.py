"""The choices above the boundary: columns and switches as far as there is room, all of them in a menu."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from core.train.probes.boundary import Boundary
from core.train.sampling import PARTS
from gui.boundary.view import SIZES, View
from gui.forms.menu_button import MenuButton, offer
from gui.panels._strip import Strip

# Narrower than this, the switches are in the menu only; beside two columns they need more.
ROOM, ROOM_BESIDE = 186, 560


class Controls:
    """Tells `changed` when something else is chosen."""

    def __init__(self, strip: Strip, changed: Callable[[], object]):
        self.view, self._changed = View(), changed
        self._found: Boundary | None = None
        # Lists that have no room must not hold the panel wide.
        strip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.across = self._column(strip, "x", "The column from left to right")
        self.up = self._column(strip, "y", "The column from the bottom up")
        self.discrete = strip.switch("Discretise", "Draw what the network decides, without shades",
                                     lambda on: self.choose(discrete=on))
        self.errors = strip.switch("Errors", "Ring the points whose class the network gets wrong",
                                   lambda on: self.choose(errors=on))
        self.traced = strip.switch("At sample", "Hold the other columns at the traced sample, not at their mean",
                                   lambda on: self.choose(traced=on))
        strip.spring()
        self.more = MenuButton("View of the boundary", "Points, colours, lines and resolution", self.fill, icon="more")
        strip.put(self.more)
        for widget in (self.across, self.up, self.discrete, self.errors, self.traced):
            widget.hide()

    def _column(self, strip: Strip, side: str, tip: str) -> MenuButton:
        made = MenuButton(tip, tip, partial(self._offer_columns, side))
        strip.put(made)
        return made

    def _offer_columns(self, side: str, menu: QMenu) -> None:
        if self._found is not None and self._found.columns:
            chosen = self._found.features["xy".index(side)]
            offer(menu, self._found.columns, self._found.columns.index(chosen), partial(self._take, side))

    def _take(self, side: str, place: int) -> None:
        """Take another column; the one that is on the other axis changes places with this one."""
        if self._found is None:
            return
        chosen = dict(zip("xy", self._found.features, strict=True))
        other = "y" if side == "x" else "x"
        if chosen[other] == self._found.columns[place]:
            chosen[other] = chosen[side]
        chosen[side] = self._found.columns[place]
        self.choose(**chosen)

    def choose(self, **values: object) -> None:
        """Look at it in another way."""
        view = replace(self.view, **values)  # type: ignore[arg-type]
        if view != self.view:
            self.view = view
            self._sync()
            self._changed()

    def tidy(self, found: Boundary, width: int) -> None:
        """Show what makes sense for this map and has room in so many pixels."""
        self._found, columns = found, found.columns
        wide = width >= (ROOM_BESIDE if columns else ROOM)
        for button, name in zip((self.across, self.up), found.features, strict=True):
            button.say(name)
            _show(button, bool(columns))
        _show(self.traced, wide and bool(columns))
        _show(self.discrete, wide)
        _show(self.errors, wide and bool(found.classes))
        self._sync()

    def _toggle(self, part: str, on: bool) -> None:
        self.choose(shown=self.view.shown | {part} if on else self.view.shown - {part})

    def _sync(self) -> None:
        for button, on in ((self.discrete, self.view.discrete), (self.errors, self.view.errors),
                           (self.traced, self.view.traced)):
            if button.isChecked() != on:
                with QSignalBlocker(button):
                    button.setChecked(on)
        self.more.say("", lit=self.view != View(x=self.view.x, y=self.view.y))

    def fill(self, menu: QMenu) -> None:
        """Put all choices into the menu."""
        view, found = self.view, self._found
        for part in PARTS:
            _check(menu, f"{part.capitalize()} Points", part in view.shown,
                   partial(self._toggle, part))
        if found is None:
            return
        if found.classes:
            _check(menu, "Ring Errors", view.errors, lambda on: self.choose(errors=on))
        if found.columns:
            held = menu.addMenu("Other Columns")
            offer(held, ("At their Mean", "At the Traced Sample"), int(view.traced),
                  lambda place: self.choose(traced=bool(place)))
        menu.addSeparator()
        if len(found.classes) > 2:
            colours = menu.addMenu("Colours")
            words = ("Most Likely Class", *(f"Probability of {name}" for name in found.classes))
            offer(colours, words, 0 if view.label is None else view.label + 1,
                  lambda place: self.choose(label=place - 1 if place else None))
        if found.kind == "classes":
            _check(menu, "Confidence as Opacity", not view.discrete, lambda on: self.choose(discrete=not on))
        else:
            _check(menu, "Discretise", view.discrete, lambda on: self.choose(discrete=on))
            lines = found.kind == "value" if view.lines is None else view.lines
            _check(menu, "Contour Lines", lines, lambda on: self.choose(lines=on))
        sizes = menu.addMenu("Resolution")
        offer(sizes, [f"{size} × {size}" for size in SIZES], SIZES.index(view.size),
              lambda place: self.choose(size=SIZES[place]))


def _check(menu: QMenu, text: str, on: bool, run: Callable[[bool], object]) -> None:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(on)
    action.triggered.connect(lambda on: run(on))


def _show(widget: QToolButton, on: bool) -> None:
    if widget.isHidden() == on:
        widget.setVisible(on)
