"""The marks and the words of responsibility: a clause made comparable, and what a verb, a label or the head of a column says about a role.

**Marks.** `fold_characters` changes characters but never their number, so that a place in the folded text is the same place in the
text as written and names can be cut out of the original:

    >>> fold_characters("市教育局牽頭,市財政局配合(見附件1)")
    '市教育局牵头，市财政局配合（见附件1）'

A `Clause` is that text on its way through the grammar: in three forms, and with what each stretch was taken for.

**Words.** All patterns are written for folded text (`fold_characters`): simplified characters, full-width Chinese marks,
every bracket a round one. A new wording is one word in one of these tables.

What a label inside a clause makes of the words behind it (`label_meaning`) is decided by the same tables.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from enum import Enum

from tracker import patterns as re
from tracker.model import Role
from tracker.numerals import HAN
from tracker.text import SIMPLIFIED
from tracker.values import dataclass

_OPEN = "([{（［｛【〔〖﹝〘〈"
_CLOSE = ")]}）］｝】〕〗﹞〙〉"
_QUOTES = {"“": "”", "‘": "’", "《": "》", "「": "」", "『": "』"}
_PAIRED = frozenset({"（", *_QUOTES})
_FOLD = {
    **{chr(0xFF01 + n): chr(0x21 + n) for n in range(94)},
    **dict.fromkeys(_OPEN, "（"),
    **dict.fromkeys(_CLOSE, "）"),
    **dict.fromkeys(",，﹐︐", "，"),
    **dict.fromkeys(";；﹔", "；"),
    **dict.fromkeys(":：﹕︰∶", "："),
    **dict.fromkeys("、､﹑", "、"),
    **dict.fromkeys("。｡", "。"),
    **dict.fromkeys("/／|｜\\", "/"),
    **dict.fromkeys("\r\n\v\f\x85\u2028\u2029", "\n"),
    **dict.fromkeys("\t \u00a0\u3000\u2002\u2003\u2009", " "),
    # Arrows and pictures part what stands before them from what stands behind.
    **dict.fromkeys(
        map(chr, (*range(0x2190, 0x2200), *range(0x27F0, 0x2800), *range(0x1F300, 0x1FB00))), "，"
    ),
}
_TABLE: dict[int, str | int] = SIMPLIFIED | {ord(key): value for key, value in _FOLD.items()}
# A circled number right between two words.
_CIRCLED = re.compile(r"(?<=[\u4e00-\u9fff）])[②-⑳](?=[\u4e00-\u9fff])")
# A label in brackets of its own, with no colon behind it: 【牵头单位】市甲局.
_TAG = re.compile(
    r"[【［\[〔](?P<label>[ \u3000]*(?:(?:总?牵头|主办|承办|责任|负责|配合|协办|参与|落实|实施)(?:单位|部门|科室|处室)?"
    r"|(?:完成|办结|工作|整改)?(?:时限|期限)(?:要求)?|完成时间)[ \u3000]*)[】］\]〕](?=[ \u3000]*[一-鿿\d])"
)
# A word of a role before its names, with a blank or a dash for the colon: 牵头 市甲局 / 配合 市乙局.
_WORD_BEFORE = re.compile(
    r"(?P<before>^[ \n\u3000]*|[:：][ \u3000]*|[，,；;、/\n \u3000])(?P<word>总?牵头|主办|承办|责任|负责|配合|协办|会办|参与)(?P<link>[ \t\u3000]*[-—–―─－]{1,4}[ \t\u3000]*|[ \t\u3000]+)(?=[\u4e00-\u9fff])"
)
# What departments of every government are called by, without their endings.
STEM = (
    r"(?:发展(?:和)?改革|发改|经济(?:和)?信息化|工业(?:和)?信息化|工信|经信|教育(?:体育|和体育)?|科技|科学技术|民族宗教|公安|国家安全|民政|司法|财政|"
    r"人力资源(?:和)?社会保障|人社|自然资源(?:和规划)?|国土资源|国土|生态环境|环境保护|环保|住房(?:和)?城乡建设|住建|城乡规划|规划|交通运输|交通|"
    r"水利|水务|农业农村|农业|林业|商务|文化(?:和旅游|广电和旅游|广电旅游|旅游)?|文旅|文广旅|卫生健康|卫健|卫生(?:和)?计(?:划)?生(?:育)?|退役军人(?:事务)?|"
    r"应急(?:管理)?|安监|审计|国资|市场监管|市场监督管理|工商|质监|食药监|统计|医保|医疗保障|体育|信访|粮食|乡村振兴|扶贫|"
    r"政务服务(?:和大数据|数据|管理)?|行政审批(?:服务)?|大数据|数据|城管(?:执法)?|城市管理|综合(?:行政)?执法|招商|金融|税务|气象|"
    r"人防|供销|档案|机关事务|组织|宣传|统战|政法|网信|编制|编|国动|外事|侨|地震|邮政|烟草|旅游|物价|园林|海洋(?:渔业)?|渔业|畜牧|监察|法制)"
)
BLANK = "□"
# What separates statements.
SEPARATORS = "、，；。\n/"
# Signs that note or rank a unit without belonging to its name.
STARS = "★☆▲△●◎※*＊#"
# What may hang on the edge of a name and is none of it: marks, footnote signs.
EDGE = SEPARATORS + " ：-—－·•.~…!！?？\"'①②③④⑤⑥⑦⑧⑨⑩¹²³⁴⁵⁶⁷⁸⁹"


def tags_as_labels(text: str) -> str:
    """Labels in brackets as labels with a colon; the length stays.

    >>> tags_as_labels("【牵头】市甲局 【时限】6月底前")
    ' 牵头：市甲局  时限：6月底前'
    """
    first = _TAG.search(text)
    # Right behind a name it says that name's role: 市甲局【牵头】市乙局【配合】.
    if first is None or (
        "单位" not in first["label"] and re.match(r"[\u4e00-\u9fff）)]", text[: first.start()][-1:])
    ):
        return text
    return _TAG.sub(lambda tag: f" {tag['label']}：", text)


def words_as_labels(text: str) -> str:
    """Words of roles that stand before their names as labels with a colon; the length stays.

    Only where the text or what a label says begins with one: behind a name the word speaks of that name (市甲局 牵头 市乙局 配合). 负责 alone may
    begin what is to be done (负责 防汛值守).

    >>> words_as_labels("牵头 市甲局 / 配合 市乙局"), words_as_labels("市甲局 牵头 市乙局 配合")
    ('牵头：市甲局 / 配合：市乙局', '市甲局 牵头 市乙局 配合')
    """
    matches = list(_WORD_BEFORE.finditer(text))
    is_first = bool(matches) and (matches[0].start() == 0 or matches[0]["before"][0] in ":：")
    if not is_first or {match["word"] for match in matches} <= {"负责", "参与"}:
        return text
    return _WORD_BEFORE.sub(
        lambda match: f"{match['before']}{match['word']}：{' ' * (len(match['link']) - 1)}", text
    )


def fold_characters(text: str) -> str:
    """Simplified characters, one form for each mark, every bracket round but those of labels; the length stays.

    In a list that begins with ① each further circled number parts two names.

    >>> fold_characters("①市教育局②市财政局"), fold_characters("市教育局②")
    ('①市教育局、市财政局', '市教育局②')
    """
    folded_text = words_as_labels(tags_as_labels(text)).translate(_TABLE)
    return _CIRCLED.sub("、", folded_text) if folded_text.lstrip().startswith("①") else folded_text


def bracket_pairs(folded_text: str) -> dict[int, int]:
    """Opening to closing place of every bracket and quotation that closes again."""
    closing_places: dict[int, int] = {}
    if _PAIRED.isdisjoint(folded_text):
        return closing_places
    open_at: list[tuple[int, str]] = []
    awaited: Counter[str] = Counter()
    for at, mark in enumerate(folded_text):
        if mark == "（" or mark in _QUOTES:
            closing_mark = _QUOTES.get(mark, "）")
            open_at.append((at, closing_mark))
            awaited[closing_mark] += 1
        elif awaited[mark]:
            while open_at:
                start, closing_mark = open_at.pop()
                awaited[closing_mark] -= 1
                if closing_mark == mark:
                    closing_places[start] = at
                    break
    return closing_places


def insides(text: str) -> list[str]:
    """What stands in the round brackets of a text, the outer ones of several first.

    >>> insides("修渠（含支渠）。[市甲局（牵头）]")
    ['含支渠', '市甲局（牵头）', '牵头']
    """
    folded_text = fold_characters(text)
    pairs = sorted(bracket_pairs(folded_text).items())
    return [text[start + 1 : end] for start, end in pairs if folded_text[start] == "（"]


def blank_inside(folded_text: str) -> str:
    """The text with everything inside brackets and quotations blanked, the marks themselves kept.

    >>> blank_inside("各县（市、区）人民政府、市教育局")
    '各县（□□□）人民政府、市教育局'
    """
    pairs = bracket_pairs(folded_text)
    if not pairs:
        return folded_text
    letters = list(folded_text)
    outside = 0
    for start, end in sorted(pairs.items()):
        if start >= outside:
            letters[start + 1 : end] = BLANK * (end - start - 1)
            outside = end
    return "".join(letters)


class Sense(Enum):
    """What a stretch of a clause was taken for. Nothing of a clause is without one."""

    # A member is one object; the library's own hash is a call for each character.
    __hash__ = object.__hash__

    # A unit or group.
    NAME = "name"
    # A role word with its manner: 按职责分工负责.
    ROLE = "role"
    # 牵头单位：
    LABEL = "label"
    # The share of one unit: 校园部分.
    PART = "part"
    # 见附件1, 下同, 名单附后.
    REFERENCE = "reference"
    # 第一个为牵头单位.
    NOTE = "note"
    # 等, 等部门.
    AND_OTHERS = "and others"
    # Persons and their telephones.
    PERSON = "person"
    # By when.
    TIME = "time"
    # What is done: the object of a verb.
    DEED = "deed"
    # No name and no role: left out, and shown as such.
    PROSE = "prose"
    # Marks, blanks, conjunctions, footnote signs.
    MARK = "mark"


@dataclass(slots=True)
class Clause:
    """The text of a clause.

    Attributes:
        text: As written, without the blanks that separate nothing.
        folded_text: Simplified, marks and brackets in one form.
        plain: The same with the contents of brackets and quotations blanked.
        closing_places: Opening to closing place of every bracket and quotation.
        opening_places: Closing to opening place.
        senses: What each character was taken for.
    """

    text: str
    folded_text: str = ""
    plain: str = ""
    closing_places: dict[int, int] = field(default_factory=dict)
    opening_places: dict[int, int] = field(default_factory=dict)
    senses: list[Sense | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folded_text = fold_characters(self.text)
        self.closing_places = bracket_pairs(self.folded_text)
        self.opening_places = {close: start for start, close in self.closing_places.items()}
        self.plain = blank_inside(self.folded_text)
        self.senses = [None] * len(self.text)

    def mark(self, start: int, end: int, sense: Sense) -> None:
        """Say what a stretch was taken for; the first word on it counts."""
        for at in range(start, end):
            if self.senses[at] is None:
                self.senses[at] = sense

    def mark_again(self, start: int, end: int, sense: Sense) -> None:
        """Say it anew: what was taken for a name turned out to be none."""
        self.senses[start:end] = [sense] * (end - start)

    def mark_rest(self) -> None:
        """Say of every mark and sign without a sense that it is one."""
        for at, letter in enumerate(self.plain):
            if self.senses[at] is None and not letter.isalnum() and letter != BLANK:
                self.senses[at] = Sense.MARK

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without marks and footnote signs at its edges."""
        while start < end and self.plain[start] in EDGE:
            start += 1
        while end > start and self.plain[end - 1] in EDGE:
            end -= 1
        return start, end

    def bracket_ending_at(self, end: int) -> int | None:
        """Where the bracket opens that closes right before `end`."""
        return self.opening_places.get(end - 1) if end and self.plain[end - 1] == "）" else None


