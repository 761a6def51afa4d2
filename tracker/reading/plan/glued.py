"""Tables whose cells had run together when they were pasted: no tabs, no line breaks, head and rows in one stretch.

    工作任务牵头单位责任单位工作要求一、增长1.公布预算省财政厅各设区市在网站公开。2.公布审计省审计厅各设区市…

Three things together make such a table, and nothing less: a head of captions that had run together
(`find_glued_head`), numbers that run on (`cut_rows`), and units in most of its rows (`cut_cells`). The order of
the head tells which cell is which. Without a head only a rhythm that every row follows makes one (`find_rhythm`).
The cutting is told, and what cannot be cut for certain is kept whole and named: nothing is guessed.

**The head.** The head of a table whose cells had run together: 序号工作任务牵头单位配合单位完成时限 in one word.

It is a run of whole captions (a caption is a word that offices put over a column), blanks aside: three of them at
least, or two that stand at the head of a line; one is a text and one a unit.

    >>> head = find_glued_head("某县2026年工作任务分解表序号工作任务责任单位完成时限1开展普查县统计局6月")
    >>> [label for label in head.labels], [field.name for field in head.fields]
    (['序号', '工作任务', '责任单位', '完成时限'], ['NUMBER', 'REQUIREMENT', 'RESPONSIBLE', 'DEADLINE'])
    >>> find_glued_head("各责任单位要对照工作任务，按完成时限抓好落实。") is None
    True

**The rows.** The rows of a table whose cells had run together: each begins with its number.

    1开展普查市统计局6月底2公布结果市统计局年底二、改进服务3设立专窗市政务中心9月

Numbers count only where they run on (1, 2, 3 …, or again from 1 behind a heading), in one manner (with a mark or
without), and where no measure follows (2个, 3月). A bare number counts only where a cell can have ended: behind a
unit, a time, a full stop, a bracket, a blank or a line break. Headings at the end of a row belong to the rows below.

**The cells.** The cells of a row whose separators were lost: where the units stand in it, and what is before and
behind them.

    公布审计结果 省审计厅 各设区市，各县 在网站公开。     task, lead, responsible, requirement
    开展普查 市统计局、各县 6月底                        requirement, responsible, time

The units are found by their separators first: what stands between two of them and is a whole name belongs to the
run; its first name touches the text before it, its last one the text behind it (`begins`, `ends`). Two names that touch
each other are the border of two cells. Where more than one reading is left, or the first or last name is not
certain, the row is not cut.

    >>> cells = cut_cells("公布审计结果省审计厅各设区市，各县在网站公开。", columns=2, ends_row=False)
    >>> cells.before, cells.groups, cells.behind
    ('公布审计结果', ('省审计厅', '各设区市，各县'), '在网站公开。')
    >>> cut_cells("开展普查，由大家参加", columns=1, ends_row=True) is None
    True

**The names.** Names of units inside text without separators: where a name begins and ends when its neighbours touch it.

    >>> begins("公开审计结果及整改情况省审计厅"), ends("省审计厅组织公开")
    (11, 4)

A name begins at its level (省, 县, 各), or where a name begins that stands elsewhere in the text between separators,
or is an office known by its stem (财政局). It ends with the ending of a body. What begins with 镇, or with 区 right
before 人民政府, can be the tail of a place's name: nothing is said about it. All texts are folded, their brackets
blanked (`marks`), so that no separator in a bracket counts.

**The rhythm.** Rows whose cells had run together below a head that was not pasted, told by a rhythm that cannot be
an accident.

    …。（市甲局负责汇总）市甲局市乙局、市丙局2026年9月…。市丁局各有关部门2026年6月…      units and a date, thrice at least
    35.完善机制 省直各部门，各设区市办好公报。36.加快电子化 各设区市优化界面。          number, task, blank, units, text

Every row must follow it, and rows must have run together on one line; else it is prose. A text whose subjects are
asked for something (各单位要高度重视) is prose as well.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from tracker.problems.base import Finding
from tracker.problems.reading import GLUED_ROW, GLUED_TABLE
from tracker.reading.clauses import (
    at_lost_separators,
    blank_inside,
    fold_characters,
    is_group,
    is_office_by_deed,
    is_prose,
    is_unit,
    opens_a_sentence,
    starts_like_unit,
    whole_prefix,
)
from tracker.reading.headings import Rank, leading_number, levels
from tracker.reading.plan.drafts import UNIT_FIELDS, Draft, Field, RoleStatement
from tracker.reading.plan.headwords import field_of, fields_of
from tracker.reading.plan.lines import TextLine

SEPARATORS = "、，；/ \n"
_SHORTEST = 3
_LONGEST = 30
# More than three names never touch each other.
_LONGEST_RUN = 3 * _LONGEST

_ENDING = re.compile(
    r"(?:[局委办厅部院室处科股站队所馆司校会联行]|中心|公司|集团|政府|单位|部门|机构|企业|办事处|街道|乡镇|镇街|社区|学校|医院|机关|海关|电信|移动|联通|铁塔|电网|林场|农场|景区|"
    r"[市县区州盟旗镇乡]|村|园区|开发区|）)$"
)
# What goes on with a name that could end already: 委 员会, 市政府 办公室, 公安局 交警支队.
_GOES_ON = re.compile(
    r"员会(?:办公室|办公厅)?|公室|公厅|事处|（□*）(?:[市县区州]?人民政府|[市县区州]?政府|管委会|办事处)?|人民政府(?:办公室)?(?:（□*）)?|"
    r"政府(?:办公室|办公厅|办|督查室)?(?:（□*）)?|管委会|街道办事处|街道办|办事处|党工委|党委|"
    r"(?<=委)(?:组织部|宣传部|统战部|政法委|编办|网信办|办公室|办公厅|办|党校|社工部|社会工作部|农办|改革办|巡察办|机关工委|老干部局|监委)|"
    r"(?<=政府)(?:办公室|办公厅|新闻办|办|督查室|研究室|外办|国资委)|"
    r"(?<=局)(?:[一-鿿]{2,5}(?:支队|大队|总队|分局)|分局|机关)|(?<=各)[一-鿿]|(?<=设区)市|(?<=[市县区])[市县区](?![一-鿿]{0,6}[局委办])|"
    r"(?<=部)门|(?<=公司)集团|(?<=集团)(?:有限)?(?:责任)?公司|(?<=有限)责任公司|(?<=乡)镇(?:人民政府|政府)?|(?<=镇)街道?|(?<=社)区"
)
# Before a name that begins with 各 or 有关: 省直 各部门.
_REACHES_LEFT = re.compile(
    r"(?:(?:[省市县区州]|中央)(?:直|级|属)|各[省市县区州]?（□*）|[省市县区]委|[省市县区]政府|局?机关|局属)$"
)
_AFTER_NAME = re.compile(r"的|等|与|和|及|或|之|级|内|籍|域|为|所属|牵头|负责|配合|会同|工作人员|领导|干部")
_SURE = re.compile(
    r"(?:[局委厅科股]|[^区市镇]办|办公室|委员会|公司|集团|政府|法院|检察院|医院|大学|学院|街道|街道办事处|.镇|组织部|宣传部|统战部|妇联|残联|管委会|海关)$"
)
# How a second name begins whose level is not the first thing said: 公安 青云分局, 国网 青云供电公司, 各 园区.
_OPENS_NAME = re.compile(r"公安|国家|国网|中国|驻|各|有关|相关")
_WORD = r"(?:（[^（）]*）)?(?:总牵头|牵头|(?:按职责分工|分别|共同)?负责|配合|协办|参与|主办|承办)"
_ROLE_WORD = re.compile(rf"{_WORD}(?=[{SEPARATORS}。]|$)|（□{{2,4}}）(?=[{SEPARATORS}]|$)")
_ROLE_AT_END = re.compile(rf"(?:{_WORD}|（□{{2,4}}）)$")
# A name can begin so behind its level: 区 市场监管局, 县 乡村振兴局.
_LEVEL_INSIDE = re.compile(r"市场|乡村|乡镇|镇街|镇人民政府|区域")
# What a longer name ends with than the one that was found first: 县乡村 振兴局, 国网青云 供电公司.
_LONGER = re.compile(r"(?:[局委]|公司|集团|管委会|[^区市镇]办|院|队|中心|分行|支行|[^车]站|[^场]所|管理处)$")
_EVERY_PLACE = re.compile(r"各[省市县区州旗镇乡村]")
_MAYBE_A_PLACE = re.compile(r"[镇乡街]|[市县区州旗](?:人民政府|政府(?!办|新闻|督查|研究)|管委会|街道)")
_STEMMED = re.compile(
    r"(?:发展改革|发改|经济信息化|工信|教育(?:体育)?|科技|民族宗教|公安|民政|司法|财政|人力资源社会保障|人社|自然资源|生态环境|"
    r"住房城乡建设|住建|交通运输|交通|水利|水务|农业农村|商务|文化和旅游|文旅|文广旅|卫生健康|卫健|退役军人事务|应急管理|应急|审计|"
    r"市场监管|统计|医保|医疗保障|信访|乡村振兴|政务服务|行政审批|城管|城市管理|综合执法|税务|气象|林业)(?:局|委|厅)$"
)


def is_name(plain: str) -> bool:
    """Whether a stretch between two separators is one whole name, the word of its role aside."""
    return _is_bare_name(plain) or _is_bare_name(without_role(plain))


def _is_bare_name(plain: str) -> bool:
    return bool(_EVERY_PLACE.fullmatch(plain)) or (
        _SHORTEST <= len(plain) <= _LONGEST
        and bool(_ENDING.search(plain))
        and (is_unit(plain) or is_group(plain) or is_office_by_deed(plain))
        and (not is_prose(plain) or is_office_by_deed(plain))
    )


def pieces(plain: str, unit_names: Set[str] = frozenset()) -> list[str]:
    """The names that a stretch without separators consists of.

    >>> pieces("省财政厅省税务局"), pieces("财务科人事科"), pieces("市林业局青云山林区管理局"), pieces("市公安局交警支队")
    (['省财政厅', '省税务局'], ['财务科', '人事科'], ['市林业局', '青云山林区管理局'], ['市公安局交警支队'])
    """
    if plain in unit_names or len(plain) > _LONGEST_RUN:
        return [plain]
    parts: list[str] = []
    for span in at_lost_separators(plain, 0, len(plain)):
        rest = plain[span.start : span.end]
        while (cut := _border(rest, unit_names)) > 0:
            parts.append(rest[:cut])
            rest = rest[cut:]
        parts.append(rest)
    return parts


def _border(plain: str, unit_names: Set[str]) -> int:
    """Where a second name begins that has no level; 0 if there is none.

    A body of a body (市教育局招生考试院) ends in another way than the first one does; two of one kind are two.
    """
    if plain in unit_names:
        return 0
    for end in range(_SHORTEST, len(plain) - _SHORTEST + 1):
        first, rest = plain[:end], plain[end:]
        if not _SURE.search(first) or _GOES_ON.match(plain, end) or not is_name(first) or not is_name(rest):
            continue
        is_branch = re.fullmatch(r"[市县区].{0,3}分局", rest) is not None
        opens = starts_like_unit(rest) or bool(_OPENS_NAME.match(rest))
        if rest in unit_names or (opens and not is_branch) or _SURE.search(rest) or rest[-1] == first[-1]:
            return end
    return 0


def known_names(plain: str) -> frozenset[str]:
    """Names that stand between separators twice at least, or once between two of them: they name a unit wherever they are."""
    parts = re.split(rf"[{SEPARATORS}。：]", plain)
    counts = Counter(part for part in parts if is_name(part) and len(pieces(part)) == 1)
    return frozenset(counts)


def begins(plain: str, unit_names: Set[str] = frozenset()) -> int:
    """Where the name begins that a text without separators ends with; -1 if that is not certain."""
    fits = [name for name in unit_names if plain.endswith(name)]
    best = len(plain) - max(map(len, fits)) if fits else -1
    for start in range(len(plain) - 2, max(-1, len(plain) - _LONGEST), -1):
        name = plain[start:]
        if not starts_like_unit(name) and not _STEMMED.fullmatch(name):
            continue
        if not is_name(name) or len(pieces(name)) > 1 or plain[:start].endswith("城"):
            continue
        start = _start_of_name(plain, start)
        if best >= 0:
            return min(best, start)
        if start and _MAYBE_A_PLACE.match(plain[start:]) and plain[start - 1] not in SEPARATORS + "。":
            return -1
        return start
    return best


def _start_of_name(plain: str, start: int) -> int:
    """A start moved to the left over what belongs to the name: 省直 before 各部门, 区 before 市场监管局."""
    while True:
        before = plain[:start]
        if reach := _REACHES_LEFT.search(before):
            start = reach.start()
        elif before.endswith("各") or (
            before and before[-1] in "省市县区州旗乡" and is_name(plain[start - 1 :])
        ):
            start -= 1
        else:
            return start


def ends(plain: str, unit_names: Set[str] = frozenset()) -> int:
    """Where the name ends that a text begins with; -1 if it begins with none, or none that ends for certain."""
    token = re.match(rf"[^{SEPARATORS}。：]+(?=[、，；/])", plain)
    if token and is_name(token[0]) and len(pieces(without_role(token[0]))) == 1:
        return token.end()
    fits = [name for name in unit_names if plain.startswith(name)]
    if fits:
        return _with_role(plain, _end_of_name(plain, max(map(len, fits))))
    if not (starts_like_unit(plain) or any(_STEMMED.fullmatch(plain[:end]) for end in range(3, 9))):
        return _first_end(plain, at_least=4)
    every = _EVERY_PLACE.match(plain) is not None and plain[2:3] not in "域场民庄"
    return _first_end(plain, at_least=2 if every else _SHORTEST)


def _first_end(plain: str, *, at_least: int) -> int:
    for end in range(at_least, min(len(plain), _LONGEST) + 1):
        if plain[end - 1] in "。：":
            return -1
        if is_name(plain[:end]):
            end = _longer(plain, _end_of_name(plain, end))
            if end < 0:
                return -1
            end = _with_role(plain, end)
            return -1 if _AFTER_NAME.match(plain, end) else end
    return -1


def _longer(plain: str, end: int) -> int:
    """The end of the longer name that one is the beginning of; -1 where both may be meant.

    A place can only be the beginning (县乡村 振兴局); behind a whole body what follows may be a body of that body.
    """
    rest = re.split(rf"[{SEPARATORS}。：]", plain[end : end + 9])[0]
    if not rest or opens_a_sentence(rest) or starts_like_unit(rest):
        return end
    for more in range(end + 1, end + len(rest) + 1):
        if _LONGER.search(plain[:more]) and is_name(plain[:more]):
            return -1 if _SURE.search(plain[:end]) else more
    return end


def _with_role(plain: str, end: int) -> int:
    """An end moved over the word of a role that closes the statement: 市甲局 牵头，."""
    role = _ROLE_WORD.match(plain, end)
    return role.end() if role is not None else end


def without_role(plain: str) -> str:
    """A stretch without the word of a role behind its name."""
    return _ROLE_AT_END.sub("", plain)


def _end_of_name(plain: str, end: int) -> int:
    while (more := _GOES_ON.match(plain, end)) is not None and more.end() > end:
        end = more.end()
    return end


_NUMERAL = r"[\d一二两三四五六七八九十]{1,3}"
_MONTH = r"(?:1[0-2]|0?[1-9])月(?:份|底|末|初|中旬|上旬|下旬|(?:[12]\d|3[01]|0?[1-9])日)?"
_WHEN = "|".join(
    (
        rf"(?:20\d\d年|今年|本年|当年)?(?:\d{{1,2}}[-—~～至]+)?{_MONTH}",
        r"20\d\d[./-]\d{1,2}(?:[./-]\d{1,2})?",
        r"(?:20\d\d年?|今年|本年|当年)?(?:年?(?:底|末|内)|年度|上半年|下半年|全年|第?[一二三四1-4]季度?(?:末|底|初)?)",
        r"20\d\d年",
        r"每(?:半年|两周|半月|季度?|[年月周日旬])(?:末|底|度|初)?(?:\d{1,2}日)?|[按逐]月|按季度?|汛期每月",
        rf"(?:印发|发文|交办|启动)?(?:之日起|后)?{_NUMERAL}个?(?:工作日|自然日|小时|日|天|月|周)(?:之?内)",
        r"长期|持续|常态化?|贯穿全年|适时|立即|即时|尽快|按时|立行立改|[入主]?汛期?前|(?:国庆节?|元旦|五一|七一|春节|中秋节?|开学)前",
    )
)
_TIME_TAIL = r"(?:之?前|以前|起)?(?:各?一次|完工|完成|办结|启动|建成|开工|并?(?:长期|持续)?(?:坚持|推进|落实|实施|调度|开展|任务|整改|抓落实))*"
_TIME = re.compile(rf"(?:{_WHEN}){_TIME_TAIL}(?:(?:至|到|—+|-+|~|～|、|和|，|；)?(?:{_WHEN}){_TIME_TAIL})*")
_FURTHEST = 70
_SHORTEST_TEXT = 4
_LONGEST_TIME = 24
# No row is longer; what is has not been told from the next ones.
_LONGEST_ROW = 3000


@dataclass(frozen=True, slots=True)
class GluedCells:
    """A row that was cut.

    Attributes:
        before: The text before the units.
        groups: The units, one text for each cell.
        behind: The text behind them.
        time: The time limit that closes the row or stands right behind the units.
        is_unparted: Whether one of the groups holds several cells, nobody knows which.
    """

    before: str
    groups: tuple[str, ...]
    behind: str = ""
    time: str = ""
    is_unparted: bool = False


def cut_cells(
    text: str, *, columns: int, ends_row: bool, has_time: bool = False, unit_names: Set[str] = frozenset()
) -> GluedCells | None:
    """Cut a row; None if there is no cut that is certain.

    Args:
        text: The row without its number.
        columns: How many columns of units it has.
        ends_row: Whether nothing but a time limit follows the units.
        has_time: Whether a column holds a time limit.
        unit_names: Names that are known to be units.
    """
    text = text.strip(" \u3000\n")
    if len(text) > _LONGEST_ROW:
        return None
    body, time = _without_time(text) if has_time else (text, "")
    plain = blank_inside(fold_characters(body))
    run = _at_end(plain, unit_names) if ends_row else _inside(plain, columns, unit_names)
    if run is None:
        return None
    start, end = run
    groups = _groups(body, plain, start, end, unit_names)
    is_unparted = len(groups) > columns
    if is_unparted:
        groups = _fewer(groups, columns)
    behind = body[end:].strip(" \u3000\n")
    if has_time and not time and (lead := _TIME.match(behind)):
        time, behind = lead[0], behind[lead.end() :].strip()
    return GluedCells(
        body[:start].strip(" \u3000\n，、"),
        tuple(groups),
        behind,
        time,
        is_unparted and len(groups) < columns,
    )


def _fewer(groups: list[str], columns: int) -> list[str]:
    """More names touch each other than there are columns: bodies before a collective name are the first cell.

    Otherwise it is not known where the border is, and all of them are one statement.
    """
    collective = [is_group(re.split("[、，；]", group)[0]) for group in groups]
    if columns == 2 and collective[-1] and not any(collective[:-1]):
        return ["、".join(groups[:-1]), groups[-1]]
    return ["、".join(groups)]


def ends_in_time(text: str) -> bool:
    """Whether a text ends in a time limit, as a row does whose last column that is."""
    return bool(_without_time(text)[1])


def _without_time(text: str) -> tuple[str, str]:
    """A row without the time limit at its end: the longest one that ends it."""
    end = len(text.rstrip(" 。\n"))
    for start in range(max(0, end - _LONGEST_TIME), end):
        if (match := _TIME.match(text, start, end)) is not None and match.end() == end:
            if text[start].isdecimal() and text[start - 1 : start].isdecimal():
                continue
            return text[:start].rstrip(), match[0]
    return text, ""


def _tokens(plain: str) -> list[tuple[int, int]]:
    """The stretches between separators and full stops; a full stop belongs to the stretch before it."""
    return [(match.start(), match.end()) for match in re.finditer(rf"[^{SEPARATORS}。；：]+[。：]?", plain)]


def _at_end(plain: str, unit_names: Set[str]) -> tuple[int, int] | None:
    """The run of names that ends a text, with a text before it."""
    plain = plain.rstrip(SEPARATORS + "。")
    start = len(plain)
    for begin, end in reversed(_tokens(plain)):
        piece = plain[begin:end]
        if piece.endswith(("。", "：")):
            break
        opens = begin == 0 or plain[begin - 1] in "。："
        if begin and _all_names(piece, unit_names) and not (opens and _hides_text(piece, unit_names)):
            start = begin
            continue
        if (inner := _begins(piece, unit_names)) > 0:
            start = begin + inner
        elif start < len(plain) and not _is_cell_border(plain, start):
            return None
        break
    return (start, len(plain)) if 0 < start < len(plain) else None


def _is_cell_border(plain: str, start: int) -> bool:
    """Whether a run of names is set apart from the text before it by more than a comma of that text."""
    return plain[start - 1] in " \n。：；"


def _hides_text(piece: str, unit_names: Set[str]) -> bool:
    """Whether a stretch that could be a name holds the end of a text and a name behind it."""
    if starts_like_unit(piece) or piece in unit_names:
        return False
    first = pieces(without_role(piece), unit_names)[0]
    return first not in unit_names and begins(first, unit_names) > 3


def _all_names(piece: str, unit_names: Set[str]) -> bool:
    return all(is_name(name) for name in pieces(piece, unit_names))


def _begins(piece: str, unit_names: Set[str]) -> int:
    """Where the names begin that a stretch ends with; several can touch each other."""
    bare = without_role(piece)
    start = begins(bare, unit_names)
    while start > 0 and (start_before := begins(bare[:start], unit_names)) >= 0:
        start = start_before
    return start


def _inside(plain: str, columns: int, unit_names: Set[str]) -> tuple[int, int] | None:
    """The first run of names that has a text on both sides; None where the text may begin with one more of them."""
    for start in _starts(plain, unit_names):
        end, borders = _run_end(plain, start, columns, unit_names)
        behind = plain[end:].lstrip()
        if end > start and len(behind) >= _SHORTEST_TEXT:
            maybe_more = borders + 1 < columns and whole_prefix(behind[:40])
            return None if maybe_more else (start, end)
    return None


def _starts(plain: str, unit_names: Set[str]) -> Iterator[int]:
    """Where a run of names can begin: behind a blank, or inside the first sentence where a name is certain."""
    stop = plain.find("。")
    limit = min(stop if stop > 0 else len(plain), _FURTHEST)
    for blank in re.finditer(r"[ \n]", plain[:limit]):
        if ends(plain[blank.end() :], unit_names) > 0:
            yield blank.end()
    for at in range(2, limit):
        if plain[at - 1] in SEPARATORS:
            continue
        rest = plain[at:]
        if any(rest.startswith(name) for name in unit_names) or starts_like_unit(rest):
            size = ends(rest, unit_names)
            # The same name, found from its end: a level inside a word begins none.
            if size > 0 and begins(plain[: at + len(without_role(rest[:size]))], unit_names) in (at,):
                yield at


def _run_end(plain: str, start: int, columns: int, unit_names: Set[str]) -> tuple[int, int]:
    """Where a run of names ends, and how many borders it holds: names that touch fill one column each."""
    at, borders = start, 0
    while True:
        size = ends(plain[at:], unit_names)
        if size <= 0:
            return (at if at == start or plain[at - 1] not in SEPARATORS else at - 1), borders
        at += size
        if at < len(plain) and plain[at] in SEPARATORS.replace(" ", "").replace("\n", ""):
            at += 1
            continue
        blank = plain[at : at + 1] in (" ", "\n")
        rest = plain[at + blank :]
        opens = starts_like_unit(rest) or any(rest.startswith(name) for name in unit_names)
        if borders + 1 < columns and opens and ends(rest, unit_names) > 0:
            borders += 1
            at += blank
            continue
        return at, borders


def _groups(body: str, plain: str, start: int, end: int, unit_names: Set[str]) -> list[str]:
    """The run cut where two names touch each other."""
    cuts = [start]
    for begin, stop in _tokens(plain[start:end]):
        at = start + begin
        for piece in pieces(plain[start + begin : start + stop], unit_names)[:-1]:
            at += len(piece)
            cuts.append(at)
        if begin and plain[start + begin - 1] in " \n":
            cuts.append(start + begin)
    cuts = sorted({*cuts, end})
    groups = [body[a:b].strip(SEPARATORS) for a, b in pairwise(cuts)]
    return [group for group in groups if group]


_BODY = "(?:单位|部门|科室|处室|股室|主体|机构)"
_ROLE = "(?:总牵头|牵头|主办|承办|责任|负责|配合|协办|协助|协同|参与|参加|落实|实施|主管|整改|主责|指导|监督|支持)"
_CAPTIONS = "|".join(
    (
        "序号|编号|项次|任务编号|任务序号",
        # Units, two roles in one caption among them.
        rf"{_ROLE}(?:[/／、及和（(]{_ROLE}[)）]?|责任|落实)?{_BODY}(?:及责任人|[(（]{_ROLE}[)）])?|责任分工|(?:市|县|区|省|镇)?级?{_ROLE}{_BODY}",
        # Persons.
        "(?:责任|分管|牵头|包保|包联|市级|县级|区级|主管)领导|责任人|负责人|联系人|联络员|联系电话|联系方式|电话",
        # Time.
        "(?:计划|预计|整改|办结|序时|时间)?(?:完成|办结|整改|推进)?(?:时限|时间|期限|日期|节点|进度)(?:要求|安排)?|频次",
        # Texts.
        "(?:存在|主要|突出)?问题(?:清单|描述|表现)?",
        "(?:主要|重点|具体|年度|目标|工作|改革|整改|建设|推进|落实|责任|实施){0,2}"
        "(?:(?:任务|项目|事项|指标|问题)(?:内容|名称|清单|类别|分类|描述|事项)|"
        "任务|工作|内容|措施|要求|举措|事项|要点|目标|项目|名称|清单|类别|分类|标准|成果|指标|做法)",
        "板块|方面|领域|类别|备注|说明|进展情况|完成情况|落实情况|推进情况|工作进展|(?:目前|当前)进展|总投资|年度投资|一级指标|二级指标|三级指标|分值|权重",
    )
)
# Blanks may stand between any two letters of a caption.
_SPREAD = r"[ \u3000\xa0\n]*"
_CAPTION = re.compile(rf"(?:{_CAPTIONS})")
# The end of a title that the head touches: 重点任务清单 工作任务责任单位.
_ENDS_TITLE = re.compile("(?:清单|分工|要点)$")
_FEWEST = 3
_FEWEST_AT_LINE = 2


@dataclass(frozen=True, slots=True)
class GluedHead:
    """A head whose captions had run together.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        labels: Its captions.
        fields: What each column holds.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def unit_columns(self) -> tuple[int, ...]:
        """Which columns hold units."""
        return tuple(column for column, column_field in enumerate(self.fields) if column_field in UNIT_FIELDS)


