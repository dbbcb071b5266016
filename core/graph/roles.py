"""Edits of what the columns of the data are for, and of what they hold."""
from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.datasets import DATASETS, deferred, role_of, single
from core.errors import CoreError
from core.graph import edits
from core.graph.document import Document
from core.graph.settings import DataSettings
from core.params import Kind, Labels
from core.preprocessing import Specs

TYPES = "types"


def columns_of(doc: Document) -> Specs:
    """The columns of the data that have names, as the source gives them. Raises CoreError."""
    return single(DataSettings.known(doc.data).dataset.columns())


def roles_of(doc: Document, columns: Specs) -> Mapping[str, str]:
    """What each of these columns is for."""
    given = dict(DataSettings.known(doc.data).roles)
    return {spec.name: role_of(spec, given) for spec in columns}


def set_role(doc: Document, names: Iterable[str], role: str) -> Document:
    """Use these columns as `role`. Raises CoreError."""
    given = {spec.name: spec.role for spec in columns_of(doc)}
    roles = {**dict(DataSettings.known(doc.data).roles), **dict.fromkeys(names, role)}
    return edits.set_data(doc, {"roles": {name: one for name, one in roles.items() if given.get(name) != one}})


def aim_at(doc: Document, name: str) -> Document:
    """Make this column the only one to be predicted; those that were so far become inputs. Raises CoreError."""
    columns = columns_of(doc)
    before = [key for key, role in roles_of(doc, columns).items() if role == "target" and key != name]
    return set_role(set_role(doc, before, "input"), [name], "target")


def types_of(doc: Document) -> Mapping[str, str]:
    """The types that a column of the present source may be given, with their labels; none if it fixes them."""
    kind = doc.data["source"].kind
    param = DATASETS[kind].params.get(TYPES) if kind in DATASETS else None
    return param.options if isinstance(param, Labels) else {}


def set_type(doc: Document, names: Iterable[str], kind: str) -> Document:
    """Read these columns as `kind`, empty: as what they look like. Raises CoreError."""
    source = DataSettings.known(doc.data).source
    types = {key: one for key, one in dict(source.params.get(TYPES, ())).items() if key not in set(names)}
    if kind:
        types |= dict.fromkeys(names, kind)
    return edits.set_data(doc, {"source": Kind(source.kind, {**source.params, TYPES: types})})


def notes_of(doc: Document) -> Mapping[str, str]:
    """What there is to know about columns, by their names; nothing as long as that is not known."""
    try:
        with deferred():
            return {note.column: note.problem.message for note in DataSettings.known(doc.data).dataset.notes()}
    except CoreError:
        return {}


def known_columns(doc: Document) -> Specs:
    """The columns that have names, or none if that is not known at present."""
    try:
        with deferred():
            return columns_of(doc)
    except CoreError:
        return ()
