"""Forms that are due or late: a word for the group, a line on the call list, one list (催报名单) for a round. No paper.

A form is a tool of the office; who sends it late has broken no task. So nothing official is drafted about forms
(整治形式主义为基层减负若干规定), and what troubles units is counted: the group hears of a round twice, once within the
waiting days of 提醒 before its day and once after it, and the event `FORM_WORD` remembers which of both was said.

    the day                                   unless it was said, the word
    within the waiting days, its day included  before: who has not sent the form yet, please in time
    a working day after it, and later          after: who is still missing, please send it
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

from tracker.facts import Event, Form, Round
from tracker.rules.chase.countdown import Countdown
from tracker.rules.office import Office
from tracker.rules.plans import successor
from tracker.values import dataclass

FORM_WORD = "form-word"
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that has not come back, and the unit that answers for it now."""

    form: Form
    round: Round
    unit: str


def open_forms(office: Office, today: dt.date) -> dict[str, tuple[OpenForm, ...]]:
    """The forms that have not come back, by round; rounds that have not begun are left out, complete ones are empty."""
    back = {return_.form for _, return_ in office.returns if return_.outcome != "refused"}
    forms: dict[str, list[OpenForm]] = {
        round_.round: [] for round_ in office.rounds.values() if round_.opens <= today
    }
    for form in office.forms.values():
        if form.form not in back and form.round in forms:
            unit = successor(office, form.unit, today)
            forms[form.round].append(OpenForm(form, office.rounds[form.round], unit))
    return {round_: tuple(some) for round_, some in forms.items()}


def group_words(office: Office, today: dt.date, days: Countdown, wait: int) -> Iterator[Event]:
    """What the group is to hear today of rounds, as the events that remember it."""
    events = [event for event in office.events if event.kind == FORM_WORD]
    for round_, forms in open_forms(office, today).items():
        due = office.rounds[round_].due
        when = BEFORE if today <= due else AFTER
        words = [event for event in events if event.subject == round_]
        is_near = when == AFTER or days.count_between(today, due).count <= wait
        if forms and is_near and all(json.loads(event.data)["when"] != when for event in words):
            yield Event(round_, FORM_WORD, len(words) + 1, today, json.dumps({"when": when}))