def find_glued_head(text: str) -> GluedHead | None:
    """The first run of captions that is a head; None if there is none."""
    tight, places = _without_blanks(text)
    at = 0
    while (first := _CAPTION.search(tight, at)) is not None:
        captions = [first]
        while (next_caption := _CAPTION.match(tight, captions[-1].end())) is not None:
            captions.append(next_caption)
        at = captions[-1].end()
        head = _head_of(captions, text, places)
        if head is not None:
            return head
    return None


def _without_blanks(text: str) -> tuple[str, list[int]]:
    places = [at for at, letter in enumerate(text) if letter not in " \u3000\xa0\n"]
    return "".join(text[at] for at in places), places


def _head_of(captions: list[re.Match[str]], text: str, places: list[int]) -> GluedHead | None:
    """The head that some captions in a row make; a title before the number column is none of it."""
    numbers = [at for at, caption in enumerate(captions) if field_of(caption[0]) is Field.NUMBER]
    if numbers:
        captions = captions[numbers[0] :]
    while len(captions) > _FEWEST and places[captions[0].start()] and _ENDS_TITLE.search(captions[0][0]):
        captions = captions[1:]
    labels = tuple(caption[0] for caption in captions)
    begin, end = places[captions[0].start()], places[captions[-1].end() - 1] + 1
    at_line = begin == 0 or text[begin - 1] == "\n"
    if len(labels) < (_FEWEST_AT_LINE if at_line else _FEWEST) or len(set(labels)) < len(labels):
        return None
    column_fields = fields_of(dict(enumerate(labels)))
    fields = tuple(column_fields[column] for column in range(len(labels)))
    if Field.REQUIREMENT not in fields or not set(fields) & set(UNIT_FIELDS):
        return None
    return GluedHead(begin, end, labels, fields)


