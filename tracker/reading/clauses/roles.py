"""The verb of a statement, and whose role it states: which of the names of a clause, and how several answer together.

**Verbs.** Which words state a role, and which only look like it.

    A、B  按职责分工  负责  校园部分
    left  manner      head  right

A verb counts where the words before it can be its subject. A strong verb (牵头, 负责, 配合) may follow any
name; a weak one (监督, 实施) and a deed (制定, 于) only a whole one, since they also stand inside names:
市场监督管理局, 就业指导中心, 市委组织部.

**Whose role.** A name waits until a verb behind it, the end of its sentence or the next label decides. A verb speaks of every
name that waits, across commas: in `A，B、C负责` all three are responsible. Two limits:

- a verb of support does not reach back over a comma while nobody answers yet: in `A，B配合` A is responsible;
- behind 会同 names support, and a verb after them speaks of the names before it; without one these are what label or
  column says, responsible for want of both.

A bracket of support behind a list speaks of all of it, where an earlier rank has roles: 市甲局（牵头），市乙局、市丙局（配合）.

**Notes** change what a list of units means: 第一个为牵头单位, 标★的为牵头单位, 以下均需相关乡镇配合.
"""

from __future__ import annotations

from dataclasses import field, replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from tracker import patterns as re
from tracker.model import Assignment, Mode, Responsibility, Role
from tracker.reading.clauses.names import (
    LEVEL,
    LONGEST,
    belong_together,
    is_group,
    is_office_by_deed,
    is_person,
    is_prose,
    is_unit,
    is_unit_as_written,
    starts_like_unit,
    whole_prefix,
)
from tracker.reading.clauses.words import (
    ADVERBIAL,
    ALONGSIDE,
    BEHIND_A_NAME,
    DEEDS,
    JOINT,
    LEAD,
    MANNERS,
    OF_KIND,
    RESPONSIBLE,
    SEVERALLY,
    STEM,
    SUPPORT,
    TOGETHER,
    WEAK_RESPONSIBLE,
    WEAK_SUPPORT,
    blank_inside,
    fold_characters,
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
    "联合": "联合(?![社会体]|总会|国|党委|党总?支部|工会|执法)",
    "协同": "协同(?!推进|落实|负责|开展|实施|完成|做好)",
    "商": f"(?<![工招])商(?=[省市县区](?![州丘河城南洛水])|{STEM})",
    "在": "(?<!所)在(?!线|职|册|校)",
    "应": "应(?!急|用|届|对|征|收)",
    "要": "要(?!求|素|点|闻|道)",
    "对": "对(?!外|口|台|接|策)",
    "将": "将(?!军)",
    "为": "为(?!民|农|侨|老|先)",
    "向": "向(?!阳|上|导)",
    "按": "按(?!摩|揭)",
    "主管": "主管(?!部门|单位|机关|科室|领导)",
    "组织": rf"(?!{OF_KIND}组织(?:$|[，。；、（）等和及与按]|牵头|负责|配合|参与|参加|协助|协办|承办|分别|共同|会同))组织",
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
    rf"每|定期|按[月季年]|[于要应须将]|{BEHIND_A_NAME}|{'|'.join((*_STRONG, *_WEAK))})"
)


# 由县教育局于6月底前会同县财政局完成
_JOINT_BY_TIME = re.compile("[于在][^，。；、（]{2,12}?[前底内]会同")
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
            if _MAKES_A_NAME.match(rest) or (
                head in SUPPORT and not is_unit(subject) and _ends_in_body(subject, rest)
            ):
                continue
            return _role_verb(text, start, end, subject, match)
        if is_office_by_deed(text[match.start() : end]):
            continue
        is_last = head in _WEAK and not rest and _is_short_for_a_name(subject)
        if subject and not _is_subject(subject) and not is_last:
            continue
        if not subject and (head not in _WEAK or _ends_in_body("", rest)):
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
        if joint := _JOINT_BY_TIME.match(text, match.start(), end):
            return VerbMatch(VerbKind.JOINT, None, start + len(subject), joint.end())
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


def _ends_in_body(subject: str, rest: str) -> bool:
    """Whether a verb stands in the middle of one name, whose body is all that follows: 农技协作 中心, 执行 指挥中心.

    Behind 和 or 与 the verb says for whom the body is: 体制改革与协作 处.
    """
    inside = _INSIDE.match(rest)
    return (
        inside is not None
        and not starts_like_unit(rest)
        and not is_person(subject)
        and not re.search(LEVEL + r"[\u4e00-\u9fff]{2,}", inside.group()[1:])
    )


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


