"""A document as lines: which of them are the document's own, the numbers before headings and items, and what titles say.

**Lines.** What a reader of running text sees: paragraphs without what a page or a web site put around them.

    >>> [line.text for line in stream([Paragraph("首页", "L1"), Paragraph("　一、抓落实", "L2"), Paragraph("扫一扫在手机打开当前页面", "L3")])]
    ['首页', '一、抓落实']

**Titles.** What stands above the first task announces tasks, tells what was and what always holds, or what a meeting said.

    >>> [(promises_plan([title]), denies_plan([title])) for title in ("2026年任务分工", "关于2025年工作情况的报告", "专题会议纪要")]
    [(True, False), (False, True), (False, True)]

**Numbers.** Chinese office documents number their parts in a fixed order (GB/T 9704-2012, 7.3.3): 一、 then （一） then 1.
then （1）. Plans add 第一部分 above, ① and 1） below, and 1.1 beside. From the outside in:

    rank  written as                      example
    1     第…部分、篇、编                  第一部分 总体要求
    1     第…步、阶段、批（何时）             第一阶段：动员部署（6月底前）
    2     第…章                           第二章 任务
    3     第…节                           第一节 目标
    4     一、                            一、总体要求
    5     （一）                          （一）推进公开
    6     1.  1、  1．  １.  ⒈              1.完善制度
    7     1.1  1.1.1  1-1                 1.1 完善制度
    8     （1）  ⑴                        （1）完善制度
    9     1）                             1）完善制度
    10    ①                               ①完善制度
    11    A.  a)                          A.完善制度

    >>> leading_number("（十二）加强审查").number, leading_number("（十二）加强审查").rest
    ('十二', '加强审查')
    >>> [leading_number(text) and leading_number(text).rank.name for text in ("1.甲", "2024.6底前", "3.5万人", "12月底", "1.2 乙")]
    ['ARABIC', None, None, None, 'DOTTED']
    >>> leading_number("2.6月底前编制清单").number, leading_number("3.2026年起执行").rest, leading_number("2026.6月底前")
    ('2', '2026年起执行', None)
    >>> leading_number("1.8—10月开展巡查").rest, leading_number("1.8—10亿元")
    ('8—10月开展巡查', None)
    >>> leading_number("五一、国庆前检修") is None, leading_number("二十一、检修").number
    (True, '二十一')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from functools import lru_cache
from itertools import takewhile

from tracker import patterns as re
from tracker.grid import Paragraph
from tracker.numerals import HAN, read_number
from tracker.text import clean
from tracker.values import dataclass


class Rank(IntEnum):
    """Levels of numbering, from the outside in."""

    PART = 1
    CHAPTER = 2
    PARAGRAPH = 3
    HAN = 4
    HAN_BRACKET = 5
    ARABIC = 6
    DOTTED = 7
    ARABIC_BRACKET = 8
    ARABIC_PAREN = 9
    CIRCLED = 10
    LETTER = 11


@dataclass(frozen=True, slots=True)
class LeadingNumber:
    """A text that begins with a number.

    Attributes:
        rank: Its level.
        number: The number without mark and bracket, as printed.
        mark: The number with its mark, as printed.
        rest: The text after it.
        value: The number as an integer; 0 where it has several parts.
    """

    rank: Rank
    number: str
    mark: str
    rest: str
    value: int


_HAN = f"{HAN}百〇零"
# Two digits side by side count nothing: 五一、国庆前 begins with a feast.
_NUMERAL = rf"(?:[{_HAN}](?![{_HAN}])|(?=[{_HAN}]{{0,3}}[十百廿卅])[{_HAN}]{{2,4}})"
_DIGIT = "0-9０-９"
_OPEN, _CLOSE = "[(（〔]", "[)）〕]"
_BLANK = r"[\s\u3000\u200b\ufeff]"
# After 1.1 without a mark: 3.5万人 and 2.4亿元 are quantities, not numbers of items.
_NOT_MEASURE = r"(?![万亿千百个倍米公里元吨亩件家户人次项年月日号%％‰°时小点以至到—~～-])"

_STYLES: tuple[tuple[Rank, re.Pattern[str]], ...] = tuple(
    (rank, re.compile(rf"{_BLANK}*(?P<mark>{pattern}){_BLANK}*"))
    for rank, pattern in (
        (Rank.PART, rf"第(?P<no>[{_HAN}{_DIGIT}]{{1,3}})(?:部分|篇|编)[:：、]?"),
        # 第一阶段：清点航标 may be an item of its own; what ends in a limit in brackets stands over several.
        (
            Rank.PART,
            rf"第(?P<no>[{_HAN}{_DIGIT}]{{1,3}})(?:步|阶段|批次?|板块|环节)[:：、]?"
            rf"(?={_BLANK}*[^（(。；;]{{0,16}}[（(][^（）()]{{2,16}}(?:前|内|止|完成|办结|[至到—－~～-]+[^（）()]{{0,8}}[日底旬月])[)）][:：]?{_BLANK}*$)",
        ),
        (Rank.CHAPTER, rf"第(?P<no>[{_HAN}{_DIGIT}]{{1,3}})章[:：、]?"),
        (Rank.PARAGRAPH, rf"第(?P<no>[{_HAN}{_DIGIT}]{{1,3}})节[:：、]?"),
        (Rank.HAN, rf"(?P<no>{_NUMERAL})[、.．,，:：]"),
        (Rank.HAN_BRACKET, rf"{_OPEN}{_BLANK}*(?P<no>{_NUMERAL}){_BLANK}*{_CLOSE}[、.．]?"),
        (Rank.HAN_BRACKET, r"(?P<no>[㈠-㈩])"),
        (
            Rank.DOTTED,
            rf"(?P<no>[{_DIGIT}]{{1,2}}(?:[.．-][{_DIGIT}]{{1,2}}){{1,3}})"
            rf"(?:[、.．]|(?=[\s\u3000])|(?![{_DIGIT}.．])){_NOT_MEASURE}",
        ),
        (Rank.ARABIC, rf"(?P<no>[{_DIGIT}]{{1,3}})[.．、]{_BLANK}*(?![{_DIGIT}])"),
        # An item that begins with a date: 2.6月底前编制清单, 1.8—10月开展巡查, 3.2026年起执行.
        (
            Rank.ARABIC,
            rf"(?P<no>[{_DIGIT}]{{1,2}})[.．、]{_BLANK}*"
            rf"(?=[{_DIGIT}]{{1,2}}(?:月?[至到—–~～-]{{1,2}}[{_DIGIT}]{{1,2}})?月|20[{_DIGIT}]{{2}}年)",
        ),
        (Rank.ARABIC, r"(?P<no>[⒈-⒛])"),
        (Rank.ARABIC_BRACKET, rf"{_OPEN}{_BLANK}*(?P<no>[{_DIGIT}]{{1,3}}){_BLANK}*{_CLOSE}[、.．]?"),
        (Rank.ARABIC_BRACKET, r"(?P<no>[⑴-⒇])"),
        (Rank.ARABIC_PAREN, rf"(?P<no>[{_DIGIT}]{{1,3}})[)）][、.．]?"),
        (Rank.CIRCLED, r"(?P<no>[①-⑳❶-❿㉑-㉟])[、.．]?"),
        (Rank.LETTER, r"(?P<no>[A-Ha-h])[.．、)）](?![A-Za-z])"),
    )
)


_ORDINALS = tuple((rank, pattern) for rank, pattern in _STYLES if rank <= Rank.PARAGRAPH)
# Every number begins with one of these; most texts do not.
_BEGINNING = re.compile(rf"{_BLANK}*[第{_HAN}{_DIGIT}(（〔㈠-㈩⒈-⒛⑴-⒇①-⑳❶-❿㉑-㉟A-Ha-h]")


@lru_cache(maxsize=4096)
def leading_number(text: str) -> LeadingNumber | None:
    """The number that a text begins with; None if there is none."""
    if not _BEGINNING.match(text):
        return None
    is_ordinal = text.lstrip("\u200b\ufeff \u3000\n\t").startswith("第")
    for rank, pattern in _ORDINALS if is_ordinal else _STYLES:
        if match := pattern.match(text):
            number = match["no"]
            return LeadingNumber(
                rank, number, match["mark"].strip(), text[match.end() :].strip(), read_number(number)
            )
    return None


def is_heading(text: str) -> bool:
    """Whether a line reads as a heading: short, and not a sentence.

    >>> is_heading("一、着力推进公开"), is_heading("一、要认真组织实施，细化分工，按时完成。")
    (True, False)
    """
    text = text.strip()
    if not 0 < len(text) <= 60 or re.search(r"[。；;！？!]", text.rstrip("。；;")):
        return False
    return not (text[-1] in "。；;" and re.search("[，,]", text))


_ITEM_START = re.compile(rf"[\n\r。；;）)】\]！!]{_BLANK}*")


def split_items(text: str) -> list[tuple[LeadingNumber | None, str, int]]:
    r"""Split a cell into its numbered items: (number, text without it, where it begins).

    Only numbers at the start of a line, or right after the end of a sentence or a bracket, count, and only
    when they run on (1, 2, 3 …). What stands before the first number is an item of its own without one.

    >>> [(head and head.number, rest) for head, rest, _ in split_items("1.甲。（市一局）\n2.乙。（市二局）")]
    [('1', '甲。（市一局）'), ('2', '乙。（市二局）')]
    """
    starts: list[tuple[int, LeadingNumber]] = []
    starts_of_lines = dict.fromkeys([0, *(match.end() for match in _ITEM_START.finditer(text))])
    for position in starts_of_lines:
        if not _BEGINNING.match(text, position):
            continue
        item_number = leading_number(text[position:])
        if item_number is None or (starts and item_number.rank is not starts[0][1].rank):
            continue
        if not starts and item_number.value != 1 and position and text[position - 1] not in "\n\r":
            continue
        next_value = starts[-1][1].value + 1 if starts else item_number.value
        if item_number.value and item_number.value == next_value:
            starts.append((position, item_number))
    if not starts:
        return [(None, text.strip(), 0)] if text.strip() else []
    cuts = [position for position, _ in starts] + [len(text)]
    found_items: list[tuple[LeadingNumber | None, str, int]] = []
    if text[: cuts[0]].strip():
        found_items.append((None, text[: cuts[0]].strip(), 0))
    for (position, number), end in zip(starts, cuts[1:], strict=True):
        body = leading_number(text[position:end].strip())
        found_items.append((number, body.rest if body else text[position:end].strip(), position))
    return found_items


def levels(path: dict[Rank, str]) -> tuple[str, str]:
    """Section and task of a path of headings: the last of the outer levels, and the first below it.

    >>> levels({Rank.PART: "第一部分", Rank.HAN: "一、总则", Rank.HAN_BRACKET: "（一）公开", Rank.ARABIC: "1.网站"})
    ('一、总则', '（一）公开')
    >>> levels({Rank.HAN_BRACKET: "（一）公开"})
    ('（一）公开', '')
    """
    headings = sorted(path.items())
    outer = [(rank, text) for rank, text in headings if rank <= Rank.HAN]
    section = outer[-1] if outer else headings[0] if headings else None
    if section is None:
        return "", ""
    below = [text for rank, text in headings if rank > section[0]]
    return section[1], below[0] if below else ""


# What web pages print around an article. Each must stand alone in its line.
_FURNITURE = re.compile(
    r"(?:(?:【?(?:打印|关闭|收藏|返回)[^】。]{0,4}】?[\s\u3000]*)+|【?字[体號号].*|分享到.*|浏览次数.*|来源[:：].*|信息来源.*|作者[:：].*|发布时间.*|发布日期.*|索引号.*|相关(?:阅读|链接|文档|附件|解读|信息|文件)[:：]?.*|"
    r"扫一扫.*|上一[篇条页].*|下一[篇条页].*|责任编辑.*|编辑[:：].*|www\..*|https?://.*|承办[:：].*办公室|版权所有.*|.*ICP备.*|当前位置.*|您(?:现在)?的?(?:当前)?位置.*|"
    r"[—–\-－]+\s*\d+\s*[—–\-－]+|第?\s*\d+\s*页(?:[\s，,、/]*共\s*\d+\s*页)?|\d+\s*/\s*\d+|点击下载.*|附件下载.*|首页\s*>.*|网站地图.*|联系我们.*|返回顶部.*|收藏.*|打印本页.*|"
    r"附件\d*\s*\.?(?:docx?|xlsx?|pdf|wps|et|zip|rar).*|主题词[:：].*|(?:签发|拟稿|核稿)人?[:：].{1,40}|(?:抄送|分送|抄报|报送单位|发至|主送|印送)[:：].*|印发[:：]?.*\d份.*)",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"\W*\d+\W*(?:\d+\W*)?|第?\s*\d+\s*页.*")
# The head of an e-mail: its day is nobody's limit, and who sends it has no task; its subject may be the title.
_MAIL = re.compile(r"(?:发件人|收件人|发送时间|主题|抄送人?|密送|日期)\s*[:：].*")
_SENDER = re.compile(r"(?:发件人|收件人)\s*[:：]")
# A line drawn with signs parts the tasks of a text.
_DRAWN = re.compile(r"(?:[-—–―_=＝*＊~～·•#+＋★☆◆◇■□●○※\u2500-\u257f]\s*){3,}|\.{4,}")
# The host of a web site; where there are several it is who answers.
_HOST = re.compile(r"主办(?:单位)?[:：].*")
# Markdown marks headings and stress with signs that are no part of the text.
_MARKDOWN = re.compile(r"^#{1,6}\s+|^[-*+>]\s+(?=\S)|\[\^\w{1,8}\]:?")
_BOLD = re.compile(r"(?<![一-鿿])\*\*(?=\S)([^*]+)\*\*")
_STRESSED = re.compile(r"^([*_])(?P<label>[^*_\s]{2,12})\1(?=\s*[:：])")
# A sign before an item is no number of it.
_BULLET = re.compile(
    r"^(?:(?:[•·▪■◆➢►➤●▶▷▍▌▎]|[>»→⇒↳├└┣┗─━]+)[\s\u3000]*(?=[\u4e00-\u9fff（【“\d])"
    r"|(?:[—―－–-]{1,4}[\s\u3000]*|[○◇□☆◦][\s\u3000]+)(?=[\u4e00-\u9fff“]))"
)

# Characters below take half the width of those above.
_NARROW = 0x2000


def _columns(text: str) -> int:
    """How wide a text is printed, in half characters."""
    return sum(1 if ord(character) < _NARROW else 2 for character in text)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line that is no furniture.

    Attributes:
        text: Its text, blanks at both ends taken off, the number that Word prints put before it.
        place: Where it stands.
        gap: Whether an empty line stands before it.
        indent: How many blanks stand before its text.
        style: Name of its paragraph style.
        width: How wide it was printed with the blanks before it, in half characters; 0 where nobody measured it.
        pieces: While lines are joined: the width of the last piece.
        further_places: The places of the lines that were joined to it.
        is_on_next_page: Whether the number of a page stands before it.
        sign: What was taken off before it: the sign of a list, or the number before a label.
    """

    text: str
    place: str
    gap: bool = False
    indent: int = 0
    style: str = ""
    width: int = 0
    pieces: int = 0
    further_places: tuple[str, ...] = ()
    is_on_next_page: bool = False
    sign: str = ""

    @property
    def columns(self) -> int:
        """Its width, or that of its text."""
        return self.width or _columns(self.text)

    def with_next(self, line: TextLine, pieces: int = 0, link: str = "") -> TextLine:
        """The line with the next one joined to it."""
        text, places = self.text + link + line.text, (*self.further_places, line.place, *line.further_places)
        return replace(self, text=text, pieces=pieces, further_places=places)


