"""Cutting a clause: into statements, each with the label before it, and a stretch of names into names.

Places are places in the folded text (`marks.fold_characters`) after `pack`: a blank that is left separates.

Which blanks and line breaks separate, and which were only typed into a name or lost their mark, is decided first
(`pack`). A subject is cut into share, name and topic. A stretch that holds names becomes names on the way: brackets, signs and 等 taken off (`written_names`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tracker import patterns as re
from tracker.grid import INVISIBLE
from tracker.model import Role
from tracker.reading.clauses.names import (
    LEVEL,
    LONGEST,
    BracketSort,
    is_bare_level,
    is_person_name,
    is_prose,
    is_time,
    is_unit,
    role_of_bracket,
    sort_of_bracket,
    starts_like_unit,
)
from tracker.reading.clauses.words import (
    BARE_LABEL,
    BEHIND_A_NAME,
    BLANK,
    EDGE,
    KNOWN_LABEL,
    LEAD,
    RESPONSIBLE,
    SEPARATORS,
    STARS,
    STEM,
    SUPPORT,
    WEAK_RESPONSIBLE,
    WEAK_SUPPORT,
    Clause,
    Sense,
    blank_inside,
    fold_characters,
    is_label,
)
from tracker.text import without_invisible
from tracker.values import dataclass

# How far a blank looks to both sides: a name with a blank after each of its characters.
_NEAR = 2 * LONGEST
# A name broken before its ending, by somebody who wanted the cell to look even: 平安法治⏎办公室.
_TAIL_OF_NAME = re.compile(
    r"(?:办公室|委员会|管委会|管理局|管理处|服务中心|中心|监管所|事务所|有限公司|公司|集团|联合会|办事处|大队|支队|分局|分公司|人民政府|"
    r"海关|法院|检察院|管理所|管理站|[局委厅办处科所站])"
)
# What is no name by itself: 石桥街道⏎办事处.
_NEVER_ALONE = re.compile(
    rf"(?:人民政府|办事处|管委会|管理委员会)(?=$|[^\u4e00-\u9fff]|牵头|负责|配合|协办|参与|承办|主办|{BEHIND_A_NAME})"
)
# 市财政局 等部门: the blank before 等 ends nothing.
_OTHERS = re.compile(r"等(?:$|[部单有相各，；。）])")
# A group of places, and on the next line what of them is meant: 各县（市、区）⏎商务主管部门.
_PLACES = re.compile(r"(?:^|[、，；：\n])(?:各|有关|相关)[\u4e00-\u9fff]{1,6}（□+）$")
_KIND = re.compile(r"(?:^|[、，；：\n])(?:各|有关|相关)[省市县区州盟旗镇乡街道、]{1,6}(?:（□+）)?$")
_RULED = re.compile(r"(?:人民政府|政府|管委会|党委|办事处)(?:（|$)")
# Words at the end of names that a line break may cut in two: 石桥镇人⏎民政府.
_LONG_TAIL = re.compile(
    r"人民政府|办事处|委员会|管委会|办公室|服务中心|管理局|监管局|管理处|联合会|有限公司|公司|集团|中心|大队|支队|人民医院|检察院|法院|街道|银行"
)
_OF_PLACES = re.compile(r"(?:(?![各省市县区州])[\u4e00-\u9fff]{0,8}(?:部门|单位)|(?:人民)?政府|管委会|党委)$")
_HEAD_OF_NAME = re.compile(r"(?:^|[、，；：\n])[\u4e00-\u9fff]{2,12}$")


def pack(text: str) -> tuple[str, list[int]]:
    """The text without the blanks that separate nothing, and where each character of it stood.

    >>> pack("市 民 政 局 、市残联 配 合")[0]
    '市民政局、市残联配合'
    >>> pack("市民政局 市残联")[0]
    '市民政局 市残联'
    """
    visible = [at for at, letter in enumerate(text) if letter not in INVISIBLE]
    text = without_invisible(text)
    folded_text = fold_characters(text)
    plain = blank_inside(folded_text)
    places: list[int] = []
    start = 0
    for at, letter in enumerate(plain):
        if letter in " \n":
            if not _separates(plain, start, at):
                continue
            start = at + 1
        elif letter in SEPARATORS:
            start = at + 1
        if not (folded_text[at] in " \n" and plain[at] == BLANK):
            places.append(at)
    return "".join(text[at] for at in places), [visible[at] for at in places]


def _separates(plain: str, start: int, at: int) -> bool:
    """Whether the blank at `at` ends a statement."""
    before = re.sub(r"\s+", "", plain[max(start, at - _NEAR) : at])
    after = plain[at + 1 : at + _NEAR].lstrip(" \n")
    stop = re.search(rf"[{SEPARATORS} ]", after)
    right = after[: stop.start()] if stop else after
    if not before or not right or right.startswith("（") or _OTHERS.match(right):
        return False
    if (tail := _NEVER_ALONE.match(right)) is not None and is_unit(before.rsplit("：", 1)[-1] + tail[0]):
        return False
    if re.match(r"[^：]{1,14}：", right) and is_label(right.split("：")[0]):
        return True
    is_line = plain[at] == "\n"
    if is_line and (
        (_PLACES.search(before) and _OF_PLACES.match(right)) or (_KIND.search(before) and _RULED.match(right))
    ):
        return False
    if before.endswith(("：", "和", "与", "及", "由", "会同", "以及")) or right.startswith(
        ("和", "与", "及")
    ):
        return False
    before = before.rsplit("：", 1)[-1]
    ends = is_unit(before) or _ends_statement(before)
    if is_line and not ends and _TAIL_OF_NAME.fullmatch(right) and _HEAD_OF_NAME.search(before):
        return False
    if is_line and not ends:
        right = _VERB_BEHIND.split(right)[0] or right
        if _is_cut(before, right):
            return False
        # A name broken over two lines goes on without a level of its own.
        return starts_like_unit(right) or not is_unit(right) or not starts_like_unit(before)
    if is_line:
        return True
    return ends and (
        is_unit(right)
        or is_time(right)
        or is_person_name(right)
        or _holds_verb(right)
        or _ends_statement(right)
    )


# 建设局牵头: what the end of a name goes on with.
_VERB_BEHIND = re.compile(r"牵头|负责|配合|协办|协助|参与|承办|主办|会同|按职责|分别")


def _is_cut(before: str, right: str) -> bool:
    """Whether a line break stands inside the word that a name ends in: 石桥镇人⏎民政府."""
    tails = _LONG_TAIL.finditer(before + right)
    return any(tail.start() < len(before) < tail.end() for tail in tails) and is_unit(before + right)


def _ends_statement(text: str) -> bool:
    return bool(
        re.search(
            rf"(?:{'|'.join((*LEAD, *RESPONSIBLE, *SUPPORT, *WEAK_RESPONSIBLE, *WEAK_SUPPORT))}|等|）|[0-9年月日底前])$",
            text,
        )
    ) or _holds_verb(text)


def _holds_verb(text: str) -> bool:
    at = re.search(r"牵头|负责|配合|协办|协助|参与|承办|主办", text)
    return bool(at and at.start() > 1)


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of the text."""

    start: int
    end: int