_WITH_MARK = re.compile(r"(?<![\d.．年月第〔（(%])(?P<no>\d{1,3})[.．、](?!\d)")
_BARE = re.compile(
    r"(?:(?<![\d.．第〔（(%至到—\-~])|(?<=20\d\d-\d\d-\d\d))(?P<no>\d{1,3})(?![\d.．、年月日号时%％])"
)
# A number that begins its line, headings before it aside.
_AT_LINE = re.compile(r"(?:(?<=\n)|^)(?P<lead>[^\d\n。；]{0,90})(?P<no>\d{1,3})[.．、]?(?![\d%％])")
# Where a cell can have ended.
_OVER = re.compile(
    r"(?:[。；！）)\]】\n \u3000局委办厅部院处科站队所馆校会行村镇乡街区县市州府心司团位门构业道前底内日旬初末期]|^)$"
)
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])(?:[^。；，,\d]|[（(]\d+[^（）()]{0,6}[)）]){2,40}$"
)

# How far behind the head the first row may begin, how short a row may be, and how long the headings before one.
_FURTHEST_FIRST = 400
_SHORTEST_ROW = 4
_LONGEST_HEADINGS = 200
_MOST_HEADINGS = 3
# How many numbers may be left out of a list whose rows begin their lines.
_GAP = 5