def stream(paragraphs: Iterable[Paragraph], *, blanks: bool = False) -> list[TextLine]:
    """The lines of a document, furniture and empty ones left out.

    Args:
        paragraphs: The document's paragraphs or lines.
        blanks: Keep lines that hold a blank and stand between empty ones: empty cells of a pasted table.
    """
    lines: list[TextLine] = []
    gap = is_on_next_page = False
    paragraphs = list(paragraphs)
    texts = [text for paragraph in paragraphs if (text := paragraph.text.strip())]
    pages = [at for at, text in enumerate(texts) if _PAGE_NUMBER.fullmatch(text) and is_page_furniture(text)]
    heads = _running_heads(texts, pages) if pages else set()
    mail = _mail_head(texts)
    is_host_alone = sum(bool(_HOST.match(paragraph.text.strip())) for paragraph in paragraphs) == 1
    for paragraph in paragraphs:
        text = paragraph.text.strip(" \t\r\n\u3000\xa0\u200b\ufeff")
        if not text or _DRAWN.fullmatch(text):
            if not text and blanks and paragraph.text and gap and lines:
                lines.append(TextLine("", paragraph.place, gap))
            gap = True
            continue
        # What a line is shows only when its damage is mended: pinyin between a unit and its role hides both.
        sign = sign_at_head(text)
        text = text if is_page_furniture(text) else clean(_unmarked(text)).text
        is_furniture = is_page_furniture(text) and (is_host_alone or not _HOST.fullmatch(text))
        is_furniture |= text in mail and not text.startswith("主题")
        if not text or is_furniture or (text in heads and (lines or is_on_next_page)):
            is_on_next_page |= text in heads or bool(_PAGE_NUMBER.fullmatch(text))
            continue
        indent = len(paragraph.text) - len(paragraph.text.lstrip(" \t\u3000\xa0"))
        if paragraph.printed_number and not text.startswith(paragraph.printed_number.strip()):
            text = f"{paragraph.printed_number.strip()}{text}"
        width = _columns(paragraph.text.rstrip())
        lines.append(
            TextLine(
                text,
                paragraph.place,
                gap,
                indent,
                paragraph.style,
                width,
                is_on_next_page=is_on_next_page,
                sign=sign,
            )
        )
        gap = is_on_next_page = False
    return lines


