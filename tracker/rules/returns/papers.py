"""Papers that belong to a return and are no form: stamped pages, originals of what was typed in, evidence.

Each is an event of a unit, or of a work point where it shows one (`facts.Event`, its `data` as JSON):

    kind         what                                            shown as
    stamped      the stamped page, as a file or seen on paper    盖章件
    unstamped    somebody took that back                         -
    original     what an entry by hand (代录) was typed from       原件
    evidence     a picture, file or link that shows a result     佐证材料

The file lies under 原件留存 by its hash, like every file that a fact cites.

佐证清单: what shows that something was done, one row for each file, picture or link, and for what is only named.

A paper stands at the work point that it shows (see above); one of a folder that could not be told when it
came is tried again, since the form that names it may have come later. A file that a unit names in 佐证材料 and
nobody has seen is listed as 未收到. What came inside a return that was sent back is not listed.

退回补正通知: why a return goes back to its unit, and what to mend, as a draft that a person signs.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence

from tracker import facts, patterns as re
from tracker.forms import EVIDENCE, NO_STAMP, ORIGINAL, STAMP
from tracker.outline import Block, Official, Text
from tracker.rules.office import Office
from tracker.values import dataclass

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
