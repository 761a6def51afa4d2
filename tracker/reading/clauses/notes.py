"""Notes that change what a list of units means: 第一个为牵头单位, 标★的为牵头单位, 以下均需相关乡镇配合."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import replace

from tracker.model import Assignment
from tracker.model import Mode
from tracker.model import Responsibility
from tracker.model import Role
from tracker.reading.clauses import marks
from tracker.reading.clauses import names
from tracker.reading.clauses.mode import mode_of

_STAR = r"[★☆▲△●◎※*＊#]"
_FIRST = re.compile(
    r"(?:第一(?:个|位|家)?|首个|首位|排(?:名|列|序)?(?:在)?(?:第一|首|最前|最前面|前)(?:位|的|个|面)?|列(?:在)?(?:第一|首)(?:位)?|居首|在前|(?:最)?前面)"
    r"(?:的)?(?:位|个|家)?(?:责任)?(?:单位|部门|科室|处室|者)?(?:的)?(?:均)?(?:单位|部门)?(?:均)?(?:为|是|系|作为)(?:[^，。；]{0,4})(?:牵头|主办|第一责任|主责)"
)
_STARRED = re.compile(
    rf"(?:标|带|有|注|加|打)?(?:注|有)?[“\"]?({_STAR})[”\"]?(?:号|符号|标记)?(?:标注|标记|标识)?(?:的)?(?:责任)?(?:单位|部门|者)?(?:的)?(?:均)?(?:为|是|表示|系)[^，。；]{{0,4}}(?:牵头|主办|第一责任)"
)
_OTHERS = re.compile(
    r"(?:其余|其他|其它|后面|后边|之后|余下|剩余|别的)[^，。；]{0,6}?(?:为|是|均为|均|系)[^，。；]{0,4}?(配合|协办|协助|参与|责任|负责|落实|会办|承办)"
)
_MANY = re.compile(
    r"(?:两个|2个|二个|两家|多个|几个|多家|两)(?:或|及|和|以上|含)?(?:两个|以上)?(?:及?以上)?|(?:有)?多个"
)
_BELOW = re.compile(
    r"(?:以下|下列|上述|以上|各项|所有)(?:任务|事项|工作|项目|各项)*(?:均|都)?(?:需|须|要|由|应)?(?P<unit>[^，。；：]{2,30}?)(?P<role>配合|协助|参与|支持|负责|落实)(?=$|[，。；：）（])"
)


@dataclass(frozen=True, slots=True)
class NoteEffect:
    """What a note does to every list of units that it speaks of.

    Attributes:
        first_leads: The first unit leads.
        star: The sign that marks the lead (`★`); empty if there is none.
        others: What the note makes of the rest; None leaves them as they are.
        only_several: The note speaks of two or more units, so a sole unit stays as it is.
        added: Units that every later list gets (`以下均需相关乡镇配合`).
        added_role: Their role.
    """

    first_leads: bool = False
    star: str = ""
    others: Role | None = None
    only_several: bool = False
    added: tuple[str, ...] = ()
    added_role: Role = Role.SUPPORT


def read_note(text: str) -> NoteEffect | None:
    """Read a note; None if it says nothing about roles.

    >>> read_note("注：责任单位中排第一位的为牵头单位，其他为配合单位。")
    NoteEffect(first_leads=True, star='', others=<Role.SUPPORT: 'support'>, only_several=False, added=(), added_role=<Role.SUPPORT: 'support'>)
    >>> read_note("以下任务均需各镇街配合，不再列出").added
    ('各镇街',)
    >>> read_note("本表由县政府办公室负责解释") is None
    True
    """
    folded = re.sub(r"\s+", "", marks.fold(text))
    others_match = _OTHERS.search(folded)
    others: Role | None = None
    if others_match:
        supports = others_match.group(1) in ("配合", "协办", "协助", "参与", "会办")
        others = Role.SUPPORT if supports else None
    starred = _STARRED.search(folded)
    if starred:
        return NoteEffect(star=starred.group(1), others=others)
    if _FIRST.search(folded):
        return NoteEffect(first_leads=True, others=others, only_several=bool(_MANY.search(folded)))
    below = _BELOW.search(folded)
    if below and re.match(r"以下|下列|上述|以上|所有|各项", below.group()):
        unit = re.sub(r"^(?:均|都)?(?:需|须|要|由|应)?", "", below.group("unit"))
        added = tuple(part for part in re.split(r"[、，]", unit) if names.is_unit(part))
        if added:
            role = Role.RESPONSIBLE if below.group("role") in ("负责", "落实") else Role.SUPPORT
            return NoteEffect(added=added, added_role=role)
    return None


def apply_note(responsibility: Responsibility, effect: NoteEffect, *, text: str = "") -> Responsibility:
    """Read a list of units again in the light of a note.

    A list whose own words already name a lead stays as it is, unless units are added.

    Args:
        responsibility: As the cell alone says.
        effect: What the note says.
        text: The cell as written; only needed where a sign (★) marks the lead, since names carry no signs.

    >>> from tracker.reading.clauses.read import read_responsibility
    >>> cell = read_responsibility("县水利局、县财政局、各乡镇")
    >>> told = apply_note(cell, NoteEffect(first_leads=True, others=Role.SUPPORT))
    >>> told.having(Role.LEAD), told.having(Role.SUPPORT), told.mode.value
    (('县水利局',), ('县财政局', '各乡镇'), 'lead+all')
    """
    told = responsibility.assignments
    if effect.added:
        known = {each.unit for each in told}
        told += tuple(Assignment(each, effect.added_role) for each in effect.added if each not in known)
        return _again(responsibility, told)
    if not told or responsibility.having(Role.LEAD) or (effect.only_several and len(told) == 1):
        return responsibility
    if effect.star:
        leads = _starred(text, effect.star, told)
        if not leads:
            return responsibility
    elif effect.first_leads:
        leads = {told[0].unit}
    else:
        return responsibility
    told = tuple(
        replace(each, role=Role.LEAD)
        if each.unit in leads
        else replace(each, role=effect.others or each.role)
        for each in told
    )
    return _again(responsibility, told)


def _starred(text: str, star: str, told: tuple[Assignment, ...]) -> set[str]:
    packed = re.sub(r"\s+", "", text)
    stars = {star, marks.fold(star)} | ({"*", "＊"} if star in "*＊" else set())
    return {
        each.unit
        for each in told
        if any(form in packed for sign in stars for form in _signed(each.unit, sign))
    }


def _signed(unit: str, sign: str) -> tuple[str, ...]:
    return (sign + unit, unit + sign, f"{unit}（{sign}", f"{unit}({sign}")


def _again(before: Responsibility, told: tuple[Assignment, ...]) -> Responsibility:
    joint = before.mode is Mode.JOINTLY and not any(each.role is Role.LEAD for each in told)
    mode = mode_of(told, joint=joint, each=before.mode is Mode.EACH)
    groups = tuple(each.unit for each in told if names.is_group(each.unit))
    return replace(before, assignments=told, mode=mode, groups=groups)
