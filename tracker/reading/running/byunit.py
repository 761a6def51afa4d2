"""Lists by unit in running text: each heading is the name of a unit, the items below it are its tasks.

一、市甲局            一、市甲局
1.开展普查。          （一）开展普查。
2.公布结果。          （二）公布结果。
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.headings import Rank
from tracker.reading.headings import leading
from tracker.reading.plans.drafts import Draft
from tracker.reading.plans.drafts import Said
from tracker.reading.running.lines import Line
from tracker.reading.running.statements import is_names
from tracker.reading.running.statements import name_of


def read_by_unit(lines: Sequence[Line]) -> list[Draft]:
    """Read a list by unit: headings that are names, each with its items below.

    Two headings at least, and no heading at their level that is no name: else it is an ordinary text.
    """
    drafts: list[Draft] = []
    unit = ""
    rank: Rank | None = None
    for line in lines:
        numbered = leading(line.text)
        body = (numbered.rest if numbered is not None else line.text).strip(" ：:")
        name = re.sub(r"[（(][^（）()]*[)）]$", "", body)
        addressed = numbered is None and line.text.rstrip().endswith(("：", ":")) and "各" in name
        if is_names(name) and not addressed and not re.search(r"[，,；;]", name) and len(name) <= 40:
            if rank is not None and numbered is not None and numbered.rank is not rank:
                continue
            rank = numbered.rank if numbered is not None else rank
            unit = body
            continue
        if numbered is not None and rank is not None and numbered.rank <= rank:
            unit = ""
        if unit and numbered is not None and numbered.rest:
            drafts.append(
                Draft(
                    numbered.rest,
                    line.place,
                    section=unit,
                    no=numbered.number,
                    said=(Said(name_of(unit), place=line.place),),
                    stream="text",
                )
            )
    return drafts if len({draft.section for draft in drafts}) >= 2 else []