def mode_of(
    assignments: tuple[Assignment, ...],
    *,
    joint: bool = False,
    severally: bool = False,
    together: bool = False,
) -> Mode:
    """Decide the mode; the first row that fits holds.

        会同 anywhere                                              jointly
        somebody leads, and there are others                       lead+all
        分别, 按职责分工, 各负其责, or a share named for each unit     each
        one unit that is no group, or one lead                     single
        several leads and nobody else; 共同, 联合                    jointly
        else                                                       unspecified

    >>> from tracker.model import Assignment as A
    >>> mode_of((A("市教育局", Role.LEAD), A("市财政局", Role.LEAD))).value
    'jointly'
    >>> mode_of((A("市教育局", Role.LEAD), A("市财政局", Role.LEAD)), severally=True).value
    'each'
    """
    if not assignments:
        return Mode.UNSPECIFIED
    leads = [assignment for assignment in assignments if assignment.role is Role.LEAD]
    principals = [assignment for assignment in assignments if assignment.role is not Role.SUPPORT]
    has_shares = (
        len(principals) > 1
        and all(principal.part for principal in principals)
        and len({a.part for a in principals}) > 1
    )
    if joint:
        return Mode.JOINTLY
    if leads and len(leads) < len(assignments):
        return Mode.LEAD_ALL
    if severally or has_shares:
        return Mode.EACH
    if len(assignments) == 1 and (leads or (principals and not is_group(assignments[0].unit))):
        return Mode.SINGLE
    if len(leads) > 1 or (together and len(assignments) > 1):
        return Mode.JOINTLY
    return Mode.UNSPECIFIED


@dataclass(slots=True, eq=False)
class NameEntry:
    """A name as it was met.

    Attributes:
        name: As written, without blanks.
        span: Where it stands.
        rank: Number of the rank it stands in; names of one rank are joined by 、.
        role: None while it waits.
        part: Its share.
        is_joint: It stands behind 会同.
        before_label: It stands before the first label, which does not speak of it.
    """

    name: str
    span: tuple[int, int]
    rank: int
    role: Role | None = None
    part: str = ""
    is_joint: bool = False
    before_label: bool = False