_CONJUNCTION = re.compile(r"以及|和|及|与|同|、")
# The right half of a pair that cannot stand alone: 各部门和单位, 党工委和管委会.
_HALVES = re.compile(
    r"(?:单位|部门|机构|政府|人民政府|管委会|企业|个人|组织|科室|处室|街道办事处|街道|办事处|机关|团体|学校|院校|"
    r"企事业单位|事业单位|人民团体|社会组织|行业组织|行业协会|村|社区|乡镇|区县|县区|园区|镇街|中央部门|国家机关)$"
)
# Whom an office looks after, before the rest of its name: 实验室与设备管理处, 企业和市场科. A body of its own would have a name.
_FIELD = re.compile(
    r"(?![各省市县])[\u4e00-\u9fff]{2,4}区|[校院局]?(?:实验室|教室|企业|学校|医院|机关|社区|园区|景区|单位|部门|机构|组织|社会组织|村|乡镇|幼儿园|中小学校?|高校|医疗机构|科研院所|场馆|水库|林场|农场)"
)
_INNER = re.compile(rf"(?!{LEVEL}(?<!市(?=场))).+(?:[处科股室部]|(?:服务|管理)中心)")
# Parts of a body that follow it without being a body of their own: 市公安局市区分局.
_BRANCH = re.compile(
    r"[省市县区州镇乡旗盟][\u4e00-\u9fff]{0,4}?(?:[区县市])?(?:分局|支局|分行|支行|分公司|支公司|大队|支队|中队|调查队|派出所|管理所|税务所|工商所|国土所|分院|分中心)$"
)
_WHOLE = re.compile(r"各(?:部门|单位|机构|科室|处室|部委|直属|职能|相关|有关|委办|级|类|系统)")
# Members always belong to the body before them: 县安委会各成员单位.
_MEMBERS = re.compile(r"各(?:成员|委员|组成|理事|会员)")
# A list of kinds of place whose last kind is still to come: 各县（市） 区人民政府.
_OPEN_LIST = re.compile(r"^各(?:级)?[省市县区州盟旗镇乡]（□*）$")
_STRONG_END = re.compile(
    r"(?:[局委厅办部院会室处科站所队联行校馆]|中心|公司|集团|政府|单位|部门|机构|企业|办事处)$"
)
_RUN_OF_STEMS = re.compile(rf"(?:{LEVEL}?{STEM}(?:局|厅|委员会|委|办公室|办|部))")
_STEMS_ONLY = re.compile(f"(?:{_RUN_OF_STEMS.pattern}){{2,}}")
_STEM_AT_END = re.compile(f"{STEM}$")
_LEVEL_AHEAD = re.compile(f"(?={LEVEL})")


