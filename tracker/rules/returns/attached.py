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

STAMPED, UNSTAMPED, ORIGINAL, EVIDENCE = "stamped", "unstamped", "original", "evidence"
WORDS = {"盖章件": STAMPED, "原件": ORIGINAL, "佐证材料": EVIDENCE}
LABELS = {kind: word for word, kind in WORDS.items()}
_KINDS = frozenset({STAMPED, UNSTAMPED, ORIGINAL, EVIDENCE})
_STAMP = re.compile(r"盖章|签章|用印|公章")
_WP = re.compile(r"P[0-9]+-[0-9]+")


@dataclass(frozen=True, slots=True)
class Attached:
    """One paper.

    Attributes:
        kind: See the module.
        unit: Whose.
        round: For which round.
        wp: The work point that it shows; empty where it shows none in particular.
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
    wp: str = ""
    file: str = ""
    name: str = ""
    source: str = ""
    carrier: str = ""
    place: str = ""
    at: dt.date = dt.date.min

    @property
    def subject(self) -> str:
        """What its event is about."""
        return self.wp or self.unit

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
        told = json.dumps(
            {key: text for key, text in data.items() if text}, ensure_ascii=False, sort_keys=True
        )
        return facts.Event(self.subject, self.kind, n, self.at, told)


def attached(office: Office) -> Iterator[Attached]:
    """Every paper, in the order recorded."""
    for event in office.events:
        if event.kind in _KINDS:
            told = json.loads(event.data)
            unit = told.get("unit", "")
            yield Attached(
                kind=event.kind,
                unit=unit,
                round=told.get("round", ""),
                wp="" if event.subject == unit else event.subject,
                file=told.get("file", ""),
                name=told.get("name", ""),
                source=told.get("source", ""),
                carrier=told.get("carrier", ""),
                place=told.get("place", ""),
                at=event.at,
            )


def stamped_on(office: Office) -> dict[tuple[str, str], dt.date]:
    """When the stamped page of a unit for a round came, where it did and nobody took that back."""
    found: dict[tuple[str, str], dt.date] = {}
    for each in attached(office):
        if each.kind == STAMPED:
            found.setdefault((each.unit, each.round), each.at)
        elif each.kind == UNSTAMPED:
            found.pop((each.unit, each.round), None)
    return found


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
    asked = {
        wp for form in office.forms.values() if form.unit == unit and form.round == round_ for wp in form.rows
    }
    named = [wp for wp in _WP.findall(name) if wp in asked]
    if named:
        return str(named[-1])
    file = name.rpartition("/")[2]
    stem = file.rpartition(".")[0] or file
    telling = [
        wp
        for wp in sorted(asked)
        if (cell := office.cells.get((wp, unit, "evidence", round_))) and len(stem) > 1 and stem in cell.value
    ]
    return telling[0] if len(telling) == 1 else ""
