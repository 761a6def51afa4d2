"""Labels, numbers and signs of any writing as labels with a colon and numbers with a point, so that one grammar reads them.

    label   = [ bracket ] word [ bracket ] link content
    word    = a head of units, time or persons (`tables.field_of`), blanks between its characters aside
            | another word, where lines with it hold nothing but units, or times (谁来办：市甲局, twice at least)
    link    = "：" | dashes | "=" | "→" | blank | "为" | "是" | nothing | the end of the line
    content = units | a time | a person, up to the next label

A label stands at the head of a line; one that says 单位, 部门 or 时限 stands behind a mark as well. Only the content
makes it one: 责任单位要切实履职 and 时间紧、任务重 stay as they are.

    >>> for text in ("责任单位——市甲局", "责 任 单 位　市甲局", "牵头部门市甲局，配合部门市乙局", "时间：6月底", "责任单位要切实履职",
    ...              "1.修渠。牵头单位为市甲局，6月底前完成。", "<责任单位>市甲局"):
    ...     print(with_labels([TextLine(text, "L1")])[0].text)
    责任单位：市甲局
    责任单位：市甲局
    牵头部门：市甲局，配合部门：市乙局
    完成时限：6月底
    责任单位要切实履职
    1.修渠。牵头单位：市甲局，6月底前完成。
    责任单位：市甲局

A label alone in its line takes the lines of its content:

    >>> lines = [TextLine(text, f"L{n}") for n, text in enumerate(("1.修渠。", "责任单位", "市甲局", "市乙局", "2.清河。"))]
    >>> [line.text for line in with_labels(lines)]
    ['1.修渠。', '责任单位：市甲局、市乙局', '2.清河。']

**Numbers of any writing**: what counts 1, 2, 3 … in one frame at the head of lines, and has somebody who answers.

    count = [ signs ] [ word ] number [ measure ] [ signs | blank ]     任务一：  第一项　  ★ 1 ★  【1】  其一，  一是

A frame is one where its numbers run on (they may begin again at 1), three at least, with no number of a known kind
between two of them, and half of its items name units. A number alone in its line goes before the next one. What
divides a year, a document or its annexes (第一阶段, 第一条, 附件1) counts no items, nor do headings above 工作内容： or
above several items.

    >>> lines = [TextLine(text, f"L{n}") for n, text in enumerate((
    ...     "任务一：修渠。", "责任单位：市甲局", "任务二：清河。", "责任单位：市乙局", "任务三：", "植树。", "责任单位：市丙局"))]
    >>> [line.text for line in with_numbers(lines) if not line.text.startswith("责任")]
    ['1.修渠。', '2.清河。', '3.植树。']

Numbers that count labels (1．问题表现：… 2．整治措施：… 3．责任单位：…) are taken off (`without_counts`).

**Signs at the names of units**, written as the words that their legend has for them.

    ●牵头 ○配合                                  a legend, in a note, a title, a head
    清理河道。●市甲局 ○市乙局、市丙局              清理河道。 牵头单位：市甲局；配合单位：市乙局、市丙局
    市甲局★、市乙局☆                            市甲局（牵头）、市乙局（配合）

Where nobody says what two signs of different habit mean, they mean what they usually do, and it is told. One sign alone
(标★的为牵头单位) is a note on lists of units and read by `clauses`; a sign alone in its cell is a tick of a matrix.

    >>> from tracker.grid import Paragraph
    >>> texts = ("2026年任务（●牵头 ○配合）", "1.清理河道。●市甲局 ○市乙局、市丙局", "2.植树。（●市丁局）")
    >>> source, _ = with_signs(Source("txt", "方案.txt", tuple(Paragraph(text, f"L{n}") for n, text in enumerate(texts, 1))))
    >>> [block.text for block in source.blocks][1:]
    ['1.清理河道。 牵头单位：市甲局；配合单位：市乙局、市丙局', '2.植树。（牵头单位：市丁局）']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from tracker import patterns as re
from tracker.grid import Grid, Source
from tracker.numerals import HAN, read_number
from tracker.problems.base import Finding
from tracker.problems.reading import NO_LEGEND
from tracker.reading.clauses import read_responsibility
from tracker.reading.deadlines import mentions_time
from tracker.reading.lines import Rank, TextLine, leading_number
from tracker.reading.prose.layout import beside_numbers
from tracker.reading.prose.segments import (
    is_time_alone,
    loose_names,
    names_and_time,
    names_somebody,
    says_when,
)
from tracker.reading.tables import (
    UNIT_FIELDS,
    USUAL,
    WORD_OF,
    Field,
    at_end,
    content_of,
    field_of,
    has_label,
    is_names,
    is_note,
    is_pure,
    legend,
    opens_with_label,
)
from tracker.text import tight

BLANK = r"[ \t\u3000\xa0]"
_OPEN, _CLOSE = r"[【\[［〔〖<＜《「『（(]", r"[】\]］〕〗>＞》」』）)]"
IDEOGRAPH = r"[\u4e00-\u9fff]"
# What stands between a label and its content; the first that fits counts.
_LINK = rf"{BLANK}*(?:[:：｜|丨¦]|[—―－–─\-]{{1,4}}>?|[=＝]+>?|→|{BLANK}|为|是){BLANK}*"
_WORD_AND_REST = re.compile(
    rf"[^\w{_OPEN[1:-1]}]*{_OPEN}?(?P<word>{IDEOGRAPH}[\u4e00-\u9fff/／、]{{1,9}}|{IDEOGRAPH}(?:{BLANK}+{IDEOGRAPH}){{1,9}}){_CLOSE}?$"
)
_SPACED = re.compile(
    rf"[^\w{_OPEN[1:-1]}]*{_OPEN}?(?P<word>(?:{IDEOGRAPH}{BLANK}+)+{IDEOGRAPH}){_CLOSE}?{BLANK}*[:：](?=.*\S)"
)
_LINKS = re.compile(rf"{_CLOSE}(?:{_LINK})?|{_LINK}")
_LONGEST_WORD = 24
# A word that says of itself what it is needs no link and no line of its own.
_BODY = r"(?:单位|部门|科室|处室|股室|机构)"
_FULL = (
    rf"(?:(?:第一责任|总?牵头|主办|承办|责任|负责|配合|协办|协同|参与|参加|落实|实施|归口|主责|推进|整改|办理){_BODY}"
    r"|(?:完成|办结|整改|工作)?(?:时限|期限)|(?:完成|办结|整改|截止)(?:时间节点|时间|日期)|(?:时间|时限)要求|时间节点|时间(?=[—―－–─]))"
)
# Two letters say it where no noun follows.
_BARE = rf"(?:总?牵头|主办|承办|协办|配合|协同)(?!{_BODY})"
# 联系人——张三
_PERSONAL = "(?:责任|联系)人|(?:责任|分管|牵头|包保|包抓|联系)领导"
_INSIDE = re.compile(
    rf"(?:^|(?<=[\s。；;，,、｜|／/）)】\]（(【\[〔—－–→]))(?P<word>{_FULL}|{_BARE}|{_PERSONAL})(?P<link>{_LINK}|(?={IDEOGRAPH}|\d))(?!{_CLOSE}|[，,；;、])"
)
# A word before a colon behind a mark.
_COLONED = re.compile(
    rf"(?<=[\s。；;，,、｜|／/）)】\]（(—－–→])(?P<word>{IDEOGRAPH}{{2,8}}){BLANK}*[:：]{BLANK}*"
)
# 责任单位：1.市甲局；2.市乙局
_ITEM_NUMBER = re.compile(
    r"(?:^|[；;，,、。])\s*(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）])\s*|[；;，,、。]?\s*[①-⑳]\s*"
)
_ALONE = re.compile(
    rf"{_OPEN}?(?P<word>{IDEOGRAPH}(?:{BLANK}*{IDEOGRAPH}){{1,9}}){_CLOSE}?{BLANK}*[:：]?{_CLOSE}?"
)
_LONGEST_PERSON = 30
BLANKS = " \t\u3000\xa0"
MARKS = f"{BLANKS}。；;，,、｜|／/→"
_FEWEST = 2
# 第一阶段：6月底 counts, 其中：市甲局 goes on.
_NO_LABEL = re.compile(r"第|其中|注|附|如|即|例")
# 责任办所, 牵头片区: the word of a role and one for offices of some kind.
_OF_ROLE = re.compile(r"(?P<role>责任|牵头|主办|承办|配合|协办|协同|参与|落实|主责|包干)[\u4e00-\u9fff]{2,3}")
FIELDS = (*UNIT_FIELDS, Field.DEADLINE, Field.PERSON)
_SHORT = {
    "单位": Field.RESPONSIBLE,
    "部门": Field.RESPONSIBLE,
    "责任": Field.RESPONSIBLE,
    "负责": Field.RESPONSIBLE,
    "承办": Field.RESPONSIBLE,
    "主办": Field.LEAD,
    "领导": Field.PERSON,
}
# 工作单位, 成员单位 and 发布单位 give nobody a task.
_ANSWERS = re.compile("牵头|办|责|配合|协|参与|参加|落实|实施|归口|推进|整改|抓|督导|指导|监督|支持")
_PERSON = re.compile(
    "(?:责任|联系|牵头|负责)人|(?:责任|牵头|分管|包保|包抓|包联|挂钩|挂联|联系|主管|督办|(?:分管|包[保抓联]|挂[钩联]|联系|牵头)?[市县区镇乡州省校院]级?)领导|联系电话|联系方式"
)
# A noun of the plan's own: 标题所列单位为牵头单位.
_NOUN = re.compile(r"(?:牵头|责任|配合|主办|协办|承办)(?:单位|部门)")


def with_labels(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with every label written with a colon; a label alone in its line joined to its content."""
    tags = [tag for line in lines if (tag := _tag(line.text))]
    if any(_SEVERAL_LABELS.search(tag["inside"]) or tag.re is _ROUND_TAG for tag in tags):
        lines = [replace(line, text=_tag_behind(line.text)) for line in lines]
    lines = [replace(line, text=_as_one_bracket(_closed(line).text)) for line in lines]
    heads = [_heads(line.text) for line in lines]
    counts = Counter(
        label
        for line, line_heads in zip(lines, heads, strict=True)
        for label in _strange_labels((*line_heads, *_coloned(line.text)))
    )
    strange = {word: field for (word, field), count in counts.items() if count >= _FEWEST}
    first = next((at for at, line in enumerate(lines) if leading_number(line.text) is not None), 0)
    new_lines = [
        _without_number(line, _with_label(line.text, line_heads, strange))
        if at >= first or not _TIME_OF_EVENT.fullmatch(line.text)
        else line
        for at, (line, line_heads) in enumerate(zip(lines, heads, strict=True))
    ]
    return _with_content(_parted(new_lines))


