"""Where the year stands: counts and lights of every plan, the rounds, and what waits for a person today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from tracker.rules.compare import superseded_ids
from tracker.rules.office import Office
from tracker.rules.plans import past_plans
from tracker.rules.progress import Light, forms_back, letter_duties
from tracker.rules.report import YearSummary, summarise
from tracker.steps.call import Call, Result
from tracker.steps.desk import Desk, open_desk
from tracker.steps.today import ChaseDay, day_of, todos_of, watch
from tracker.values import uncollected


@uncollected()
def status(call: Call, *, is_for_machines: bool = False) -> Result:
    """Say where the year stands on the day of the call; for machines also rounds, questions, slips and points one by one."""
    with open_desk(call) as desk:
        office = desk.office()
        day = day_of(desk, office)
        years = {plan: summarise(office, plan, desk.day, stand=day.stand) for plan in office.plans}
        lines = [f"{desk.today.isoformat()}　{desk.settings.text('office_name') or desk.folder.root.name}"]
        warnings = watch(desk, office)
        lines += [f"  ！{warning}" for warning in warnings]
        past = past_plans(office)
        for plan in sorted(years, key=lambda plan: plan in past):
            lines += [*_plan_lines(plan, years[plan]), *_duty_lines(office, plan)]
        lines += _round_lines(office, past)
        elsewhere = superseded_ids(office)
        overdue = tuple(
            item.point_id
            for year in years.values()
            for item in year.items
            if item.standing.overdue and item.point_id not in elsewhere
        )
        due = (decision for decision in day.decisions if decision.tier)
        due_units = tuple(dict.fromkeys(office.name_of(decision.obligation.unit) for decision in due))
        waits = todos_of(desk, office, day, overdue=overdue, due=due_units)
        if office.superiors or len(office.plans) > 1:
            # Imported here: an office with one plan has nothing to compare it with.
            from tracker.rules.compare import comparison_todos

            waits += comparison_todos(office, desk.day, stand=day.stand)
        lines += ["", "今日待办："] + [f"  {number}. {todo.line}" for number, todo in enumerate(waits, 1)]
        if not waits:
            lines.append("  没有。")
        if not years:
            lines.append("还没有登记方案。请运行 tracker record 方案文件。")
        lines += [str(finding) for finding in desk.findings]
        return Result(
            tuple(lines),
            {
                "as_of": desk.today.isoformat(),
                "office": desk.settings.text("office_name") or desk.folder.root.name,
                "watch": warnings,
                "plans": {plan: _plan_data(year) for plan, year in years.items()},
                "duties": [
                    {"id": duty.id, "plan": duty.plan, "due": duty.due, "word": duty.word}
                    for duty in letter_duties(office)
                ],
                "todo": [
                    {
                        "code": todo.code,
                        "count": todo.count,
                        "what": todo.line,
                        "advice": todo.advice,
                        "papers": todo.papers,
                    }
                    for todo in waits
                ],
                **(_page_data(desk, office, years, day) if is_for_machines else {}),
            },
        )


def _lights(year: YearSummary) -> Counter[Light]:
    return Counter(item.standing.light for item in year.items)


def _page_data(desk: Desk, office: Office, years: Mapping[str, YearSummary], day: ChaseDay) -> dict[str, Any]:
    from tracker.steps.page_data import page_data  # nobody at a terminal waits for it

    return page_data(desk, office, years, day)


def _plan_lines(plan: str, year: YearSummary) -> list[str]:
    total, base, done, long_term = (year.figures[code].n for code in ("total", "base", "done", "continuing"))
    lights = "　".join(
        f"{light.value} {n}{_words(year, light)}" for light in Light if (n := _lights(year)[light])
    )
    return [
        "",
        f"{plan}《{year.plan.edition.title}》",
        f"  任务事项 {total} 项：计入完成率 {base} 项，已完成 {done} 项；长期坚持 {long_term} 项；亮灯：{lights or '无'}",
    ]


def _duty_lines(office: Office, plan: str) -> list[str]:
    """What the letter asks beside the points; nothing where it asks nothing."""
    duties = letter_duties(office, plan)
    if not duties:
        return []
    count = sum(bool(duty.word) for duty in duties)
    open_duties = "；".join(f"{duty.id} {duty.name}（{duty.limit}）" for duty in duties if not duty.word)
    return [
        f"  通知要求 {len(duties)} 项（不计入任务事项），已办结 {count} 项"
        + (f"；还有：{open_duties}" if open_duties else "")
    ]


def _words(year: YearSummary, light: Light) -> str:
    """What a colour stands for here, most first: a page in black and white says the same."""
    words = Counter(item.standing.reason for item in year.items if item.standing.light is light)
    pairs = sorted(words.items(), key=lambda pair: -pair[1])
    text = "、".join(f"{word} {n}" if len(words) > 1 else word for word, n in pairs)
    return f"（{text}）"


def _plan_data(year: YearSummary) -> dict[str, Any]:
    return {
        "title": year.plan.edition.title,
        "year": year.plan.edition.year,
        "points": len(year.items),
        "base": year.figures["base"].n,
        "done": year.figures["done"].n,
        "lights": {
            light.value: count for light, count in sorted(_lights(year).items(), key=lambda x: x[0].value)
        },
        "overdue": [item.point_id for item in year.items if item.standing.overdue],
    }


def _round_lines(office: Office, past: Collection[str]) -> list[str]:
    lines = []
    form_ids = forms_back(office)
    for round_ in office.rounds.values():
        if round_.plan in past:
            continue
        forms = [form.form for form in office.forms.values() if form.round == round_.round]
        back = sum(form in form_ids for form in forms)
        lines.append(
            f"  {round_.name}（{round_.plan}）：应报 {len(forms)}，已报 {back}，截止 {round_.due.isoformat()}"
        )
    return ["", "报送期次：", *lines] if lines else []