def _mail_head(texts: Sequence[str]) -> set[str]:
    """The lines of the head of an e-mail, where one names who sends it or to whom.

    >>> sorted(_mail_head(["收件人：各科室", "日期：2026年3月1日", "一、修渠", "日期：6月底"]))
    ['收件人：各科室', '日期：2026年3月1日']
    """
    at = next((at for at, text in enumerate(texts) if _SENDER.match(text)), len(texts))
    return set(takewhile(_MAIL.fullmatch, texts[at:]))


def _running_heads(texts: Sequence[str], pages: Sequence[int]) -> set[str]:
    """What stands beside half of the numbers of pages or more, and nowhere else but in the first line.

    >>> _running_heads(["某县文件", "1.修渠", "— 1 —", "某县文件", "道。", "— 2 —", "某县文件"], [2, 5])
    {'某县文件'}
    >>> _running_heads(["县水利局", "1.修渠", "— 1 —", "县水利局", "2.种树", "县水利局"], [2])
    set()
    >>> _running_heads(["修渠", "— 1 —", "县水利局", "种树", "— 2 —", "县林业局", "补路", "— 3 —", "清淤", "县水利局", "— 4 —", "架桥", "— 5 —"], [1, 4, 7, 10, 12])
    set()
    """
    beside = Counter(
        texts[at] for at in {place for page in pages for place in (page - 1, page + 1)} & {*range(len(texts))}
    )
    counts = Counter(texts[1:])
    return {
        text
        for text, count in beside.items()
        if 1 < count == counts[text] and 2 * count >= len(pages) and not _IS_TEXT.search(text)
    }