@dataclass(frozen=True, slots=True)
class GluedRow:
    """A row: where it begins and ends in the text, its number, and the headings that stand before it."""

    start: int
    end: int
    no: str
    headings: tuple[str, ...] = ()


def cut_rows(text: str, start: int) -> list[GluedRow]:
    """The rows of a text from a place on; empty if no numbers run on in it."""
    return max((_cut(text, start, pattern) for pattern in (_WITH_MARK, _BARE, _AT_LINE)), key=len)


def _cut(text: str, start: int, pattern: re.Pattern[str]) -> list[GluedRow]:
    numbers = _chain(text, start, pattern)
    if not numbers:
        return []
    rows: list[GluedRow] = []
    above = _headings(text[start : numbers[0].start("no")])[1]
    stops = [number.start("no") for number in numbers[1:]] + [len(text)]
    for number, stop in zip(numbers, stops, strict=True):
        tail = max(number.end(), stop - _LONGEST_HEADINGS)
        cut, below = _headings(text[tail:stop])
        rows.append(GluedRow(number.end(), tail + cut, number["no"], above))
        above = below
    return rows


def _chain(text: str, start: int, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """The numbers that begin the rows: each the next one of the number before, the first of those that can be it."""
    numbers: list[re.Match[str]] = []
    for match in pattern.finditer(text, start):
        number, at = int(match["no"]), match.start("no")
        if pattern is _AT_LINE and match["lead"].strip() and _headings(match["lead"])[0]:
            continue
        if not numbers:
            if at - start > _FURTHEST_FIRST and text[at - 1] != "\n":
                break
            if not _headings(text[start:at].strip())[0] or text[at - 1] == "\n":
                numbers.append(match)
            continue
        last = int(numbers[-1]["no"])
        follows = number == last + 1 or (pattern is _AT_LINE and last < number <= last + _GAP)
        if at - numbers[-1].end() < _SHORTEST_ROW or not (follows or number == 1):
            continue
        behind = text[max(numbers[-1].end(), at - _LONGEST_HEADINGS) : at]
        end, headings = _headings(behind)
        if pattern is _BARE and not _is_over(behind[:end]):
            continue
        if follows or headings:
            numbers.append(match)
    return numbers


def _is_over(behind: str) -> bool:
    """Whether a cell can have ended with these words: a bare number in the middle of a sentence begins no row."""
    return bool(_OVER.search(behind[-1:])) or ends_in_time(behind[-24:])


def _headings(text: str) -> tuple[int, tuple[str, ...]]:
    """Where the headings at the end of a text begin, and the headings; its length and none if there are none."""
    headings: list[str] = []
    end = len(text.rstrip())
    while len(headings) < _MOST_HEADINGS and (heading := _HEADING.search(text, 0, end)) is not None:
        # Of a run of headings the pattern finds the outermost first; each is peeled off from the right.
        inner = [
            match.start() + heading.start()
            for match in re.finditer(
                r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]", heading[0]
            )
        ]
        at = inner[-1]
        number = leading_number(text[at:end])
        if number is None or number.rank > Rank.HAN_BRACKET or not number.rest:
            break
        headings.insert(0, text[at:end].strip())
        end = len(text[:at].rstrip())
    return (end if headings else len(text)), tuple(headings)