def split_names(folded_text: str, plain: str, start: int, end: int) -> list[TextSpan]:
    """The names in a stretch that holds nothing but names.

    Split at conjunctions between two whole names (区直各部门和各乡镇, but not 教育和体育局 and 实验室与设备管理处), behind brackets of
    reference and number, and where a lost separator shows: a whole name, then a level (省财政厅省税务局).
    """
    spans: list[TextSpan] = []
    for first in _behind_brackets(folded_text, plain, start, end):
        for second in _at_conjunctions(plain, first.start, first.end):
            spans += at_lost_separators(plain, second.start, second.end)
    return spans


def _behind_brackets(folded_text: str, plain: str, start: int, end: int) -> Iterator[TextSpan]:
    begin = start
    for match in re.finditer("（□*）", plain[start:end]):
        bracket_start, close = start + match.start(), start + match.end()
        if start < bracket_start and close < end:
            sort = sort_of_bracket(folded_text[bracket_start + 1 : close - 1])
            if sort is not BracketSort.NAME and is_unit(plain[begin:bracket_start]):
                yield TextSpan(begin, close)
                begin = close
    yield TextSpan(begin, end)


def _at_conjunctions(plain: str, start: int, end: int) -> Iterator[TextSpan]:
    begin = start
    for match in _CONJUNCTION.finditer(plain, start, end):
        before, right = plain[begin : match.start()], plain[match.end() : end].strip(STARS)
        before = before.strip(STARS)
        if match.start() <= begin or match.group() == "、" or is_bare_level(before):
            continue
        whole_left = is_unit(before) or is_unit(re.sub(r"等[^等]*$", "", before))
        first_right = _first_name(right)
        is_field = _FIELD.fullmatch(before) and _INNER.fullmatch(first_right)
        # 各市粮食和储备局
        is_stem = _STEM_AT_END.search(before) and _STRONG_END.search(first_right)
        is_one = bool(is_field or is_stem or _HALVES.fullmatch(first_right))
        if whole_left and is_unit(first_right) and not is_one:
            yield TextSpan(begin, match.start())
            begin = match.end()
    yield TextSpan(begin, end)


def _first_name(text: str) -> str:
    for match in re.finditer(r"以及|和|及|与|等", text):
        if is_unit(text[: match.start()]):
            return text[: match.start()]
    return text


def at_lost_separators(plain: str, start: int, end: int) -> list[TextSpan]:
    """Where one whole name ends and the level of the next begins (省财政厅 省税务局), or stems show it.

    Not cut are branches (市公安局 市区分局), bodies of a body (市政府 各部门), and what is too short (市委 市政府).
    """
    text = plain[start:end]
    runs = [match.end() for match in _RUN_OF_STEMS.finditer(text)]
    if len(runs) > 1 and _STEMS_ONLY.fullmatch(text):
        edges = [0, *runs]
        return [TextSpan(start + a, start + b) for a, b in pairwise(edges)]
    spans: list[TextSpan] = []
    begin = 0
    for level in _LEVEL_AHEAD.finditer(text, 2):
        at = level.start()
        name, right = text[begin:at], text[at:]
        if not _SHORTEST <= len(name) <= LONGEST or len(right) < 2:
            continue
        if not (_STRONG_END.search(name) or name.endswith("）")) or not is_unit(name):
            continue
        next_name = _first_level_name(right)
        if not is_unit(next_name) or len(next_name) < _SHORTEST or _BRANCH.match(next_name):
            continue
        if _WHOLE.match(right) and (len(name) <= 4 or name.endswith(("政府", "委", "机关"))):
            continue
        if _MEMBERS.match(right):
            continue
        if re.match(r"市[中南北]区", right) or name.endswith(("驻", "属")) or _OPEN_LIST.search(name):
            continue
        spans.append(TextSpan(start + begin, start + at))
        begin = at
    return [*spans, TextSpan(start + begin, end)]


