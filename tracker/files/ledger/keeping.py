"""Keeping the ledger: checking it, and backing it up."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.facts import KINDS
from tracker.files.ledger.codec import act_to_row, shape
from tracker.files.ledger.sqlite import SqliteStore
from tracker.files.ledger.store import queries
from tracker.problems.ledger import BackupFailed

if TYPE_CHECKING:
    from tracker.files.ledger.ledger import Ledger


def check_ledger(ledger: Ledger) -> list[str]:
    """What is wrong, in Chinese, one sentence each. Nothing is repaired.

    1. The database finds its own file sound.
    2. Acts are numbered without gaps and each begins where the one before it ended.
    3. Every number in the range of an act is used by one fact, and no fact has a number outside.
    """
    sentences = [f"数据库文件检查不通过：{problem}" for problem in ledger.store.problems()]
    acts = ledger.acts()
    expected: set[int] = set()
    for n, act in enumerate(acts, start=1):
        begins = acts[n - 2].last_seq + 1 if n > 1 else 1
        if act.no != n or act.first_seq != begins:
            sentences.append(f"第{act.no}次操作与前一次不连续。")
        expected.update(range(act.first_seq, act.last_seq + 1))
    numbers: set[int] = set()
    for kind in KINDS:
        form = shape(kind)
        for (seq,) in ledger.store.rows(form.query("seqs"), {"office": ledger.name}):
            if seq in numbers or seq not in expected:
                sentences.append(f"第{seq}条记录（{form.table}）编号重复或不属于任何一次操作。")
            numbers.add(seq)
    sentences += [f"第{seq}条记录缺失。" for seq in sorted(expected - numbers)]
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
