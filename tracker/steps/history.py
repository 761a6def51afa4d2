"""Every fact about a work point, a unit or anything else that has an id: who, when, which file, which cell."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

from tracker import facts
from tracker.columns import BY_NAME
from tracker.facts import ActRow, Entry, Fact
from tracker.files.ledger import Ledger
from tracker.forms import PAPER_LABELS
from tracker.problems.office import NotInLedger
from tracker.rules.compare import ancestors
from tracker.rules.office import SUPERIOR, WITHDRAWAL, Office
from tracker.rules.progress import duty_id
from tracker.steps.call import Call, Result
from tracker.steps.desk import open_desk
from tracker.steps.register import register_of
from tracker.tiers import SlipState

# Fields of facts that hold ids; a fact is about a thing when one of them names it.
_IDS = frozenset(
    [
        "unit",
        "successor",
        "plan",
        "wp",
        "from_wp",
        "to_wp",
        "theirs",
        "ours",
        "other",
        "round",
        "form",
        "subject",
        "conflict",
        "document",
        "rows",
        "subjects",
        "report",
    ]
)

_EDITIONS = {"new": "新方案", "revision": "全文修订", "amendment": "局部调整", "undone": "撤回前一次登记"}
_HOW = {
    "split": "拆分",
    "merge": "合并",
    "rename": "更名",
    "withdrawn": "撤回",
    "continued": "延续",
    "merged": "合并",
    "divided": "拆分",
    "new": "新增",
    "dropped": "不再列入",
    "serves": "承接",
    "gap": "未承接",
    "elsewhere": "不属本级",
    "year": "与上年对照",
    "superior": "与上级对照",
}

_PLAN_KINDS = {SUPERIOR: "上级方案", WITHDRAWAL: "误登记，已撤回"}

# How each kind of fact is told; braces hold its fields. What is not here is told by its kind's name.
_SENTENCES: dict[type[Fact], str] = {
    facts.PlanEdition: "登记方案《{title}》第 {edition} 版（{how}）",
    facts.Carried: "{how}：{ends}{said}",
    facts.PlanKind: "定为{kind}",
    facts.PlanLink: "{how}：{plan} 与 {other}",
    facts.Serves: "{how}：{ends}{said}",
    facts.PlanDuty: "通知要求 {duty}：{what}{to}",
    facts.PointFact: "列入方案 {plan}",
    facts.WpText: "第 {edition} 版表述：{requirement}",
    facts.AssignmentFact: "责任单位：{written}",
    facts.Unit: "登记单位",
    facts.UnitName: "单位名称：{name}",
    facts.UnitLink: "由 {successor} 接续",
    facts.Contact: "联络员：{name}",
    facts.Member: "列入“{collective}”",
    facts.Round: "报送期次“{name}”，截止 {due}",
    facts.Form: "印发填报表 {path}",
    facts.Return: "收到报送：{outcome}{reason}",
    facts.Cell: "{label}：{value}",
    facts.Conflict: "两边说法不一，待核对：本办“{ours}”，单位“{theirs}”",
    facts.Settled: "核对结果：{value}",
    facts.Event: "{kind}（{at}）{said}",
    facts.Document: "{tier} {number}：{state}",
}
# What an event is called, and which parts of its data are told.
_EVENTS = {
    "extension": "批准延期",
    "write-off": "销号",
    "stopped": "终止",
    "reopened": "恢复办理",
    "call": "电话催办",
    "sent-by": "发出",
    "named": "列入通报或约谈建议",
    "form-word": "在群里提醒报送",
    "duty": "通知要求办理情况",
    "origin": "来文出处",
}
_PARTS = {
    "due": "至{}",
    "basis": "引用文件：{}",
    "annexes": "附件：{}",
    "word": "{}",
    "note": "备注：{}",
    "reason": "理由：{}",
    "by": "{}",
    "who": "接话人{}",
    "answer": "答复：{}",
    "at": "{}",
}


def history(call: Call, text: str) -> Result:
    """Tell every fact about a thing: its id, or a unit's name."""
    with open_desk(call) as desk:
        office = desk.office()
        key = _key_of(office, text)
        acts = {act.no: act for act in desk.ledger.acts()}
        key_entries = sorted(_about(desk.ledger, key), key=lambda entry: entry.seq)
        if not key_entries:
            raise NotInLedger(what=text)
        lines = [_title(office, key)]
        lines += [_line(office, entry, acts[entry.act]) for entry in key_entries]
        before = {
            point_id: sorted(_about(desk.ledger, point_id), key=lambda e: e.seq)
            for point_id in ancestors(office, key)
        }
        for point_id, entries in before.items():
            lines += ["", f"上年事项 {_title(office, point_id)}"]
            lines += [_line(office, entry, acts[entry.act]) for entry in entries if entry not in key_entries]
        data = {"id": key, "facts": [_data(entry, acts[entry.act]) for entry in key_entries]}
        earlier = {
            point_id: [_data(entry, acts[entry.act]) for entry in entries]
            for point_id, entries in before.items()
        }
        return Result(tuple(lines), {**data, "before": earlier} if earlier else data)


