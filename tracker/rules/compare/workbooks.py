"""A comparison's workbook: what it shows, before anybody lays it out, and what a person typed into it.

sheet     rows
对照      全部; the plan's items in its order; of years, then last year's that nothing continues, unfinished ones first
汇总      every count with its 口径 and its rows
others    those that `Way.sheets` declares, where there is anything in them

What was typed stands against what was laid out and what the ledger holds now:

    laid out    now     typed                    is
    a           any     a                        no statement
    a           b       b                        known already
    a           a       b                        a statement; an empty 判断 takes the decision back
    a           c       b                        two decisions about one row: the ledger's stands, the other is told

按建议 means what was proposed in the workbook that the person saw, row by row; the row 全部 with 按建议 says it of every
row that is still empty and has a proposal. A row that stands there twice with different words says nothing.

    >>> ids_in("P1-3，P1-012、 p1-012"), ids_in("第3项")
    (('P1-003', 'P1-012'), None)
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tracker import patterns as re
from tracker.columns import Column, Owner
from tracker.comparison import (
    ALL,
    AS_PROPOSED,
    HINT,
    WORD,
    ComparisonBook,
    Judgement,
    JudgementEntry,
    RowMemory,
    memory_of,
)
from tracker.grid import Share
from tracker.model import Role
from tracker.problems.base import Finding, Severity
from tracker.problems.plans import (
    DECIDED_MEANWHILE,
    NO_IDS,
    NO_SUCH_WORD,
    NOTHING_PROPOSED,
    PROPOSED_OTHERS,
    ROW_TWICE,
    UNKNOWN_ROW,
)
from tracker.rules.compare.comparison import Comparison
from tracker.rules.compare.proposals import ASK, DIVISION, GAP, MERGER, LinkProposal
from tracker.rules.office import Office, Point, names_in_role
from tracker.rules.plans import successor
from tracker.table import Table
from tracker.values import dataclass

# From this likeness on, in words.
_NEARNESS = ((0.85, "基本相同"), (0.5, "很相近"), (0.3, "相近"), (0.0, "较弱"))
# What is said beside a row that waits, by what is proposed and whether anything is named.
_HINTS = {
    (ASK, True): "分不清是哪一项：{others} 都相近，请选判断并写编号。",
    (ASK, False): "上年没有完成，今年没有事项延续：请写今年的编号并选“延续”，或选“不再列入”并说明原因。",
    (GAP, False): "没有找到相近的本级事项：请写本级编号并选“承接”，或选“未承接”“不属本级”并说明。",
}
_CLOSE = "保存关闭后“对照方案”（工作台里是“对照上年、上级的方案”）再点一次。没有选判断的，都不作数；确认过的以后不会被程序改动，清空“判断”即撤回。"


def comparison_book(
    office: Office,
    comparison: Comparison,
    *,
    as_of: dt.date,
    entries: Mapping[str, JudgementEntry] | None = None,
    findings: Mapping[str, Finding] | None = None,
) -> ComparisonBook:
    """What the workbook shows.

    Args:
        office: For names.
        comparison: Both plans.
        as_of: The day of every state.
        entries: What somebody typed and was not taken.
        findings: Why, by row.
    """
    way = comparison.way
    columns = [column.label for column in way.columns]
    widest = max(range(1, len(columns)), key=lambda n: (way.columns[n].width, -n))
    rows = [tuple({0: ALL, widest: way.for_all}.get(n, "") for n in range(len(columns)))]
    tones = {(0, columns.index(WORD)): Severity.INFO}
    memory: dict[str, RowMemory] = {}
    for point in (*comparison.points, *_alone(comparison)):
        judgement, proposal = comparison.judgements.get(point.id), comparison.proposals.get(point.id)
        cells = _open_cells(
            judgement, proposal, (entries or {}).get(point.id), (findings or {}).get(point.id)
        )
        partners = _partners(comparison, point, judgement, proposal)
        is_other = partners == (point,)
        rows.append(
            (
                point.id,
                *(("", "", "") if is_other else (heading(point), point.requirement, way.detail(point))),
                "\n".join(f"{partner.id} {partner.requirement}" for partner in partners),
                lines(way.units(office, partner, as_of) for partner in partners),
                way.states(comparison, tuple(partner.id for partner in partners)),
                _nearness(proposal),
                _offer(comparison, proposal) if not judgement else "",
                cells.word,
                cells.others,
                cells.note,
                cells.hint,
            )
        )
        if cells.tone:
            tones[len(rows) - 1, columns.index(WORD)] = cells.tone
        if cells.hint:
            tones[len(rows) - 1, columns.index(HINT)] = cells.tone or Severity.INFO
        if alarm := way.alarm(comparison, point.id):
            tones[len(rows) - 1, columns.index(alarm)] = Severity.ERROR
        memory[point.id] = RowMemory(judgement or Judgement(), _acceptable(comparison, proposal))
    sheet = Table(
        way.columns,
        tuple(rows),
        name="对照",
        title=f"{office.every_plan[comparison.plan].edition.year}年{way.title}",
        notes=(f"{_plans_note(office, comparison)}状态截至{as_of.isoformat()}。", way.instructions, _CLOSE),
        tones=tones,
        fixed_columns=1,
    )
    sheets = (sheet, _numbers_sheet(comparison), *way.sheets(office, comparison, as_of))
    return ComparisonBook(sheets, memory_of(memory))


def _plans_note(office: Office, comparison: Comparison) -> str:
    edition, (side, other) = office.every_plan[comparison.plan].edition, comparison.way.sides
    number = f"（{edition.number}）" if edition.number else ""
    cited = comparison.way.cited.format(title=edition.title, number=number)
    return (
        f"{side}：{cited}{len(comparison.points)}项；"
        f"{other}：{titles_of(office, comparison)}{len(comparison.others)}项。"
    )


def titles_of(office: Office, comparison: Comparison) -> str:
    """The plans beside it, by title."""
    return "、".join(f"《{office.plans[plan].edition.title}》" for plan in comparison.beside)


def _alone(comparison: Comparison) -> list[Point]:
    """The other plan's items with a row of their own: they stand in the row of none of the plan's."""
    alone = [
        point
        for point in comparison.others
        if comparison.way.looks_back
        and not comparison.goes_on(point.id)
        and (point.id in comparison.judgements or point.id in comparison.proposals)
    ]
    return sorted(alone, key=lambda point: not comparison.is_unfinished(point.id))


def _partners(
    comparison: Comparison, point: Point, judgement: Judgement | None, proposal: LinkProposal | None
) -> tuple[Point, ...]:
    """What stands beside an item; one of the other plan's stands on its own side."""
    others = {other.id: other for other in comparison.others}
    if point.id in others:
        return (point,)
    about = judgement.others if judgement else proposal.others if proposal else ()
    return tuple(others[point_id] for point_id in about if point_id in others)