# The same as what stands before: 同上, 沿用上一项, 与前项一致.
SAME_AS_BEFORE = (
    r"(?:(?:同左?上|同前|上同)(?:述|列)?(?:一?[栏行项条款格个])?|(?:沿用|延用|参照|承接?|接|续|与|和)[上前](?:述|列|面)?(?:一?[栏行项条款格个])?)"
    r"(?:任务|工作|事项)?(?:的?(?:责任)?单位)?(?:相同|一致|一样)?"
)

# Verbs that state a role wherever they stand behind a name.
LEAD = ("总牵头", "双牵头", "共牵头", "牵头抓总", "牵头", "主办", "领衔", "第一责任")
RESPONSIBLE = (
    "负总责",
    "总负责",
    "负主责",
    "负主要责任",
    "负全责",
    "负责",
    "承办",
    "主责",
    "主抓",
    "为主",
    "包保",
    "包抓",
)
SUPPORT = ("配合", "协办", "协责", "协管", "协助", "协作", "协同", "参与", "参加", "联办")

# Verbs that also occur inside names (市场监督管理局, 就业指导中心): they state a role only behind a whole name.
WEAK_RESPONSIBLE = (
    "组织实施",
    "抓落实",
    "落实",
    "实施",
    "汇总",
    "推进",
    "执行",
    "落地",
    "主管",
    "承担",
    "办理",
)
WEAK_SUPPORT = (
    "会办", "支持", "指导", "督促", "监督", "监管", "督导", "督办", "督查",
    "提供技术支持", "提供技术支撑", "提供技术保障", "提供支持", "提供支撑", "给予支持",
)  # fmt: skip

