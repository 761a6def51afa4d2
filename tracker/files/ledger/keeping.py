"""Keeping the ledger: checking it, backing it up, and finding it again where its office folder was moved.

Where the ledger belongs is a matter of where the folder lies (`files.ledger.place`), so a folder that is moved into a
cloud program's folder, onto a share or back leaves its ledger where no command would look:

    in its place      in the other place                 so
    holds acts        any, the folder on a local disk    that one
    holds acts        holds none                         that one
    holds acts        the same acts, or their beginning  that one; the other is set aside
    holds acts        the same acts, and later ones      the other is brought along, both old ones are set aside
    holds acts        other acts                         refused, both are named
    holds none        holds acts                         the other is brought along
    holds none        holds none, and a note says that   refused, with where it is
                        it lies elsewhere
    holds none        holds none, no note                a new one

A ledger that is brought along is copied and checked first; what is set aside keeps its bytes under `ASIDE_NAME`. Killed
anywhere, the next run finds one of these lines again. An office folder whose ledger lies in the PC's application data
keeps a note of that (`NOTE`), and the ledger one of its folder (`OWNER`): a copy of the folder never works in the
ledger of the original.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.facts import KINDS, ActRow
from tracker.files.folders import MARK, note_effect
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import MOVED_NAME, ledger_path, local_ledger, remote_ledger
from tracker.files.ledger.schema import act_to_row, shape
from tracker.files.ledger.sqlite import SqliteStore
from tracker.files.ledger.store import queries
from tracker.problems.office import (
    BackupFailed,
    LedgerElsewhere,
    LedgerMoved,
    LedgerOfOriginal,
    LedgerUnwritable,
    TwoLedgers,
)
from tracker.values import dataclass

if TYPE_CHECKING:
    from tracker.files.ledger.ledger import Ledger

ASIDE_NAME = "ledger.away.db"
NOTE, OWNER = "ledger.json", "folder.json"


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """The database file that a folder works in, and what is to be said where it was brought along."""

    path: Path
    word: str = ""


def ledger_file(folder: Path, office: str, *, is_shared: bool = False, may_move: bool = True) -> LedgerFile:
    """Find the ledger of an office folder; see the table of this module.

    Args:
        folder: The office folder.
        office: Its id.
        is_shared: Whether the settings name a server, so that a missing file is nothing to worry about.
        may_move: Whether files may be touched; else a ledger in the other place is named where it is.

    Raises:
        TwoLedgers: Both places hold acts, and neither continues the other.
        LedgerElsewhere: The ledger lies on another computer, or under another account.
        LedgerOfOriginal: The folder is a copy of one that works in this ledger.
    """
    place, local, remote = ledger_path(folder, office), local_ledger(folder), remote_ledger(office)
    is_local = place == local
    other = remote if is_local else local
    if is_local and place.exists() and not other.exists():
        return LedgerFile(place)
    acts, others = _acts(place, office), _acts(other, office)
    if not acts and not others:
        if not is_shared:
            _refuse_elsewhere(place, other, folder)
        return LedgerFile(place)
    if is_local:
        return LedgerFile(place) if acts else _bring(place, other, office, may_move=may_move)
    if acts:
        _refuse_copy(place, folder)
    n = min(len(acts), len(others))
    if acts[:n] != others[:n]:
        raise TwoLedgers(ledger=place, other=other)
    file = LedgerFile(place)
    if len(others) > len(acts):
        file = _bring(place, other, office, may_move=may_move)
    if may_move:
        import platform

        # What cannot be written here changes nothing: the next run tries again.
        with contextlib.suppress(OSError):
            if other.exists():
                _set_aside(other)
            _note(local.with_name(NOTE), {"computer": platform.node(), "path": str(place)})
            _note(place.with_name(OWNER), {"folder": str(folder.absolute())})
    return file


def _acts(path: Path, office: str) -> list[ActRow]:
    if not path.exists():
        return []
    with open_ledger(path, office=office) as ledger:
        return ledger.acts()


def _bring(place: Path, other: Path, office: str, *, may_move: bool) -> LedgerFile:
    if not may_move:
        return LedgerFile(other)
    try:
        if place.exists():
            _set_aside(place)
        with open_ledger(other, office=office) as ledger:
            ledger.backup(place)
        note_effect()
    except OSError as error:
        raise LedgerUnwritable(ledger=place, detail=error.strerror or "") from error
    return LedgerFile(place, f"办公文件夹换了地方：台账数据库已从 {other} 移到 {place}，以前的记录都在。")


def _set_aside(path: Path) -> None:
    path.replace(path.with_name(ASIDE_NAME))


def _note(path: Path, content: dict[str, str]) -> None:
    if not path.exists():
        temporary = path.with_name(f"~{path.name}")
        temporary.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
        temporary.replace(path)


def _read_note(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _refuse_copy(place: Path, folder: Path) -> None:
    """Refuse where another folder that is still there works in this ledger: this one is its copy."""
    owner = Path(_read_note(place.with_name(OWNER)).get("folder", "") or folder)
    mark, own_mark = owner / MARK, folder / MARK
    is_other = mark.is_file() and own_mark.is_file() and not mark.samefile(own_mark)
    if is_other and _read_note(mark).get("office") == _read_note(own_mark).get("office"):
        raise LedgerOfOriginal(folder=folder, original=owner)


def _refuse_elsewhere(place: Path, other: Path, folder: Path) -> None:
    """Refuse to begin anew where a note says that the ledger lies elsewhere, or that it went to a server."""
    target = other.with_name(MOVED_NAME)
    if target.exists():
        raise LedgerMoved(ledger=target)
    note = _read_note(local_ledger(folder).with_name(NOTE))
    if note:
        computer, path = note.get("computer", ""), note.get("path", "")
        raise LedgerElsewhere(folder=folder, computer=computer, path=path, place=place)


def check_ledger(ledger: Ledger) -> list[str]:
    """What is wrong, in Chinese, one sentence each. Nothing is repaired.

    1. The database finds its own file sound.
    2. Acts are numbered without gaps and each begins where the one before it ended.
    3. Every number in the range of an act is used by one fact, and no fact has a number outside.
    """
    sentences = [f"数据库文件检查不通过：{problem}" for problem in ledger.store.problems()]
    acts = ledger.acts()
    act_numbers: set[int] = set()
    for n, act in enumerate(acts, start=1):
        begins = acts[n - 2].last_seq + 1 if n > 1 else 1
        if act.no != n or act.first_seq != begins:
            sentences.append(f"第{act.no}次操作与前一次不连续。")
        act_numbers.update(range(act.first_seq, act.last_seq + 1))
    numbers: set[int] = set()
    for kind in KINDS:
        form = shape(kind)
        for (seq,) in ledger.store.rows(form.query("seqs"), {"office": ledger.name}):
            if seq in numbers or seq not in act_numbers:
                sentences.append(f"第{seq}条记录（{form.table}）编号重复或不属于任何一次操作。")
            numbers.add(seq)
    sentences += [f"第{seq}条记录缺失。" for seq in sorted(act_numbers - numbers)]
    return sentences


def backup(ledger: Ledger, target: Path) -> None:
    """Write a checked copy; what was at `target` stays until the copy has passed.

    A plain copy of the file while somebody writes gave a broken backup in more than half of the tries, so
    the copy is made by SQLite's own backup, or from PostgreSQL fact by fact.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    if isinstance(ledger.store, SqliteStore):
        ledger.store.copy_to(partial)
    else:
        _copy_facts(ledger, partial)
    problems = _problems_of(partial, ledger.name)
    if problems:
        partial.unlink()
        raise BackupFailed(ledger=target.name, detail=problems[0])
    with partial.open("rb+") as copy:
        os.fsync(copy.fileno())
    partial.replace(target)


