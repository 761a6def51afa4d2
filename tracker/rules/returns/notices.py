"""退回补正通知: why a return goes back to its unit, and what to mend, as a draft that a person signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from tracker.outline import Block, Official, Text
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class ReturnNotice:
    """What the notice is about.

    Attributes:
        unit: To whom it goes.
        plan: Title of the plan.
        round: Name of the round.
        file: Name of the file that goes back.
        token: 表号 of the form to use.
        reasons: What is wrong, the office's own word first; each a sentence.
        due: By when it is wanted again; None where that day is over.
        office: Who asks; may be empty.
        contact: Whom to call; may be empty.
    """

    unit: str
    plan: str
    round: str
    file: str
    token: str
    reasons: Sequence[str]
    due: dt.date | None = None
    office: str = ""
    contact: str = ""


def return_notice(about: ReturnNotice, say: Callable[..., str]) -> Official:
    """The notice in the words of `templates/hand_out.txt`; its date is left open until it is signed."""
    due = f"{about.due.year}年{about.due.month}月{about.due.day}日" if about.due else ""
    facts = {"plan": about.plan, "round": about.round, "office": about.office or "本办"}
    reasons = [reason.strip().rstrip("。；;") for reason in about.reasons if reason.strip()]
    blocks: list[Block] = [
        Text(say("back_opening", file=about.file, **facts)),
        *(Text(say("back_mend", n=n, reason=reason)) for n, reason in enumerate(reasons, start=1)),
        Text(say("back_close", token=about.token, due=due, **facts)),
    ]
    if about.contact:
        blocks.append(Text(say("contact", contact=about.contact)))
    return Official(
        title=say("back_title", plan=about.plan, round=about.round),
        blocks=tuple(blocks),
        addressee=about.unit,
        signature=about.office,
    )
