"""Files as they came through the door, before anybody knows whose they are."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass

from tracker.files.guard import SourcePicture
from tracker.files.guard import read_bytes
from tracker.files.guard import read_pictures
from tracker.files.inbox import Arrival
from tracker.grid import Source
from tracker.problems import TrackerError
from tracker.rules.returns.attached import papers_of
from tracker.rules.state import Office


def known_files(office: Office) -> set[str]:
    """Hashes of the files that were taken in before, as forms or as papers."""
    papers = (paper.file for paper in papers_of(office) if paper.source == "文件夹")
    return {*(return_.sha for _, return_ in office.returns), *papers} - {""}


@dataclass(frozen=True)
class IncomingFile:
    """A file as it came through the door, or why it did not; neither where its bytes are known already."""

    arrival: Arrival
    sha: str
    source: Source | None = None
    problem: TrackerError | None = None
    pictures: tuple[SourcePicture, ...] = ()


def open_arrival(arrival: Arrival, hashes: set[str]) -> IncomingFile:
    """Read a file, unless its bytes are known already."""
    sha = hashlib.sha256(arrival.data).hexdigest()
    if arrival.problem is not None or sha in hashes:
        return IncomingFile(arrival, sha, problem=arrival.problem)
    try:
        source = read_bytes(arrival.data, arrival.name)
    except TrackerError as problem:
        return IncomingFile(arrival, sha, problem=problem)
    pictures: tuple[SourcePicture, ...] = ()
    # What a file shows beside its cells must never keep its cells from being taken.
    with contextlib.suppress(TrackerError):
        pictures = read_pictures(arrival.data, arrival.name)
    return IncomingFile(arrival, sha, source, pictures=pictures)
