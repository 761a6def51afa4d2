"""What the words over a column mean: its field, or a month of a calendar.

Offices name the same column in a hundred ways; a head is understood by what it says, blanks, brackets and
script aside. The rows of `_WORDS` are tried from top to bottom and the first that is found in the head
decides, so that 牵头单位联系人 is a person and 任务分工 a text:

    >>> [field_of(head).name for head in ("责 任 单 位", "牵头单位联系人", "办结时限", "主要任务及分工", "單位名稱")]
    ['RESPONSIBLE', 'PERSON', 'DEADLINE', 'REQUIREMENT', 'RESPONSIBLE']
    >>> field_of("一、加强组织领导") is None
    True

Text columns compete: of 重点任务 and 工作措施 in one head the second is the requirement, of 任务类别 and 任务内容
likewise; with one text column alone that column is the requirement. `fields_of` decides for a whole head.

**Columns of a calendar**: a head that is a month or a quarter, and what the cells below it say.

    | 序号 | 工作事项 | 责任单位 | 时间安排 | <   | <   |
    | ^    | ^        | ^        | 1月      | 2月 | 3月 |
    | 1    | 清理台账 | 综合科   | √        | √   |     |

Ticks there are the time limit: the last ticked column. Texts there (一季度目标 with a sentence below it) are
targets, hence remarks. A month or quarter written as a bare number takes its word from the head (完成月份).

**Captions that a paste broke or ran together** (`CAPTION`): letters that blanks spread (工 作 任 务), a word that is no caption
alone and the rest of it in the next line (评分 / 部门).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import lru_cache

from tracker import patterns as re
from tracker.numerals import HAN, ONES
from tracker.text import compact, fold, tight


class Field(Enum):
    """What a column holds."""

    # A member is one object; the library's own hash is a call for each cell.
    __hash__ = object.__hash__

    # 序号, 编号.
    NUMBER = "number"
    # 板块, 类别, 方面.
    SECTION = "section"
    # 工作任务, 重点任务, 事项名称.
    TASK = "task"
    # 具体要求, 工作措施, 主要内容.
    REQUIREMENT = "requirement"
    # 牵头单位, 主办单位.
    LEAD = "lead"
    # 责任单位, 承办部门.
    RESPONSIBLE = "responsible"
    # 配合单位, 协办单位.
    SUPPORT = "support"
    # 完成时限, 时间节点.
    DEADLINE = "deadline"
    # 频次: a time limit only where there is no other.
    FREQUENCY = "frequency"
    # 责任人, 分管领导, 联系电话: never a unit, and not kept.
    PERSON = "person"
    # 进展, 状态, 目标值, 备注 and everything else: kept as written.
    REMARK = "remark"


UNIT_FIELDS = (Field.LEAD, Field.RESPONSIBLE, Field.SUPPORT)
# The head that says the role of a column to the grammar of clauses.
HEAD_OF = {Field.LEAD: "牵头单位", Field.RESPONSIBLE: "责任单位", Field.SUPPORT: "配合单位"}


FEWEST_PERIODS = 3
_PERIOD = re.compile(
    rf"(?:^|(?<=\D))(?:(?P<month>1[0-2]|[1-9]|十[一二]?|[{ONES}])月份?"
    r"|(?P<quarter>第?[一二三四1-4]季度)|(?P<half>[上下]半年))(?:末|底)?(?:工作)?(?:目标|计划|任务|安排|进度|要求)?$"
)
_BARE = re.compile(r"(?P<number>\d{1,2})(?:\.0)?")


def periods_of(labels: Mapping[int, str]) -> dict[int, str]:
    """The months and quarters over columns, or both halves of the year, where they can only be a calendar; else none.

    >>> periods_of(dict(enumerate(("时间安排1月", "十二月", "二季度目标", "完成月份", "3")))), periods_of({0: "1月"})
    ({0: '1月', 1: '十二月', 2: '二季度'}, {})
    """
    matches = {column: _PERIOD.search(tight(label)) for column, label in labels.items()}
    periods = {
        column: f"{match['month']}月" if match["month"] else match["quarter"] or match["half"]
        for column, match in matches.items()
        if match is not None
    }
    is_whole = {"上半年", "下半年"} <= {*periods.values()}
    return periods if is_whole or len(periods) >= FEWEST_PERIODS else {}


def with_word(text: str, label: str) -> str:
    """A bare number below 完成月份 or 完成季度 as a month or quarter; any other text as it is.

    >>> with_word("9", "完成月份"), with_word("3", "完成季度"), with_word("9月底", "完成月份"), with_word("40", "月份")
    ('9月', '3季度', '9月底', '40')
    """
    number = _BARE.fullmatch(text.strip())
    if number is None:
        return text
    if re.search("月份?$", tight(label)) and 1 <= int(number["number"]) <= 12:
        return f"{int(number['number'])}月"
    if re.search("季度?$", tight(label)) and 1 <= int(number["number"]) <= 4:
        return f"{int(number['number'])}季度"
    return text


# 牵头落实单位 without a word of a role in any of its cells: those named there lead.
LEADS_UNLESS_WORDED = re.compile(r"^(?:总)?牵头(?:落实|责任|负责|实施|承办)")
# A body: an office's word for somebody who can answer.
_BODY = "(?:单位|部门|科室|处室|股室|机构|主体|机关|镇街|乡镇|街道|地区|处所|站所|所站|班组|专班|指挥部|岗位|院系|学院|公司|企业|部室|组|方|责任制?)"

_WORDS: tuple[tuple[Field, str], ...] = tuple(
    (field, pattern)
    for field, patterns in (
        # Exactly these first.
        (Field.NUMBER, (r"^(?:序号?|编号|项次|编码|序列|号|no\.?|id|#)$", r"^(?:序号|编号)")),
        (
            Field.NUMBER,
            (r"^(?:任务|事项|问题|督办|项目|工作|指标|清单|条目|要点)?(?:序号|编号|编码|代码|号)$",),
        ),
        # One column for everything: the text, who answers and by when.
        (
            Field.REQUIREMENT,
            (
                r"^\D{0,4}(?:任务|内容|措施|要求|举措|事项)(?:及|和|与|、|/)[^:：]*(?:单位|部门|科室|分工)(?:及|和|与|、|/).*"
                r"(?:时限|时间|期限|节点|责任人)$",
            ),
        ),
        # Statistics and money: never a text, a unit or a time limit.
        (
            Field.REMARK,
            (
                r"^[总个]?数量?$|(?:任务|事项|单位|项目)[个总]?数量?$",
                r"投资|资金|金额|经费|预算|规模以上",
                r"^(?:计量)?单位$",
                # Where it is done: 实施地点 over names of towns.
                r"(?:地点|地址|位置|场所|点位)$",
            ),
        ),
        # A column for both holds the units; the persons in it are left out by the clauses.
        (
            Field.RESPONSIBLE,
            (
                r"^责任(?:单位|部门|科室)(?:及|和|与|、|[/／(（]).*(?:责任人|负责人|联系人|领导)",
                r"领导(?:及|和|与|、|[/／]).*(?:单位|部门|科室)(?:及|和|与|、|[/／]).*(?:责任人|负责人|联系人)$",
            ),
        ),
        # Persons.
        (
            Field.PERSON,
            (
                r"电话|手机|传真|邮箱|微信|联系(?:人|方式|领导|员)|指挥长|战区长",
                r"领导(?!小组)|责任人|负责人|联络[人员]|经办人?|填报人|审核人|承办人|督办人|签收|姓名|职务|牵头人|人员|参会|出席|主持|分管|包联|挂钩|挂联",
            ),
        ),
        # What has been done: never a time limit and never a requirement.
        (
            Field.REMARK,
            (
                # How it is told that a task is done: 反馈要求, 报送内容.
                r"^(?:反馈|报送|上报|填报|报告)(?:要求|方式|形式|内容|材料)",
                # 交办日期, but not 交办事项: that is what has to be done.
                r"(?:实际|交办|开工|启动|开始|填报|报送|反馈|更新|销号(?!时限|期限)|下达|批示)(?!的?(?:事项|任务|工作|内容|问题|要求|项目))|来源|依据|程序",
                r"进展|(?<!时间)(?<!序时)进度(?!安排|要求|计划|时限)|状态|落实情况|完成情况|办理情况|推进情况|执行情况|完成比例|完成率|是否|自评|评价|评分|计分|打分|得分|分值|权重",
                r"备\s*注|说明|困难|存在的?(?:困难|问题)及|下一?步|亮灯|(?:督查|办理|考核|检查|验收|核查)结果|原因|佐证|附件|成效|考核(?:标准|方式|办法|单位|部门|主体)|(?:督办|督查|评价|报送|抄送|来文|交办|填报)(?:单位|部门|科室|机构)|验收|认定|目标值|指标值|现状",
            ),
        ),
        # Units and time limits in one column: its cells say which is which.
        (
            Field.LEAD,
            (r"^牵头(?:单位|部门)(?:及|和|与|、|/)\D{0,6}(?:时限|时间|期限|节点)",),
        ),
        (
            Field.RESPONSIBLE,
            (
                r"^\D{0,4}(?:单位|部门|科室)(?:及|和|与|、|/)\D{0,6}(?:时限|时间|期限|节点)",
                r"^\D{0,4}(?:时限|时间|期限|节点)(?:要求)?(?:及|和|与|、|/)\D{0,4}(?:单位|部门|科室)",
            ),
        ),
        # Time limits.
        (
            Field.DEADLINE,
            (
                r"时限|期限|截止|时间节点|时间要求|时间安排|(?:时间|序时)进度|(?:进度|阶段)(?:安排|要求|计划|时限)|节点|(?:完成|办结|限办|整改|推进|实施|计划|预计|要求|竣工|结束|起止)(?:时间|日期|年限|时点|月份|季度)",
                r"(?:完工|竣工|建成|投产|结束|办结|销号)(?:时间|日期|时限|年月|年度|月份)?$",
                r"^(?:时间|日期|年限|建设年限|时间表|月份|完成月|完成|何时完成|预达标年度|预计达标年度|(?:建设|计划)?工期|年度)$",
            ),
        ),
        (Field.FREQUENCY, (r"频[次率]|周期",)),
        # 责任、任务 in a text column's name.
        (
            Field.REQUIREMENT,
            (
                r"(?:任务|内容|措施|要求|举措)(?:及|和|与|、|/)?(?:责任)?分工",
                r"(?:任务|工作|内容|措施|要求|举措|事项)(?:及|和|与|、|/)(?:责任|牵头|承办|负责)?" + _BODY,
            ),
        ),
        # What a unit has to do, beside the column that names it.
        (Field.REQUIREMENT, (r"^(?:工作|主要|具体|岗位|承担|部门)?职责(?:任务|内容|要求)?$",)),
        # Units. Two roles in one head: the words in the cell decide.
        (
            Field.RESPONSIBLE,
            (
                r"牵头落实|配合[/／、（(及和]责任|责任(?:主体|单位|部门|科室)?[/／、及和与](?:配合|协同|协办)|牵头[/／、及和（(]?(?:责任|配合)[^）)]*(?:单位|部门|科室|处室)|责任[（(]?[/／、及和]?牵头",
                r"(?:主办|承办)[/／、及和（(](?:协办|会办|配合)",
            ),
        ),
        (
            Field.SUPPORT,
            (
                r"配合|协办|协助|协同|会办|会同|参与|参加|支持|指导|监督|督导|督促|监管(?:单位|部门)|支撑(?:单位|部门)|联办|协作|参战",
            ),
        ),
        (Field.LEAD, (r"牵头|主办|第一责任|总责|首要责任|首席|主战|抓总|(?:总|统)筹(?=单位|部门)|领衔",)),
        (
            Field.RESPONSIBLE,
            (
                rf"(?:责任|负责|承办|落实|实施|承担|执行|推进|办理|主责|主管|完成|整改|归口|业主|主体|建设|行业|管理|问题归属|对应|相关|有关|涉及|各){_BODY}",
                r"责任(?:分工|主体|归属|分解)|^(?:部门|任务|职责|工作)分工$|^分工$|^(?:单位|部门|科室|处室)名称$|^责任$|departments?$|责任落实|^落实单位|^业主单位名$|业主$",
                rf"^(?:部门|科室|处室|股室)$|{_BODY}$",
            ),
        ),
        # Texts, by how near they are to what has to be done.
        (Field.REQUIREMENT, (r"要求|措施|举措|内容|做法|标准|描述|具体|清单内容|细则|^content$",)),
        (Field.SECTION, (r"板块|方面|方向|领域|模块|篇章|部分|维度|条线|专项$|^章节",)),
        (
            Field.TASK,
            (
                r"任务|事项|项目|工作|目标|要点|问题|议题|名称|改革|行动|指标|工程|标题|主题|清单|类别|分类|类型|[大中小]类|种类|性质|实事|提案|^建议|^title$|重点|场景|原文|提法|表述|战役|完成标志",
            ),
        ),
    )
    for pattern in patterns
)
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _WORDS)

# How near a text column is to the requirement: the highest wins, of equals the one further to the right.
_NEARNESS: tuple[tuple[int, str], ...] = (
    (1, r"类别|分类|类型|[大中小]类|种类|性质|一级"),
    (9, r"具体(?:要求|措施|举措|任务|内容|工作|事项|做法|落实)|分工"),
    (8, r"措施|举措|做法|要求"),
    (7, r"内容|任务描述|描述|细则|三级|职责"),
    (6, r"具体"),
    (3, r"问题标题|问题摘要|标题|名称|原文|提法|表述|场景|^项目|改革|行动|工程|^title$"),
    (5, r"存在问题|问题"),
    (5, r"主要任务|工作任务|任务事项|任务要点|工作要点|二级"),
    (4, r"任务|事项|工作|要点|重点"),
    (3, r"目标|标准|指标"),
)
_COMPILED_NEARNESS = tuple((nearness, re.compile(pattern)) for nearness, pattern in _NEARNESS)
_CATEGORY = re.compile(r"类别|分类|类型|[大中小]类|种类|性质|一级")
# Alone beside the requirement such a column groups tasks and is none, unless a number stands before it: that is of the
# task which the column names.
_KIND_OF_TASK = re.compile(r"类别|分类|类型|[大中小]类|种类")
# Of two such columns the second says how well, not what: it stays a remark unless it is the only text.
_AIM = re.compile(r"目标|标准|成果|指标|效果|标志")
# What a problem looks like; the column beside it says which problem it is.
_PROBLEM = re.compile("问题")
_DESCRIBES = re.compile(r"表现|描述|情形|案例")
LONGEST_HEAD = 24


# The word that stands for each field in 栏目对应; a head that is just this word is final.
WORD_OF: Mapping[Field, str] = {
    Field.NUMBER: "序号",
    Field.SECTION: "板块",
    Field.TASK: "工作任务",
    Field.REQUIREMENT: "具体要求",
    Field.LEAD: "牵头单位",
    Field.RESPONSIBLE: "责任单位",
    Field.SUPPORT: "配合单位",
    Field.DEADLINE: "完成时限",
    Field.FREQUENCY: "频次",
    Field.PERSON: "联系人",
    Field.REMARK: "备注",
}
CAPTIONS = frozenset(WORD_OF.values())


# Each row of a table is asked for a head, in the same words again and again.
_CELLS = 4096
_BRACKETED = re.compile(r"[(（\[【].*?[)）\]】]")
_SENTENCE = re.compile(rf"[。；;，,！？]|^[{HAN}]+、")


@lru_cache(maxsize=_CELLS)
def plain_head(text: str) -> str:
    r"""A head for comparison: width, blanks, script and bracketed remarks aside.

    >>> plain_head("投　资 额\n（万元）")
    '投资额'
    """
    text = compact(fold(text))
    short = _BRACKETED.sub("", text)
    return (short or text).strip(":：*★·").lower()


# An office's own word for who answers, and in a bracket the role that it means.
_ROLE_IN_BRACKET = re.compile(
    rf"[(（\[【](?P<role>牵头|主办|责任|负责|承办|主责|配合|协办|协助|参与){_BODY}?[)）\]】]$"
)


@lru_cache(maxsize=_CELLS)
def role_in_bracket(text: str) -> Field | None:
    """The role that a head states behind a word of the office's own; None where it states none.

    >>> [role_in_bracket(head) for head in ("参战单位（责任单位）", "帮忙的（配合）", "包保领导（牵头）", "主要任务（责任单位）")]
    [<Field.RESPONSIBLE: 'responsible'>, <Field.SUPPORT: 'support'>, None, None]
    """
    bracket = _ROLE_IN_BRACKET.search(tight(fold(text)))
    if bracket is None or _plain_field(plain_head(text)) not in (*UNIT_FIELDS, None):
        return None
    return _plain_field(f"{bracket['role']}单位")


@lru_cache(maxsize=_CELLS)
def field_of(text: str) -> Field | None:
    """What a column of this head holds; None if the text does not read as a head."""
    return role_in_bracket(text) or _plain_field(plain_head(text))


def _plain_field(head: str) -> Field | None:
    if not 0 < len(head) <= LONGEST_HEAD or _SENTENCE.search(head):
        return None
    for field, pattern in _COMPILED:
        if pattern.search(head):
            return field
    return None


def nearness(text: str) -> int:
    """How near the head of a text column is to the requirement."""
    head = plain_head(text)
    return next((near for near, pattern in _COMPILED_NEARNESS if pattern.search(head)), 2)


def fields_of(heads: Mapping[int, str]) -> dict[int, Field]:
    """Decide for all columns of a head together: exactly one requirement, at most one task.

    Of several text columns the one nearest to the requirement is it; what stands before it is the task, and
    before that the section (a 板块 or 类别 column always is). A text column after the requirement is a remark when it
    states an aim or stands behind who answers and by when (存在问题), else a task.

    >>> {column: field.name for column, field in fields_of({0: "类别", 1: "任务", 2: "单位", 3: "责任单位"}).items()}
    {0: 'SECTION', 1: 'REQUIREMENT', 2: 'REMARK', 3: 'RESPONSIBLE'}
    """
    fields = {column: field_of(text) or Field.REMARK for column, text in heads.items()}
    texts = [column for column, field in fields.items() if field in (Field.TASK, Field.REQUIREMENT)]
    if not texts:
        texts = [column for column, field in fields.items() if field is Field.SECTION]
    has_units = not {*UNIT_FIELDS}.isdisjoint(fields.values())
    if not texts:
        return fields if has_units else _with_units(fields, heads)
    answers = min(
        (column for column, field in fields.items() if field in (*UNIT_FIELDS, Field.DEADLINE)), default=-1
    )
    if min(texts) < answers:
        # 存在问题 behind who answers tells how the work goes.
        problems = [
            column for column in texts if column > answers and _PROBLEM.search(plain_head(heads[column]))
        ]
        fields |= dict.fromkeys(problems, Field.REMARK)
        texts = [column for column in texts if column not in problems]
    aims = [column for column in texts if _AIM.search(plain_head(heads[column]))]
    actions = [column for column in texts if column not in aims] or texts
    requirement = texts[0]
    if len(texts) > 1:
        requirement = max(texts, key=lambda column: (nearness(heads[column]), column))
    if requirement in aims and any(nearness(heads[column]) >= 7 for column in actions):
        requirement = max(actions, key=lambda column: (nearness(heads[column]), column))
    rest = [column for column in texts if column != requirement]
    fields[requirement] = Field.REQUIREMENT
    before = [
        column
        for column in rest
        if column < requirement or (column not in aims and not requirement < answers < column)
    ]
    for column in rest:
        fields[column] = Field.REMARK
    if before:
        candidates = [
            column for column in before if not _CATEGORY.search(plain_head(heads[column]))
        ] or before
        names = [
            column
            for column in candidates
            if column not in aims and not _DESCRIBES.search(plain_head(heads[column]))
        ] or candidates
        task = names[-1]
        has_section = Field.SECTION in fields.values()
        is_numbered = any(field is Field.NUMBER and column < task for column, field in fields.items())
        is_kind = before == [task] and _KIND_OF_TASK.search(plain_head(heads[task]))
        if is_kind and not has_section and not is_numbered:
            fields[task] = Field.SECTION
        else:
            fields[task] = Field.TASK
        outer = [column for column in before if column < task]
        if outer and not has_section:
            fields[outer[0]] = Field.SECTION
    return fields if has_units else _with_units(fields, heads)


def _with_units(fields: dict[int, Field], heads: Mapping[int, str]) -> dict[int, Field]:
    """单位 is a measure, and the units themselves where no other head names any."""
    for column, text in heads.items():
        if plain_head(text) == "单位":
            fields[column] = Field.RESPONSIBLE
    return fields


# What heads are made of. A cell of the table may hold such a word (做好普查工作); a head holds little else.
_VOCABULARY = re.compile(
    "序号?|编号|项次|任务|事项|工作|重点|主要|具体|要求|措施|举措|内容|目标|责任|单位|部门|科室|处室|主体|牵头|配合|协办|"
    "主办|承办|完成|时限|时间|期限|日期|年度|年限|要点|项目|名称|类别|分类|类型|板块|方面|领域|模块|备注|说明|进展|进度|情况|"
    "落实|分工|整改|整治|分解|解决|化解|细化|改进|防范|问题|存在|改革|建设|计划|办结|截止|节点|安排|推进|实施|负责|参与|参加|协同|协助|指导|监督|支持|会办|督办|督查|督导|交办|"
    "指标|标准|成果|状态|领导|联系|电话|人员?|方式|当前|比例|得分|分值|权重|考核|方法|措施|规模|投资|资金|地点|频次|周期|"
    "主管|主责|归口|执行|办理|承担|总|第一|及|和|与|或|的|[/／、（）()]|[一二三]级|预计|反馈|困难|目前|下一步|描述|标题|科|处|组|股室|站所|所站|班组|岗位|镇街|乡镇|街道|"
    "实际|开始|启动|起止|结束|目的|做法|细则|清单|行动|工程|计量|数量|个数|no|id|年|月|日|\\d|万元|亿元|%|填报|审核|来源|依据|"
    "作战|攻坚|主战|参战|指挥长|体系|周期|竣工|完工|开工|建成|投产|地点|位置|内容|标志|原文|场景|业主|包保|包联|包抓|分管|联络员?|挂钩|挂联|[省市县区镇]级|验收|评分|目标值|一览|启动|级|决策|程序|评价|工期|成效"
)


@lru_cache(maxsize=_CELLS)
def is_pure(text: str) -> bool:
    """Whether a text is made of the words of heads.

    >>> is_pure("整改责任单位"), is_pure("做好普查工作"), is_pure("各有关单位")
    (True, False, False)
    """
    head = plain_head(text)
    return role_in_bracket(text) is not None or (
        bool(head) and len(_VOCABULARY.sub("", head)) <= len(head) / 4
    )


def is_head(texts: Mapping[int, str]) -> bool:
    """Whether the cells of a row are heads: a text and a unit, a number or a time limit among them, all short.

    A row of values can hold a word or two of a head; it always holds something that is none.
    """
    periods = periods_of(texts)
    texts = {column: text for column, text in texts.items() if column not in periods}
    fields = [field for field in map(field_of, texts.values()) if field is not None]
    if len(fields) < 2 or len(fields) < len(texts) * 0.6:
        return False
    if any(len(plain_head(text)) > LONGEST_HEAD or text.endswith("。") for text in texts.values()):
        return False
    if sum(is_pure(text) for text in texts.values()) < max(2, len(texts) / 2):
        return False
    settled_fields = set(fields_of(texts).values())
    if Field.REQUIREMENT not in settled_fields:
        return False
    return bool(settled_fields & {*UNIT_FIELDS, Field.NUMBER, Field.DEADLINE, Field.TASK})


_ROLE = "(?:牵头|主办|承办|责任|负责|配合|协办|协助|参与|落实|实施|整改|主管|督导|督办|监督|指导|考核|评分|会办|参加|协同|主责)"
UNIT_CAPTION = rf"(?:{_ROLE}(?:[/／、及和（(]?{_ROLE}[)）]?)?(?:单位|部门|科室|处室|主体|机构)|责任分工)"
_TEXT_CAPTION = (
    r"(?:(?:工作|主要|重点|具体|年度|目标|整改|改革|存在|突出){0,2}"
    r"(?:任务|内容|措施|要求|举措|事项|问题|项目|目标|要点|领域|类别|分类|板块)(?:内容|名称|清单)?"
    r"(?:及要求|与要求)?|(?:重点|主要)工作(?:说明|描述|内容))"
)
_OTHER_CAPTION = (
    r"(?:序号|编号|项次|备注|板块|责任人|联系人|联系电话|(?:(?:[省市州县区镇乡]?(?:政府|委))?(?:分管|责任|牵头|包联|联系)|[省市州县区镇乡]级)领导"
    r"|(?:计划|完成|办结|整改|时间|推进){0,2}(?:时限|时间|期限|日期|节点|进度)(?:要求)?)"
)
CAPTION = re.compile(rf"{_OTHER_CAPTION}|{UNIT_CAPTION}|{_TEXT_CAPTION}")
# A head is broken in the middle of a word: 牵头 and 单位.
_HALF = 2
# What stands behind a word of heads in one caption: 事项 / 名称; and behind a word that is none alone: 评分 / 部门.
_ENDS_CAPTION = re.compile("名称|要求|安排|节点|情况")
_SECOND_HALF = re.compile("单位|部门|科室|处室|主体|领导|任务|内容|事项|措施|举措|要求|时限|时间|期限|节点")


def spread_labels(words: Sequence[str]) -> list[str]:
    """The words of a head, letters that blanks spread put together.

    >>> spread_labels(["序号", "工", "作", "任", "务", "牵头", "单位"]), spread_labels("序 号 工 作 任 务 责 任 单 位".split())
    (['序号', '工作任务', '牵头单位'], ['序号', '工作任务', '责任单位'])
    """
    labels: list[str] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1:
            run += word
            continue
        if (
            not run
            and labels
            and len(labels[-1]) == len(word) == _HALF
            and _is_caption_in_two(labels[-1], word)
        ):
            labels[-1] += word
            continue
        labels += CAPTION.findall(run) if not CAPTION.sub("", run) else [run]
        run = ""
        labels += [word] * bool(word)
    return labels


def _is_caption_in_two(text: str, rest: str) -> bool:
    """Whether a blank parts a caption that neither half is: 牵头 单位."""
    return CAPTION.fullmatch(text + rest) is not None and CAPTION.fullmatch(text) is None


def is_half(text: str, rest: str) -> bool:
    """Whether a line goes on with the caption that the line before began: 牵头 / 单位, but not 时限 / 牵头单位."""
    halves = (tight(text), tight(rest))
    return (
        not all(CAPTION.fullmatch(half) for half in halves)
        and 0 < min(map(len, halves)) <= _HALF
        and not any(letter.isdigit() for letter in halves[1])
        and Field.NUMBER not in (field_of(text), field_of(rest))
        and text != rest
    )


def is_second_half(text: str, rest: str) -> bool:
    """Whether a line and the next one may be one caption that neither is: 评分 / 部门.

    >>> is_second_half("评分", "部门"), is_second_half("事项", "名称"), is_second_half("备注", "分值"), is_second_half("分类", "任务")
    (True, True, False, False)
    """
    pattern = _ENDS_CAPTION if CAPTION.fullmatch(text) else _SECOND_HALF
    joined = text + rest
    return (
        len(text) == _HALF
        and pattern.fullmatch(rest) is not None
        and is_pure(joined)
        and field_of(joined) is not None
    )
