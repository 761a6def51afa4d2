"""What the office's own Word template of a slip may name in double braces (模板/工作催办单.docx and its sisters).

    {{ 标题 }} {{ 单号 }} {{ 期号 }} {{ 刊头 }} {{ 主送机关 }} {{ 正文 }} {{ 要求 }}
    {{ 责任单位 }} {{ 责任人 }} {{ 工作事项 }} {{ 工作要求 }} {{ 时限要求 }} {{ 承担角色 }}
    {{ 逾期 }} {{ 任务来源 }} {{ 此前催办 }}
    {{ 方案 }} {{ 方案文号 }} {{ 事项数 }} {{ 署名 }} {{ 成文日期 }} {{ 联系人 }} {{ 抄送 }}
    {%p for 段 in 段落 %}{{ 段 }}{%p endfor %}
    {%tr for 行 in 事项 %}{{ 行.序号 }} {{ 行.工作事项 }} …{%tr endfor %}  (行.事项编号, 责任单位, 工作要求, 时限要求,
                                                                         承担角色, 逾期, 任务来源, 此前催办)

`SAMPLES` are slips of every shape that a template can meet; each template is rendered with all of them before
anything is recorded or written, so that a misspelt name stops the batch and not the fortieth slip of it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from tracker.rules.chasing.slip_outline import NO_DAY
from tracker.rules.chasing.slip_outline import Say
from tracker.rules.chasing.slip_outline import Sender
from tracker.rules.chasing.slip_outline import slip_outline
from tracker.rules.chasing.slip_outline import slip_rows
from tracker.rules.chasing.slips import PlanCounts
from tracker.rules.chasing.slips import Slip
from tracker.rules.chasing.slips import SlipLine
from tracker.rules.chasing.tiers import Tier
from tracker.rules.wording.outline import Heading
from tracker.rules.wording.outline import Text
from tracker.rules.wording.outline import long_date
from tracker.rules.wording.outline import number_headings


def slip_values(slip: Slip, say: Say, sender: Sender) -> dict[str, Any]:
    """The places by name."""
    official = slip_outline(slip, say, sender)
    texts = [
        block.text
        for block in number_headings(official.blocks)
        if isinstance(block, Text | Heading) and block.text
    ]
    lines = [
        {"逾期" if head == "逾期（天）" else head: text for head, text in row.items()}
        for row in slip_rows(slip)
    ]
    single = lines[0] if len(lines) == 1 else {}
    several = f"共{len(lines)}项，见附表"
    return {
        "标题": official.title,
        "单号": slip.number,
        "期号": slip.issue,
        "刊头": official.masthead.mark if official.masthead else "",
        "主送机关": official.addressee,
        "正文": texts[0] if texts else "",
        "要求": next((text for text in reversed(texts) if not text.startswith("联系人及电话：")), ""),
        "段落": texts,
        "责任单位": slip.unit or single.get("责任单位", ""),
        "责任人": slip.person,
        "工作事项": single.get("工作事项", several),
        "工作要求": single.get("工作要求", several),
        "时限要求": single.get("时限要求", several),
        "承担角色": single.get("承担角色", ""),
        "逾期": single.get("逾期", ""),
        "任务来源": "、".join(slip.sources),
        "此前催办": single.get("此前催办", ""),
        "事项": lines,
        "事项数": len(lines),
        "方案": slip.plan,
        "方案文号": slip.plan_number,
        "署名": sender.signature(slip.tier),
        "成文日期": long_date(slip.day) if slip.day else NO_DAY,
        "联系人": sender.contact,
        "抄送": official.copies,
    }


_DAY = dt.date(2026, 7, 6)
_LINE = SlipLine(
    "P1-003",
    "市财政局",
    "推进预算公开",
    "公开部门预算，细化到项级科目。",
    "6月底前",
    "牵头",
    6,
    source="《2026年政务公开工作要点分工方案》（×府办〔2026〕3号）",
    before="2026年7月1日催办（2026-催办-007）",
)
_BARE = SlipLine("R1", "市财政局", "报送“上半年”填报表", "逐项填写。", "2026年6月30日前", is_form=True)
_PICTURE = PlanCounts(37, 20, 15, 2)


def sample_slips(tier: Tier) -> tuple[Slip, ...]:
    """Slips of every shape: one matter and several, with and without what may be missing."""
    full = Slip(
        "D1",
        "2026年第3期" if tier is Tier.CIRCULATE else f"2026-{tier.value}-001",
        tier,
        "" if tier.is_for_all else "市财政局",
        "王敏 0000-8210000",
        (_LINE,),
        _DAY,
        "2026年政务公开工作要点分工方案",
        "×府办〔2026〕3号",
        as_of=_DAY,
        counts=_PICTURE,
    )
    bare = Slip("D2", full.number, tier, full.unit, "", (_LINE, _BARE), as_of=_DAY)
    return full, bare
