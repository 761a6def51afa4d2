"""The covering letter of a round: what is asked, by when, and who got which form. A draft for signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.rules.wording.outline import Align
from tracker.rules.wording.outline import Attachment
from tracker.rules.wording.outline import Block
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Official
from tracker.rules.wording.outline import Table
from tracker.rules.wording.outline import TableColumn
from tracker.rules.wording.outline import Text


@dataclass(frozen=True, slots=True)
class CoveringLetter:
    """What the letter is about.

    Attributes:
        plan: Title of the plan.
        round: Name of the round.
        due: When the forms are due back.
        rows: Unit and number of work points of each form.
        office: Who asks; may be empty.
        contact: Whom to call; may be empty.
    """

    plan: str
    round: str
    due: dt.date
    rows: Sequence[tuple[str, int]]
    office: str = ""
    contact: str = ""


def covering_letter(about: CoveringLetter, say: Callable[..., str]) -> Official:
    """The letter in the words of `templates/hand_out.txt`; its date is left open until it is signed."""
    due = f"{about.due.year}年{about.due.month}月{about.due.day}日"
    facts = {"plan": about.plan, "round": about.round, "due": due, "office": about.office or "本办"}
    points = sum(n for _, n in about.rows)
    blocks: list[Block] = [
        Text(say("opening", **facts)),
        Heading(1, say("scope_head")),
        Text(say("scope", units=len(about.rows), points=points, **facts)),
        Heading(1, say("how_head")),
        Text(say("how")),
        Heading(1, say("when_head")),
        Text(say("when", **facts)),
    ]
    if about.contact:
        blocks.append(Text(say("contact", contact=about.contact)))
    table = Table(
        (
            TableColumn("序号", 1, Align.CENTER),
            TableColumn("单位", 5),
            TableColumn("事项数", 1.5, Align.CENTER),
        ),
        tuple((str(n), unit, str(count)) for n, (unit, count) in enumerate(about.rows, start=1)),
    )
    return Official(
        title=say("title", **facts),
        blocks=tuple(blocks),
        addressee=say("addressee"),
        signature=about.office,
        attachments=(Attachment(say("list_title", **facts), (table,)),),
    )