# 时间：4月1日至30日 above the first item says when all takes place.
_TIME_OF_EVENT = re.compile(
    r"\W*(?:活动|开展|实施|执行|举办|行动|起止)?时间\W*[:：][^，,。；;]*\d[^，,。；;]*[至到—–~～-][^，,。；;]*[。；;]?"
)
# 1.【责任单位：市甲局；配合单位：市乙局】修渠。
_TAG = re.compile(
    rf"(?P<number>(?:[（(]\w{{1,3}}[）)]|[^\w【\[［〔（(]*\w{{0,4}}[.．、)）]?){BLANK}*)"
    rf"[【\[［〔](?P<inside>[^【】\[\]［］〔〕]{{4,120}})[】\]］〕]{BLANK}*(?P<body>[^【\[］〔]{{4,}})$"
)
# （一）（牵头单位：市甲局）修渠；3月底前完成
_ROUND_TAG = re.compile(
    rf"(?P<number>(?:[（(]\w{{1,3}}[）)]|\w{{1,4}}[.．、)）]){BLANK}*)"
    rf"[（(](?P<inside>(?:[^（）()]|[（(][^（）()]*[)）]){{4,120}})[)）]{BLANK}*(?P<body>[^（(，,。；;、].{{3,}})$"
)


def _tag(text: str) -> re.Match[str] | None:
    """The tag with labels at the head of a line."""
    tag = _TAG.match(text) or _ROUND_TAG.match(text)
    return tag if tag is not None and has_label(tag["inside"]) else None


