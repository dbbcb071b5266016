"""Which samples are shown: the choices above the grid."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QMenu

from core.train.cases import Cases, Wish
from core.train.references import Chosen
from gui.forms.menu_button import MenuButton, offer
from gui.panels._strip import Strip
from gui.predictions import words

ORDERS = (("worst", "Worst first"), ("best", "Best first"), ("unsure", "Least sure first"), ("order", "In order"))
SHORT = {"worst": "Worst", "best": "Best", "unsure": "Least sure", "order": "In order"}


class Wishes:
    """`wish` and `part` are what is chosen, part "" before anybody chose; `changed` is called when they are others."""

    def __init__(self, strip: Strip, changed: Callable[[], object]):
        self.wish, self.part = Wish(), ""
        self.narrow = False
        self._found: Cases | None = None
        self._changed = changed
        self.order = MenuButton("Order", "In which order the samples stand", self._fill_order)
        self.parts = MenuButton("Part", "Which part of the data is judged", self._fill_parts)
        self.filter = MenuButton("Filter", "Show some of the samples only", self._fill_filter, icon="filter")
        for button in (self.order, self.parts, self.filter):
            strip.put(button)

    def follow(self, found: Cases | None) -> None:
        """Offer what suits these samples; None hides all choices."""
        before, self._found = self._found, found
        self.order.setVisible(found is not None)
        self.parts.setVisible(found is not None and not self.narrow)
        self.filter.setVisible(found is not None and found.right is not None)
        if found is None:
            return
        if before is not None and before.names != found.names:
            self.wish = replace(self.wish, truth=None, predicted=None)
        if found.sure is None and self.wish.order == "unsure":
            self.wish = replace(self.wish, order="worst")
        if found.right is None:
            self.wish = Wish(self.wish.order)
        self._say()

    def fit(self, narrow: bool) -> None:
        """Without room, words are short, and the parts stand in the menu of the order."""
        self.narrow = narrow
        self.parts.setVisible(self._found is not None and not narrow)
        self._say()

    def take(self, chosen: Chosen) -> None:
        """Show what somebody has asked for elsewhere."""
        self.part, self.wish = chosen.part, Wish(truth=chosen.truth, predicted=chosen.predicted)
        self._tell()

    @property
    def filtered(self) -> bool:
        """Whether samples are left out."""
        return Wish(self.wish.order) != self.wish

    def told(self, found: Cases, count: int) -> str:
        """What is shown, in words."""
        part, wish = words.PARTS[found.part], self.wish
        total = f"{len(found):,} of {found.total:,}" if len(found) < found.total else f"{found.total:,}"
        if not self.filtered:
            return f"{part}, {total} samples"
        names, known = found.names, []
        if wish.truth is not None and wish.predicted is not None:
            same = wish.truth == wish.predicted
            known.append(f"{names[wish.truth]}, recognised" if same
                         else f"{names[wish.truth]} taken for {names[wish.predicted]}")
        elif wish.truth is not None:
            known.append(f"true {names[wish.truth]}")
        elif wish.predicted is not None:
            known.append(f"taken for {names[wish.predicted]}")
        if wish.errors:
            known.append("errors")
        return f"{', '.join(known)}: {count:,} of {len(found):,}, {part.lower()}"

    def title(self, found: Cases, count: int) -> str:
        """What is shown, and in which order."""
        return f"{self.told(found, count)}, {dict(ORDERS)[self.wish.order].lower()}"

    def _say(self) -> None:
        self.order.say((SHORT if self.narrow else dict(ORDERS))[self.wish.order])
        if self._found is not None:
            self.parts.say(words.PARTS[self.part if self.part in self._found.parts else self._found.part])
        self.filter.say("" if self.narrow else "Filter", lit=self.filtered)

    def _tell(self) -> None:
        self._say()
        self._changed()

    def _set(self, **values: object) -> None:
        self.wish = replace(self.wish, **values)  # type: ignore[arg-type]
        self._tell()

    def _fill_order(self, menu: QMenu) -> None:
        surely = self._found is not None and self._found.sure is not None
        kept = [key for key, _ in ORDERS if key != "unsure" or surely]
        offer(menu, [dict(ORDERS)[key] for key in kept], kept.index(self.wish.order),
              lambda place: self._set(order=kept[place]))
        if self.narrow:
            menu.addSeparator()
            self._fill_parts(menu)

    def _fill_parts(self, menu: QMenu) -> None:
        if self._found is None:
            return
        parts = self._found.parts

        def pick(place: int) -> None:
            self.part = parts[place]
            self._tell()

        chosen = self.part if self.part in parts else self._found.part
        offer(menu, [words.PARTS[part] for part in parts], parts.index(chosen), pick)

    def _fill_filter(self, menu: QMenu) -> None:
        everything = menu.addAction("All samples")
        everything.setEnabled(self.filtered)
        everything.triggered.connect(lambda: self._set(truth=None, predicted=None, errors=False))
        errors = menu.addAction("Errors only")
        errors.setCheckable(True)
        errors.setChecked(self.wish.errors)
        errors.triggered.connect(lambda on: self._set(errors=on))
        if self._found is None or self._found.kind != "classes":
            return
        for title, name in (("True class", "truth"), ("Predicted class", "predicted")):
            under, chosen = menu.addMenu(title), getattr(self.wish, name)
            offer(under, ["Any", *self._found.names], 0 if chosen is None else chosen + 1,
                  partial(self._choose, name))

    def _choose(self, name: str, place: int) -> None:
        self._set(**{name: place - 1 if place else None})