def copy_office(source: Ledger, target: Ledger) -> None:
    """Copy every act and fact of an office, numbers and all, into an empty ledger of whichever database."""
    if target.last_act:
        raise ValueError("the target holds acts already")
    with source._one_moment():
        target.store.begin_writing(target.name)
        try:
            acts = [(target.name, *act_to_row(act).values()) for act in source.acts()]
            target.store.run_many(queries()["insert_act"], acts)
            sources = source.sources()
            rows: list[tuple[Any, ...]] = [(target.name, no, sha) for no, sha in sources.items()]
            target.store.run_many(queries()["insert_source"], rows)
            numbers = {"": None, **{sha: no for no, sha in sources.items()}}
            for kind in KINDS:
                form = shape(kind)
                rows = [
                    (target.name, entry.seq, numbers[entry.file], entry.place, *form.values(entry.fact))
                    for entry in source.entries(kind)
                ]
                target.store.run_many(form.query("insert_fact"), rows)
            target.store.commit()
        except BaseException:
            target.store.rollback()
            raise


def _copy_facts(ledger: Ledger, path: Path) -> None:
    from tracker.files.ledger.ledger import open_ledger

    with open_ledger(path, office=ledger.name) as copy:
        copy_office(ledger, copy)


def _problems_of(path: Path, office: str) -> list[str]:
    from tracker.files.ledger.ledger import open_ledger

    with open_ledger(path, office=office) as copy:
        return copy.check()