def _tag_behind(text: str) -> str:
    """A line with the tag at its head at its end.

    >>> _tag_behind("6）【责任单位：市甲局；配合单位：各村（社区）】修复山塘。"), _tag_behind("（一）（牵头单位：市甲局）修渠；3月底前完成")
    ('6）修复山塘。（责任单位：市甲局；配合单位：各村（社区））', '（一）修渠；3月底前完成（牵头单位：市甲局）')
    """
    tag = _tag(text)
    return f"{tag['number']}{tag['body'].rstrip()}（{tag['inside']}）" if tag is not None else text


_SEVERAL_LABELS = re.compile("[:：].*[:：]|[:：]同[上前]")


_OPEN_AT_END = re.compile(r"[（(【\[〔]\s*$")


def _parted(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, each cut before a label that begins lines of its own elsewhere: its break was lost."""
    words = Counter(line.text.partition("：")[0] for line in lines if opens_with_label(line.text))
    pieces: list[TextLine] = []
    for line in lines:
        labels = [label for label in _COLONED.finditer(line.text) if words[label["word"]] >= _FEWEST]
        cut = labels[0].start() if labels and not opens_with_label(line.text) else len(line.text)
        bracket = _OPEN_AT_END.search(line.text[:cut])
        cut = bracket.start() if bracket is not None else cut
        pieces.append(replace(line, text=line.text[:cut].strip()))
        pieces += [replace(line, text=line.text[cut:], place=f"{line.place}#2")] if line.text[cut:] else []
    return pieces


def _heads(text: str) -> list[tuple[str, str]]:
    """The words that may be a label at the head of a line, each with what a link parts from it."""
    number = leading_number(text)
    text = number.rest if number is not None else text
    if spaced := _SPACED.match(text):
        return [(tight(spaced["word"]), text[spaced.end() :].strip())]
    heads: list[tuple[str, str]] = []
    for link in _LINKS.finditer(text[:_LONGEST_WORD]):
        match, content = _WORD_AND_REST.match(text[: link.start()]), text[link.end() :].strip()
        word = tight(match["word"]) if match is not None else ""
        if word and content and (link[0].strip() not in ("为", "是") or re.fullmatch(_FULL, word)):
            heads.append((word, content))
    return heads


def _coloned(text: str) -> list[tuple[str, str]]:
    """The words before a colon behind a mark, each with what stands behind it, up to the next one or the end of its sentence."""
    labels = list(_COLONED.finditer(text))
    return [
        (
            label["word"],
            re.split("[。；;）)]", text[label.end() : after.start() if after else None])[0].strip(MARKS),
        )
        for label, after in zip_longest(labels, labels[1:])
    ]


def field_of_label(word: str) -> Field | None:
    """What stands behind a label that says who answers, by when, or who is in charge; None for any other word.

    >>> [field.name for word in ("责任科所及时限", "督导处室", "落实时限") if (field := field_of_label(word))]
    ['RESPONSIBLE', 'SUPPORT', 'DEADLINE']
    """
    field = _SHORT.get(word) or field_of(word)
    # 责任科所及时限: units, and their time behind them.
    first, *others = re.split("[及和与、]", word)
    if field is Field.DEADLINE and others and (of_role := _OF_ROLE.fullmatch(first)):
        field = field_of(f"{of_role['role']}单位")
    if field in UNIT_FIELDS and word not in _SHORT and not _ANSWERS.search(word):
        return None
    if field is Field.PERSON and word not in _SHORT and not _PERSON.fullmatch(word):
        return None
    return field if field in FIELDS else None


def _by_content(word: str, content: str) -> Field | None:
    """What a word that no head knows stands for, by what stands behind it."""
    if (
        field_of(word) not in (None, Field.REMARK)
        or word in _SHORT
        or _NO_LABEL.match(word)
        or (is_names(word) and not _OF_ROLE.fullmatch(word))
    ):
        return None
    if is_units_and_time(content):
        assignments = read_responsibility(content, column=word).assignments
        return next(
            (field for field in UNIT_FIELDS if assignments and field.value == assignments[0].role.value), None
        )
    return Field.DEADLINE if says_when(content) else None


def _without_number(line: TextLine, text: str) -> TextLine:
    """A line with another text, and the number that this lost as its sign."""
    number = leading_number(line.text)
    sign = number.mark if number is not None and leading_number(text) is None else line.sign
    return replace(line, text=text, sign=sign)


def _strange_labels(heads: Iterable[tuple[str, str]]) -> set[tuple[str, Field]]:
    """The words of a line that no head knows and what stands behind them makes labels, each once."""
    return {(word, field) for word, content in heads if (field := _by_content(word, content)) is not None}


def _with_label(text: str, heads: Sequence[tuple[str, str]], strange: dict[str, Field]) -> str:
    for word, content in heads:
        field = strange.get(word) or field_of_label(word)
        if field in UNIT_FIELDS:
            content = _ITEM_NUMBER.sub("；", content).lstrip("；") if _ITEM_NUMBER.match(content) else content
        own = content[: _next_label(content, strange)]
        # 单位：牵头 市甲局 / 配合 市乙局: words of roles behind it say who, and in what role.
        is_frame = field in UNIT_FIELDS and not own and _fits(field, content)
        link = text[text.find(word) + len(word) :][:3]
        if field is not None and (is_frame or _fits(field, own) or _follows(word, link, own)):
            return f"{word_of_label(word, field)}：{_inside(content, strange)}"
    return _inside(text, strange)


def _next_label(text: str, strange: Mapping[str, Field]) -> int:
    """Where the next label stands in a text: its end without one."""
    inner = _INSIDE.search(text)
    coloned = (
        label.start()
        for label in _COLONED.finditer(text)
        if strange.get(label["word"]) or field_of_label(label["word"])
    )
    return min(inner.start() if inner else len(text), next(coloned, len(text)))


def _inside(text: str, strange: Mapping[str, Field]) -> str:
    """The text with a colon behind each label that says of itself what it is, in a word that statements know."""
    text = _unboxed(text, strange)
    labels = list(_INSIDE.finditer(text))
    for label, next_label in reversed(list(zip_longest(labels, labels[1:]))):
        if "：" in label["link"] or ":" in label["link"]:
            continue
        field, content = (
            field_of_label(label["word"]),
            text[label.end() : next_label.start() if next_label else None],
        )
        if not label["link"] and _LENGTH.fullmatch(content.strip(MARKS)):
            continue  # 合同期限三年
        if field is not None and (_fits(field, content) or _follows(label["word"], label["link"], content)):
            text = f"{text[: label.start()]}{label['word']}：{text[label.end() :]}"
    words = {
        word: word_of_label(word, field)
        for word, content in _coloned(text)
        if (field := strange.get(word) or field_of_label(word))
        and (_fits(field, content) or _follows(word, "：", content))
    }
    text = text.replace("→", "，") if words else text
    return _COLONED.sub(
        lambda label: f"{words[label['word']]}：" if label["word"] in words else label[0], text
    )


# [牵头：市甲局] {配合：市乙局} <4月底>, from the end on
_LAST_BRACKET = re.compile(
    rf"(?:[{{｛]|{_OPEN}){BLANK}*(?P<inside>(?:[^\[\]【】（）()〔〕{{}}｛｝<>＜＞［］]|[（(][^（()）]*[)）])+){BLANK}*(?:[}}｝]|{_CLOSE})"
    rf"{BLANK}*[；;，,]?{BLANK}*$"
)
_LABEL_IN_BRACKET = re.compile(rf"{IDEOGRAPH}{{2,6}}{BLANK}*[:：]")


# （牵头单位：市甲局；责任单位：各县（市）人民政府
_OPEN_LABEL = re.compile(r"[（(](?=[\u4e00-\u9fff]{2,6}[:：])(?:[^（()）]|[（(][^（()）]*[)）])*$(?<![:：])")


def _closed(line: TextLine) -> TextLine:
    """A line whose last bracket begins with a label and was never closed, with its end: （责任单位：市甲局."""
    open_label = _OPEN_LABEL.search(line.text)
    return replace(line, text=f"{line.text.rstrip('。；; ')}）") if open_label is not None else line


def _as_one_bracket(text: str) -> str:
    """A text whose last brackets hold a label each, with one bracket for all of them.

    >>> _as_one_bracket("修渠。 [牵头：市甲局] [配合：市乙局] [时限：4月底]"), _as_one_bracket("修渠（牵头：市甲局）")
    ('修渠。（牵头：市甲局；配合：市乙局；时限：4月底）', '修渠（牵头：市甲局）')
    """
    rest = text.rstrip("。；; ")
    insides: list[str] = []
    while (bracket := _LAST_BRACKET.search(rest)) is not None:
        inside = bracket["inside"].strip()
        if _LABEL_IN_BRACKET.match(inside):
            insides.insert(0, inside)
        elif is_time_alone(inside):
            insides.insert(0, f"{WORD_OF[Field.DEADLINE]}：{inside}")
        else:
            break
        rest = rest[: bracket.start()]
    if len(insides) < _FEWEST or not has_label("；".join(insides)):
        return text
    return f"{rest.rstrip()}（{'；'.join(insides)}）"


# 【完成时限】6月底前【责任单位】市甲局
_BOXED = re.compile(
    rf"[【\[［〔〖<＜]{BLANK}*(?P<word>{IDEOGRAPH}{{2,8}}){BLANK}*[】\]］〕〗>＞]{BLANK}*[:：]?{BLANK}*"
)


_OF_NAME_BEFORE = re.compile("[、，,；;）)】]|$")


def _unboxed(text: str, strange: Mapping[str, Field]) -> str:
    """The text with each word in a bracket that is a label of what stands behind it as a label with a colon.

    >>> _unboxed("修渠。【时限】6月底前【责任单位】市甲局、市乙局【配合单位】市丙局", {})
    '修渠。完成时限：6月底前 责任单位：市甲局、市乙局 配合单位：市丙局'
    """
    labels = list(_BOXED.finditer(text))
    for label, next_label in reversed(list(zip_longest(labels, labels[1:]))):
        end = next_label.start() if next_label else len(text)
        field = strange.get(label["word"]) or field_of_label(label["word"])
        content = text[label.end() : end].strip(MARKS)
        if _OF_NAME_BEFORE.match(text, label.end()) and re.search(rf"{IDEOGRAPH}$", text[: label.start()]):
            continue  # 市甲局〔牵头〕、市乙局: the role of the name before it
        # What its box says it is needs no form: 【时限】次年1月15日前【责任】监察支队.
        is_loose = field in UNIT_FIELDS and loose_names(content) is not None
        is_loose |= field is Field.DEADLINE and 0 < len(content) <= _LONGEST_WORD and "，" not in content
        if field is not None and (_fits(field, content) or is_loose):
            before = text[: label.start()].rstrip(BLANKS)
            mark = " " if before and before[-1] not in "。；;，,（(" else ""
            text = f"{before}{mark}{word_of_label(label['word'], field)}：{text[label.end() :]}"
    return text


def word_of_label(word: str, field: Field) -> str:
    """The word itself where the grammar of statements knows it, else the one that stands for its field."""
    return word if field in UNIT_FIELDS and len(word) > 2 and has_label(f"{word}：") else WORD_OF[field]


def _fits(field: Field, content: str) -> bool:
    if field is Field.PERSON:
        return 0 < len(content) <= _LONGEST_PERSON
    return (
        says_when(content) or _tells_times(content) if field is Field.DEADLINE else is_units_and_time(content)
    )


def _tells_times(text: str) -> bool:
    """Whether each part of what stands behind a label of time has one: 首批3月底，第二批8月底; 2025年覆盖八成，2026年全覆盖."""
    parts = [part for part in re.split("[；;，,]", text.rstrip(MARKS)) if part.strip()]
    return 0 < len(text) <= _LONGEST_TIMES and all(map(mentions_time, parts))


_LONGEST_TIMES = 40
_LENGTH = re.compile(rf"[\d{HAN}两半]{{1,3}}个?(?:年|月|天|日|周|工作日)")


def _follows(word: str, link: str, content: str) -> bool:
    """Whether units stand behind a label of theirs and a mark, whatever these look like: 配合科室——收集指导科."""
    is_parted = _LINK_MARK.search(link) is not None
    is_full = field_of_label(word) in UNIT_FIELDS and re.fullmatch(f"{_FULL}|{_BARE}", word) is not None
    return is_full and is_parted and loose_names(content.strip(MARKS)) is not None


_LINK_MARK = re.compile("[:：｜|丨¦—―－–─=＝→】］〕]")


def is_units_and_time(content: str) -> bool:
    """Whether a text is units, and maybe times behind them."""
    answer = names_and_time(content.rstrip(" \u3000。；;，,、"))
    return answer is not None and not _NOUN.search(answer[0])


def _with_content(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with what stands below a label that is alone in its line brought up to it."""
    new_lines: list[TextLine] = []
    label: tuple[str, Field] | None = None
    for line in lines:
        match = _ALONE.fullmatch(line.text)
        word = tight(match["word"]) if match else ""
        is_label = re.fullmatch(_FULL, word) is not None or line.text.endswith(("：", ":"))
        field = field_of_label(word) if is_label and is_pure(word) else None
        if label is not None and field is None and leading_number(line.text) is None:
            word, sort = label
            last = new_lines[-1]
            is_first = last.text.count("：") == 0 or last.text.endswith("：")
            if _fits(sort, line.text) and (is_first or sort in UNIT_FIELDS):
                text = f"{word}：{line.text}" if is_first else f"{last.text}、{line.text}"
                new_lines[-1] = replace(last.with_next(line), text=text)
                continue
        label = (word_of_label(word, field), field) if field is not None else None
        new_lines.append(line)
    return new_lines


_SIGN = r"[^\w\s“”‘’《》（(]"
_COUNT = re.compile(
    rf"(?P<before>(?:{_SIGN}{BLANK}*)*[（(]?(?:[A-Za-z]{{1,4}}|{IDEOGRAPH}{{1,4}}?)?[^\w]{{0,2}})(?P<number>\d{{1,3}}|[{HAN}]{{1,3}})"
    rf"(?P<after>{BLANK}*(?:(?P<measure>大?[项件则款号](?:任务|工作|事项|措施|行动|工程)?|[是要])|(?!\w))(?:{BLANK}|{_SIGN}|[）)])*)"
)
# They divide a document or a year.
_NO_COUNT = re.compile(r"附|[表图注例页]|专栏|阶段|时间|期|批")
_FEWEST_ITEMS = 3


_LABEL_AT_HEAD = re.compile(rf"(?P<label>{IDEOGRAPH}{{2,8}}){BLANK}*[:：]")


def without_counts(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines without the numbers that count labels: the same label has the same number twice, one of them says who answers.

    >>> texts = ("（一）计量不准", "1．表现：缺斤短两。", "2．措施：换秤。", "3．责任单位：市甲局",
    ...          "（二）退款难", "1．表现：商家失联。", "2．措施：公布名单。", "3．责任单位：市乙局")
    >>> [line.text for line in without_counts([TextLine(text, f"L{n}") for n, text in enumerate(texts, 1)])][1:4]
    ['表现：缺斤短两。', '措施：换秤。', '责任单位：市甲局']
    """
    heads: list[tuple[str, str] | None] = []
    for line in lines:
        number = leading_number(line.text)
        label = _LABEL_AT_HEAD.match(number.rest) if number is not None else None
        heads.append((number.number, label["label"]) if number is not None and label is not None else None)
    counts = Counter(head for head in heads if head is not None and not is_names(head[1]))
    several = {head for head, count in counts.items() if count >= _FEWEST}
    if not any(has_label(f"{label}：") for _, label in several):
        return list(lines)
    return [
        replace(line, text=number.rest)
        if head in several and (number := leading_number(line.text)) is not None
        else line
        for line, head in zip(lines, heads, strict=True)
    ]


def with_numbers(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with every number that counts items written with a point; one alone in its line joined to the next."""
    lines = _parted_from_figures(lines)
    frames: dict[tuple[str, str], list[tuple[int, int]]] = {}
    ends: dict[int, int] = {}
    ranks = {at: number.rank for at, line in enumerate(lines) if (number := leading_number(line.text))}
    for at, line in enumerate(lines):
        match = _COUNT.match(line.text) if at not in ranks else None
        if (
            match is None
            or _NO_COUNT.search(match["before"])
            or field_of_label(_word_in(match["before"])) is not None
        ):
            continue
        frame = tight(match["before"]), tight(match["after"]).replace(":", "：")
        is_figure = re.fullmatch(r"\d{1,2}", line.text) is not None
        if any(frame) or is_figure or (match["after"] and line.text[match.end() :]):
            frames.setdefault(frame, []).append((at, read_number(match["number"])))
            ends[at] = match.end()
    new_texts: dict[int, str] = {}
    mark = "（{}）" if Rank.ARABIC in ranks.values() else "{}."
    for items in frames.values():
        if _counts_items(items, lines, ranks):
            new_texts |= {at: mark.format(value) + lines[at].text[ends[at] :] for at, value in items}
    return beside_numbers([replace(line, text=new_texts.get(at, line.text)) for at, line in enumerate(lines)])


_BEFORE_FIGURE = re.compile(r"\s*(?P<number>\d{1,2})[.．](?=\d)")


def _parted_from_figures(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with a blank behind each number that another one goes on from, or that goes on, though a figure follows it.

    >>> lines = [TextLine(text, "") for text in ("1.0—6岁儿童筛查。", "2.辅具适配。", "3.12345热线扩容。", "2.5公里处设岗。")]
    >>> [line.text for line in _parted_from_figures(lines)]
    ['1. 0—6岁儿童筛查。', '2.辅具适配。', '3. 12345热线扩容。', '2.5公里处设岗。']
    """
    numbers = [leading_number(line.text) for line in lines]
    figures = [
        _BEFORE_FIGURE.match(line.text) if number is None else None
        for line, number in zip(lines, numbers, strict=True)
    ]
    values = {
        at: int(figure["number"]) if figure is not None else number.value if number is not None else 0
        for at, (number, figure) in enumerate(zip(numbers, figures, strict=True))
        if figure is not None or (number is not None and number.rank is Rank.ARABIC)
    }
    new_lines = list(lines)
    for before, at, after in zip([-1, *values], values, [*list(values)[1:], -1], strict=False):
        figure = figures[at]
        goes_on = values.get(before) == values[at] - 1 or values.get(after) == values[at] + 1
        if figure is not None and goes_on:
            text = lines[at].text
            new_lines[at] = replace(lines[at], text=f"{text[: figure.end()]} {text[figure.end() :]}")
    return new_lines


def _word_in(frame: str) -> str:
    return re.sub(rf"[^{IDEOGRAPH[1:-1]}]", "", frame)


def _counts_items(
    items: Sequence[tuple[int, int]], lines: Sequence[TextLine], ranks: Mapping[int, Rank]
) -> bool:
    """Whether numbers run on, nothing of their own level or above stands between them, and their items name units."""
    if len(items) < _FEWEST_ITEMS or items[0][1] != 1:
        return False
    titles = [at for at, _ in items[:-1] if not _is_alone(lines[at].text)]
    if titles and all(content_of(lines[at + 1].text) for at in titles):
        return False
    answers = 0
    for (at, value), (next_at, next_value) in zip_longest(items, items[1:], fillvalue=(len(lines), 0)):
        if next_value > 1 and (
            next_value != value + 1
            or any(ranks.get(n, Rank.LETTER) <= Rank.ARABIC for n in range(at, next_at))
        ):
            return False
        cuts = [at_end(line.text) for line in lines[at + 1 : next_at]]
        if sum(bool(cut.statements and cut.text.strip()) for cut in cuts) > 1:
            return False  # a heading above items
        answers += any(_names_units(line) for line in lines[at:next_at])
    return answers * 2 >= len(items)


def _names_units(line: TextLine) -> bool:
    cut = at_end(line.text)
    if cut.statements or names_and_time(line.text.strip("（）()")) is not None:
        return True
    return names_somebody(line)


def _is_alone(text: str) -> bool:
    match = _COUNT.match(text)
    return match is not None and match.end() == len(text)


_SIGNS = "▲△●○◎★☆■□◆◇◯⊙▼▽※"
SIGNS = frozenset(_SIGNS)
_ANY_SIGN = re.compile(f"[{_SIGNS}]")
_CLAUSES = re.compile(r"[^，,；;。（()）、\n]+")
# What a legend holds besides its signs and the words for roles.
_FILLER = re.compile(
    rf"[{_SIGNS}\s\u3000“”\"‘’:：=＝—\-]|牵头|主办|第一责任|配合|协办|协助|参与|参加|指导|监督|支持|会办|责任|负责|承办|落实|实施|主责"
    r"|单位|部门|科室|处室|符号|号|标记|标注|标|注|说明|图例|其中|名称|前|后|[带有加打为是指的]|表示|代表"
)
_SIGN_BEHIND = re.compile(rf"(?<=[\u4e00-\u9fff）)])(?P<sign>[{_SIGNS}])(?=[\s\u3000、，,；;。）)]|$)")
_LABEL_OF = {Field.LEAD: "牵头单位", Field.RESPONSIBLE: "责任单位", Field.SUPPORT: "配合单位"}
_VERB_OF = {Field.LEAD: "牵头", Field.RESPONSIBLE: "负责", Field.SUPPORT: "配合"}
_TICK_OF = {Field.LEAD: "牵头", Field.RESPONSIBLE: "责任", Field.SUPPORT: "配合"}
_AROUND = " \u3000\n、，,；;"
_END_OF_SIGNS = re.compile(r"[)）】\]。]|$")


def with_signs(source: Source) -> tuple[Source, list[Finding]]:
    """The source with its signs written as words, and what is told of them; for a source that holds one of `SIGNS`."""
    texts = [(place, text) for place, text in source.entries() if _ANY_SIGN.search(text)]
    meanings = _legend_of(text for _, text in texts)
    if len(meanings) >= _FEWEST:
        return _spelled_out(source, meanings), []
    places = [
        place
        for place, text in texts
        if len(set(_ANY_SIGN.findall(text))) >= _FEWEST and _spell_out(text, USUAL) != text
    ]
    if meanings or len(places) < _FEWEST:
        return source, []
    signs = {sign for _, text in texts for sign in _ANY_SIGN.findall(text)}
    return _spelled_out(source, USUAL), [NO_LEGEND.at(places[0], symbols="".join(sorted(signs)))]


def _legend_of(texts: Iterable[str]) -> dict[str, Field]:
    """What signs mean, where a clause says so and nothing else."""
    meanings: dict[str, Field] = {}
    for text in texts:
        for clause in _CLAUSES.findall(text):
            if _is_legend(clause):
                meanings |= legend(clause)
    return meanings


def _is_legend(clause: str) -> bool:
    return _ANY_SIGN.search(clause) is not None and not _FILLER.sub("", clause) and bool(legend(clause))


def _spelled_out(source: Source, meanings: Mapping[str, Field]) -> Source:
    # What a table says of its own ticks it reads itself.
    ticks = _legend_of(block.text for block in source.blocks if not isinstance(block, Grid))
    blocks = [
        replace(
            block,
            rows=tuple(
                tuple(_cell(value, meanings, ticks) if isinstance(value, str) else value for value in row)
                for row in block.rows
            ),
        )
        if isinstance(block, Grid)
        else replace(block, text=_as_note(_spell_out(block.text, meanings)))
        for block in source.blocks
    ]
    return replace(source, blocks=tuple(blocks))


def _cell(text: str, meanings: Mapping[str, Field], ticks: Mapping[str, Field]) -> str:
    """A cell with words for its signs; a tick alone is the word of its role."""
    tick = ticks.get(text.strip())
    return _TICK_OF[tick] if tick is not None else _spell_out(text, meanings)


def _as_note(text: str) -> str:
    """A line that is nothing but the legend as a note: its first sign is no bullet."""
    clauses = _CLAUSES.findall(text)
    is_legend = bool(clauses) and all(map(_is_legend, clauses)) and not is_note(text)
    return f"注：{text.strip()}" if is_legend else text


def _spell_out(text: str, meanings: Mapping[str, Field]) -> str:
    """A text with words for the signs at its names; as it is where anything but names stands at a sign."""
    signs = [sign for sign in _ANY_SIGN.finditer(text) if sign[0] in meanings]
    if not signs or any(map(_is_legend, _CLAUSES.findall(text))):
        return text
    behind = [sign for sign in _SIGN_BEHIND.finditer(text) if sign["sign"] in meanings]
    if len(behind) == len(signs):
        return _SIGN_BEHIND.sub(lambda sign: f"（{_VERB_OF[meanings[sign['sign']]]}）", text)
    parts: list[str] = []
    last: Field | None = None
    end = signs[0].start()
    for sign, after in zip(signs, [*signs[1:], None], strict=True):
        closing = _END_OF_SIGNS.search(text, sign.end())
        end = min(closing.start() if closing else len(text), after.start() if after else len(text))
        answer = names_and_time(text[sign.end() : end].strip(_AROUND))
        if answer is None or (after is not None and text[end : after.start()].strip(_AROUND)):
            return text
        names, time = answer
        field = meanings[sign[0]]
        parts.append(f"、{names}" if field is last else f"；{_LABEL_OF[field]}：{names}")
        parts += [f"；完成时限：{time}"] if time else []
        last = None if time else field
    before = text[: signs[0].start()].rstrip()
    gap = " " if before and before[-1] not in "（(【[" else ""
    return before + gap + "".join(parts).lstrip("；") + text[end:]