def _first_level_name(text: str) -> str:
    """The shortest whole name at the head of a run of names without separators."""
    for at in range(_SHORTEST, min(len(text), LONGEST)):
        if _STRONG_END.search(text[:at]) and is_unit(text[:at]) and starts_like_unit(text[at:]):
            return text[:at]
    return text


def and_others(plain: str, start: int, end: int) -> int:
    """Where 等, 等单位, 等有关部门 begins behind a name; `end` if it does not."""
    for match in re.finditer(r"(?<![高中初平优同])等(?!级|候|效|离子|额)", plain[start:end]):
        if match.start() > 0:
            return start + match.start()
    return end


# A level, a stem and an ending: the shortest whole name with a level.
_SHORTEST = 3
_TASK_NOUN = r"(?:项目|工作|规划|方案|任务|事项|部分|评估|普查|审查|办法|体系|平台|领域|环节|方面|制度|机制|建设|整治|改造|活动|清单|系统|标准|数据|信息)"


def cut_part(plain: str, start: int, end: int) -> tuple[int, str]:
    """Where the name begins behind a share, and the share: 校园部分由 市教育局, 涉农项目 区农业局."""
    text = plain[start:end]
    for match in re.finditer(r"(?<![自理缘事案])由(?!来|于|此)", text):
        rest = text[match.end() :]
        is_name = is_unit(rest) or not is_unit(text)
        if match.start() > 0 and is_name and not is_prose(rest):
            return start + match.end(), text[: match.start()]
    noun = re.search(rf"{_TASK_NOUN}(?={LEVEL})(?!各)", text)
    if noun and not is_unit(text[: noun.end()]):
        rest = text[noun.end() :]
        if is_unit(rest) and len(rest) >= _SHORTEST:
            return start + noun.end(), text[: noun.end()]
    return start, ""


def cut_topic(plain: str, start: int, end: int) -> int:
    """Where 对… begins behind a name (各单位 对项目组织实施 负总责); `end` if it does not."""
    for match in re.finditer(
        r"对(?!外|口|台|策)|就(?!业|医|诊|近|学)", plain[start : min(end, start + LONGEST)]
    ):
        if match.start() > 0 and is_unit(plain[start : start + match.start()]):
            return start + match.start()
    return end


_DOTS = ".·•"


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement between two marks.

    Attributes:
        start: Where it begins, its label included.
        label_end: Where its label ends; `start` if it has none.
        end: Where it ends.
        mark: The mark before it: `、` joins names of one rank, `，` ranks of one clause.
    """

    start: int
    label_end: int
    end: int
    mark: str


def split_statements(plain: str) -> Iterator[Piece]:
    """The statements of a clause, in order, with their labels.

    A mark inside brackets or quotations separates nothing. A blank or a line break separates where a complete
    name, role word or label stands on its left; otherwise it belongs into the name (市 民 政 局).
    """
    start, mark = 0, "。"
    for at in [*_breaks(plain), len(plain)]:
        labels = _labels(plain, start, at)
        first = labels[0][0] if labels else at
        if start < first:
            yield from _pieces(plain, Piece(start, start, first, mark))
            mark = "，"
        for (label_start, label_end), (next_start, _) in pairwise([*labels, (at, at)]):
            yield from _pieces(plain, Piece(label_start, label_end, next_start, mark))
            mark = "，"
        start = at + 1
        if at < len(plain):
            mark = {"/": "，"}.get(plain[at], plain[at]) if plain[at] in "，；。\n /" else "、"


def _pieces(plain: str, piece: Piece) -> Iterator[Piece]:
    """The statement, cut between names whose separator was lost."""
    first, *others = at_lost_separators(plain, piece.label_end, piece.end)
    yield Piece(piece.start, piece.label_end, first.end, piece.mark)
    for span in others:
        yield Piece(span.start, span.start, span.end, "、")


def _labels(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Labels with a colon anywhere in the statement, and one without a colon at its head."""
    labels: list[tuple[int, int]] = []
    at = start
    while (colon := plain.find("：", at, end)) >= 0:
        head = plain[at:colon]
        matches = [
            match
            for match in KNOWN_LABEL.finditer(plain, at, colon)
            if not plain[match.end() : colon].strip(" ）")
        ]
        whole_matches = [match for match in matches if match.end() <= colon]
        core = head.strip(EDGE + "（）" + BLANK)
        if whole_matches and is_unit(plain[at : whole_matches[0].start()].strip(EDGE)):
            labels.append((whole_matches[0].start(), colon + 1))
        elif is_label(re.sub(r"（□*）|\s", "", core)):
            labels.append((at, colon + 1))
        elif whole_matches:
            labels.append((whole_matches[0].start(), colon + 1))
        at = colon + 1
    if not labels or labels[0][0] > start:
        begin = start
        while begin < end and plain[begin] in EDGE:
            begin += 1
        bare = BARE_LABEL.match(plain, begin, end)
        limit = labels[0][0] if labels else end
        if bare:
            rest = plain[bare.end() : limit].strip(EDGE)
            first = re.split(r"[牵负配协参按分]", rest)[0] if rest else ""
            if starts_like_unit(rest) and (is_unit(rest) or is_unit(first)):
                labels.insert(0, (begin, bare.end()))
    return labels


