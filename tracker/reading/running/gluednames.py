"""Names of units inside text without separators: where a name begins and ends when its neighbours touch it.

    >>> begins("公开审计结果及整改情况省审计厅"), ends("省审计厅组织公开")
    (11, 4)

A name begins at its level (省, 县, 各), or where a name begins that stands elsewhere in the text between separators,
or is an office known by its stem (财政局). It ends with the ending of a body. What begins with 镇, or with 区 right
before 人民政府, can be the tail of a place's name: nothing is said about it. All texts are folded, their brackets
blanked (`marks`), so that no separator in a bracket counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set

from tracker.reading.clauses import names
from tracker.reading.clauses.cutting import at_lost_separators

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
        and (names.is_unit(plain) or names.is_group(plain) or names.is_office_by_deed(plain))
        and (not names.is_prose(plain) or names.is_office_by_deed(plain))
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
        opens = names.starts_like_unit(rest) or bool(_OPENS_NAME.match(rest))
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
        if not names.starts_like_unit(name) and not _STEMMED.fullmatch(name):
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
    if not (names.starts_like_unit(plain) or any(_STEMMED.fullmatch(plain[:end]) for end in range(3, 9))):
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
    if not rest or names.opens_a_sentence(rest) or names.starts_like_unit(rest):
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
