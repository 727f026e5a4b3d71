"""What a command is told of a row: its fields, and files of its mails."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from typing import NamedTuple

from tui.core.command import FILES, Command, fault_of
from tui.core.mbox import mbox_of
from tui.core.model import Patch, Series
from tui.core.states import label_of
from tui.core.text import clean
from tui.store.store import Store


class Subject(NamedTuple):
    """What the fields are about: a series, or one patch of it."""

    series: Series | None
    patch: Patch | None
    patches: tuple[Patch, ...]
    """All of the series, or the one."""

    @property
    def name(self) -> str:
        """Return its name, as it was sent."""
        return self.patch.name if self.patch else self.series.name if self.series else ""


def find_subject(store: Store, series_id: int, patch_id: int) -> Subject:
    """Return what is stored of a patch, or of a series where the patch is 0."""
    if patch_id:
        rows = store.patch_rows([patch_id])
        patch = rows[0].patch if rows else None
        series_id = (patch.series_id if patch else None) or series_id
    else:
        patch = None
    found = store.series_rows([series_id])
    patches = tuple(row.patch for row in store.patch_rows(store.patch_ids(series_id)))
    return Subject(found[0].series if found else None, patch, (patch,) if patch else patches)


def values_of(subject: Subject, store: Store, server: str, project: str) -> dict[str, tuple[str, ...]]:
    """Return the fields of a subject; one that it has not is empty."""
    series, patch = subject.series, subject.patch
    first = subject.patches[0] if subject.patches else None
    msgid = patch.msgid if patch else first.msgid if first else ""
    sender = patch.submitter if patch else series.submitter if series else None
    if series and not patch and series.cover_id and (cover := store.cover(series.cover_id)):
        msgid = cover[0].msgid
    web_url = patch.web_url if patch else series.web_url if series else ""
    mbox_url = f"{server}/series/{series.id}/mbox/" if series and series.id > 0 else ""
    if patch:
        mbox_url = f"{web_url.rstrip('/')}/mbox/" if web_url else ""
    states = {one.state for one in subject.patches}
    texts = {
        "msgid": msgid.strip("<>"),
        "series_id": str(series.id) if series and series.id > 0 else "",
        "patch_id": str(subject.patches[0].id) if len(subject.patches) == 1 else "",
        "name": subject.name,
        "version": str(series.version) if series else "",
        "submitter": sender.name if sender else "",
        "email": sender.email if sender else "",
        "state": label_of(states.pop()) if len(states) == 1 else "",
        "server": server,
        "project": project,
        "web_url": web_url,
        "mbox_url": mbox_url,
    }
    values = {field: (text,) if text else () for field, text in texts.items()}
    return {**values, "patch_ids": tuple(str(one.id) for one in subject.patches)}


class Shelf:
    """Files for one command, in a folder that only its owner can look into, gone with it."""

    def __init__(self) -> None:
        self._folder = ""

    def put(self, field: str, subject: Subject, store: Store) -> tuple[str, ...]:
        """Write the file that a field stands for; return its path, or nothing where there is no text."""
        bodies = [body for one in subject.patches if (body := store.body(one.id))]
        data = mbox_of(bodies) if field == "mbox_file" else "".join(b.diff for b in bodies).encode()
        if not data:
            return ()
        self._folder = self._folder or tempfile.mkdtemp(prefix="pwtui-")
        folder = Path(self._folder)
        number = len(list(folder.iterdir()))
        path = folder / f"{number:02}.{'mbox' if field == 'mbox_file' else 'diff'}"
        path.write_bytes(data)
        return (str(path),)

    def clear(self) -> None:
        """Take the files away."""
        if self._folder:
            rmtree(self._folder, ignore_errors=True)
            self._folder = ""


def fill(command: Command, subject: Subject, store: Store, place: tuple[str, str], shelf: Shelf) -> str:
    """Return what the shell is given; ``place`` is server and project.

    Raises ValueError with why it cannot be.
    """
    values = values_of(subject, store, *place)
    for field in command.fields:
        if field in FILES:
            values[field] = shelf.put(field, subject, store)
        for value in values.get(field, ()) if field not in FILES else ():
            if why := fault_of(value):
                raise ValueError(f"{{{field}}} {why}: {clean(value)}")
    if empty := empty_fields(values, command.fields):
        of = "a series of several patches" if len(subject.patches) > 1 else "this"
        raise ValueError(f"{of} has no {{{empty[0]}}}.")
    return command.filled(values)


def missing_texts(subjects: Sequence[Subject], fields: Sequence[str], store: Store) -> list[int]:
    """Return the patches whose texts a command wants and that are not stored."""
    if not {"mbox_file", "diff_file"} & set(fields):
        return []
    return store.lacking((one.id for subject in subjects for one in subject.patches), own=True)


def empty_fields(values: Mapping[str, tuple[str, ...]], fields: Sequence[str]) -> list[str]:
    """Return those of the fields that have nothing."""
    return [field for field in fields if not values.get(field)]
