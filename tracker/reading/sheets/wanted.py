"""What each column of somebody else's blank table asks for.

A head is understood by its words alone (`heads.plain`), and only when nothing else can be meant; what could be
two things is asked:

    >>> def told(*labels): return {labels[c]: m.names for c, m in column_requests(dict(enumerate(labels))).items()}
    >>> told("序号", "重点任务", "责任部门", "办结时限", "落实情况", "领导批示")
    {'序号': ('number',), '重点任务': ('requirement',), '责任部门': ('responsible',), '办结时限': ('deadline',),
     '落实情况': ('text',), '领导批示': ()}
    >>> told("任务", "具体要求", "完成时间")
    {'任务': ('task',), '具体要求': ('requirement',), '完成时间': ('deadline', 'done_on')}

The context decides in four cases, each by a rule that leaves nothing open:

    texts        of several text columns one is the requirement, those before it are task and section
                 (`heads.settle`); one alone is the requirement
    单位, 部门   the responsible units beside a text column; the unit of the row where there is none
    完成时间     the day on which it was done, beside a column of time limits; alone it is asked
    twice        two columns that would hold the same are both asked, running numbers aside
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.reading.plans.drafts import Field
from tracker.reading.tabular import heads

_BODY = "(?:单位|部门|科室|处室|机构|主体)"
_WORK = "(?:重点|主要|年度|具体|目标|督办|督查|分解|本年|全年)*"
_COUNT = "(?:任务|事项|项目|工作)?(?:总)?(?:项|件|个)?数量?"

# Head -> what it may mean; the first row that the whole head fits decides. Several names are a question.
_ALIASES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("number",), r"序号?|项次|no\.?|#"),
    (("id",), r"(?:事项|任务)(?:编号|编码|代码)"),
    (("no",), r"(?:方案|要点|原|文件)(?:中的?)?序号"),
    (("number", "id", "no"), r"编号|编码|代码|号"),
    (("plan",), r"(?:方案|文件|要点)(?:名称|标题)"),
    (("document",), r"(?:文件)?文号|发文字号|文件编号"),
    (("year",), r"年度|年份"),
    (("section",), r"(?:工作|任务|所属|所在)?(?:板块|篇章)|章节"),
    (("lead",), rf"总?(?:责任)?牵头(?:责任|负责|落实)?{_BODY}?|主办{_BODY}|第一责任{_BODY}"),
    (
        ("responsible",),
        rf"(?:主要)?(?:责任|负责|承办|落实|承担|主责|实施)(?:落实)?{_BODY}|责任分工|任务分工|分工|牵头(?:及|和|、|/)责任{_BODY}",
    ),
    (("support",), rf"(?:配合|协办|参与|协同|会办|协助)(?:责任|负责|实施)?{_BODY}?"),
    (("unit", "responsible"), rf"{_BODY}(?:名称)?|(?:填报|报送|被督查|被考核){_BODY}|地区|县区|镇街|乡镇"),
    (("role",), r"(?:承担)?角色|责任类型|承担方式"),
    (("due",), r"到期(?:日期?|时间)"),
    (
        ("deadline",),
        r"(?:完成|办结|办理|工作|任务|整改|落实)?(?:时限|期限)(?:要求)?|截止(?:时间|日期)?|(?:完成|办结)?时间(?:要求|节点|安排)|(?:计划|要求|应|规定)(?:完成|办结)(?:时间|日期|时限|期限)|时间节点",
    ),
    (("done_on",), r"实际(?:完成|办结)(?:时间|日期)|(?:办结|完成)(?:的)?实际时间"),
    (("deadline", "done_on"), r"(?:完成|办结|落实)(?:时间|日期)|完成时点"),
    (("finished",), r"(?:目前|当前)?(?:是否|有否)已?(?:完成|办结|落实)"),
    (("finished", "blank"), r"(?:是否|有否)(?:按期|如期|按时).{2,4}"),
    (
        ("state",),
        r"(?:完成|工作|任务|事项|办理|推进|进展|落实|目前|当前|认定)*状态",
    ),
    (
        ("text",),
        r"(?:工作|任务|目前|当前|最新|主要|阶段|具体|年度|全年|总体|贯彻)*(?:进展|落实|推进|办理|执行)+(?:的?情况|成效)?(?:(?:及|和|与|、)?(?:主要|工作|取得的?)*(?:成效|效果|成果))?(?:说明|描述)?|(?:工作|主要|取得的?)+成效|完成情况说明",
    ),
    (("state", "text"), r"(?:任务|工作|目标)?(?:完成|办结)(?:的?情况|进度)|进度|进展程度|办理结果|完成程度"),
    (
        ("problem",),
        r"(?:存在|主要)?的?(?:主要)?(?:问题|困难)(?:(?:及|和|与|、|/)(?:困难|问题|原因|不足))*(?:(?:及|和|与|、|/)?下一步(?:工作)?(?:打算|计划|措施|安排|举措)?)?|(?:未|没有)(?:按期)?完成的?原因(?:.{0,8}措施)?",
    ),
    (("problem", "blank"), r"下一步.{0,8}|(?:整改|推进)措施|工作打算"),
    (
        ("evidence",),
        r"(?:佐证|证明|印证|支撑)(?:材料|资料)?(?:名称|链接|网址|清单|目录)?(?:(?:及|和|或|、|/)(?:链接|网址))?",
    ),
    # What was done, or what is going to be: a person says which.
    (("text", "problem", "blank"), r"(?:主要|具体|工作|落实|推进|创新|贯彻)*(?:举措|做法)"),
    (("light",), r"亮灯(?:情况|状态)?|红黄绿灯|灯号|预警(?:状态|等级|灯)?"),
    (("returned",), r"已报/?应报|报送情况"),
    (("note",), r"备注"),
    (("count_lead",), rf"牵头{_COUNT}"),
    (("count_support",), rf"配合{_COUNT}"),
    (("count_done",), rf"已?(?:完成|办结){_COUNT}|已完成|已办结"),
    (("count_open",), rf"未(?:完成|办结){_COUNT}|未完成|未办结"),
    (("count_overdue",), rf"(?:已)?(?:逾期|超期){_COUNT}|逾期未完成(?:数)?|逾期"),
    (("count_rate",), r"(?:任务|事项)?(?:完成|办结)率"),
    (("count_total",), r"(?:承担|承办|负责|应完成|应办|涉及)?(?:任务|事项)?(?:总|项|件|个)*数量?|合计|总计"),
)
_COMPILED = tuple((names, re.compile(pattern)) for names, pattern in _ALIASES)
_TEXTS = {Field.SECTION: "section", Field.TASK: "task", Field.REQUIREMENT: "requirement"}
# What such a head may ask for where it is not known: a person chooses.
_NEAR: Mapping[Field, tuple[str, ...]] = {
    Field.NUMBER: ("number", "id", "no"),
    Field.SECTION: ("section", "task"),
    Field.TASK: ("task", "requirement"),
    Field.REQUIREMENT: ("requirement", "task"),
    Field.LEAD: ("lead", "responsible"),
    Field.RESPONSIBLE: ("responsible", "lead", "unit"),
    Field.SUPPORT: ("support", "responsible"),
    Field.DEADLINE: ("deadline", "due", "done_on"),
    Field.REMARK: ("text", "state", "problem", "note"),
}
_MOST = 4
# How near (`heads.nearness`) a head has to be; 类别 may be a section or a task.
_NEAREST = {"requirement": 4, "task": 2}
_CATEGORY = 1


@dataclass(frozen=True, slots=True)
class ColumnRequest:
    """What a column asks for.

    Attributes:
        names: Names of `columns.WANTED`: one is certain; several, or none, are a question.
        near: What may be meant where it is a question, nearest first.
    """

    names: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it certainly asks for; empty while that is a question."""
        return self.names[0] if len(self.names) == 1 else ""


