"""What one sentence says about several tasks at once: 以下任务由市甲局牵头.

一、抓好春耕（本部分任务由市甲局牵头，市乙局配合）     a bracket at a heading: for all below it
以下各项任务均由市甲局负责。                            a sentence before items: for all that follow at its level
以上任务由市甲局牵头，市乙局配合。                      a sentence behind items: for those that name nobody
二、重点任务（各项任务均需所在乡镇配合，不再逐项列出）  only support: it goes beside what each item says

>>> found = common_statement("以上任务由市甲局牵头，市乙局配合。")
>>> found.scope.name, found.statement.text, found.beside
('ABOVE', '市甲局牵头，市乙局配合', False)
>>> common_statement_at_end("二、重点任务（各项任务均需项目所在乡镇配合，以下不再逐项列出）")[1].beside
True
>>> common_statement("以上任务由各科室抓紧落实到位，确保全年不出问题。") is None
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from tracker.model import Role
from tracker.reading.clauses import read_responsibility
from tracker.reading.plans.drafts import RoleStatement
from tracker.reading.running.statements import is_names

_THINGS = r"(?:重点|主要|具体|全部|改革|建设|整改)?(?:工作任务|任务事项|重点任务|任务|工作|事项|措施|举措|内容|项目|要求)"
_COUNT = r"(?:[一二三四五六七八九十两\d]{1,3}[项条个件])"
_SUBJECT = re.compile(
    rf"(?:注[:：])?\s*(?:(?P<above>以上|上述|前述|上列)|(?P<below>以下|下列|下述)|(?P<here>本(?:部分|节|章|条|项|板块|方面|方案|要点)(?:中)?(?:所列)?)|(?P<all>各项|所有|全部))"
    rf"(?:的)?(?:各(?:项|类|条)?|所有|全部|几项)?{_COUNT}?(?:的)?{_THINGS}?[，,]?"
    r"(?:除[^，,。；]{1,20}(?:外|以外)[，,])?"
)
_OBLIGED = re.compile(r"^(?:均|都|统一|全部|一律)?(?:应当|应|需要|需|须|要|请)?(?:由)?")
_UNSAID = re.compile(
    r"[，,；;]?\s*(?:以下|下文|后文|下面|文中)?(?:均)?(?:不再|不)(?:逐项|逐一|逐条|一一|另行|重复|分别)?(?:列出|列明|标注|注明|说明)[。\s]*$"
)
_LAST_BRACKET = re.compile(
    r"[（(【\[](?P<inside>[^（()）【】\[\]]*(?:[（(][^（()）]*[)）][^（()）]*)*)[)）】\]]\s*$"
)


class Scope(Enum):
    """Which tasks a sentence speaks of."""

    # Those before it that name nobody.
    ABOVE = "above"
    # Those behind it, to the end of its level.
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class CommonStatement:
    """Who answers for several tasks.

    Attributes:
        scope: Which tasks.
        statement: Who answers.
        beside: It says only who helps: it goes beside what each task says itself.
    """

    scope: Scope
    statement: RoleStatement
    beside: bool


def common_statement(text: str) -> CommonStatement | None:
    """What a sentence says about several tasks; None if it says nothing of the kind."""
    plain = _UNSAID.sub("", text.strip()).strip(" 　。；;")
    subject = _SUBJECT.match(plain)
    if subject is None:
        return None
    rest = plain[subject.end() :]
    rest = _OBLIGED.sub("", rest, count=1).strip()
    if not rest or not is_names(rest, lone=False):
        return None
    roles = {assignment.role for assignment in read_responsibility(rest).assignments}
    scope = Scope.ABOVE if subject["above"] else Scope.BELOW
    return CommonStatement(scope, RoleStatement(rest), roles == {Role.SUPPORT})


def common_statement_at_end(text: str) -> tuple[str, CommonStatement] | None:
    """A heading whose bracket speaks of all tasks below it: the heading without it, and what it says.

    >>> common_statement_at_end("一、抓好春耕（责任单位：市甲局）") is None
    True
    """
    match = _LAST_BRACKET.search(text)
    if match is None or not text[: match.start()].strip():
        return None
    standing = common_statement(match["inside"])
    return (text[: match.start()].rstrip(), standing) if standing is not None else None
