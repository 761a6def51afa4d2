"""Whether anything moved since sync found nothing to do. If not, nothing is opened: it says what it said then.

What sync says and does follows from these, and from nothing else:

    the day, the version of the program, the office folder and its id
    the ledger     the file where it belongs, and the last act in it; a ledger on a server is always asked
    the files      of the office folder itself, 台账 and 报告: which there are, and the bytes of each workbook; while
                   a program has one of them open, sync looks

and where a scheduler runs from the hour, which may bring its warning: an answer is kept only where the end of the day would
bring the same.

An answer is kept (`keep`) when everything stood after the run as it stood before: so this run did nothing, and the next one
will do nothing. What is kept is a small file under `.tracker`; without it, or with a spoiled one, sync looks at everything.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tracker import __version__
from tracker.files.folders import REPORTS, OfficeFolder, find_office
from tracker.files.ledger import last_act, ledger_path
from tracker.problems.base import Exit, TrackerError
from tracker.steps.call import Call, Result

_FOLDERS = ("", "台账", REPORTS)
_WORKBOOK = ".xlsx"
# How the names of files begin by which a program says that it has a workbook open: what it shows may not be saved.
_OWNERS = ("~$", ".~")

Evidence = Mapping[str, Any]


def evidence(call: Call) -> Evidence | None:
    """What the answer follows from, as it stands now; None where some of it cannot be read."""
    folder = find_office(call.start)
    path = ledger_path(folder.root, folder.office)
    try:
        files = {f"{name}/{file.name}": file for name in _FOLDERS for file in _files(folder.path(name))}
        if any(file.name.startswith(_OWNERS) for file in files.values()):
            return None
        return {
            "version": __version__,
            "day": call.today.isoformat(),
            "folder": str(folder.root.resolve()),
            "office": folder.office,
            "ledger": str(path),
            "act": last_act(path, folder.office) if path.exists() else 0,
            "files": {name: _mark(file) for name, file in files.items()},
        }
    except (OSError, TrackerError):
        return None


def _files(folder: Path) -> list[os.DirEntry[str]]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted((entry for entry in entries if entry.is_file()), key=lambda entry: entry.name)


def _mark(file: os.DirEntry[str]) -> str:
    """The bytes of a workbook, by their hash; of what sync never reads that it is there."""
    return hashlib.sha256(Path(file).read_bytes()).hexdigest() if file.name.endswith(_WORKBOOK) else ""


def answer_without_news(call: Call) -> Result | None:
    """What sync says where nothing moved; None where it has to look."""
    folder = find_office(call.start)
    # What is no answer of ours fails in many ways, and means no more than that sync looks.
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        record = json.loads(_memory(folder).read_text(encoding="utf-8"))
        if not call.dry_run and record["evidence"] == evidence(call):
            return Result(tuple(record["lines"]), record["data"], Exit(record["exit"]))
    return None


def keep(folder: OfficeFolder, facts: Evidence, result: Result) -> None:
    """Keep an answer with what it follows from; a folder that takes no file keeps none."""
    record = {"evidence": facts, "lines": result.lines, "data": result.data, "exit": int(result.exit)}
    path = _memory(folder)
    with contextlib.suppress(OSError):
        new = path.with_name(f"{path.name}.{os.getpid()}")
        new.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        new.replace(path)


def _memory(folder: OfficeFolder) -> Path:
    return folder.path(".tracker", "synced.json")
