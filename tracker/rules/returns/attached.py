"""Papers that belong to a return and are no form: stamped pages, originals of what was typed in, evidence.

Each is an event of a unit, or of a work point where it shows one (`facts.Event`, its `data` as JSON):

    kind         what                                            shown as
    stamped      the stamped page, as a file or seen on paper    盖章件
    unstamped    somebody took that back                         -
    original     what an entry by hand (代录) was typed from       原件
    evidence     a picture, file or link that shows a result     佐证材料

The file lies under 原件留存 by its hash, like every file that a fact cites.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker import facts
from tracker.rules.state import Office

STAMP, NO_STAMP, ORIGINAL, EVIDENCE = "stamped", "unstamped", "original", "evidence"
PAPER_WORDS = {"盖章件": STAMP, "原件": ORIGINAL, "佐证材料": EVIDENCE}
PAPER_LABELS = {kind: word for word, kind in PAPER_WORDS.items()}
_KINDS = frozenset({STAMP, NO_STAMP, ORIGINAL, EVIDENCE})
_STAMP = re.compile(r"盖章|签章|用印|公章")
_WP = re.compile(r"P[0-9]+-[0-9]+")


@dataclass(frozen=True, slots=True)
class ReturnPaper:
    """One paper.

    Attributes:
        kind: See the module.
        unit: Whose.
        round: For which round.
        point_id: The work point that it shows; empty where it shows none in particular.
        file: Its hash; empty where it was only seen, or is a link.
        name: Its file's name, or the address of a link.
        source: Where it was: 文件夹, 表内图片, 链接, 登记.
        carrier: Hash of the return that held it; empty otherwise.
        place: Where in that.
        at: When it came.
    """

    kind: str
    unit: str
    round: str
    point_id: str = ""
    file: str = ""
    name: str = ""
    source: str = ""
    carrier: str = ""
    place: str = ""
    at: dt.date = dt.date.min

    @property
    def subject(self) -> str:
        """What its event is about."""
        return self.point_id or self.unit

    def event(self, n: int) -> facts.Event:
        """It as a fact, the n-th of its kind for its subject."""
        data = {
            "unit": self.unit,
            "round": self.round,
            "file": self.file,
            "name": self.name,
            "source": self.source,
            "carrier": self.carrier,
            "place": self.place,
        }
        content = json.dumps(
            {key: text for key, text in data.items() if text}, ensure_ascii=False, sort_keys=True
        )
        return facts.Event(self.subject, self.kind, n, self.at, content)


def papers_of(office: Office) -> Iterator[ReturnPaper]:
    """Every paper, in the order recorded."""
    for event in office.events:
        if event.kind in _KINDS:
            content = json.loads(event.data)
            unit = content.get("unit", "")
            yield ReturnPaper(
                kind=event.kind,
                unit=unit,
                round=content.get("round", ""),
                point_id="" if event.subject == unit else event.subject,
                file=content.get("file", ""),
                name=content.get("name", ""),
                source=content.get("source", ""),
                carrier=content.get("carrier", ""),
                place=content.get("place", ""),
                at=event.at,
            )


def stamped_on(office: Office) -> dict[tuple[str, str], dt.date]:
    """When the stamped page of a unit for a round came, where it did and nobody took that back."""
    days: dict[tuple[str, str], dt.date] = {}
    for paper in papers_of(office):
        if paper.kind == STAMP:
            days.setdefault((paper.unit, paper.round), paper.at)
        elif paper.kind == NO_STAMP:
            days.pop((paper.unit, paper.round), None)
    return days


def says_stamped(name: str) -> bool:
    """Whether a file's name says that it is the stamped page.

    >>> says_stamped("市教育局（盖章）.pdf"), says_stamped("现场照片.jpg")
    (True, False)
    """
    return _STAMP.search(name) is not None


def shown_by(office: Office, unit: str, round_: str, name: str) -> str:
    """The work point that a file in a folder of evidence shows; empty where nothing tells it.

    Its path names the work point, or the unit's 佐证材料 of exactly one work point names the file.
    """
    point_ids = {
        point_id
        for form in office.forms.values()
        if form.unit == unit and form.round == round_
        for point_id in form.rows
    }
    mentions = [point_id for point_id in _WP.findall(name) if point_id in point_ids]
    if mentions:
        return str(mentions[-1])
    file = name.rpartition("/")[2]
    stem = file.rpartition(".")[0] or file
    candidates = [
        point_id
        for point_id in sorted(point_ids)
        if (cell := office.cells.get((point_id, unit, "evidence", round_)))
        and len(stem) > 1
        and stem in cell.value
    ]
    return candidates[0] if len(candidates) == 1 else ""
