"""Where the year stands: counts and lights of every plan, the rounds, and what waits for a person today."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tracker.rules.comparing.lineage import settled
from tracker.rules.comparing.waiting import waiting
from tracker.rules.progress.lights import Light
from tracker.rules.progress.todo import todos
from tracker.rules.reporting.summary import YearSummary
from tracker.rules.reporting.summary import summarise
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.chasing.deciding import day_of
from tracker.steps.desk import open_desk
from tracker.steps.timing.watch import watch


def status(call: Call) -> Answer:
    """Say where the year stands on the day of the call."""
    with open_desk(call) as desk:
        office = desk.office()
        years = {
            plan: summarise(
                office,
                plan,
                today=desk.today,
                calendar=desk.calendar,
                thresholds=desk.settings.thresholds,
            )
            for plan in office.plans
        }
        lines = [f"{desk.today.isoformat()}　{desk.settings.text('office_name') or desk.folder.root.name}"]
        watched = watch(desk, office)
        lines += [f"  ！{each}" for each in watched]
        for plan, year in years.items():
            lines += _plan_lines(plan, year)
        lines += _round_lines(office)
        elsewhere = settled(office)
        overdue = tuple(
            item.wp
            for year in years.values()
            for item in year.items
            if item.standing.overdue and item.wp not in elsewhere
        )
        day = day_of(desk, office)
        due = (each for each in day.decisions if each.tier)
        chased = tuple(dict.fromkeys(office.name_of(each.matter.unit) for each in due))
        waits = todos(office, desk.today, overdue=overdue, due=chased)
        limits = desk.settings.thresholds
        waits += waiting(office, today=desk.today, calendar=desk.calendar, thresholds=limits)
        lines += ["", "今日待办："] + [f"  {number}. {each.what}" for number, each in enumerate(waits, 1)]
        if not waits:
            lines.append("  没有。")
        if not years:
            lines.append("还没有登记方案。请运行 tracker record 方案文件。")
        lines += [str(finding) for finding in (*desk.findings, *day.findings)]
        return Answer(
            tuple(lines),
            {
                "as_of": desk.today.isoformat(),
                "watch": watched,
                "plans": {plan: _plan_data(year) for plan, year in years.items()},
                "todo": [{"code": each.code, "count": each.count, "what": each.what} for each in waits],
            },
        )


def _lights(year: YearSummary) -> Counter[Light]:
    return Counter(item.standing.light for item in year.items)


def _plan_lines(plan: str, year: YearSummary) -> list[str]:
    counted = [item for item in year.items if item.standing.counted]
    done = sum(item.standing.done for item in counted)
    shown = "　".join(
        f"{light.value} {n}{_words(year, light)}" for light in Light if (n := _lights(year)[light])
    )
    return [
        "",
        f"{plan}《{year.plan.edition.title}》",
        f"  任务事项 {len(counted)} 项，已完成 {done} 项；亮灯：{shown or '无'}",
    ]


def _words(year: YearSummary, light: Light) -> str:
    """What a colour stands for here, most first: a page in black and white says the same."""
    words = Counter(item.standing.reason for item in year.items if item.standing.light is light)
    ordered = sorted(words.items(), key=lambda pair: -pair[1])
    counted = "、".join(f"{word} {n}" if len(words) > 1 else word for word, n in ordered)
    return f"（{counted}）"


def _plan_data(year: YearSummary) -> dict[str, Any]:
    return {
        "title": year.plan.edition.title,
        "points": len(year.items),
        "done": sum(item.standing.done for item in year.items if item.standing.counted),
        "lights": {
            light.value: count for light, count in sorted(_lights(year).items(), key=lambda x: x[0].value)
        },
        "overdue": [item.wp for item in year.items if item.standing.overdue],
    }


def _round_lines(office: Office) -> list[str]:
    lines = []
    answered = {each.form for _, each in office.returns if each.outcome != "refused"}
    for each in office.rounds.values():
        forms = [form.form for form in office.forms.values() if form.round == each.round]
        back = sum(form in answered for form in forms)
        lines.append(
            f"  {each.name}（{each.plan}）：应报 {len(forms)}，已报 {back}，截止 {each.due.isoformat()}"
        )
    return ["", "报送期次：", *lines] if lines else []
