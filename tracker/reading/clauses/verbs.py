"""Finding the verb of a statement: which words state a role, and which only look like it.

    A、B  按职责分工  负责  校园部分
    left  manner      head  right

A verb counts where the words before it can be its subject. A strong verb (牵头, 负责, 配合) may follow any
name; a weak one (监督, 实施) and a deed (制定, 于) only a whole one, since they also stand inside names:
市场监督管理局, 就业指导中心, 市委组织部.
"""

from __future__ import annotations

from enum import Enum

from tracker import patterns as re
from tracker.model import Role
from tracker.reading.clauses.names import (
    LEVEL,
    LONGEST,
    is_office_by_deed,
    is_person,
    is_prose,
    is_unit,
    starts_like_unit,
    whole_prefix,
)
from tracker.reading.clauses.words import (
    ADVERBIAL,
    ALONGSIDE,
    DEEDS,
    JOINT,
    LEAD,
    MANNERS,
    RESPONSIBLE,
    SEVERALLY,
    SUPPORT,
    TOGETHER,
    WEAK_RESPONSIBLE,
    WEAK_SUPPORT,
)
from tracker.values import dataclass


class VerbKind(Enum):
    """What sort of verb it is."""

    # Gives its subject a role.
    ROLE = "role"
    # 会同: what follows supports what stands before.
    JOINT = "joint"
    # 联合: what follows stands beside what stands before.
    ALONGSIDE = "alongside"
    # A deed: says nothing about a role, but ends the name.
    DEED = "deed"


@dataclass(frozen=True, slots=True)
class VerbMatch:
    """A verb in a statement.

    Attributes:
        kind: See `Verb`.
        role: The role it gives; None for `JOINT` and `DEED`.
        start: Where its manner begins, which is where the subject ends.
        end: Where the deed or object begins.
        severally: Each answers for its own share.
        together: They answer for one common result.
    """

    kind: VerbKind
    role: Role | None
    start: int
    end: int
    severally: bool = False
    together: bool = False


_STRONG = {
    **dict.fromkeys(LEAD, Role.LEAD),
    **dict.fromkeys(RESPONSIBLE, Role.RESPONSIBLE),
    **dict.fromkeys(SUPPORT, Role.SUPPORT),
}
_WEAK = {
    **dict.fromkeys(WEAK_RESPONSIBLE, Role.RESPONSIBLE),
    **dict.fromkeys(WEAK_SUPPORT, Role.SUPPORT),
}
_ALL = sorted({*_STRONG, *_WEAK, *JOINT, *DEEDS}, key=len, reverse=True)
# Where a verb is no verb: 政协办 and 安委会办 are offices, 应急 and 对外 words of their own.
_NOT_IN = {
    "协办": "(?<!政)协办",
    "会办": "(?<![安编管常灾毒明治信规防审]委)(?<![员协理席大])会办",
    "协同": "协同(?!推进|落实|负责|开展|实施|完成|做好)",
    "商": "(?<![工招])商(?=[省市县区](?![州丘河城南洛水]))",
    "在": "(?<!所)在(?!线|职|册|校)",
    "应": "应(?!急|用|届|对|征|收)",
    "要": "要(?!素|点|闻|道)",
    "对": "对(?!外|口|台|接|策)",
    "将": "将(?!军)",
    "为": "为(?!民|农|侨|老|先)",
    "向": "向(?!阳|上|导)",
    "按": "按(?!摩|揭)",
}
_HEAD = re.compile("|".join(_NOT_IN.get(verb, verb) for verb in _ALL))
# 市教育局为牵头单位.
_IS = re.compile(
    r"(?:均)?(?:为|是|作为)(?:总)?(牵头|主办|第一责任|责任|负责|主责|承办|实施|配合|协办|参与|协助|会办|指导|监督)(?:单位|部门|科室|处室|方)$"
)
# Standing alone, without any verb after it, this too is a statement: 各负其责, 按职责分工.
_MANNER_ALONE = re.compile(
    r"各负其责|各司其职|分工(?:负责|落实|协作)|分别(?![\u4e00-\u9fff])|"
    r"按(?:照)?(?:各自|其)?(?:工作|部门)?(?:职责|职能)(?:分工|权限)?(?![\u4e00-\u9fff])|按(?:职责)?分工(?![\u4e00-\u9fff])"
)
# Deeds that never stand inside a name, though a body may follow them: 组成工作专班.
_NEVER_INSIDE = frozenset({"组成", "组建"})
# But 市政府组成部门 are the departments of a government.
_PARTS_OF_A_BODY = re.compile(
    r"(?:部门|单位|机构)(?![一-鿿])|(?:部门|单位|机构)(?:牵头|负责|配合|落实|分别|按)"
)
# After a strong verb these make it a name: 牵头单位, 责任部门, 主办方.
_MAKES_A_NAME = re.compile(
    r"(?:的)?(?:单位|部门|科室|处室|机构|人(?=$|[，。；、（）及和为亲直具])|方(?![案面式法])|银行|企业|同志|领导)"
)
# A second head that decides instead of the first: 负责牵头, 负责检查指导.
_LEADS_AFTER_ALL = re.compile(r"(?:组织|具体|统筹|汇总)?(?:并)?(?:总?牵头|主办)")
_ROLE_RUN = re.compile(
    r"(?:总牵头|牵头|负责|配合|组织实施|实施|抓?落实|推进|汇总|协助|协调|参与|指导|监督|监管|督促|督导|检查|管理|组织|统筹|工作|做好|抓好|执行|办理|完成|开展|支持)*"
)
_SUPPORT_AFTER_ALL = re.compile(
    r"(?:检查|业务|技术|日常|行业|政策|组织|跟踪|统筹|综合)?(?:指导|督促|督导|督办|监督|监管|配合|协助|协办|参与)"
    r"(?:检查|指导|督促|督导|监督|监管|协调|管理|考核|评价|和|与|、)*(?:工作)?(?=$|[，。；、（])"
)
# A body's own word right after a weak verb or a deed: then the verb stands inside a name.
_INSIDE = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:总局|分局|[局所站室科处办部院会队组司股厅馆]|中心|支队|大队|单位|部门|机构|平台|公司|委员会|专班|指挥部)(?=$|[，。；、（）]|"
    rf"分别|按|会同|等|和|及|与|共同|具体|组织|{'|'.join((*_STRONG, *_WEAK))})"
)