# （主）, 协：: as short as it gets.
ONE_LETTER = {"主": Role.LEAD, "牵": Role.LEAD, "协": Role.SUPPORT, "配": Role.SUPPORT}

# Verbs of doing that say nothing about a role: the unit before them is responsible, what follows is the deed.
# A single character (于, 对 …) opens the deed in the same way.
DEEDS = (
    "制定", "制订", "开展", "研究", "组织", "统筹", "协调", "完成", "组成", "组建", "对口", "对接", "衔接", "联系", "提供", "提出", "出台", "建立", "做好", "抓好",
    "拟定", "拟订", "起草", "编制", "修订", "审核", "把关", "验收", "考核", "检查", "抽查", "跟踪", "调度", "入驻",
    "报送", "提交", "上报", "公布", "公开", "发布", "明确", "确定", "选派", "安排", "会商", "联合", "加强", "落细",
    "推动", "履行", "依法", "结合", "根据", "按照", "通过", "作为", "应当", "要", "应", "于", "对", "在", "按", "为",
    "向", "将", "每", "定期", "及时", "切实", "具体", "统一", "全面", "尽快", "共同", "保障",
    "开设", "举办", "制作", "设立", "编写", "评选", "排查", "拆除", "查处", "更换", "选聘", "给予", "采购", "招标", "上门", "入户", "逐",
)  # fmt: skip

