"""Whether anything moved since a verb found nothing to do. If not, nothing is opened: it says what it said then.

What a verb says and does follows from these, and from nothing else:

    the day, the version of the program, the office folder and its id
    the ledger     the file where it belongs, and the last act in it; a ledger on a server is always asked
    the files      which there are, and the bytes of each workbook; while a program has one of them open, the verb looks
        sync         of the office folder itself, 台账 and 报告
        take-back    of the office folder itself and 台账; of 各单位报送 every file however deep, with its bytes

and where a scheduler runs from the hour, which may bring sync's warning: an answer is kept only where the end of the day
would bring the same.

An answer is kept (`keep`) with what it follows from. Sync keeps its own when everything stood after the run as it stood
before: so this run did nothing, and the next one will do nothing. Take-back knows what the next run will say once every
file that lies there is known, and what it leaves behind (`after`): whatever else moves meanwhile is looked at. What is kept
is a small file under `.tracker` for each verb; without it, or with a spoiled one, the verb looks at everything.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tracker import __version__
from tracker.files.folders import INBOX, REPORTS, OfficeFolder, find_office
from tracker.files.ledger import last_act, ledger_path
from tracker.files.safe import WriteResult
from tracker.problems.base import Exit, TrackerError
from tracker.steps.call import Call, Result

# The folders whose own files a verb looks at, and those of which it reads everything; where its answer is kept.
_FOLDERS = {"sync": (("", "台账", REPORTS), ()), "take-back": (("", "台账"), (INBOX,))}
_MEMORIES = {"sync": "synced.json", "take-back": "returned.json"}
_WORKBOOK = ".xlsx"
# How the names of files begin by which a program says that it has a workbook open: what it shows may not be saved.
_OWNERS = ("~$", ".~")

Evidence = Mapping[str, Any]


def evidence(call: Call, verb: str) -> Evidence | None:
    """What the answer of a verb follows from, as it stands now; None where some of it cannot be read."""
    folder = find_office(call.start)
    path = ledger_path(folder.root, folder.office)
    shallow, deep = _FOLDERS[verb]
    try:
        files = [file for name in shallow for file in folder.path(name).glob("*") if file.is_file()]
        all_files = [file for name in deep for file in folder.path(name).rglob("*") if file.is_file()]
        if any(file.name.startswith(_OWNERS) for file in (*files, *all_files)):
            return None
        marks = {file: _mark(file) if file.suffix == _WORKBOOK else "" for file in files}
        marks |= {file: _mark(file) for file in all_files}
        return {
            "version": __version__,
            "day": call.today.isoformat(),
            "folder": str(folder.root.resolve()),
            "office": folder.office,
            "ledger": str(path),
            "act": last_act(path, folder.office) if path.exists() else 0,
            "files": {file.relative_to(folder.root).as_posix(): mark for file, mark in marks.items()},
        }
    except (OSError, TrackerError):
        return None


def _mark(file: Path) -> str:
    """The bytes of a file, by their hash."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def after(
    before: Evidence, folder: OfficeFolder, act: int, results: Iterable[WriteResult | None]
) -> Evidence | None:
    """What will stand there if nobody but this run moved anything: its last act, and what it wrote.

    None where a program has one of its files open.
    """
    files = dict(before["files"])
    for result in results:
        if result is not None:
            if not result.sha:
                return None
            files[folder.relative(result.path)] = result.sha
    return {**before, "act": act, "files": files}


def answer_without_news(call: Call, verb: str) -> Result | None:
    """What a verb says where nothing moved; None where it has to look."""
    folder = find_office(call.start)
    # What is no answer of ours fails in many ways, and means no more than that the verb looks.
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        record = json.loads(_memory(folder, verb).read_text(encoding="utf-8"))
        if not call.dry_run and record["evidence"] == evidence(call, verb):
            return Result(tuple(record["lines"]), record["data"], Exit(record["exit"]))
    return None


def keep(folder: OfficeFolder, verb: str, facts: Evidence, result: Result) -> None:
    """Keep an answer with what it follows from; a folder that takes no file keeps none."""
    record = {"evidence": facts, "lines": result.lines, "data": result.data, "exit": int(result.exit)}
    path = _memory(folder, verb)
    with contextlib.suppress(OSError):
        new = path.with_name(f"{path.name}.{os.getpid()}")
        new.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        new.replace(path)


def _memory(folder: OfficeFolder, verb: str) -> Path:
    return folder.path(".tracker", _MEMORIES[verb])