_DATE = re.compile(r"20\d\d年(?:1[0-2]|[1-9])月(?:底|末|(?:[12]\d|3[01]|[1-9])日)?前?")
_FEWEST_DATES = 3
_FEWEST_NUMBERS = 2
_LONGEST_RHYTHM_ROW = 1200
_REQUEST = re.compile(r"[要应须将可需请能在对就按]|必须|负责|结合|根据|加大|认真|切实|进一步|积极|严格")
# A short task, a blank, and what begins with a name.
_TASK_FIRST = re.compile(r"[^，。；：、 \n]{4,30} ")


def find_rhythm(text: str) -> tuple[GluedHead, list[GluedRow]] | None:
    """The columns and rows of a text without a head; None if it has no such rhythm."""
    if (rows := _by_dates(text)) is not None:
        return GluedHead(0, 0, (), (Field.REQUIREMENT, Field.RESPONSIBLE, Field.DEADLINE)), rows
    if (rows := _by_numbers(text)) is not None:
        return GluedHead(0, 0, (), (Field.TASK, Field.RESPONSIBLE, Field.REQUIREMENT)), rows
    return None


def _by_dates(text: str) -> list[GluedRow] | None:
    """Rows that each end in units and a date."""
    rows: list[GluedRow] = []
    start = 0
    for date in _DATE.finditer(text):
        if date.end() - start > _LONGEST_RHYTHM_ROW:
            return None
        segment = text[start : date.end()]
        if "\n" in segment.strip() or "。" not in segment:
            continue
        cells = cut_cells(segment, columns=1, ends_row=True, has_time=True)
        if cells is not None and cells.time == date[0] and len(cells.before) > 10:
            rows.append(GluedRow(start, date.end(), ""))
            start = date.end()
    over = len(text[start:].strip()) > 20
    return None if over or len(rows) < _FEWEST_DATES else rows


