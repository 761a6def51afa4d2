"""A verb's sentence for whoever has buttons, or launchers to double-click, and no command line.

>>> in_clicks("2 个单位逾期未报：市水利局。请运行 tracker chase 生成催办单。", PAGE_CLICKS)
'2 个单位逾期未报：市水利局。请点“拟督办单”生成催办单。'
>>> in_clicks("确认无误后运行 tracker send --force。", PAGE_CLICKS)
'确认无误后在“督办”页点“确认就是要发这么多，发出”。'
>>> in_clicks("请运行 tracker chase 拟督办单。", PAGE_CLICKS), in_clicks("请运行 tracker chase 拟督办单。", LAUNCHERS)
('请点“拟督办单”。', '请双击“今天催办”拟督办单。')
>>> in_clicks("核对名单后运行 tracker send --readdress 编号", PAGE_CLICKS)
'核对名单后在“督办”页点“改发到现在的联络员”'

What lies in a file may be read by somebody with the page and by somebody with launchers:

>>> in_clicks("请运行 tracker chase 列出催报名单。", ANYWHERE)
'请点“拟督办单”或双击“今天催办”列出催报名单。'
"""

from __future__ import annotations

from collections.abc import Mapping

from tracker import patterns as re

# What each verb is called on the page, and which launcher of the office folder does it (`scripts/office/launchers.py`).
PAGE_CLICKS = {
    "record": "点“登记”",
    "read": "点“看读懂了什么”",
    "hand-out": "点“印发填报表”",
    "take-back": "点“收表”",
    "send-back": "点“退回补正”",
    "settle": "点“按选好的处理”",
    "sync": "点“更新台账”",
    "chase": "点“拟督办单”",
    "check": "点“读取检查表和登记簿”",
    "score": "点“算分”",
    "send": "点“发出已签发的和提醒”",
    "report": "点“生成报告”",
    "fill": "点“填这张表”",
    "compare": "点“对照上年、上级的方案”",
    "status": "点“今日”",
    "run": "点“补做”",
    "run --clock-ok": "在“今日”页点“电脑时间没有错”",
    "send --force": "在“督办”页点“确认就是要发这么多，发出”",
    "send --dry-run": "在“督办”页点“发出已签发的和提醒”",
    "send --delivered": "在“督办”页点“已送达”",
    "send --again": "在“督办”页点“再发一次”",
    "send --drop": "在“督办”页点“不再发”",
    "send --release": "在“督办”页点“收件人没有填串，可以发”",
    "send --readdress": "在“督办”页点“改发到现在的联络员”",
    "report --annual": "在“报告”页选“年报的数据”，点“生成报告”",
    "send --secret": "在“设置”页点“存入密码”",
}
LAUNCHERS = {
    "record": "双击“登记方案”",
    "hand-out": "双击“印发填报表”",
    "take-back": "双击“收表”",
    "settle": "双击“处理核对”",
    "sync": "双击“更新台账”",
    "chase": "双击“今天催办”",
    "send": "双击“发送”",
    "report": "双击“年终报告”",
    "compare": "双击“对照方案”",
    "status": "双击“今日待办”",
    "run": "双击“今日待办”",
    "desk": "双击“打开工作台”",
    "send --secret": "双击“打开工作台”，在“设置”页点“存入密码”",
}
# For what lies in a file.
ANYWHERE = {
    verb: f"{click}或{launcher}" if launcher and click not in launcher else launcher or click
    for verb, click in PAGE_CLICKS.items()
    for launcher in [LAUNCHERS.get(verb, "")]
}
_COMMAND = re.compile(
    r"(?:运行 ?|，?用 )?tracker (?P<verb>[a-z-]+)(?P<options>(?: --?[a-z][a-z-]*(?:[ =](?!--)[^\s，。；、（）]+)?| (?:这份核对表|方案文件|[A-Z]\w*))*)"
)
_FIRST_OPTION = re.compile(r" (--[a-z-]+)")
_GAP = re.compile(r"(?<=[点击]“)([^“”]{1,12})” (?=[\u4e00-\u9fff])")
_TWICE = re.compile(r"“([^“”]{1,12})” ?\1")


# The number of a paragraph; that of a plan has its title behind it.
_PARAGRAPH = re.compile(r"^P(\d+)(?=：|$)")
_TABLE_CELL = re.compile(r"(?<![A-Za-z0-9])T(\d+)R(\d+)C(\d+)(?![A-Za-z0-9])")


def place_words(text: str) -> str:
    """A place at the head of a text in words: a clerk takes P11 for the number of a plan.

    >>> place_words("P11：这项任务没有责任单位"), place_words("P11"), place_words("P1-003"), place_words("P3《某方案》")
    ('第11段：这项任务没有责任单位', '第11段', 'P1-003', 'P3《某方案》')
    >>> place_words("T1R9C3：无法确定日期")
    '表1第9行第3栏：无法确定日期'
    """
    return _PARAGRAPH.sub(r"第\1段", _TABLE_CELL.sub(r"表\1第\2行第\3栏", text))


def in_clicks(line: str, names: Mapping[str, str]) -> str:
    """A sentence with a click where it names a command that there is one for, and its place in words."""

    def click(match: re.Match[str]) -> str:
        option = _FIRST_OPTION.match(match["options"])
        with_option = names.get(f"{match['verb']} {option[1]}" if option else "")
        text = names.get(match["verb"], "") if with_option is None else with_option
        return text or match.group()

    return place_words(_TWICE.sub(r"“\1”", _GAP.sub(r"\1”", _COMMAND.sub(click, line))))