@dataclass(frozen=True, slots=True)
class OpenCells:
    """What the three open cells of a row show, and what is said beside them."""

    word: str
    others: str
    note: str
    hint: str
    tone: Severity | None


def _open_cells(
    judgement: Judgement | None,
    proposal: LinkProposal | None,
    entry: JudgementEntry | None,
    finding: Finding | None,
) -> OpenCells:
    """The open cells: what somebody typed and could not be taken, else what was decided, else what is proposed."""
    hint, tone = (finding.message, Severity.ERROR) if finding else (_hint(proposal), Severity.WARNING)
    if entry is not None:
        return OpenCells(entry.word, entry.others, entry.note, hint, tone)
    if judgement is not None:
        texts = (judgement.word, "、".join(judgement.others), judgement.note)
        return OpenCells(*texts, hint, tone) if finding else OpenCells(*texts, "", None)
    others = "、".join(proposal.others) if proposal and proposal.may_be_accepted else ""
    return OpenCells("", others, "", hint, tone)


def _hint(proposal: LinkProposal | None) -> str:
    if proposal is None:
        return "请确认。"
    sentence = _HINTS.get((proposal.how, bool(proposal.others)), "请确认。")
    near = f"最接近的是 {'、'.join(proposal.near)}。" if proposal.near else ""
    return sentence.format(others="、".join(proposal.others)) + near