def _by_numbers(text: str) -> list[GluedRow] | None:
    """Numbered rows that each have a task, a blank, units and a text, two of them on one line at least."""
    rows = cut_rows(text, 0)
    if len(rows) < _FEWEST_NUMBERS or all(
        "\n" in text[a.start : b.start] for a, b in itertools.pairwise(rows)
    ):
        return None
    for row in rows:
        inside = text[row.start : row.end].lstrip()
        if not _TASK_FIRST.match(inside):
            return None
        cells = cut_cells(inside, columns=1, ends_row=False)
        if cells is None or " " in cells.before or _REQUEST.match(cells.behind):
            return None
    return rows


_FEWEST_ROWS = 2
_NOTE = re.compile(r"(?:备注|注|说明)[:：].*$", re.DOTALL)


@dataclass(slots=True)
class GluedReading:
    """What such a table yields: work points, what stands before it, what a person must check."""

    drafts: list[Draft] = field(default_factory=list)
    front: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_glued(lines: Sequence[TextLine]) -> GluedReading | None:
    """Read lines as a table whose cells had run together; None if they are none."""
    text = "\n".join(line.text for line in lines)
    head = find_glued_head(text)
    body = _NOTE.sub("", text[head.end if head is not None else 0 :])
    if head is not None:
        rows = cut_rows(text[: head.end] + body, head.end)
    elif (rhythm := find_rhythm(body)) is not None:
        head, rows = rhythm
    if head is None or len(rows) < _FEWEST_ROWS:
        return None
    unit_names = known_names(blank_inside(fold_characters(body)))
    cut = [_cells(text, row, head, unit_names) for row in rows]
    if 2 * sum(row_cells is not None for row_cells in cut) < len(cut):
        return None
    reading = GluedReading(front=[part for part in text[: head.start].split("\n") if part.strip()])
    places = _Places(lines)
    path: dict[Rank, str] = {}
    for row, cells in zip(rows, cut, strict=True):
        for heading in row.headings:
            number = leading_number(heading)
            rank = number.rank if number is not None else Rank.HAN
            path = {outer: outer_heading for outer, outer_heading in path.items() if outer < rank} | {
                rank: heading
            }
        section, second = levels(path)
        reading.drafts.append(_draft(text, row, cells, head, places, section, second))
    if tail := text[head.end + len(body) :].strip():
        reading.notes.append((tail, lines[-1].place))
    by = f"表头（{'、'.join(head.labels)}）" if head.labels else "各项的规律（没有表头）"
    reading.findings.append(GLUED_TABLE.at(places.of(head.start), by=by, count=len(rows)))
    reading.findings += [
        GLUED_ROW.at(draft.place, text=draft.requirement[:20])
        for draft, cells in zip(reading.drafts, cut, strict=True)
        if cells is None
    ]
    return reading


