"""What a layout yields before its words are read, drafts of work points; and where a text says who answers for them.

The readers of layouts (`tables`, `layouts`, `prose`) only decide which text belongs to which work point, and whether it
continues a cell above. `plan` then reads the words of a draft with the grammars of `clauses` and `deadlines`: every layout
is understood by the same grammar, and a new layout is one module.

**Where a text says who**: labels, closing brackets and lines of names; and cells that hold several such items.

    （市甲局牵头，市乙局配合）           a bracket at the end of an item
    责任单位：市甲局、市乙局             a label, at the end of an item or in a line of its own
    市甲局牵头，市乙局负责               a line of names
    完成时限：2026年6月底                a label for the time limit

This module finds where the statement is; `clauses` reads it.

    >>> cut = at_end("1.规范公开。责任单位：市甲局；完成时限：6月底前")
    >>> cut.text, [(statement.field.name, statement.text) for statement in cut.statements], cut.deadline
    ('1.规范公开。', [('RESPONSIBLE', '市甲局')], '6月底前')
    >>> at_end("清查库房。【责任单位：市甲局】【时限：6月底前】").deadline
    '6月底前'
    >>> is_names("市甲局、市乙局分别负责"), is_names("公报同步发布，方便查阅。")
    (True, False)

**One cell, several work points**: numbered items that each end in their own units.
A cell is split only when every numbered item in it ends in a bracket or label of its own; else the whole cell
is one work point and the numbers stay in its text. `#2` behind the place is the second item.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker import patterns as re
from tracker.grid import Value
from tracker.numerals import HAN
from tracker.reading.clauses import (
    SAME_AS_BEFORE,
    Sense,
    bracket_pairs,
    closing_bracket,
    fold_characters as fold_name,
    insides,
    is_group,
    is_office_by_deed,
    is_own_noun,
    is_sound_name,
    is_time,
    is_unit,
    is_unit_as_written,
    read_responsibility,
    senses_of,
    without_note,
)
from tracker.reading.lines import leading_number, split_items
from tracker.reading.tables.headwords import LEADS_UNLESS_WORDED, UNIT_FIELDS, Field, field_of
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class RoleStatement:
    """One statement of who answers.

    Attributes:
        text: The cell, line or bracket as written.
        field: The role that its column gives to a name without a word of its own.
        header: The column's head as written; empty for a bracket or a line.
        is_continued: True when the cell continues one above.
        place: Where it stands.
    """

    text: str
    field: Field = Field.RESPONSIBLE
    header: str = ""
    is_continued: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A work point whose words have not been read yet.

    Attributes:
        requirement: The text; `split_cells` takes its leading number off.
        place: Where it stands.
        section: Heading above.
        task: Second heading or task cell.
        no: Number as printed.
        from_column: Whether `no` is a 序号 cell of its own.
        statements: Who answers.
        deadline: The value of the time cell, or the text of a label; empty if there is none.
        deadline_place: Where it stands.
        remarks: Header and value.
        is_hidden: True when its row is hidden.
        stream: Which run of numbers it belongs to (a sheet, a table); duplicates are looked for within one.
    """

    requirement: str
    place: str
    section: str = ""
    task: str = ""
    no: str = ""
    from_column: bool = False
    statements: tuple[RoleStatement, ...] = ()
    deadline: Value = ""
    deadline_place: str = ""
    remarks: tuple[tuple[str, str], ...] = ()
    is_hidden: bool = False
    stream: str = ""