# Behind a whole name these still belong to the subject.
_GOES_ON = re.compile(r"等|和|与|及|以及|、|对|就|（|由|[\u4e00-\u9fff]$")
# A subject with its share before it is not longer.
_FARTHEST = 2 * LONGEST


def find_verb(text: str, start: int, end: int) -> VerbMatch | None:
    """The first verb of the statement `text[start:end]` (folded, bracket contents blanked)."""
    copula = _IS.search(text[:end], start)
    if copula and copula.start() > start:
        return VerbMatch(
            VerbKind.ROLE,
            {**_STRONG, **_WEAK, "责任": Role.RESPONSIBLE}[copula.group(1)],
            copula.start(),
            end,
        )
    for match in _HEAD.finditer(text, start, end):
        head = match.group()
        if match.start() - start > _FARTHEST and head not in _STRONG:
            continue
        subject = _without_manner(text[start : match.start()])
        rest = text[match.end() : end]
        if head in JOINT:
            follows = not subject or is_unit(subject) or (len(head) > 1 and not is_prose(subject))
            if follows and not rest.startswith(("单位", "部门")):
                return VerbMatch(VerbKind.JOINT, None, start + len(subject), match.end())
            continue
        if head in _STRONG:
            if _MAKES_A_NAME.match(rest):
                continue
            return _role_verb(text, start, end, subject, match)
        if is_office_by_deed(text[match.start() : end]):
            continue
        is_last = head in _WEAK and not rest and _is_short_for_a_name(subject)
        if subject and not _is_subject(subject) and not is_last:
            continue
        if not subject and head not in _WEAK:
            continue
        if subject and head not in _NEVER_INSIDE and _stands_inside(rest):
            continue
        if head in _NEVER_INSIDE and _PARTS_OF_A_BODY.match(rest):
            continue
        if head == ALONGSIDE and subject and starts_like_unit(rest):
            return VerbMatch(VerbKind.ALONGSIDE, None, start + len(subject), match.end(), together=True)
        if head in _WEAK:
            return _role_verb(text, start, end, subject, match)
        later = _later_role(text, match.end(), end) if head in ADVERBIAL else None
        if later is not None:
            return _role_verb(text, start, end, subject, later)
        return VerbMatch(
            VerbKind.DEED,
            None,
            start + len(subject),
            start + len(subject),
            *_manner(text[start + len(subject) : end]),
        )
    alone = _MANNER_ALONE.search(text, start, end)
    if alone:
        subject = _without_manner(text[start : alone.start()])
        return VerbMatch(VerbKind.ROLE, Role.RESPONSIBLE, start + len(subject), alone.end(), severally=True)
    return _unknown_deed(text, start, end)