class _Places:
    """The line that a place of the joined text stands in; `#2` is the second row that begins there."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.ends: list[tuple[int, str]] = []
        at = 0
        for line in lines:
            at += len(line.text) + 1
            self.ends.append((at, line.place))
        self.met: dict[str, int] = {}

    def of(self, at: int) -> str:
        """The line."""
        return next((place for end, place in self.ends if at < end), "")

    def next_in(self, at: int) -> str:
        """The line, counted."""
        place = self.of(at)
        self.met[place] = self.met.get(place, 0) + 1
        return f"{place}#{self.met[place]}"


def _cells(text: str, row: GluedRow, head: GluedHead, unit_names: frozenset[str]) -> GluedCells | None:
    units = head.unit_columns
    texts = [
        column
        for column, column_field in enumerate(head.fields)
        if column_field in (Field.REQUIREMENT, Field.TASK)
    ]
    return cut_cells(
        text[row.start : row.end],
        columns=len(units),
        ends_row=max(texts) < units[0],
        has_time=Field.DEADLINE in head.fields or Field.FREQUENCY in head.fields,
        unit_names=unit_names,
    )


def _draft(
    text: str,
    row: GluedRow,
    cells: GluedCells | None,
    head: GluedHead,
    places: _Places,
    section: str,
    second: str,
) -> Draft:
    place = places.next_in(row.start)
    whole = text[row.start : row.end].strip(" \u3000\n")
    if cells is None:
        return Draft(whole, place, section, second, row.no, statements=(), stream="text")
    task, requirement = second, cells.before
    if cells.behind and head.fields.index(Field.REQUIREMENT) > head.unit_columns[-1]:
        requirement = cells.behind
        task = cells.before if Field.TASK in head.fields else second
    return Draft(
        requirement=requirement,
        place=place,
        section=section,
        task=task,
        no=row.no,
        from_column=Field.NUMBER in head.fields,
        statements=_statements(cells, head, place),
        deadline=cells.time,
        deadline_place=place if cells.time else "",
        stream="text",
    )


def _statements(cells: GluedCells, head: GluedHead, place: str) -> tuple[RoleStatement, ...]:
    """The units, each text in the column where it stood.

    One text for two columns stands in the first, unless it holds several cells whose border was lost, or begins
    with a collective name: 各部门 lead nothing.
    """
    columns = list(head.unit_columns)
    groups = cells.groups
    if len(groups) < len(columns):
        first = re.split("[、，；]", fold_characters(groups[0]))[0]
        if is_group(first) or cells.is_unparted:
            columns = [column for column in columns if head.fields[column] is not Field.LEAD] or columns
    return tuple(
        RoleStatement(text, head.fields[column], head.labels[column] if head.labels else "", place=place)
        for text, column in zip(groups, columns, strict=False)
    )
