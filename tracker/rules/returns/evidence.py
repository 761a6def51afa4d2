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
from tracker.rules.returns.attached import Attached
from tracker.rules.returns.attached import attached
from tracker.rules.returns.attached import shown_by
from tracker.rules.state import Office

GOT, MISSING, LINK, TOLD = "已收到", "未收到", "链接", "文字说明"
_CUT = re.compile(r"[、,，;；\n]+")
_FILE = re.compile(r".*\.[A-Za-z0-9]{2,5}$")
_LEADING_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）]|\d{1,2}[.．、])\s*")


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row of the list.

    Attributes:
        wp: The work point; empty where it could not be told.
        unit: Whose.
        round: For which round.
        name: File, address, or what the unit wrote.
        state: 已收到, 未收到, 链接 or 文字说明.
        source: Where it was.
        place: Where in its file.
        file: Its hash; empty for none.
    """

    wp: str
    unit: str
    round: str
    name: str
    state: str
    source: str = ""
    place: str = ""
    file: str = ""


def evidence(office: Office) -> tuple[EvidenceRow, ...]:
    """Every row, by work point, unit and round; what shows no work point in particular comes last."""
    sent_back = {each.sha for _, each in office.returns if each.outcome == "refused"}
    rows = [
        _row(office, each)
        for each in attached(office)
        if each.kind == EVIDENCE and each.carrier not in sent_back
    ]
    rows += _named(office, rows)
    order = {point.id: n for n, point in enumerate(p for plan in office.plans.values() for p in plan.points)}
    return tuple(
        sorted(
            dict.fromkeys(rows), key=lambda r: (order.get(r.wp, len(order)), r.unit, r.round, r.state, r.name)
        )
    )


def _row(office: Office, each: Attached) -> EvidenceRow:
    wp = each.wp or shown_by(office, each.unit, each.round, each.name)
    state = GOT if each.file else LINK
    return EvidenceRow(wp, each.unit, each.round, each.name, state, each.source, each.place, each.file)


def _named(office: Office, rows: list[EvidenceRow]) -> Iterator[EvidenceRow]:
    """What a unit's own words name and no row shows yet."""
    for (wp, unit, field, round_), cell in office.cells.items():
        if field != "evidence" or not cell.value.strip():
            continue
        seen = [row.name for row in rows if (row.unit, row.round) == (unit, round_)]
        for item in _CUT.split(cell.value):
            item = _LEADING_NUMBER.sub("", item).strip().strip("《》")
            if not item:
                continue
            if item.startswith(("http://", "https://")):
                state = LINK
            elif not _FILE.fullmatch(item):
                state = TOLD
            else:
                state = MISSING
            stem = item.rpartition(".")[0] or item
            if any(stem in name for name in seen):
                continue
            yield EvidenceRow(wp, unit, round_, item, state, "填报表", cell.place)
