"""Actions on groups: of the selected nodes, and of the group that was clicked, which selects its nodes."""
from __future__ import annotations

from typing import TYPE_CHECKING

from core.graph import furniture
from core.graph.document import Group
from gui.actions._base import ActionInfo
from gui.canvas import annotating

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _touched(window: MainWindow) -> list[Group]:
    """The groups that selected nodes are in."""
    chosen = window.context.selection
    return [group for group in window.context.document.groups.values() if not chosen.isdisjoint(group.members)]


def _names(groups: list[Group]) -> list[str]:
    return [group.id for group in groups]


def _group(window: MainWindow) -> None:
    name = furniture.fresh_group(window.context.document)
    merge = f"group {name}"
    window.context.history.seal()
    if window.canvas.do(annotating.group(window.context.selection), merge=merge) is None:
        window.canvas.canvas_scene.groups.rename(window.canvas, name, merge)


def _ungroup(window: MainWindow) -> None:
    window.canvas.do(annotating.ungroup(_names(_touched(window))))


def _closed(window: MainWindow) -> bool:
    """True if every group of the selection is collapsed."""
    groups = _touched(window)
    return bool(groups) and all(group.collapsed for group in groups)


def _collapse(window: MainWindow) -> None:
    window.canvas.do(annotating.collapse(_names(_touched(window)), not _closed(window)))


def _renamable(window: MainWindow) -> bool:
    groups = _touched(window)
    return len(groups) == 1 and not groups[0].collapsed


def _rename(window: MainWindow) -> None:
    window.canvas.canvas_scene.groups.rename(window.canvas, _touched(window)[0].id)


def _delete(window: MainWindow) -> None:
    window.canvas.delete_selection()


def _joinable(window: MainWindow) -> bool:
    """True if some selected nodes are in one group, and others are not in it."""
    groups = _touched(window)
    return len(groups) == 1 and not window.context.selection <= groups[0].members


def _join(window: MainWindow) -> None:
    group = _touched(window)[0]
    window.canvas.do(annotating.join(window.context.document, group.id, window.context.selection))


def _leave(window: MainWindow) -> None:
    window.canvas.do(annotating.leave(window.context.selection))


ActionInfo(id="network.group", text="Group Selection", tip="Put a frame around the selected nodes", menu="Network",
           group=3, order=3, icon="group", shortcuts=("Ctrl+G",), context=("node",), fold="Group", run=_group,
           enabled=lambda w: bool(w.context.selection))
ActionInfo(id="network.ungroup", text="Ungroup", tip="Take the frame away and leave the nodes", menu="Network",
           group=3, order=4, icon="ungroup", shortcuts=("Ctrl+Shift+G",), context=("group",), run=_ungroup,
           enabled=lambda w: bool(_touched(w)))
ActionInfo(id="network.collapse", text="Collapse Group", tip="Let one card stand for the group, or open it again",
           menu="Network", group=3, order=5, icon="collapse", shortcuts=("Alt+C",), context=("group", "node"),
           fold="Group", label=lambda w: "Expand Group" if _closed(w) else "Collapse Group", run=_collapse,
           enabled=lambda w: bool(_touched(w)))
ActionInfo(id="network.rename_group", text="Rename Group", tip="Give the group another title", menu="Network", group=3,
           order=6, context=("group",), run=_rename, enabled=_renamable)
ActionInfo(id="network.join_group", text="Add to Group", tip="Let the selected nodes join the group of the others",
           menu="Network", group=3, order=7, context=("node",), fold="Group", run=_join, enabled=_joinable)
ActionInfo(id="network.leave_group", text="Remove from Group", tip="Let the selected nodes leave their groups",
           menu="Network", group=3, order=8, context=("node",), fold="Group", run=_leave,
           enabled=lambda w: bool(_touched(w)))
ActionInfo(id="network.delete_group", text="Delete Group with Content", tip="Remove the group and the nodes in it",
           menu="Network", group=3, order=10, icon="delete", context=("group",), run=_delete,
           enabled=lambda w: bool(_touched(w)))