def _nearness(proposal: LinkProposal | None) -> str:
    """How alike, in words and a number.

    >>> _nearness(LinkProposal("continued", ("P1-001",), 0.912)), _nearness(LinkProposal("serves", ("P1-001",), 0.2))
    ('基本相同 0.91', '较弱 0.20')
    """
    if proposal is None or not proposal.others:
        return ""
    is_piece = proposal.how in (MERGER, DIVISION)
    word = next(word for least, word in _NEARNESS if proposal.likeness >= least)
    return f"{'文字包含' if is_piece else word} {proposal.likeness:.2f}"


def _offer(comparison: Comparison, proposal: LinkProposal | None) -> str:
    if proposal is None:
        return ""
    return "请选定" if proposal.how == ASK else comparison.way.word(proposal.how)


def _acceptable(comparison: Comparison, proposal: LinkProposal | None) -> Judgement:
    if proposal is None or not proposal.may_be_accepted:
        return Judgement()
    return Judgement(comparison.way.word(proposal.how), proposal.others)


def columns_of(*columns: tuple[str, int]) -> tuple[Column, ...]:
    """Columns of ours: head and width."""
    return tuple(Column(label, width, Owner.COMPUTED) for label, width in columns)


def _numbers_sheet(comparison: Comparison) -> Table:
    """Every count with its rows."""
    rows = tuple(
        (
            figure.label,
            figure.n,
            Share.of(figure.share),
            figure.definition,
            "、".join(figure.rows),
        )
        for figure in comparison.figures()
    )
    note = "只计已经确认的；“事项”列出每个数字数的是哪些。"
    if comparison.withheld:
        note += "标注“不通报”的事项在本表中照计，不写入报告。"
    columns = columns_of(("指标", 26), ("数值", 8), ("占比", 9), ("口径", 50), ("事项", 80))
    return Table(columns, rows, name="汇总", title="对照汇总", notes=(note,))


def list_sheet(
    name: str,
    title: str,
    note: str,
    columns: tuple[Column, ...],
    rows: Iterable[tuple[str | int, ...]],
) -> Iterator[Table]:
    """A sheet of rows, none without any; `{n}` in the title is how many."""
    rows = tuple(rows)
    if rows:
        yield Table(columns, rows, name=name, title=title.format(n=len(rows)), notes=(note,))


def lines(texts: Iterable[str]) -> str:
    """Texts one below the other, each once."""
    return "\n".join(dict.fromkeys(texts))


def heading(point: Point) -> str:
    """What an item stands under."""
    return point.task or point.section


def units_of(point: Point) -> str:
    """Who leads and who answers, as the plan wrote them."""
    leads, others = names_in_role(point, Role.LEAD), names_in_role(point, Role.RESPONSIBLE)
    return "、".join([*(f"{lead}（牵头）" for lead in leads), *others])


def units_now(office: Office, point: Point, on: dt.date) -> str:
    """Who answered, under the names that the plan wrote and, where they are called otherwise now, that too."""
    unit_names = []
    for assignment in point.assignees:
        if assignment.via or assignment.role is Role.SUPPORT:
            continue
        name = now = assignment.written
        if assignment.unit in office.units:
            now = office.name_of(successor(office, assignment.unit, on), on)
        # A short form of the name is no other name.
        unit_names.append(name if set(name) <= set(now) else f"{name}（现{now}）")
    collectives = (name for name, role in point.collectives if role is not Role.SUPPORT)
    return "、".join(dict.fromkeys([*unit_names, *collectives]))


_ID = re.compile(r"([A-Z]+\d+)-(\d+)")
_SEPARATORS = re.compile(r"[、，,;；\s+]+")


@dataclass(frozen=True)
class Statements:
    """What a person says.

    Attributes:
        judgements: By row, what differs from what the ledger holds; no word takes back.
        findings: What nobody can understand, by row.
        conflicts: Rows that were decided otherwise meanwhile: what was typed.
        half: Rows that were filled in without a decision.
    """

    judgements: Mapping[str, Judgement]
    findings: Mapping[str, Finding]
    conflicts: Mapping[str, Judgement]
    half: frozenset[str]