def _breaks(plain: str) -> list[int]:
    """Places of the marks that separate statements."""
    places: list[int] = []
    start = 0
    for at, letter in enumerate(plain):
        if letter in SEPARATORS or letter == " " or (letter in _DOTS and _parts_names(plain, start, at)):
            places.append(at)
            start = at + 1
    return places


def _parts_names(plain: str, start: int, at: int) -> bool:
    """Whether a dot stands between two names."""
    right = re.split(rf"[{SEPARATORS}{_DOTS}（]", plain[at + 1 : at + 2 * LONGEST])[0]
    return is_unit(plain[max(start, at - 2 * LONGEST) : at].strip(EDGE)) and is_unit(right.strip(EDGE))


_SENSES = {BracketSort.ROLE: Sense.ROLE, BracketSort.PART: Sense.PART, BracketSort.NOTE: Sense.NOTE}
# Brackets that offices use for footnotes: 市教育局[1].
_FOOTNOTE_BRACKETS = "[［〔"


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name, and what its brackets say.

    Attributes:
        name: As written, without blanks; empty if nothing was left.
        span: Where it stands.
        role: What a bracket behind it says: 市教育局（牵头）.
        part: Its share: 市教育局（校园部分）.
        clause: A bracket behind it that is a clause of its own: 市教育局（市财政局配合）.
    """

    name: str
    span: tuple[int, int]
    role: Role | None = None
    part: str = ""
    clause: tuple[int, int] | None = None


def written_names(clause: Clause, start: int, end: int) -> Iterator[WrittenName]:
    """The names in a stretch that holds nothing else."""
    at = start
    for span in split_names(clause.folded_text, clause.plain, start, end):
        clause.mark(at, span.start, Sense.MARK)
        at = span.end
        yield _written_name(clause, *clause.trim(span.start, span.end))


def _written_name(clause: Clause, start: int, end: int) -> WrittenName:
    start, end = _without_stars(clause, start, end)
    role: Role | None = None
    part = ""
    nested_clause: tuple[int, int] | None = None
    while (bracket_start := clause.bracket_ending_at(end)) is not None and bracket_start > start:
        content = clause.folded_text[bracket_start + 1 : end - 1]
        sort = sort_of_bracket(content)
        if sort is BracketSort.NAME:
            break
        if sort is BracketSort.CLAUSE:
            nested_clause = (bracket_start, end)
        elif (
            sort is BracketSort.PART
            and clause.text[bracket_start] in _FOOTNOTE_BRACKETS
            and content.strip().isdecimal()
        ):
            clause.mark(bracket_start, end, Sense.MARK)
        else:
            clause.mark(bracket_start, end, _SENSES.get(sort, Sense.REFERENCE))
            role = role_of_bracket(content) if sort is BracketSort.ROLE else role
            part = clause.text[bracket_start + 1 : end - 1].strip() if sort is BracketSort.PART else part
        end = bracket_start
    cut = and_others(clause.plain, start, end)
    clause.mark(cut, end, Sense.AND_OTHERS)
    start, end = clause.trim(start, cut)
    clause.mark(start, end, Sense.NAME)
    return WrittenName(re.sub(r"\s+", "", clause.text[start:end]), (start, end), role, part, nested_clause)


def _without_stars(clause: Clause, start: int, end: int) -> tuple[int, int]:
    while start < end and clause.plain[start] in STARS:
        start += 1
    while end > start and clause.plain[end - 1] in STARS:
        end -= 1
    return start, end
