"""佐证清单: what shows that something was done, one row for each file, picture or link, and for what is only named.

A paper stands at the work point that it shows (`rules.returns.attached`); one of a folder that could not be told when it
came is tried again, since the form that names it may have come later. A file that a unit names in 佐证材料 and
nobody has seen is listed as 未收到. What came inside a return that was sent back is not listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.rules.returns.attached import EVIDENCE
from tracker.rules.returns.attached import ReturnPaper
from tracker.rules.returns.attached import papers_of
from tracker.rules.returns.attached import shown_by
from tracker.rules.state import Office

PRESENT, ABSENT, LINK, TEXT = "已收到", "未收到", "链接", "文字说明"
_CUT = re.compile(r"[、,，;；\n]+")
_FILE = re.compile(r".*\.[A-Za-z0-9]{2,5}$")
_LEADING_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）]|\d{1,2}[.．、])\s*")


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row of the list.

    Attributes:
        point_id: The work point; empty where it could not be told.
        unit: Whose.
        round: For which round.
        name: File, address, or what the unit wrote.
        state: 已收到, 未收到, 链接 or 文字说明.
        source: Where it was.
        place: Where in its file.
        file: Its hash; empty for none.
    """

    point_id: str
    unit: str
    round: str
    name: str
    state: str
    source: str = ""
    place: str = ""
    file: str = ""


def evidence(office: Office) -> tuple[EvidenceRow, ...]:
    """Every row, by work point, unit and round; what shows no work point in particular comes last."""
    sent_back = {return_.sha for _, return_ in office.returns if return_.outcome == "refused"}
    rows = [
        _row(office, paper)
        for paper in papers_of(office)
        if paper.kind == EVIDENCE and paper.carrier not in sent_back
    ]
    rows += _mention_rows(office, rows)
    order = {point.id: n for n, point in enumerate(p for plan in office.plans.values() for p in plan.points)}
    return tuple(
        sorted(
            dict.fromkeys(rows),
            key=lambda r: (order.get(r.point_id, len(order)), r.unit, r.round, r.state, r.name),
        )
    )


def _row(office: Office, paper: ReturnPaper) -> EvidenceRow:
    point_id = paper.point_id or shown_by(office, paper.unit, paper.round, paper.name)
    state = PRESENT if paper.file else LINK
    return EvidenceRow(
        point_id, paper.unit, paper.round, paper.name, state, paper.source, paper.place, paper.file
    )


def _mention_rows(office: Office, rows: list[EvidenceRow]) -> Iterator[EvidenceRow]:
    """What a unit's own words name and no row shows yet."""
    for (point_id, unit, field, round_), cell in office.cells.items():
        if field != "evidence" or not cell.value.strip():
            continue
        names = [row.name for row in rows if (row.unit, row.round) == (unit, round_)]
        for mention in _CUT.split(cell.value):
            mention = _LEADING_NUMBER.sub("", mention).strip().strip("《》")
            if not mention:
                continue
            if mention.startswith(("http://", "https://")):
                state = LINK
            elif not _FILE.fullmatch(mention):
                state = TEXT
            else:
                state = ABSENT
            stem = mention.rpartition(".")[0] or mention
            if any(stem in name for name in names):
                continue
            yield EvidenceRow(point_id, unit, round_, mention, state, "填报表", cell.place)