# Deeds that only say how, where or when, if a verb with a role follows: 对…负总责, 结合实际落实, 检查指导.
ADVERBIAL = frozenset(
    (
        "组织", "统筹", "协调", "检查", "抽查", "跟踪", "联合", "加强", "依法", "结合", "根据", "按照", "通过", "作为", "应当", "要",
        "应", "于", "对", "在", "按", "为", "向", "将", "每", "定期", "及时", "切实", "具体", "统一", "全面", "尽快", "共同", "做好",
        "抓好", "调度",
    )
)  # fmt: skip

# Verbs whose object may be another's deed: 负责指导各镇实施.
TRANSITIVE = ("指导", "督促", "监督", "督导", "组织", "协调", "推动", "统筹")

# What goes on behind a whole name, beside role words: 县委组织部统筹, 县委组织部各司其职.
BEHIND_A_NAME = "分别|按|会同|等|和|及|与|以及|共同|具体|组织|各司|各负|各自|统筹|协调|联合|密切|积极|全面|认真|做好|抓好|切实|依|结合|根据"

# 工会组织 and 社会组织 are bodies of a kind where no object follows; looked at from behind 组织 they end before it.
OF_KIND = rf"(?:{'|'.join(f'(?<={kind})' for kind in ('工会', '群团', '社会', '党', '团', '妇联', '妇女', '基层', '行业', '自治', '合作', '经济', '服务', '公益', '慈善', '中介'))})"