# A sentence, an item or a label is no running head, wherever it stands.
_IS_TEXT = re.compile(r"[。；：:）)]|^\W*\d")


def _unmarked(text: str) -> str:
    """A line without the signs of Markdown and of lists.

    >>> _unmarked("- *责任单位*：市甲局"), _unmarked("• **修渠**[^1]。"), _unmarked("地震*合演*"), _unmarked("命名**个村")
    ('责任单位：市甲局', '修渠。', '地震*合演*', '命名**个村')
    """
    text = _BULLET.sub("", _BOLD.sub(r"\1", _MARKDOWN.sub("", text)).strip())
    return _STRESSED.sub(r"\g<label>", text)


def sign_at_head(text: str) -> str:
    """The sign of a list before a line; empty without one.

    >>> [sign_at_head(text) for text in ("+ 清洗滤网", "▲ 清洗滤网", "——市甲局", "**个村", "清洗滤网")]
    ['+', '', '—', '', '']
    """
    match = _MARKDOWN.match(text) or _BULLET.match(text)
    return match[0].strip()[:1] if match is not None else ""


def is_page_furniture(text: str) -> bool:
    """Whether a line belongs to the web page or the printed page and not to the document; a rule of signs does.

    >>> is_page_furniture("— 3 —"), is_page_furniture("来源：本站　浏览次数：12"), is_page_furniture("来源于群众的诉求要办结。")
    (True, True, False)
    >>> is_page_furniture("--------"), is_page_furniture("★ ★ ★"), is_page_furniture("——")
    (True, True, False)
    """
    bare = text.strip()
    return any(pattern.fullmatch(bare) for pattern in (_FURNITURE, _HOST, _DRAWN))