@dataclass(slots=True)
class Roster:
    """The names of a clause and who still waits for a role.

    Attributes:
        default: What the head of the column makes of a name without a word.
        label: What the label before the names makes of them; None without a label.
        has_role_word: The cell has a role word of its own.
        subjects: The names before 会同.
        joining: Reading behind 会同.
    """

    default: Role
    entries: list[NameEntry] = field(default_factory=list)
    label: Role | None = None
    has_role_word: bool = False
    subjects: list[NameEntry] = field(default_factory=list)
    joining: bool = False
    _first_waiting: int = 0

    @property
    def candidates(self) -> list[NameEntry]:
        """The names that the next verb speaks of."""
        return self.entries[self._first_waiting :]

    def add(self, entry: NameEntry) -> None:
        """A name was met."""
        entry.is_joint = self.joining
        if self.joining and entry.role is None:
            entry.role = Role.SUPPORT
        if entry.role is Role.SUPPORT and any(
            earlier.role is not None and earlier.rank < entry.rank for earlier in self.entries
        ):
            for earlier in self.candidates:
                if earlier.rank == entry.rank and earlier.role is None:
                    earlier.role = Role.SUPPORT
        self.entries.append(entry)

    def adopt(self, entries: list[NameEntry]) -> None:
        """Take in names that have their roles already."""
        self.entries += entries
        self._first_waiting = len(self.entries)

    def settle(self) -> None:
        """Names that no verb took keep what their label says."""
        for entry in self.candidates:
            if entry.role is None and self.label is not None:
                entry.role = self.label
        self._first_waiting = len(self.entries)

    def begin_label(self, role: Role | None) -> None:
        """A label begins; `role` is None for one that says nothing about roles."""
        for entry in self.candidates:
            entry.before_label = self.label is None
        self.settle()
        self.label = role
        self.joining = False
        self.subjects = []

    def join(self) -> None:
        """会同 was met: the names that wait are its subjects, or else those that answer already."""
        self.subjects = [entry for entry in self.candidates if not entry.is_joint] or self.subjects
        if not self.subjects:
            self.subjects = [entry for entry in self.entries if entry.role is not Role.SUPPORT][:1]
        self.joining = True
        self._first_waiting = len(self.entries)

    def give(self, role: Role | None) -> None:
        """A verb was met; `role` is None for a deed, which leaves it to label and column."""
        self.has_role_word |= role is not None
        fresh = [entry for entry in self.candidates if not entry.is_joint]
        if self.joining and self.candidates and not fresh:
            self._give_subjects(role)
        else:
            self._give_waiting(fresh, role)
        self.joining = False
        self._first_waiting = len(self.entries)

    def _give_subjects(self, role: Role | None) -> None:
        for entry in self.subjects:
            if role is Role.LEAD or (role is Role.RESPONSIBLE and entry.role is None):
                entry.role = role

    def _give_waiting(self, fresh: list[NameEntry], role: Role | None) -> None:
        usual = self.label or self.default
        if role is Role.SUPPORT and not self._somebody_answers():
            for entry in fresh:
                if entry.rank != fresh[-1].rank and entry.role is None:
                    entry.role = usual
        part = next((entry.part for entry in fresh if entry.part), "")
        for entry in fresh:
            entry.part = entry.part or part
            if entry.role is None:
                entry.role = role or usual

    def _somebody_answers(self) -> bool:
        return any(entry.role in (Role.LEAD, Role.RESPONSIBLE) for entry in self.entries)

    def drop_idle_prose(self) -> list[NameEntry]:
        """Take out what waits before the last rank and is surely no name: 基层治理能力提升，市民政局牵头."""
        fresh = self.candidates
        if not fresh or not is_unit_as_written(fresh[-1].name):
            return []
        ranks = {entry.rank for entry in fresh if is_unit_as_written(entry.name)}
        idle = [
            entry
            for entry in fresh
            if entry.rank not in ranks and len(entry.name) >= _SHORTEST_PROSE and not is_group(entry.name)
        ]
        self.entries = [entry for entry in self.entries if entry not in idle]
        return idle

    def finish(self) -> None:
        """The clause is over: nobody stays without a role."""
        self.settle()
        self._hand_back()
        for entry in self.entries:
            if entry.role is None:
                label = None if entry.before_label else self.label
                entry.role = self._usual(label)

    def _hand_back(self) -> None:
        """市甲局（牵头）、市乙局、市丙局（配合）: the last bracket is of all that stand behind the one who leads."""
        without_role: list[NameEntry] = []
        is_behind_lead = False
        for entry in self.entries:
            if entry.role is None and is_behind_lead:
                without_role.append(entry)
                continue
            for other in without_role if entry.role is Role.SUPPORT else ():
                other.role = Role.SUPPORT
            is_behind_lead = entry.role is Role.LEAD
            without_role = []

    def _usual(self, label: Role | None) -> Role:
        """Under 牵头单位, a name without a word is responsible where another name of the cell has one."""
        if label is None and self.default is Role.LEAD and self.has_role_word:
            return Role.RESPONSIBLE
        return label or self.default


# Shorter words without a body's ending may still be a name: 岚城, 广电网络.
_SHORTEST_PROSE = 6


