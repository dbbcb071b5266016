"""The file that the window holds: open, save, hand on. Whatever fails, the document stays and the user is told."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from core.errors import CoreError
from core.graph import edits
from core.graph.document import Document
from core.io import documents, examples
from core.io.bundle import SUFFIX, Bundle
from core.io.exporters import EXPORTERS
from gui import diagram, export
from gui.panels import Exportable

if TYPE_CHECKING:
    from gui.main_window import MainWindow

FILTER = "Layerloom networks (*.json);;All files (*)"
OPEN_FILTER = f"Layerloom networks and bundles (*.json *{SUFFIX});;All files (*)"
BUNDLE_FILTER = f"Layerloom bundles (*{SUFFIX})"
WEIGHTS_FILTER = f"Weights (*.safetensors *.npz *{SUFFIX});;All files (*)"
# Pixels of the picture in a bundle, at most.
PREVIEW = 1024
UNTITLED = "Untitled"


class Files(QObject):
    """`path` is None until the document has a file; `name` is what the title shows."""

    def __init__(self, window: MainWindow):
        super().__init__(window)
        self._window = window
        self._context = window.context
        self.path: Path | None = None
        self.name = UNTITLED

    @property
    def dirty(self) -> bool:
        """True if work would be lost by closing."""
        return self._context.history.dirty

    @property
    def can_save(self) -> bool:
        """True if saving would do anything."""
        return self.dirty or self.path is None or _is_bundle(self.path)

    @property
    def can_export(self) -> bool:
        """True if there are weights."""
        return self._context.trainer.state not in ("invalid", "preparing")

    def new(self) -> bool:
        """Start with an empty canvas. False if the user would rather keep what is there."""
        if not self.may_leave():
            return False
        self._take(edits.empty(), None, UNTITLED)
        return True

    def open(self) -> bool:
        """Ask for a file and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self._folder(), OPEN_FILTER)
        return bool(name) and self.open_path(Path(name))

    def open_path(self, path: Path) -> bool:
        """Open a file. False, with a notice, if that is not possible: everything is then as before."""
        if not self.may_leave():
            return False
        try:
            bundle = _read(path)
        except CoreError as error:
            if not path.exists():
                self._context.settings.forget(path)
            self._context.notify.error(error.problem.message, error.problem.hint)
            return False
        self._remember(path)
        self._take(bundle.document, path, path.stem)
        self._context.trainer.adopt(bundle, path.name)
        return True

    def open_example(self, name: str) -> bool:
        """Open one of the networks that ship; saving asks for a place of its own."""
        if not self.may_leave():
            return False
        try:
            document = examples.load(name)
        except (CoreError, KeyError) as error:
            text = error.problem.text if isinstance(error, CoreError) else str(error.args[0])
            self._context.notify.error(text)
            return False
        self._take(document, None, name)
        return True

    def restore(self, document: Document, name: str) -> None:
        """Go on with work that was rescued; it counts as unsaved."""
        if self.may_leave():
            self._take(document, None, name, saved=False)

    def save(self) -> bool:
        """Save to the file, or ask for one. True if everything is safe now."""
        return self.save_as() if self.path is None else self._write(self.path)

    def save_as(self) -> bool:
        """Ask for a file and save to it."""
        start = self.path or Path(self._folder()) / f"{self.name}.json"
        path = self._ask("Save As", start, ".json", FILTER)
        return path is not None and self._write(path)

    def save_bundle(self) -> bool:
        """Ask for a file and save the network to it with its weights and all that training needs to go on."""
        start = (self.path or Path(self._folder()) / self.name).with_suffix(SUFFIX)
        path = self._ask("Save Bundle", start, SUFFIX, BUNDLE_FILTER)
        return path is not None and self._write(path)

    def load_weights(self) -> bool:
        """Ask for a file and take over those of its weights that fit."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Load Weights", self._folder(), WEIGHTS_FILTER)
        if not name:
            return False
        from core.io import weights

        path = Path(name)
        try:
            said = self._context.trainer.load_weights(weights.read(path), path.name)
        except CoreError as error:
            self._context.notify.error(error.problem.message, error.problem.hint)
            return False
        self._context.settings.last_folder = str(path.parent)
        self._context.notify.info(said)
        return True

    def may_leave(self) -> bool:
        """True if the document may be let go: it is saved, or the user said so."""
        if not self.dirty:
            return True
        answer = self._context.notify.ask_save(self.name)
        return self.save() if answer == "save" else answer == "discard"

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self._context.settings.recent_files.clear()
        self._context.settings.save()

    def export_weights(self, kind: str) -> bool:
        """Ask for a file and write the weights to it, as they are now."""
        exporter = EXPORTERS[kind]
        weights = self._context.trainer.weights()
        if weights is None:
            self._context.notify.warn("There are no weights yet.", hint="Mend the problems first, then train.")
            return False
        path = self._ask("Export Weights", Path(self._folder()) / f"{self.name}{exporter.suffix}", exporter.suffix,
                         f"{exporter.title} (*{exporter.suffix})")
        document = self._context.document
        return path is not None and self._export(path, lambda: exporter.write(path, weights, document))

    def export_plot(self, plot: Exportable, options: export.Options) -> bool:
        """Ask for a file and write what a panel shows to it."""
        kind = options.kind
        start = Path(self._folder()) / f"{self.name}-{plot.name}.{kind}"
        path = self._ask("Export Plot", start, f".{kind}", f"{kind.upper()} (*.{kind})")
        return path is not None and self._export(path, lambda: export.write(
            plot, path, kind, options.scale, transparent=options.transparent, theme=options.theme))

    def copy_picture(self, plot: Exportable, options: export.Options | None = None) -> None:
        """Put what a panel shows on the clipboard, as a picture."""
        try:
            image = export.picture(plot, options or export.Options())
        except CoreError as error:
            self._context.notify.error(error.problem.message, error.problem.hint)
            return
        QGuiApplication.clipboard().setImage(image)
        self._context.notify.info("Copied the plot as a picture.")

    def copy_numbers(self, plot: Exportable) -> None:
        """Put the numbers that a panel shows on the clipboard, as a table."""
        QGuiApplication.clipboard().setText(export.tabbed(plot))
        self._context.notify.info("Copied the numbers of the plot.")

    def export_diagram(self, options: diagram.Options) -> bool:
        """Ask for a file and write the drawing of the network to it."""
        start = Path(self._folder()) / f"{self.name}.{options.kind}"
        path = self._ask("Export Diagram", start, f".{options.kind}", f"{options.kind.upper()} (*.{options.kind})")
        canvas = self._window.canvas
        if path is None:
            return False
        canvas.give_up()
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return self._export(path, lambda: diagram.write(canvas.canvas_scene, path, options, self.name))
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _take(self, document: Document, path: Path | None, name: str, *, saved: bool = True) -> None:
        self.path, self.name = path, name
        self._window.toasts.clear()
        self._context.select(())
        self._context.history.restart(document, saved=saved)
        self._context.file_changed.emit()
        # That a file is still being read is nothing to mend.
        problems = [p for p in self._context.report.problems if p.severity != "info" and p.code != "data.reading"]
        if problems and document.nodes:
            count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
            self._context.notify.warn(f"“{name}” has {count}.", action_text="Show",
                                      action=lambda: self._window.docks.show("problems"))

    def _write(self, path: Path) -> bool:
        document = self._context.document
        try:
            if _is_bundle(path):
                from core.io import checkpoints

                checkpoints.write(path, self._context.trainer.bundle(document), preview=self._preview())
            else:
                documents.write(document, path)
        except CoreError as error:
            self._context.notify.error(error.problem.message, error.problem.hint, action_text="Save As",
                                       action=self.save_as)
            return False
        self._context.history.mark_saved(document)
        self._context.history.seal()
        self.path, self.name = path, path.stem
        self._remember(path)
        self._context.file_changed.emit()
        self._context.notify.info(f"Saved “{path.name}”.")
        return True

    def _export(self, path: Path, write: Callable[[], None]) -> bool:
        try:
            write()
        except CoreError as error:
            self._context.notify.error(error.problem.message, error.problem.hint)
            return False
        self._context.settings.last_folder = str(path.parent)
        self._context.notify.info(f"Exported “{path.name}”.")
        return True

    def _ask(self, title: str, start: Path, suffix: str, kinds: str) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(self._window, title, str(start), kinds)
        if not name:
            return None
        path = Path(name)
        if path.suffix and (suffix != SUFFIX or _is_bundle(path)):
            return path
        path = path.with_name(path.name + suffix)
        # The dialog asked about the name without the suffix only.
        return path if not path.exists() or self._context.notify.ask_replace(path.name) else None

    def _folder(self) -> str:
        folder = Path(self._context.settings.last_folder or Path.home())
        return str(folder if folder.is_dir() else Path.home())

    def _remember(self, path: Path) -> None:
        self._context.settings.remember(path)
        self._context.settings.save()

    def _preview(self) -> bytes:
        """What the canvas shows, as PNG."""
        picture = self._window.canvas.viewport().grab()
        if max(picture.width(), picture.height()) > PREVIEW:
            picture = picture.scaled(PREVIEW, PREVIEW, Qt.AspectRatioMode.KeepAspectRatio,
                                     Qt.TransformationMode.SmoothTransformation)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")
        return bytes(buffer.data().data())


def _is_bundle(path: Path) -> bool:
    return path.suffix.lower() == SUFFIX


def _read(path: Path) -> Bundle:
    """What a file holds, whatever it is called. Raises FormatError."""
    from core.io.opener import open_bundle

    return open_bundle(path)