def column_requests(
    labels: Mapping[int, str], choices: Mapping[int, str] | None = None
) -> dict[int, ColumnRequest]:
    """What each column of a head asks for.

    Args:
        labels: The head's text over each column.
        choices: What a person said of columns: the name of `columns.WANTED`.
    """
    decisions = dict(choices or {})
    requests = {column: _alone(text) for column, text in labels.items() if column not in decisions}
    _settle_texts(requests, labels, decisions)
    _settle_units(requests, labels, decisions)
    names = {*decisions.values(), *(request.name for request in requests.values())}
    for column, request in requests.items():
        if request.names == ("deadline", "done_on") and "deadline" in names:
            requests[column] = ColumnRequest(("done_on",))
    _settle_twice(requests, decisions)
    return {
        column: ColumnRequest((decisions[column],)) if column in decisions else requests[column]
        for column in sorted(labels)
    }


def is_known(text: str) -> bool:
    """Whether a text reads as the head of a column that we may fill."""
    request = _alone(text)
    return bool(request.names) or bool(_field(text) in _TEXTS)


def _alone(text: str) -> ColumnRequest:
    head = heads.plain_head(text)
    for names, pattern in _COMPILED:
        if pattern.fullmatch(head):
            return ColumnRequest(names, names)
    field = _field(text)
    near = _NEAR.get(field, ()) if field is not None else ()
    return ColumnRequest((), near[:_MOST])


def _field(text: str) -> Field | None:
    return heads.field_of(text)


def _settle_texts(
    requests: dict[int, ColumnRequest], labels: Mapping[int, str], decisions: Mapping[int, str]
) -> None:
    texts = {
        c: labels[c] for c, request in requests.items() if not request.names and _field(labels[c]) in _TEXTS
    }
    names = set(decisions.values())
    fields = heads.fields_of(texts) if texts else {}
    for column, field in fields.items():
        name = _TEXTS.get(field, "")
        if "requirement" in names and len(texts) == 1:
            name = ""  # a person has said which the requirement is; this one is asked, too
        if name and name not in names and _may_be(name, labels[column]):
            requests[column] = ColumnRequest((name,), requests[column].near)


def _may_be(name: str, label: str) -> bool:
    """Whether a head may stand for what the others leave for it: a 类别 or a 问题 is no requirement."""
    near = heads.nearness(label)
    if "问题" in label or heads.plain_head(label).endswith(("目标", "指标")):
        return False
    return near >= _NEAREST.get(name, 0) and not (name == "task" and near == _CATEGORY)


def _settle_units(
    requests: dict[int, ColumnRequest], labels: Mapping[int, str], decisions: Mapping[int, str]
) -> None:
    names = {*decisions.values(), *(request.name for request in requests.values())}
    has_text = bool(names & {"requirement", "task", "id"})
    for column, request in requests.items():
        if request.names != ("unit", "responsible"):
            continue
        plain = heads.plain_head(labels[column])
        if not has_text:
            requests[column] = ColumnRequest(("unit",))
        elif not plain.startswith(("填报", "报送", "被")) and not names & {"lead", "responsible"}:
            requests[column] = ColumnRequest(("responsible",))


def _settle_twice(requests: dict[int, ColumnRequest], decisions: Mapping[int, str]) -> None:
    times = Counter([*decisions.values(), *(request.name for request in requests.values() if request.name)])
    for column, request in requests.items():
        if request.name and request.name != "number" and times[request.name] > 1:
            requests[column] = ColumnRequest((), tuple(dict.fromkeys((request.name, *request.near, "blank"))))