# How they do it. Standing before a role verb, they belong to it and not to the name.
_MANNERS = (
    r"按(?:照)?(?:各自|其|有关|相关)?(?:的)?(?:部门|工作|任务)?(?:职责|职能|分工|权限|要求)(?:任务)?(?:分工|范围|权限|和分工|及分工)?(?:要求)?(?:做好)?",
    r"(?:依据|依照|根据|结合|依|据|在|围绕|对照)(?:各自|其|自身)?(?:工作)?(?:职责|职能|分工|权限)(?:任务)?(?:分工|范围)?(?:内)?",
    r"结合实际", r"各司其职", r"各负其责", r"密切", r"积极", r"全力", r"具体", r"统一", r"统筹", r"全面", r"共同", r"联合",
    r"分别", r"各自", r"分头", r"分级", r"分工", r"属地", r"逐级", r"主要", r"直接", r"日常", r"业务", r"技术", r"政策", r"行业",
    r"检查", r"跟踪", r"依法", r"做好", r"抓好", r"协同", r"予以", r"给予", r"负责", r"协调", rf"(?!{OF_KIND})组织", r"一并", r"一起", r"认真", r"切实",
    r"同时", r"均", r"都", r"等", r"并", r"和", r"及", r"应", r"要", r"需", r"须", r"具体工作", r"主动", r"轮流", r"轮值", r"合力", r"通力", r"协力", r"携手", r"分片", r"包片", r"归口", r"全程", r"优先", r"参照", r"遵照", r"比照", r"对照",
)  # fmt: skip
MANNERS = re.compile(rf"(?:{'|'.join(sorted(_MANNERS, key=len, reverse=True))})$")

# Each for its own share.
SEVERALLY = re.compile(
    r"分别|各自|分头|各负其责|各司其职|分工(?:负责|落实|协作|实施|推进)|"
    r"(?:按|依|据|在|结合|根据|对照)(?:照|据)?(?:各自|其|有关|相关|自身)?(?:的)?(?:部门|工作|任务)?(?:职责|职能|分工|权限)"
)
# One common result. 会同 is one whatever else is said.
TOGETHER = re.compile(r"共同|联合|一起|一并")
JOINT = ("会同", "会商", "商")
# 联合 before a whole name joins it as an equal: 市商务局联合市税务局开展.
ALONGSIDE = "联合"

# Words at the head of a statement that are neither name nor role.
LEAD_IN = re.compile(
    rf"(?:(?:分别|各自|具体|主要|现)?由|并由|拟由|再由|均由|[责交改仍转续]由|责成|责令|指定|委派|授权|请|其中|同时|以及|还有|另外|其余由|其他由|[{HAN}]是|以(?=.+为主)|"
    rf"[0-9]{{1,2}}[.．、](?![0-9])|（[0-9{HAN}]{{1,3}}）|[①-⑳])"
)
# A conjunction at the head; 和平区 and 及第街道 are names.
CONJUNCTION_IN = re.compile(r"并|及|和|与|或")

# Nouns that make a label or the head of a column one of units.
_BODY = r"(?:单位|部门|科室|处室|股室|机构|主体|机关|镇街|乡镇|街道|院系|学院|学校|公司|企业|部室|组|方|地区|区县|成员|处|科)"
_LABEL_LEAD = r"牵头|主办|第一责任|总责|首要责任|领办|组长"
_LABEL_SUPPORT = (
    r"配合|协办|会办|参加|参与|协助|协同|支持|指导|督促|监督|监管|督导|协作|联办|会同|支撑|督办|督查"
)
_LABEL_RESPONSIBLE = r"责任|负责|承办|主责|落实|实施|推进|执行|完成|分工|主管|试点|建设|申报|报送|承担|整改|办理|业主|归属|管理|填报|组织|涉及|相关|所属|主体"

PERSON_LABEL = re.compile(
    r"(?:领导|责任人|负责人|联系人|联络人|联络员|联系方式|经办人?|承办人|牵头人|督办人|填报人|审核人|分管|包保人|电话|手机|号码|邮箱|姓名|职务|河长|书记|市长|县长|区长|主任|组长)(?:及电话|及职务)?$"
)
TIME_LABEL = re.compile(r"(?:时限|时间|期限|截止|节点|进度|频次|周期|日期|年限|步骤)$")
OTHER_LABEL = re.compile(
    r"(?:备注|说明|注|目标|内容|措施|要求|任务|标准|成效|依据|来源|资金|投资|进展|成果|事项|项目|地点)$"
)
NEUTRAL_LABEL = re.compile(
    rf"(?:第[{HAN}0-9]+(?:批|阶段|类|组|期)|(?:责任|职责|工作|任务)?分工|单位|部门|{_BODY})$"
)
# A label inside running text, known by its words alone, so that it is found where the mark before it is lost.
KNOWN_LABEL = re.compile(
    rf"(?:(?:总|督办|整改|项目|具体)?(?:{_LABEL_LEAD}|{_LABEL_SUPPORT}|责任|负责|承办|主责|落实|实施|推进|执行|试点)"
    rf"(?:[/、及和（]?(?:{_LABEL_LEAD}|{_LABEL_SUPPORT}|责任|落实|推进|负责|实施))?）?{_BODY}"
    rf"(?:[及和/、](?:责任人|负责人|部门|单位|责任{_BODY}))?|(?:责任|市级|分管|牵头|包保|挂钩|联系|县级|区级|主管)领导|责任人|负责人|联系人|联系电话|完成(?:时限|时间|期限)|办结时限|时限要求|责任分工|职责分工)"
)
# A label whose colon was lost: 牵头单位市教育局.
BARE_LABEL = re.compile(
    rf"(?:(?:{_LABEL_LEAD}|配合|协办|会办|参与|协助|责任|负责|承办|主责|落实|实施)(?:{_BODY})|责任分工)(?:为|是)?"
)