def _key_of(office: Office, text: str) -> str:
    return register_of(office).resolve(text).unit or text


def _about(ledger: Ledger, key: str) -> Iterator[Entry[Fact]]:
    for kind in facts.KINDS:
        names = [field.name for field in dataclasses.fields(kind) if field.name in _IDS]
        if not names:
            continue
        for entry in ledger.entries(kind):
            values = [getattr(entry.fact, name) for name in names]
            values += [duty_id(entry.fact)] if isinstance(entry.fact, facts.PlanDuty) else []
            if any(key == value or (isinstance(value, tuple) and key in value) for value in values):
                yield entry


def _title(office: Office, key: str) -> str:
    if key in office.units:
        return f"{key} {office.name_of(key)}"
    points = [point for plan in office.every_plan.values() for point in plan.points if point.id == key]
    return f"{key} {points[0].requirement}" if points else key


def _line(office: Office, entry: Entry[Fact], act: ActRow) -> str:
    fields = {field.name: getattr(entry.fact, field.name) for field in dataclasses.fields(entry.fact)}
    if isinstance(entry.fact, facts.Cell):
        column = BY_NAME.get(entry.fact.field)
        round_ = office.rounds.get(entry.fact.period)
        unit = office.name_of(entry.fact.unit) if entry.fact.unit in office.units else "本办"
        fields["label"] = "·".join(
            part
            for part in (unit, round_.name if round_ else "", column.label if column else entry.fact.field)
            if part
        )
    if isinstance(entry.fact, facts.Event):
        data = json.loads(entry.fact.data or "{}")
        parts = [form.format(data[name]) for name, form in _PARTS.items() if data.get(name)]
        fields["kind"] = _EVENTS.get(entry.fact.kind, entry.fact.kind)
        if data.get("undone"):
            fields["kind"] = f"撤回（{fields['kind']}）"
        fields["said"] = "，".join(parts)
    if isinstance(entry.fact, facts.PlanDuty):
        to = f"（{entry.fact.addressee}）" if entry.fact.addressee else ""
        fields |= {"duty": duty_id(entry.fact), "to": to}
    if isinstance(entry.fact, facts.Document):
        fields["state"] = SlipState(entry.fact.state).label
    if isinstance(entry.fact, (facts.Carried, facts.Serves)):
        fields |= _ends(entry.fact)
    if isinstance(entry.fact, facts.PlanKind):
        fields["kind"] = _PLAN_KINDS.get(entry.fact.kind, "本级方案")
    if "how" in fields:
        words = _EDITIONS if isinstance(entry.fact, facts.PlanEdition) else _HOW
        fields["how"] = words.get(str(fields["how"]), fields["how"])
    if isinstance(entry.fact, facts.WpText) and entry.fact.retired:
        fields["requirement"] = f"（取消）{entry.fact.requirement}"
    if isinstance(entry.fact, facts.Event) and entry.fact.kind in PAPER_LABELS:
        fields["kind"] = (
            f"{PAPER_LABELS[entry.fact.kind]} {json.loads(entry.fact.data).get('name', '')}".strip()
        )
    sentence = _SENTENCES.get(type(entry.fact), facts.kind_name(type(entry.fact))).format(**fields)
    source = office.files[entry.file].name if entry.file in office.files else ""
    where = "，".join(part for part in (source, entry.place) if part)
    moment = act.recorded_at.strftime("%Y-%m-%d %H:%M")
    return f"  {moment}　{act.person}　{sentence}" + (f"　〔{where}〕" if where else "")


def _ends(fact: facts.Carried | facts.Serves) -> dict[str, str]:
    """Both ends of a link in words: last year's item and this year's, the superior's and ours."""
    if isinstance(fact, facts.Serves):
        ends = f"上级 {fact.theirs}" + (f" 由 {fact.ours} 承接" if fact.ours else "")
    elif fact.from_wp and fact.to_wp:
        ends = f"{fact.from_wp} 的后续为 {fact.to_wp}"
    else:
        ends = f"上年 {fact.from_wp}" if fact.from_wp else fact.to_wp
    return {"ends": ends, "said": f"（{fact.note}）" if fact.note else ""}


def _data(entry: Entry[Fact], act: ActRow) -> dict[str, Any]:
    fields = {field.name: getattr(entry.fact, field.name) for field in dataclasses.fields(entry.fact)}
    return {
        "seq": entry.seq,
        "act": act.no,
        "verb": act.verb,
        "person": act.person,
        "at": act.recorded_at,
        "file": entry.file,
        "place": entry.place,
        "kind": facts.kind_name(type(entry.fact)),
        **fields,
    }