def _unknown_deed(text: str, start: int, end: int) -> VerbMatch | None:
    """A deed that no table knows, behind a whole name with its level: 县住建局 审批."""
    by = re.search(r"(?<![自理缘事案])由", text[start:end])
    for begin in {start, start + by.end() if by else start}:
        name = whole_prefix(text[begin:end])
        deed = text[begin + len(name) : end]
        if name and re.match(r"[\u4e00-\u9fff]{2}", deed) and not is_unit(text[begin:end]):
            at = begin + len(name)
            goes_on = _GOES_ON.match(deed) or is_person(text[begin:end])
            return None if goes_on else VerbMatch(VerbKind.DEED, None, at, at, *_manner(deed))
    return None


def _is_short_for_a_name(subject: str) -> bool:
    """人社, 金湾片区: elliptical, but not a whole name with a manner that no table knows (市住建局合力)."""
    return len(subject) <= 8 and not is_prose(subject) and not whole_prefix(subject)


def _stands_inside(rest: str) -> bool:
    """Whether a weak verb or deed before `rest` is part of a name: 就业指导 中心."""
    inside = _INSIDE.match(rest)
    if inside is None or starts_like_unit(rest):
        return False
    return not re.search(LEVEL + r"[\u4e00-\u9fff]{2,}", inside.group()[1:])


def _later_role(text: str, start: int, end: int) -> re.Match[str] | None:
    """A verb with a role further on in the statement, for a deed that only says how."""
    for match in _HEAD.finditer(text, start, end):
        rest = text[match.end() : end]
        if match.group() in _STRONG and not _MAKES_A_NAME.match(rest):
            return match
        if match.group() in _WEAK and not _stands_inside(rest):
            return match
        if match.group() in JOINT or match.group() not in ADVERBIAL:
            return None
    return None


def _role_verb(text: str, start: int, end: int, subject: str, match: re.Match[str]) -> VerbMatch:
    head = match.group()
    role = _STRONG.get(head) or _WEAK[head]
    after = match.end()
    if role is not Role.LEAD:
        leads = _LEADS_AFTER_ALL.match(text, after, end)
        if leads:
            role, after = Role.LEAD, leads.end()
    if role is Role.RESPONSIBLE:
        supports = _SUPPORT_AFTER_ALL.match(text[:end], after)
        if supports:
            role, after = Role.SUPPORT, supports.end()
    run = _ROLE_RUN.match(text, after, end)
    if run and not _MAKES_A_NAME.match(text[run.end() : end]):
        after = run.end()
    begin = start + len(subject)
    return VerbMatch(VerbKind.ROLE, role, begin, after, *_manner(text[begin:after]))


def _manner(text: str) -> tuple[bool, bool]:
    return bool(SEVERALLY.search(text)), bool(TOGETHER.search(text))


def _is_subject(text: str) -> bool:
    bare = re.sub(r"等[\u4e00-\u9fff]*$", "", text)
    subject = re.split(r"(?<!自)由", text)[-1]
    return is_unit(text) or is_unit(subject) or (bare != text and bool(bare))


def _without_manner(subject: str) -> str:
    """The subject without the words that say how: 市教育局按职责分工 gives 市教育局."""
    while True:
        shorter = MANNERS.sub("", subject)
        if shorter == subject or (
            is_unit(subject) and not is_unit(shorter) and not SEVERALLY.search(subject)
        ):
            break
        subject = shorter
    if is_unit(subject) or is_person(subject):
        return subject
    # A manner that no table knows: 市住建局主动靠前 负责.
    whole = whole_prefix(subject)
    return whole if whole and not _GOES_ON.match(subject, len(whole)) else subject