_STAR = r"[★☆▲△●◎※*＊#]"
_FIRST = re.compile(
    r"(?:第一(?:个|位|家)?|首个|首位|排(?:名|列|序)?(?:在)?(?:第一|首|最前|最前面|前)(?:位|的|个|面)?|列(?:在)?(?:第一|首)(?:位)?|居首|在前|(?:最)?前面)"
    r"(?:的)?(?:位|个|家)?(?:责任)?(?:单位|部门|科室|处室|者)?(?:的)?(?:均)?(?:单位|部门)?(?:均)?(?:为|是|系|作为)(?:[^，。；]{0,4})(?:牵头|主办|第一责任|主责)"
)
_FIRST_LEADS = re.compile(
    r"(?:(?:列|排|居)在?(?:首|第一)位?(?:的|者)|首(?:位|个|家)|第一(?:位|个|家))(?:单位|部门)?(?:负责)?(?:牵头|主办)"
)
_HOLDS_ON = re.compile(
    r"(?:以?下(?:文|列|面|同|均同)|后文)同?此?|不再(?:逐一|一一|另行|重复)?(?:注明|列出|标注|说明)"
)
_STARRED = re.compile(
    rf"(?:标|带|有|注|加|打)?(?:注|有)?[“\"]?({_STAR})[”\"]?(?:号|符号|标记)?(?:标注|标记|标识)?(?:的)?(?:责任)?(?:单位|部门|者)?(?:的)?(?:均)?(?:为|是|表示|系)[^，。；]{{0,4}}(?:牵头|主办|第一责任)"
)
_OTHERS = re.compile(
    r"(?:其余|其他|其它|后面|后边|之后|余下|剩余|别的)[^，。；]{0,6}?(?:为|是|均为|均|系)[^，。；]{0,4}?(配合|协办|协助|参与|责任|负责|落实|会办|承办)"
)
_MANY = re.compile(
    r"(?:两个|2个|二个|两家|多个|几个|多家|两(?=[或及和以]))(?:或|及|和|以上|含)?(?:两个|以上)?(?:及?以上)?|(?:有)?多个"
)
# 只有一个的即为牵头单位
_SOLE_LEADS = re.compile(
    r"(?:[只仅][有列写]?(?:一|1)|单独一|唯一|独)[个家]?[^，。；]{0,12}?(?:牵头|主办|第一责任)"
)
_BELOW = re.compile(
    r"(?:以下|下列|上述|(?<![级及])以上|各项|所有)(?:任务|事项|工作|项目|各项)*(?:均|都)?(?:需|须|要|由|应)?(?P<unit>[^，。；：]{2,30}?)(?P<role>配合|协助|参与|支持|负责|落实)(?=$|[，。；：）（])"
)


@dataclass(frozen=True, slots=True)
class NoteEffect:
    """What a note does to every list of units that it speaks of.

    Attributes:
        first_leads: The first unit leads.
        star: The sign that marks the lead (`★`); empty if there is none.
        others: What the note makes of the rest; None leaves them as they are.
        only_several: The note speaks of two or more units, so a sole unit stays as it is.
        extra_units: Units that every later list gets (`以下均需相关乡镇配合`).
        extra_role: Their role.
    """

    first_leads: bool = False
    star: str = ""
    others: Role | None = None
    only_several: bool = False
    extra_units: tuple[str, ...] = ()
    extra_role: Role = Role.SUPPORT


@lru_cache(maxsize=4096)
def read_note(text: str) -> NoteEffect | None:
    """Read a note; None if it says nothing about roles.

    >>> read_note("注：责任单位中排第一位的为牵头单位，其他为配合单位。")
    NoteEffect(first_leads=True, star='', others=<Role.SUPPORT: 'support'>, only_several=False, extra_units=(), extra_role=<Role.SUPPORT: 'support'>)
    >>> [read_note(f"责任科室有多个的，排在首位的为牵头科室{text}。").only_several for text in ("", "；只有一个的即为牵头科室")]
    [True, False]
    >>> read_note("以下任务均需各镇街配合，不再列出").extra_units
    ('各镇街',)
    >>> read_note("以下均需市甲局、各县（市、区）政府落实，不再列出").extra_units
    ('市甲局', '各县（市、区）政府')
    >>> [read_note(text) for text in ("本表由县政府办公室负责解释", "各地级以上市人民政府配合")]
    [None, None]
    """
    folded_text = re.sub(r"\s+", "", fold_characters(text))
    others_match = _OTHERS.search(folded_text)
    others: Role | None = None
    if others_match:
        supports = others_match.group(1) in ("配合", "协办", "协助", "参与", "会办")
        others = Role.SUPPORT if supports else None
    starred = _STARRED.search(folded_text)
    if starred:
        return NoteEffect(star=starred.group(1), others=others)
    if _FIRST.search(folded_text) or _FIRST_LEADS.search(folded_text):
        only_several = bool(_MANY.search(folded_text)) and not _SOLE_LEADS.search(folded_text)
        return NoteEffect(first_leads=True, others=others, only_several=only_several)
    below = _BELOW.search(folded_text)
    if below and re.match(r"以下|下列|上述|以上|所有|各项", below.group()):
        unit = re.sub(r"^(?:均|都)?(?:需|须|要|由|应)?", "", below.group("unit"))
        units = tuple(part for part in _list_of(unit) if is_unit(part))
        if units:
            role = Role.RESPONSIBLE if below.group("role") in ("负责", "落实") else Role.SUPPORT
            return NoteEffect(extra_units=units, extra_role=role)
    return None