# A line that opens with one of these says what is to be done, even if it ends like a name (管好政府网站).
_VERB = re.compile(
    r"[一-鿿]好|[一-鿿]{1,2}(?:强化|优化)|加强|推进|推动|推广|建设|建立|健全|完善|落实|开展|实施|强化|优化|深化|提升|提高|规范|整合|整治|清理|打造|构建|探索|"
    r"促进|扩大|保障|确保|压实|修订|制定|制订|编制|公布|公开|发布|组织|举办|培育|培训|创建|新建|改造|改建|扩建|支持各|督促|指导各|配齐|修[缮建复]|启用|疏浚|建成|增设|新增|迁建|续建|兴建|翻新|加装|购置|铺设|严格|严禁|畅通|拓展|拓宽|加快|加大|"
    r"持续|全面|统筹|着力|大力|积极|深入|切实|充分|进一步|围绕|对|把|将|以|在|覆盖|惠及|按(?!职责)|已|拟|累计|正在|尚未|力争|争取|完成"
)
# 加装电梯五十部, 新建泵站3处
_QUANTITY = re.compile(r"^(?!.*第).*(?:[十百千万]|\d)[余多]?[部处所场道队站台院校区]$")
# Who was present at a meeting: 市甲局负责人参加会议 gives nobody a task.
_PRESENT = re.compile(
    r"(?:参加|出席|列席|参与)(?:了|上述|本次|此次)?(?:会议|活动|调研|仪式|座谈|检查|考察|培训)[。\s]*$"
)
# 本清单由市甲局汇总，供各单位落实; 各县（市）要参照本方案抓好落实: about the document.
_DOCUMENT = r"本(?:清单|表|方案|计划|要点|通知|意见|台账|目录|文件|分工)"
_ABOUT_DOCUMENT = re.compile(
    rf"^{_DOCUMENT}(?:由|供|自|经)|(?:参照|按照?|依照|遵照|根据|对照|结合|执行|落实){_DOCUMENT}"
    r"|由[^，。]{2,24}负责解释[。\s]*$|^[^，。]{2,24}负责解释[。\s]*$"
    r"|^(?:文|表)中(?:所称|的)?[^，。]{2,12}(?:指|系|包括)"
)
_NOT_NAMES = (Sense.PROSE, Sense.DEED, Sense.PERSON, Sense.NOTE, Sense.TIME)