def role_of(label: str) -> Role | None:
    """What a label or a column's head makes of a name without a word of its own; None if it names no units.

    牵头 with 责任 in one word is still lead (牵头责任单位), two of them side by side leave it to the cells, and
    without a word there a unit of such a column is responsible:

        >>> [role_of(each) for each in ("牵头（责任）单位", "配合/责任单位", "协办单位", "承办科室")]
        [<Role.LEAD: 'lead'>, <Role.RESPONSIBLE: 'responsible'>, <Role.SUPPORT: 'support'>, <Role.RESPONSIBLE: 'responsible'>]
        >>> [role_of(each) for each in ("责任领导", "牵头单位联系人", "完成时限")]
        [None, None, None]
    """
    if PERSON_LABEL.search(label) and not re.search(r"单位(?:及|和|、|/|（)", label):
        return None
    label = re.sub(
        r"(?:及|和|与|、|/|（)(?:其)?(?:主要)?(?:责任人|负责人|联系人|联络人|联络员|领导).*$", "", label
    )
    if TIME_LABEL.search(label) or (OTHER_LABEL.search(label) and not re.search(_BODY, label)):
        return None
    leads, supports, responds = (
        re.search(words, label)
        for words in (_LABEL_LEAD, _LABEL_SUPPORT, r"责任|负责|承办|主责|落实|实施|推进")
    )
    if leads and leads.group() == "第一责任":
        responds = None
    divider = re.search(r"[/、及和与|]", label)
    if leads and (supports or (responds and divider)):
        return Role.RESPONSIBLE
    if leads:
        return Role.LEAD
    if supports and not (responds and divider):
        return Role.SUPPORT
    return Role.RESPONSIBLE


def is_label(text: str) -> bool:
    """Whether the words before a colon are a label of ours rather than part of a sentence.

    >>> [is_label(each) for each in ("责任单位", "第一批", "完成时限", "牵头", "市教育局")]
    [True, True, True, True, False]
    """
    if len(text) > 16 or "，" in text or "。" in text:
        return False
    return bool(
        text in ONE_LETTER
        or KNOWN_LABEL.fullmatch(text)
        or NEUTRAL_LABEL.search(text)
        or PERSON_LABEL.search(text)
        or TIME_LABEL.search(text)
        or OTHER_LABEL.search(text)
        or re.fullmatch(
            rf"(?:总|主|具体|共同)?(?:{_LABEL_LEAD}|{_LABEL_SUPPORT}|{_LABEL_RESPONSIBLE})(?:单位|部门)?（?.*"
            rf"|(?:技术|业务|政策|资金|经费|后勤|法律|法务|物资|数据|宣传|安全|日常|现场|专业|行业|工作|全程)(?:{_LABEL_SUPPORT})",
            text,
        )
    )


def label_meaning(label: str) -> tuple[Sense | None, Role | None]:
    """What stands behind a (folded) label: a sense that is no name, or else the role of the names.

    >>> [label_meaning(each) for each in ("完成时限", "联系人", "配合单位", "责任分工")]
    [(<Sense.TIME: 'time'>, None), (<Sense.PERSON: 'person'>, None), (None, <Role.SUPPORT: 'support'>), (None, None)]
    """
    label = re.sub(r"[：\s]|为$|是$", "", label)
    bare = re.sub(r"（[^）]*）$", "", label)
    role = ONE_LETTER.get(label) or role_of(label)
    if TIME_LABEL.search(bare):
        return Sense.TIME, None
    if role is None:
        return (Sense.PERSON if PERSON_LABEL.search(bare) else Sense.PROSE), None
    return None, (None if NEUTRAL_LABEL.fullmatch(label) else role)
