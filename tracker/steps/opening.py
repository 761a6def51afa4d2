"""Files as they came through the door, before anybody knows whose they are."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass

from tracker.files.guard import Picture
from tracker.files.guard import read_bytes
from tracker.files.guard import read_pictures
from tracker.files.inbox import Arrived
from tracker.grid import Source
from tracker.problems import TrackerError
from tracker.rules.returns.attached import attached
from tracker.rules.state import Office


def known_files(office: Office) -> set[str]:
    """Hashes of the files that were taken in before, as forms or as papers."""
    papers = (each.file for each in attached(office) if each.source == "文件夹")
    return {*(each.sha for _, each in office.returns), *papers} - {""}


@dataclass(frozen=True)
class Opened:
    """A file as it came through the door, or why it did not; neither where its bytes are known already."""

    arrived: Arrived
    sha: str
    source: Source | None = None
    problem: TrackerError | None = None
    pictures: tuple[Picture, ...] = ()


def open_arrived(arrived: Arrived, known: set[str]) -> Opened:
    """Read a file, unless its bytes are known already."""
    sha = hashlib.sha256(arrived.data).hexdigest()
    if arrived.problem is not None or sha in known:
        return Opened(arrived, sha, problem=arrived.problem)
    try:
        source = read_bytes(arrived.data, arrived.name)
    except TrackerError as problem:
        return Opened(arrived, sha, problem=problem)
    pictures: tuple[Picture, ...] = ()
    # What a file shows beside its cells must never keep its cells from being taken.
    with contextlib.suppress(TrackerError):
        pictures = read_pictures(arrived.data, arrived.name)
    return Opened(arrived, sha, source, pictures=pictures)