# What a title ends in, before a bracket and 的通知.
_PLAN = re.compile(
    r"(?:分工|分解|任务|要点|清单|实事|安排|方案|计划|规划|部署|台账|措施|重点|重点工作|目标|事项|项目|行动|责任|分工表|分解表|任务表|责任表|任务书|责任书|任务单|责任单|[任事督责交工实]\S{1,3}卡片?|工作|表)$"
)
# What was, and what always holds.
_RECORD = re.compile(
    r"(?:预案|条例|办法|规定|规则|细则|制度|章程|情况|汇报|报告|发言|总结|通报|公示|公告|解读|问答|新闻|简报|动态|职责|名单|讲话|批复|答复|复函|意见书|判决书)$"
)
# 关于报送任务落实情况的函 asks for a report and is none.
_ASKS_FOR = re.compile("关于(?:及时|按时|抓紧)?(?:报送|上报|填报|做好|抓好|落实)")
# What was said, and maybe resolved.
_MEETING = re.compile(r"(?:纪要|会议|决定|决议)$")
_TITLE_TAIL = re.compile(r"》?的(?:通知|函)$|[（(][^（）()]{1,20}[)）]$|》$")
_LONGEST_TITLE = 60


def names_plan(title: str) -> bool:
    """Whether a title ends as that of a plan does."""
    return _PLAN.search(_TITLE_TAIL.sub("", title)) is not None


