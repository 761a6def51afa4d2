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

Who has reported, who has not, and whose form has to go back: one row for each form of a round.

    the form's latest return     stamped page       state
    none                         -                  未报
    none, all entered by hand    with an original   已报, or 未盖章 as below
    none, all entered by hand    no original        缺原件
    taken                        came, or no need   已报
    taken                        did not come       未盖章
    taken, cells refused         -                  已报（部分未采用）
    refused                      -                  待退回
    sent back as another unit's  -                  as without it

A later return replaces an earlier one (superseded); a file about which a question is open is named. The electronic and the stamped copy are two things: either may come first, or alone. On time
is up to and including the due day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum

from tracker import facts, patterns as re
from tracker.forms import EVIDENCE, FILE_QUESTIONS, NO_STAMP, OLD_FORM, ORIGINAL, STAMP, VERSION, WHOSE
from tracker.outline import Block, Official, Text
from tracker.rules.office import Office
from tracker.rules.progress import entered_by_hand
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


class ReportingState(Enum):
    """Where a form stands."""

    # Nothing came back.
    OUT = "未报"
    # Taken whole, or entered by hand from an original.
    BACK = "已报"
    # Taken whole; the stamped page is wanted and did not come.
    UNSTAMPED = "未盖章"
    # Entered by hand, and nothing attached that shows what it was entered from.
    NO_ORIGINAL = "缺原件"
    # Taken, but some cells could not be.
    PARTLY = "已报（部分未采用）"
    # Refused: the unit has to send it again.
    REFUSED = "待退回"


@dataclass(frozen=True, slots=True)
class FormReporting:
    """Where one form stands.

    Attributes:
        form: The form.
        round: Its round.
        state: See the module.
        at: When its latest return was taken in; None while it is out.
        late: Whether that was after the due day, or, for a form that is out, the day is over.
        reason: Why it has to go back, or what was not taken.
        file: Hash of the latest return; empty while it is out.
        stamp_day: When the stamped page came; None where it did not.
    """

    form: facts.Form
    round: facts.Round
    state: ReportingState
    at: dt.datetime | None
    late: bool
    reason: str
    file: str
    stamp_day: dt.date | None = None


def reporting_of(
    office: Office,
    *,
    today: dt.date,
    rounds: Iterable[str] | None = None,
    stamped: frozenset[str] = frozenset(),
) -> tuple[FormReporting, ...]:
    """Where the forms of some rounds stand (default: all), in the order handed out; `stamped` ask for a stamped page."""
    round_ids = set(office.rounds if rounds is None else rounds)
    latest: dict[str, tuple[dt.datetime, facts.Return]] = {}
    for at, return_ in office.returns:
        if return_.outcome not in ("waiting", "superseded") and not is_stray(return_):
            latest[return_.form] = (at, return_)
    open_files = {
        conflict.subject: conflict
        for conflict in office.conflicts.values()
        if conflict.field in FILE_QUESTIONS
    }
    stamp_days = stamped_on(office)
    papers = {(paper.unit, paper.round) for paper in papers_of(office) if paper.kind in (STAMP, ORIGINAL)}
    rows = []
    for form in office.forms.values():
        if form.round not in round_ids:
            continue
        key = (form.unit, form.round)
        state = _reporting(office, form, latest.get(form.form), today, has_paper=key in papers)
        state = replace(state, stamp_day=stamp_days.get(key))
        if state.state is ReportingState.BACK and form.round in stamped and state.stamp_day is None:
            state = replace(state, state=ReportingState.UNSTAMPED, reason=_and(state.reason, "请补报盖章件"))
        if form.form in open_files:
            name = open_files[form.form].theirs.partition("\n")[0]
            what = _OPEN_WORDS[open_files[form.form].field]
            state = replace(
                state, reason=_and(state.reason, f"又收到“{name}”，{what}，请在待核对事项清单里选定")
            )
        rows.append(state)
    return tuple(rows)


# What is open about a file, in the words of the page.
_OPEN_WORDS = {VERSION: "不能确定以哪份为准", WHOSE: "看不出是谁的", OLD_FORM: "用的是以前期次的表"}


def is_stray(return_: facts.Return) -> bool:
    """Whether a return that was sent back turned out to be another unit's: the form's unit sent nothing."""
    return return_.outcome == "refused" and bool(json.loads(return_.balance).get("stray"))


def _some(points: Sequence[str]) -> str:
    return "、".join(points[:5]) + ("等" if len(points) > 5 else "")


def _and(reason: str, more: str) -> str:
    return f"{reason}；{more}" if reason else more


def _reporting(
    office: Office,
    form: facts.Form,
    latest: tuple[dt.datetime, facts.Return] | None,
    today: dt.date,
    *,
    has_paper: bool,
) -> FormReporting:
    """Where a form stands by its latest return, or by what the office entered for it."""
    round_ = office.rounds[form.round]
    is_refused = latest is not None and latest[1].outcome == "refused"
    if latest is None or is_refused:
        point_ids = entered_by_hand(office, form)
        if len(point_ids) == len(form.rows):
            state = ReportingState.BACK if has_paper else ReportingState.NO_ORIGINAL
            why = f"本办代录{len(point_ids)}项" + ("" if has_paper else "，请附上据以录入的原件")
            return FormReporting(form, round_, state, None, False, why, "")
    if latest is None:
        why = ""
        if point_ids:
            rest = [point for point in form.rows if point not in point_ids]
            why = f"已代录{len(point_ids)}项，还差{len(rest)}项：{_some(rest)}"
        elif has_paper:
            why = f"收到了盖章件或原件，请把内容代录进工作台账“各单位进展”里这个单位的{len(form.rows)}行：{_some(form.rows)}"
        return FormReporting(form, round_, ReportingState.OUT, None, today > round_.due, why, "")
    at, return_ = latest
    if is_refused:
        state = ReportingState.REFUSED
    else:
        state = ReportingState.PARTLY if json.loads(return_.balance).get("refused") else ReportingState.BACK
    return FormReporting(form, round_, state, at, at.date() > round_.due, return_.reason, return_.sha)