def without_note(text: str) -> str:
    """A list of units without the clauses that say who of them leads; as it is where there are none.

    >>> without_note("市甲局、市乙局，第一个为牵头单位，其余为配合单位，下同"), without_note("市甲局牵头，市乙局配合")
    ('市甲局、市乙局', '市甲局牵头，市乙局配合')
    """
    # What stands in a bracket is read where it stands.
    ends = [match.end() for match in re.finditer("[，；。]", blank_inside(fold_characters(text)))]
    first, *rest = (text[start:end] for start, end in pairwise([0, *ends, len(text)]))
    kept = [piece for piece in rest if not _is_of_note(piece.strip("，,；;。 "))]
    return (first + "".join(kept)).rstrip("，,；;。 ") if len(kept) < len(rest) else text


def _is_of_note(piece: str) -> bool:
    dense = re.sub(r"\s+", "", fold_characters(piece))
    return (
        _HOLDS_ON.fullmatch(dense) is not None
        or _OTHERS.match(dense) is not None
        or any(match.start() < 3 for match in (_FIRST.search(dense), _FIRST_LEADS.search(dense)) if match)
    )


def _list_of(text: str) -> list[str]:
    """The names of a list, those together that are one only together: 各市党委、政府."""
    names: list[str] = []
    cuts = [match.start() for match in re.finditer("[、，]", blank_inside(text))]
    for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True):
        part = text[start:end]
        if names and belong_together(names[-1], part):
            names[-1] = f"{names[-1]}、{part}"
        else:
            names.append(part)
    return names


def apply_note(responsibility: Responsibility, effect: NoteEffect, *, text: str = "") -> Responsibility:
    """Read a list of units again in the light of a note.

    A list whose own words already name a lead stays as it is, unless units are added.

    Args:
        responsibility: As the cell alone says.
        effect: What the note says.
        text: The cell as written; only needed where a sign (★) marks the lead, since names carry no signs.

    >>> from tracker.reading.clauses.responsibility import read_responsibility
    >>> cell = read_responsibility("县水利局、县财政局、各乡镇")
    >>> told = apply_note(cell, NoteEffect(first_leads=True, others=Role.SUPPORT))
    >>> told.names_in(Role.LEAD), told.names_in(Role.SUPPORT), told.mode.value
    (('县水利局',), ('县财政局', '各乡镇'), 'lead+all')
    """
    assignments = responsibility.assignments
    if effect.extra_units:
        units = {assignment.unit for assignment in assignments}
        assignments += tuple(
            Assignment(unit, effect.extra_role) for unit in effect.extra_units if unit not in units
        )
        return _with_assignments(responsibility, assignments)
    if (
        not assignments
        or responsibility.names_in(Role.LEAD)
        or (effect.only_several and len(assignments) == 1)
    ):
        return responsibility
    leads = {assignments[0].unit} if effect.first_leads else _starred(text, effect.star, assignments)
    if not leads:
        return responsibility
    assignments = tuple(
        replace(assignment, role=Role.LEAD)
        if assignment.unit in leads
        else replace(assignment, role=effect.others or assignment.role)
        for assignment in assignments
    )
    return _with_assignments(responsibility, assignments)


def _starred(text: str, star: str, assignments: tuple[Assignment, ...]) -> set[str]:
    dense_text = re.sub(r"\s+", "", text)
    stars = {star, fold_characters(star)} | ({"*", "＊"} if star in "*＊" else set())
    units = {assignment.unit for assignment in assignments}
    starred = {
        unit for unit in units for sign in stars if sign + unit in dense_text or unit + sign in dense_text
    }
    # Behind the last name the bracket may only explain the sign: ★市甲局、市乙局（★为牵头单位）.
    return starred or {
        unit
        for unit in units
        for sign in stars
        if f"{unit}（{sign}" in dense_text or f"{unit}({sign}" in dense_text
    }


def _with_assignments(before: Responsibility, assignments: tuple[Assignment, ...]) -> Responsibility:
    joint = before.mode is Mode.JOINTLY and not any(
        assignment.role is Role.LEAD for assignment in assignments
    )
    mode = mode_of(assignments, joint=joint, severally=before.mode is Mode.EACH)
    groups = tuple(assignment.unit for assignment in assignments if is_group(assignment.unit))
    return replace(before, assignments=assignments, mode=mode, groups=groups)