def ids_in(text: str) -> tuple[str, ...] | None:
    """The ids that a cell names; None where it holds anything else."""
    ids: dict[str, None] = {}
    for part in _SEPARATORS.split(unicodedata.normalize("NFKC", text).strip()):
        match = _ID.fullmatch(part.upper())
        if part and not match:
            return None
        if match:
            ids[f"{match[1]}-{int(match[2]):03}"] = None
    return tuple(ids)


def statements_of(
    entries: Sequence[tuple[str, JudgementEntry]],
    laid_out: Mapping[str, RowMemory],
    now: Mapping[str, Judgement],
    words: Sequence[str],
) -> Statements:
    """What the rows of a workbook say.

    Args:
        entries: Row and texts, in any order.
        laid_out: What each row held when it was laid out.
        now: What the ledger holds; a row that is not there is undecided.
        words: Allowed in 判断 beside 按建议.
    """
    judgements: dict[str, Judgement] = {}
    findings: dict[str, Finding] = {}
    conflicts: dict[str, Judgement] = {}
    half = set()
    for_all = any(key == ALL and entry.word == AS_PROPOSED for key, entry in entries)
    for key, entry in sorted(_once(entries, findings).items()):
        row = laid_out.get(key)
        if row is None:
            if entry.word:
                findings[key] = UNKNOWN_ROW.at(entry.place, row=key)
            continue
        judgement = _judgement_of(entry, row, words, for_all=for_all)
        if isinstance(judgement, Finding):
            findings[key] = judgement
            continue
        current = now.get(key, Judgement())
        if judgement.word or row.judgement.word:
            if _same(judgement, row.judgement) or _same(judgement, current):
                continue
            if not _same(current, row.judgement):
                conflicts[key] = judgement
                findings[key] = DECIDED_MEANWHILE.at(
                    entry.place, row=key, typed=judgement_words(judgement), held=judgement_words(current)
                )
            else:
                judgements[key] = judgement
        elif entry.note or ids_in(entry.others) != row.proposal.others:
            half.add(key)
    return Statements(judgements, findings, conflicts, frozenset(half))


def judgement_words(judgement: Judgement) -> str:
    """A decision in words.

    >>> judgement_words(Judgement("延续", ("P1-003",))), judgement_words(Judgement())
    ('延续 P1-003', '未判断')
    """
    return " ".join(part for part in (judgement.word or "未判断", "、".join(judgement.others)) if part)


def _once(
    entries: Sequence[tuple[str, JudgementEntry]], findings: dict[str, Finding]
) -> dict[str, JudgementEntry]:
    unique: dict[str, JudgementEntry] = {}
    for key, entry in entries:
        if key == ALL:
            continue
        first = unique.get(key)
        if first is not None and replace(first, place="") != replace(entry, place=""):
            findings[key] = ROW_TWICE.at(entry.place, row=key)
        unique.setdefault(key, entry)
    return {key: entry for key, entry in unique.items() if key not in findings}


def _judgement_of(
    entry: JudgementEntry, row: RowMemory, words: Sequence[str], *, for_all: bool
) -> Judgement | Finding:
    others = ids_in(entry.others)
    if entry.word == AS_PROPOSED or (
        for_all and not entry.word and not row.judgement.word and row.proposal.word
    ):
        if not row.proposal.word:
            return NOTHING_PROPOSED.at(entry.place)
        # Whoever changed the ids did not mean what was proposed.
        if others != row.proposal.others:
            return PROPOSED_OTHERS.at(entry.place, others=entry.others)
        return replace(row.proposal, note=entry.note)
    if not entry.word:
        return Judgement()
    if entry.word not in words:
        return NO_SUCH_WORD.at(entry.place, word=entry.word, words="、".join(words))
    if others is None:
        return NO_IDS.at(entry.place, text=entry.others)
    return Judgement(entry.word, others, entry.note)


def _same(one: Judgement, other: Judgement) -> bool:
    if not one.word and not other.word:
        return True
    return (one.word, set(one.others), one.note) == (other.word, set(other.others), other.note)
