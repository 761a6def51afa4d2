"""What each job of 定时任务 does: it calls the step of its verb, as a person would.

A job returns a word for its row, or raises: what it raises is its failure. A verb that could do only a part of its
work has done its job; what is left is said by `tracker status`.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping

from tracker.problems import Exit
from tracker.steps.call import Call
from tracker.steps.call import Result

JobWork = Callable[[Call], str]


def _check(call: Call) -> str:
    """Check the ledger and keep a copy of it that was opened and checked; fourteen are kept."""
    from tracker.steps.desk import open_desk

    with open_desk(call) as desk:
        wrong = desk.ledger.check()
        if wrong:
            raise LedgerWrong("；".join(wrong[:3]))
        folder = desk.folder.path(".tracker", "自动备份")
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{call.today.isoformat()}.db"
        if not target.exists():
            desk.ledger.backup(target)
        for old in sorted(folder.glob("????-??-??.db"))[:-_BACKUP_LIMIT]:
            old.unlink()
    return "台账数据库完好，已备份"


class LedgerWrong(Exception):
    """The ledger contradicts itself."""


_BACKUP_LIMIT = 14


def _hand_out(call: Call) -> str:
    from tracker.steps.hand_out import hand_out

    return _note(hand_out(call))


def _take_back(call: Call) -> str:
    from tracker.steps.take_back import take_back

    return _note(take_back(call))


def _sync(call: Call) -> str:
    from tracker.steps.sync import sync

    return _note(sync(call))


def _chase(call: Call) -> str:
    from tracker.steps.chase import chase

    return _note(chase(call))


def _send(call: Call) -> str:
    from tracker.steps.send import send

    # The scheduler comes again soon: what has to wait for its channel is left to it.
    return _note(send(call, patience=120.0))


def _weekly(call: Call) -> str:
    from tracker.steps.timing.weekly import weekly

    return _note(weekly(call))


def _note(result: Result) -> str:
    if result.exit not in (Exit.DONE, Exit.PARTLY):
        raise RuntimeError(" ".join(result.lines[:1]))
    return (result.lines[0] if result.lines else "")[:200]


JOBS: Mapping[str, JobWork] = {
    "check": _check,
    "hand-out": _hand_out,
    "take-back": _take_back,
    "sync": _sync,
    "chase": _chase,
    "send": _send,
    "weekly": _weekly,
}