_LABEL = re.compile(
    r"(?P<label>(?:[（(【\[]\s*)?(?:总牵头|牵头|主办|承办|责任|负责|配合|协办|协助|参与|参加|落实|实施|主责|推进|第一责任|整改|支持|指导|会办|协同|监督)"
    r"(?:[/／、及和](?:牵头|责任|配合|协办|实施|落实|推进)|[（(](?:牵头|责任|主责|落实)[)）])?(?:推进|责任|落实|配合|实施)?"
    r"(?:单位|部门|科室|处室|主体|机构|分工)(?:及(?:分工|职责)|[（(][^（）()：:]{2,24}[)）](?=[\s\u3000]*[:：]))?|完成时限|完成时间|完成期限|办结时限|时间节点|时间要求|整改时限|工作时限|完成日期|责任分工|责任人|联系人|联系电话|(?:责任|牵头|分管|包保|包抓|包联|挂钩|挂联|联系|主管|督办|(?:分管|包[保抓联]|挂[钩联]|联系|牵头)?[市县区镇乡州省校院]级?)领导"
    r"|(?:(?<=[\s。；;，,、—―－–─|｜])|(?<=[^头办任责合协][/／])|(?<=[/／【\[（(](?=时限|期限))|^)(?:牵头|主办|承办|责任|负责|配合|协办|协助|参与|时限|期限))"
    r"[\s\u3000]*[】\])）]?[\s\u3000]*[:：]"
)
_CONTENT = re.compile(
    r"[（(【\[]?(?:(?:工作|主要|具体|任务|事项|重点|建设|整改|整治|活动|改革|交办|督办|督查|分解|办理|年度|推进|落实|细化|解决)(?:内容|任务|措施|要求|举措|事项)|任务描述|(?:任务|事项|项目)名称|内容|措施|举措|要求|任务|事项|项目)"
    r"[】\])）]?[\s\u3000]*[:：]"
)
# A bracket that opens so explains the text before it: （如市甲局）, （含所属单位）.
_REMARKS = re.compile(
    r"如|例如|比如|含|包括|包含|即|指|是指|见|详见|原|简称|以下|除|不含|联系|附|注|不包括|特别是|尤其是|主要是|涉及"
)
# 编印手绘地图，由市甲局牵头，市乙局配合
_PASSIVE = re.compile(r"[，,；;。](?:(?:具体)?由|(?=分别由))(?P<names>[^。]{4,200})$")
SAME = "同上"
_IS_SAME = re.compile(SAME_AS_BEFORE)
_SAME = re.compile(
    rf"[（(【\[](?:责任|牵头|承办|主办)?(?:单位|部门|分工)?[:：]?{SAME_AS_BEFORE}[)）】\]][。；;\s]*$"
)
# What is required——市甲局牵头，市乙局配合
_DASHED = re.compile(r"(?:[—―－–─]{2,}|--+)\s*(?P<names>[^—―－–─]{2,200})$")
# Behind the end of a sentence even a group alone (各镇街) says who answers.
_NAMES_IN_BRACKET = re.compile(
    r"[。；;！](?P<bracket>[（(【\[](?P<inner>[^()（）【】\[\]]*(?:[（(][^()（）]*[)）][^()（）【】\[\]]*)*)[)）】\]])[。；;\s]*$"
)
# A number that can stand in the middle of a line whose breaks were lost.
_INLINE_NUMBER = re.compile(
    rf"[（(][{HAN}]{{1,3}}[)）]|(?<![第{HAN}])[{HAN}]{{1,3}}、|(?<![\d.．年月])\d{{1,3}}[.．、](?!\d)|[①-⑳]"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut from what it says about units and time.

    Attributes:
        text: What is left.
        statements: Who answers; empty if it does not say.
        deadline: The time limit of a label; empty if there is none.
        after: What follows the statement in the same text, such as the next item that runs on.
        weak: Neither a bracket nor a label nor a dash sets the statement apart: a sentence of its own, or a part of one.
    """

    text: str
    statements: tuple[RoleStatement, ...] = ()
    deadline: str = ""
    after: str = ""
    weak: bool = False


def is_names(text: str, *, lone: bool = True) -> bool:
    """Whether a line is nothing but names and the words of their roles.

    Args:
        text: The line.
        lone: Whether a single name without a word of its role counts.
    """
    plain = text.strip(" \u3000\xa0。；;")
    is_sentence = re.search(r"[。！？!?“”\"]", _CAMPAIGN.sub("", plain))
    if not 1 < len(plain) <= 400 or is_sentence or _says_what(plain):
        return False
    if _PRESENT.search(plain) or _ABOUT_DOCUMENT.search(plain):
        return False
    senses = senses_of(plain)
    names = [words.strip() for sense, words in senses if sense is Sense.NAME]
    if all(map(is_own_noun, names)) or any(sense in _NOT_NAMES for sense, _ in senses):
        return False
    has_role_word = any(sense is Sense.ROLE for sense, _ in senses)
    if any(_says_what(name) for name in names):
        return False
    strangers = [name for name in names if not (is_group(name) or is_unit(fold_name(name)))]
    if has_role_word and _ends_in_stranger(senses, strangers):
        return False
    if has_role_word:
        return len(strangers) < len(names) or (
            all(len(name) <= 10 for name in names) and _STRONG_ROLE.search(plain) is not None
        )
    if text.rstrip().endswith("。"):
        return False  # a sentence that no role closes: what is to be done, not who does it
    return not strangers and (len(names) > 1 or (lone and len(plain) <= 24))


def bodies_alone(text: str) -> tuple[str, str] | None:
    """Names and words of roles where nothing but names can stand, though one begins with a deed, with no time: 推广股牵头，培训学校配合."""
    senses = senses_of(text)
    names = [words for sense, words in senses if sense is Sense.NAME]
    is_rest = all(sense in (Sense.NAME, Sense.ROLE, Sense.MARK) for sense, _ in senses)
    return (text, "") if names and all(map(is_unit_as_written, names)) and is_rest else None


# Three characters in a bracket are as often a word as a name.
_SHORTEST_NAME = 4
_LONGEST_PIECE = 60
_BEHIND_COLON = re.compile(r"[：:]([^：:。；;（(）)]{3,60})")
_ROLES_OF_BODIES = re.compile("(?:牵头|主办|主责|承办|负责|配合|协办|协助|参与|参加|落实|实施)$")


def explains(inside: str) -> bool:
    """Whether the inside of a bracket says more of what stands before it: （含幼儿园）."""
    return _REMARKS.match(inside) is not None


def names_apart(text: str) -> list[str]:
    """The units that brackets name, what stands behind colons, and the clauses that are nothing but bodies and their roles.

    >>> names_apart("修渠（含支渠）。（市甲局牵头，市乙局配合）"), names_apart("责任单位：市财政局")
    (['市甲局', '市乙局'], ['市财政局'])
    >>> names_apart("修渠，由市甲局主责，市乙局、市丙局配合，群众参与。")
    ['市甲局', '市乙局', '市丙局']
    """
    pieces = [*insides(text), *_BEHIND_COLON.findall(content_of(text) or text)]
    named = [piece for piece in pieces if is_names(piece) and not explains(piece)]
    clauses = [clause.strip() for clause in re.split("[，,。；;]", text)]
    named += [
        clause for clause in clauses if _ROLES_OF_BODIES.search(clause) and is_names(clause, lone=False)
    ]
    units = (
        assignment.unit
        for piece in named
        if _SHORTEST_NAME <= len(piece) <= _LONGEST_PIECE
        for assignment in read_responsibility(piece).assignments
    )
    return [unit for unit in dict.fromkeys(units) if field_of(unit) is None and is_sound_name(unit)]


# 各县（区）“扫黄打非”办公室
_CAMPAIGN = re.compile(
    r"[“\"][^“”\"]{2,8}[”\"](?=(?:工作|专项|行动)*(?:办公室|办|专班|领导小组|小组|工作组|组|指挥部))"
)
# 价格监管 is no body that helps: 监管, 实施, 指导 and their like need a whole name.
_STRONG_ROLE = re.compile(
    "牵头|负责|配合|主办|承办|协办|参与|参加|协助|会同|联合|责任|单位|部门|主责|包保|包抓"
)


def _ends_in_stranger(senses: Sequence[tuple[Sense, str]], strangers: Sequence[str]) -> bool:
    """Whether words that are no name stand behind the last role: 市甲局负责看守，防止私自运出."""
    words = [
        (sense, text.strip()) for sense, text in senses if sense in (Sense.NAME, Sense.ROLE, Sense.LABEL)
    ]
    last_sense, last = words[-1]
    is_behind = last_sense is Sense.NAME and any(sense is Sense.ROLE for sense, _ in words)
    return is_behind and last in strangers and len(last) >= _SHORTEST_PROSE


# A shorter stranger may still be a name: 岚城广电.
_SHORTEST_PROSE = 5


def _says_what(text: str) -> bool:
    return bool(_VERB.match(text) or _QUANTITY.search(text)) and not is_office_by_deed(fold_name(text))


def has_role(text: str) -> bool:
    """Whether a cell says itself who has which role: 市甲局牵头, 牵头单位：市甲局."""
    return any(sense in (Sense.ROLE, Sense.LABEL) for sense, _ in senses_of(text))


def has_label(text: str) -> bool:
    """Whether a text holds a label for units, such as 责任单位：."""
    return any(_field(match["label"]) in UNIT_FIELDS for match in _LABEL.finditer(text))


def opens_with_label(text: str) -> bool:
    """Whether a text begins with a label: 责任单位：市甲局."""
    return _LABEL.match(text.strip()) is not None


# What parts a task from its labels in a row of text.
_BARS = " \u3000/／|｜"


def at_end(text: str) -> Cut:
    """Cut the statement off the end of a text: a closing bracket, else labels, a dash with names, a last sentence."""
    if again := _SAME.search(text):
        return Cut(text[: again.start()].rstrip(), (RoleStatement(SAME),))
    if opens_with_label(text) and (label_cut := _labels(text)) is not None and not label_cut.text:
        return label_cut
    if (boxed := _labelled_bracket(text)) is not None:
        return boxed
    bracket = closing_bracket(text)
    if bracket is not None and not _REMARKS.match(bracket[1]):
        rest, clause = bracket[0].rstrip(_BARS), bracket[1]
        inner = _labels(clause)
        if inner is not None and inner.statements and not inner.text.strip():
            # 完成时限：6月底前 may stand before the labels of units.
            outer = _labels(rest)
            if outer is not None and outer.deadline and not outer.statements:
                return Cut(outer.text, inner.statements, inner.deadline or outer.deadline)
            return Cut(rest, inner.statements, inner.deadline)
        if not has_label(rest):
            names, deadline = (
                (clause, "") if inner is None else (inner.text.rstrip("，,；; "), inner.deadline)
            )
            return Cut(rest, (RoleStatement(names),), deadline)
    label_cut = _labels(text)
    if label_cut is not None:
        return label_cut
    if match := _NAMES_IN_BRACKET.search(text):
        names = match["inner"].strip()
        if is_names(without_note(names)) and not _REMARKS.match(names):
            return Cut(text[: match.start("bracket")].rstrip(), (RoleStatement(names),))
    if (dashed := _DASHED.search(text)) and is_names(dashed["names"]):
        return Cut(text[: dashed.start()].rstrip(), (RoleStatement(dashed["names"].strip()),))
    return _tail(text)


def _labelled_bracket(text: str) -> Cut | None:
    """The text before a last bracket of labels, those of units among them, maybe behind names; what other labels say is no name.

    >>> cut = _labelled_bracket("修渠。【资金：五万元；责任单位：市甲局；完成时限：6月底】")
    >>> cut.text, [statement.text for statement in cut.statements], cut.deadline
    ('修渠。', ['市甲局'], '6月底')
    """
    bare = fold_name(text.rstrip(" \u3000。；;"))
    start = {end: at for at, end in bracket_pairs(bare).items()}.get(len(bare) - 1, -1)
    inside = text[start + 1 : len(bare) - 1]
    if start < 0 or not has_label(inside) or opens_with_label(inside):
        return None
    cut = _labels(inside)
    if cut is None or not cut.statements:
        return None
    names = cut.text.strip(" \u3000，,；;")
    if names and is_names(names):
        # （市甲局；配合单位：市乙局）
        return Cut(text[:start].rstrip(), (RoleStatement(names), *cut.statements), cut.deadline)
    if not _LABELS_ALONE.fullmatch(cut.text):
        return None
    others = {label["word"]: label["content"] for label in _ANY_LABEL.finditer(cut.text)}
    fields = {field_of(word): content for word, content in others.items()}
    if any(field in fields for field in UNIT_FIELDS):
        return None
    return Cut(text[:start].rstrip(), cut.statements, cut.deadline or fields.get(Field.DEADLINE, ""))


# 资金：五万元；进度：四成；
_ANY_LABEL = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,8})[:：]\s*(?P<content>[^:：；;。]{1,24})[；;，,]?\s*")
_LABELS_ALONE = re.compile(rf"(?:{re.sub('[?]P<[a-z]+>', '?:', _ANY_LABEL.pattern)})+")


def same_again(
    statements: tuple[RoleStatement, ...], before: tuple[RoleStatement, ...]
) -> tuple[RoleStatement, ...]:
    """Statements with 同上 replaced by what the work point before says, in the role of the label where there is one.

    >>> [each.text for each in same_again((RoleStatement("同上", Field.SUPPORT),), (RoleStatement("市甲局", Field.LEAD), RoleStatement("市乙局", Field.SUPPORT)))]
    ['市乙局']
    """
    full_statements: list[RoleStatement] = []
    for statement in statements:
        if not _IS_SAME.fullmatch(statement.text):
            full_statements.append(statement)
            continue
        alike = [earlier for earlier in before if earlier.field is statement.field] or list(before)
        full_statements += [replace(earlier, is_continued=True) for earlier in alike]
    return tuple(full_statements)


def _tail(text: str) -> Cut:
    """Names with the words of their roles as a last sentence of their own: 完善制度。市甲局牵头 stands behind a full stop.

    Where 由 opens them in the sentence of a numbered item (3.编印地图，由市甲局牵头。) they stay in it.
    """
    bare = text.rstrip(" 　。；;")
    inside = end_of_sentence(text) if leading_number(text) is not None else None
    if inside is not None:
        return inside
    end = bare.rfind("。")
    tail = bare[end + 1 :].strip()
    if end < 0 or len(tail) > 200 or not is_names(tail, lone=False) or not _names_bodies(tail):
        return Cut(text)
    # 市甲局负责清淤三公里: what each unit does is required, too.
    is_share = any(sense is Sense.PART for sense, _ in senses_of(tail))
    return Cut(text if is_share else text[: end + 1], (RoleStatement(tail),), weak=True)


def _names_bodies(text: str) -> bool:
    """Whether one of the names of a text looks like a body: in 没意见就照此执行 none does."""
    names = [words.strip() for sense, words in senses_of(text) if sense is Sense.NAME]
    return any(is_group(name) or is_unit(fold_name(name)) for name in names)


def end_of_sentence(text: str) -> Cut | None:
    """What 由 opens at the end of a sentence, which keeps it; None for any other end.

    >>> end_of_sentence("编印地图，由市甲局牵头，市乙局配合。").statements[0].text, end_of_sentence("编印地图，由市甲局审定后付印。")
    ('市甲局牵头，市乙局配合', None)
    """
    inside = _PASSIVE.search(text.rstrip(" 　。；;"))
    if inside is None or not is_names(inside["names"], lone=False):
        return None
    return Cut(text, (RoleStatement(inside["names"]),), weak=True)


def is_idle_label(text: str) -> bool:
    """Whether a line is a label that gives no unit and no time: a person's, or one that was left empty.

    >>> is_idle_label("责任领导：张某"), is_idle_label("配合单位："), is_idle_label("责任单位：市甲局")
    (True, True, False)
    """
    match = _LABEL.match(text)
    if match is None:
        return False
    return (_field(match["label"]) is Field.PERSON and not has_label(text)) or not text[match.end() :].strip(
        " 　。；;无/—-"
    )


def content_of(text: str) -> str:
    """What a line says behind a label of content; empty without one.

    >>> content_of("工作内容：清理占道堆物。"), content_of("责任单位：市甲局"), content_of("主要任务：")
    ('清理占道堆物。', '', '')
    """
    match = _CONTENT.match(text)
    return text[match.end() :].strip() if match else ""


def label_of_content(text: str) -> str:
    """The label of content that opens a line, without its bracket and colon; empty without one.

    >>> label_of_content("【整改措施】：清点"), label_of_content("清点")
    ('整改措施', '')
    """
    match = _CONTENT.match(text)
    return match.group().strip("（(【[】]）) \u3000:：") if match else ""


def label_ends(text: str) -> list[int]:
    """Where the last of each run of labels ends inside a text: at the next number, or at the end of its sentence.

    >>> text = "（一）甲事。责任单位：市甲局、市乙局（二）乙事。责任单位：市丙局"
    >>> [text[:end] for end in label_ends(text)][0]
    '（一）甲事。责任单位：市甲局、市乙局'
    """
    ends: list[int] = []
    labels = [
        match
        for match in _LABEL.finditer(text)
        if _field(match["label"]) in (*UNIT_FIELDS, Field.DEADLINE, Field.PERSON)
    ]
    for label, next_label in zip(labels, [*labels[1:], None], strict=True):
        limit = next_label.start() if next_label else len(text)
        stop = _INLINE_NUMBER.search(text, label.end(), limit)
        sentence = text.find("。", label.end(), limit)
        candidates = [
            place
            for place in (stop.start() if stop else -1, sentence + 1 if sentence >= 0 else -1)
            if place > 0
        ]
        end = min(candidates, default=limit)
        if end < limit and text[end:limit].strip(" 　。；;"):
            ends.append(end)
    return [*ends, len(text)]


def _field(label: str) -> Field:
    """What stands behind a label; 牵头责任单位 leads here without a look at other lines, who leads else says it himself."""
    bare = _bare_label(label)
    field = field_of(bare) or Field.REMARK
    return Field.LEAD if field is Field.RESPONSIBLE and LEADS_UNLESS_WORDED.match(bare) else field


def _labels(text: str) -> Cut | None:
    """The labels from the first one for units or time on; None if there is none."""
    labels = [match for match in _LABEL.finditer(text) if _field(match["label"]) is not Field.REMARK]
    if not any(_field(label["label"]) in (*UNIT_FIELDS, Field.DEADLINE) for label in labels):
        return None
    start = labels[0].start()
    statements: list[RoleStatement] = []
    deadline = ""
    for label, next_label in zip(labels, [*labels[1:], None], strict=True):
        raw = text[label.end() : next_label.start() if next_label else len(text)]
        part = raw.strip(" \u3000\xa0\n\r；;，,。、|｜/／")
        part = part[: _unbalanced(part)].rstrip(" 。")
        part = part.rstrip("】]〕］（(【[〔［ ")
        field = _field(label["label"])
        if field in UNIT_FIELDS and part:
            statements.append(RoleStatement(part, field, _bare_label(label["label"])))
        elif field is Field.DEADLINE and part:
            deadline = part
        elif len(pieces := re.split("[，,；;]", part)) > 1 and is_time(pieces[-1]):
            deadline = deadline or pieces[-1].strip()  # 责任人：李某，每周五
    before = text[:start].rstrip(f"—–-，,{_BARS}")
    if before.endswith(("（", "(", "【", "[", "〔", "［")):
        before = before[:-1].rstrip()
    return Cut(before, tuple(statements), deadline)


def _bare_label(label: str) -> str:
    """A label without the bracket around it; one that belongs to it stays (责任单位（排第一的牵头）)."""
    bare = label.lstrip("（(【[ \u3000").rstrip("】] \u3000:：")
    return bare if re.search("[（(]", bare) else bare.rstrip("）)")


def _unbalanced(text: str) -> int:
    """Where a bracket closes that was opened before the text; its end if none does."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character in "（(") - (character in "）)")
        if depth < 0:
            return position
    return len(text)


def name_of(heading: str) -> str:
    """The units that a heading names, without a count or remark behind them.

    >>> name_of("市甲局（5项）")
    '市甲局'
    """
    return re.sub(r"[（(]?(?:共)?\d+[项条个件][)）]?$", "", heading).strip()


def split_cells(drafts: Iterable[Draft]) -> list[Draft]:
    """Split the drafts that hold several items, and take units out of the text of those that name none else.

    >>> drafts = [Draft("1.甲事。（市甲局负责）2.乙事。（市乙局负责）", "S!C5")]
    >>> [(piece.no, piece.requirement, piece.place) for piece in split_cells(drafts)]
    [('1', '甲事。', 'S!C5#1'), ('2', '乙事。', 'S!C5#2')]
    """
    pieces: list[Draft] = []
    for draft in drafts:
        parts = split_items(draft.requirement)
        cuts = [at_end(text) for _, text, _ in parts] if len(parts) > 1 and parts[0][0] is not None else []
        if cuts and all(cut.statements and cut.text.strip() for cut in cuts):
            pieces += [
                replace(
                    draft,
                    requirement=cut.text.strip(),
                    no=number.number if number is not None else "",
                    from_column=False,
                    place=f"{draft.place}#{n}",
                    statements=tuple(
                        replace(statement, place=f"{draft.place}#{n}") for statement in cut.statements
                    ),
                    deadline=cut.deadline or draft.deadline,
                )
                for n, ((number, _, _), cut) in enumerate(zip(parts, cuts, strict=True), 1)
            ]
            continue
        piece = draft
        number = leading_number(draft.requirement) if len(parts) < 2 else None
        if number is not None and number.rest:
            piece = replace(draft, requirement=number.rest, no=draft.no or number.number)
        is_answered = any(statement.field is not Field.SUPPORT for statement in draft.statements)
        pieces.append(piece if is_answered else _with_own_units(piece))
    return pieces


def _with_own_units(draft: Draft) -> Draft:
    """Take the units from the end of the text: beside those who support only what says its role itself."""
    cut = at_end(draft.requirement)
    if not cut.statements or not cut.text.strip():
        return draft
    supporters = [statement.text for statement in draft.statements]
    if supporters and (any(map(has_role, supporters)) or not has_role(cut.statements[0].text)):
        return draft
    statements = tuple(replace(statement, place=draft.place) for statement in cut.statements)
    deadline = draft.deadline if draft.deadline not in ("", None) else cut.deadline
    return replace(
        draft, requirement=cut.text.strip(), statements=(*statements, *draft.statements), deadline=deadline
    )