def promises_plan(front: Sequence[str]) -> bool:
    """Whether what stands before the first task announces tasks and not a rule, a report or minutes."""
    titles = _titles_of(front)
    return any(_PLAN.search(text) for text in titles) and not any(map(_is_other, titles))


def denies_plan(front: Sequence[str]) -> bool:
    """Whether the title is that of a rule, a report, minutes or a speech."""
    titles = _titles_of(front)
    return any(map(_is_other, titles)) and not any(_PLAN.search(text) for text in titles)


def _is_other(title: str) -> bool:
    """Whether a title is that of a rule, a report or minutes: units in it are told nothing, or not all of them."""
    is_record = _RECORD.search(title) is not None and _ASKS_FOR.search(title) is None
    return is_record or _MEETING.search(title) is not None


def _titles_of(front: Sequence[str]) -> list[str]:
    """The lines that may be titles, without what follows the name of the document."""
    texts = [text.strip() for text in front if leading_number(text) is None]
    return [
        _TITLE_TAIL.sub("", text)
        for text in texts
        if len(text) <= _LONGEST_TITLE and not re.search("[。；：:，,]$", text)
    ]


def tells_of_meeting(front: Sequence[str]) -> bool | None:
    """Whether a title is that of minutes; None where it is that of a plan or of what was, and nothing can be resolved."""
    titles = _titles_of(front)
    if promises_plan(front) or any(map(_RECORD.search, titles)):
        return None
    return any(map(_MEETING.search, titles))
