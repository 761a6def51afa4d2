"""Sending: what is signed, and what needs no signature, leaves by the channel that is set.

    1. take in who is whose contact (单位及联络员名单.xlsx), and what was signed, sent by other means or withdrawn since
       (督办/签发单.xlsx); lay out what was signed
    2. record a message for each slip and unit that has none yet
    3. decide which may leave now (`rules.outgoing.leaving`): test mode, hours, the blast guard, recipients, pauses
    4. carry one after the other, each claimed, given and recorded (`steps.outgoing.carrying`)
    5. mark in the signing list what has left, so that nobody sends it once more by hand
    6. say what left, what waits and why, and what a person has to look at

Doing it again, at once or from another PC, gives nobody anything twice, but a reminder of which nobody knows
whether it arrived. A channel takes so many a minute; a call waits for it up to `patience` seconds, and leaves the
rest to the next one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from tracker import facts
from tracker.files.elapsed import Elapsed
from tracker.files.elapsed import worker_name
from tracker.problems import Exit
from tracker.problems import Finding
from tracker.problems.sending import NoMessage
from tracker.problems.sending import NotSent
from tracker.rules.outgoing.audience import Hold
from tracker.rules.outgoing.leaving import Dispatch
from tracker.rules.outgoing.leaving import dispatch
from tracker.rules.outgoing.leaving import free_at
from tracker.rules.outgoing.outbox import Fate
from tracker.rules.outgoing.outbox import SendOutcome
from tracker.rules.outgoing.outbox import message_standing
from tracker.rules.outgoing.outbox import next_attempt
from tracker.rules.outgoing.sending import FOLDER
from tracker.rules.state import MessageNow
from tracker.rules.state import Office
from tracker.steps.call import Call
from tracker.steps.call import Result
from tracker.steps.chasing.lists import mark_what_left
from tracker.steps.chasing.signing import FOLDER as SLIPS
from tracker.steps.chasing.signing import read_signing_book
from tracker.steps.chasing.signing import take_in_signatures
from tracker.steps.chasing.slip_files import bring_up_to_date
from tracker.steps.desk import Desk
from tracker.steps.desk import open_desk
from tracker.steps.entering.register import bring_in
from tracker.steps.entering.register import path_of
from tracker.steps.entering.register import read_book
from tracker.steps.entering.register import take_in_register
from tracker.steps.outgoing.carrying import READY
from tracker.steps.outgoing.carrying import Carrier
from tracker.steps.outgoing.carrying import SendClock
from tracker.steps.outgoing.carrying import sent_slips
from tracker.steps.outgoing.homes import homes_of
from tracker.steps.outgoing.posting import record_messages
from tracker.steps.timing.clockwork import Machine
from tracker.steps.timing.clockwork import refuse_while_held
from tracker.steps.timing.watch import raise_silence

PATIENCE = 600.0

# What a person may say of a message, and where it has to stand for that.
DECISIONS: dict[SendOutcome, tuple[Fate, ...]] = {
    SendOutcome.SENT: (Fate.PARKED, Fate.REFUSED, Fate.WAITS, Fate.READY),
    SendOutcome.AGAIN: (Fate.PARKED, Fate.REFUSED, Fate.WAITS),
    SendOutcome.DROPPED: (Fate.PARKED, Fate.REFUSED, Fate.WAITS, Fate.READY),
    SendOutcome.RELEASED: (Fate.READY, Fate.WAITS),
    SendOutcome.READDRESSED: (Fate.READY, Fate.WAITS, Fate.REFUSED),
}
_NOTES = {
    SendOutcome.SENT: "人工确认已送达",
    SendOutcome.AGAIN: "人工要求重发",
    SendOutcome.DROPPED: "人工决定不再发",
    SendOutcome.RELEASED: "人工确认收件人无误",
    SendOutcome.READDRESSED: "改发到现在的联络员",
}


@dataclass
class _SendRun:
    """What happened so far."""

    states: Counter[SendOutcome] = field(default_factory=Counter)
    ids: dict[str, str] = field(default_factory=dict)
    holds: list[tuple[MessageNow, Hold]] = field(default_factory=list)
    left_over: int = 0
    beside: str = ""
    findings: list[Finding] = field(default_factory=list)


def send(
    call: Call,
    *,
    force: bool = False,
    decisions: Mapping[str, SendOutcome] | None = None,
    clock: SendClock | None = None,
    patience: float = PATIENCE,
    worker: str = "",
    bases: Mapping[str, str] | None = None,
) -> Result:
    """Send what may leave now.

    Args:
        call: The clock, the person and the folder.
        force: A person's word that so many are meant.
        decisions: What a person says of single messages, by their ids.
        clock: Time that passes; the machine's own by default.
        patience: How many seconds to wait for channels that take so many a minute.
        worker: Who claims; the machine and the process by default.
        bases: For tests; see `carrying.Carrier`.
    """
    clock = clock or Elapsed(call.now)
    with open_desk(call) as desk:
        refuse_while_held(call, desk.folder, Machine.this())
        run = _SendRun()
        office = _record(desk, run, decisions or {})
        homes = homes_of(desk)
        carrier = Carrier(desk, clock, worker or worker_name(), homes, bases=bases or {})
        plan = _plan(desk, office, clock.now(), homes, force)
        if not call.dry_run and (plan.urgent or not plan.stop):
            if force:
                _release(desk, plan, clock)
            is_stopped = plan.stop is not None
            _carry_all(desk, carrier, plan.urgent if is_stopped else plan.ready, run, clock, patience)
            plan = _plan(desk, desk.office(), clock.now(), homes, force=not is_stopped)
            run.beside = mark_what_left(desk)
        return _result(desk, plan, run, carrier, desk.office() if run.ids else office)


def _record(desk: Desk, run: _SendRun, decisions: Mapping[str, SendOutcome]) -> Office:
    """Steps 1 and 2; the office as it is then, or would be."""
    if not desk.call.dry_run:
        run.findings += take_in_register(desk)[1]
        run.findings += bring_up_to_date(desk)
    with desk.act("send") as act:
        if desk.call.dry_run:
            run.findings += bring_in(act, read_book(path_of(desk.folder.root)), today=desk.today)
            run.findings += take_in_signatures(desk, act, read_signing_book(desk))
        for message, decision in decisions.items():
            act.add(_decision(act.office(), message, decision, desk.call.now))
            act.add(*sent_slips(act.office(), act.office().messages[message].fact))
        raise_silence(desk, act, act.office())
        run.findings += record_messages(desk, act)
        return act.office()


def _decision(office: Office, message: str, decision: SendOutcome, now: dt.datetime) -> facts.MessageOutcome:
    message_now = office.messages.get(message)
    if message_now is None:
        raise NoMessage(message=message)
    stands = message_standing(message_now, now)
    if stands.fate not in DECISIONS[decision]:
        raise NotSent(message=message, fate=stands.fate.value)
    # What is said of the last attempt takes the place of what was thought of it.
    n = 0 if decision is SendOutcome.RELEASED else next_attempt(message_now) - 1
    return facts.MessageOutcome(message, n, decision.value, f"{_NOTES[decision]}")


def _plan(
    desk: Desk, office: Office, now: dt.datetime, homes: Mapping[str, frozenset[str]], force: bool
) -> Dispatch:
    quiet = desk.settings.quiet_on(desk.today)
    return dispatch(office, desk.settings.send_settings, now=now, homes=homes, quiet=quiet, is_forced=force)


def _release(desk: Desk, plan: Dispatch, clock: SendClock) -> None:
    """So many are meant: said once, so that what waits for its channel need not be confirmed again."""
    with desk.ledger.act("send", person=desk.call.person, at=clock.now()) as act:
        act.add(
            *(
                facts.MessageOutcome(message.fact.message, 0, SendOutcome.RELEASED.value, "人工确认群发")
                for message in plan.ready
                if not any(one.state == SendOutcome.RELEASED.value for one in message.attempts)
            )
        )


def _carry_all(
    desk: Desk,
    carrier: Carrier,
    ready: Sequence[MessageNow],
    run: _SendRun,
    clock: SendClock,
    patience: float,
) -> None:
    until = clock.now() + dt.timedelta(seconds=patience)
    for message in ready:
        channel = message.fact.channel
        if channel in carrier.outages:
            run.left_over += 1
            continue
        free = free_at(desk.office(), channel, clock.now())
        if free > until:
            run.left_over += 1
            continue
        clock.wait((free - clock.now()).total_seconds())
        result = carrier.carry(message.fact.message)
        if isinstance(result, Hold):
            run.holds.append((message, result))
        elif result is not None:
            run.states[result.state] += 1
            run.ids[message.fact.message] = result.state.value


def _result(desk: Desk, plan: Dispatch, run: _SendRun, carrier: Carrier, office: Office) -> Result:
    lines = [f"{desk.today.isoformat()}　{_head(run, plan, dry=desk.call.dry_run)}"]
    if plan.stop:
        lines.append(f"{plan.stop}。")
    if any(office.messages[message_id].fact.channel == FOLDER for message_id in run.ids):
        lines.append(f"待发的在“{SLIPS}/{READY}”文件夹，请发出后在《签发单》中改为“已发”。")
    if desk.call.dry_run or plan.stop:
        lines += [f"  待发　{_label(office, message)}" for message in plan.ready]
    lines += [
        f"  没有发　{_label(office, message)}：{hold}" for message, hold in plan.holds if not hold.is_settled
    ]
    lines += [
        f"  {stands.fate.value}　{_label(office, message)}：{stands.why}"
        for message, stands in plan.questions
    ]
    if plan.questions:
        lines.append(
            "核实后：已送达的运行 tracker send --delivered 编号，要重发的 --again 编号，不再发的 --drop 编号。"
        )
    lines += [f"  {channel}：{why}，其余留到下次" for channel, why in carrier.outages.items()]
    if run.left_over and not carrier.outages:
        lines.append(f"另有{run.left_over}份按每分钟上限留到下次。")
    lines += [run.beside] if run.beside else []
    lines += [str(finding) for finding in (*desk.findings, *run.findings)]
    partly = bool(plan.stop and plan.ready) or bool(plan.questions) or bool(carrier.outages)
    return Result(tuple(lines), _data(plan, run), Exit.PARTLY if partly else Exit.DONE)


def _head(run: _SendRun, plan: Dispatch, *, dry: bool) -> str:
    hold_count = sum(not hold.is_settled for _, hold in plan.holds)
    if dry:
        return f"可发{len(plan.ready)}份，暂不发{hold_count + len(plan.waits)}份（没有发出任何东西）。"
    words = {
        SendOutcome.SENT: "发出",
        SendOutcome.FAILED: "失败待重试",
        SendOutcome.REFUSED: "被拒",
        SendOutcome.UNKNOWN: "结果不明",
    }
    parts = [
        f"{words[state]}{count}份"
        for state, count in sorted(run.states.items(), key=lambda pair: pair[0].value)
    ]
    return "、".join(parts or ["没有要发的"]) + f"；等待重试{len(plan.waits)}份，暂不发{hold_count}份。"


def _label(office: Office, message: MessageNow) -> str:
    content = message.fact
    unit = office.name_of(content.unit) if content.unit in office.units else content.recipient
    return f"{content.message} {unit} {content.tier}"


def _data(plan: Dispatch, run: _SendRun) -> dict[str, object]:
    return {
        "sent": dict(sorted(run.ids.items())),
        "ready": [message.fact.message for message in plan.ready],
        "waits": [message.fact.message for message, _ in plan.waits],
        "held": [
            {"message": message.fact.message, "code": hold.code, "why": hold.why, "do": hold.do}
            for message, hold in plan.holds
        ],
        "listed": [
            {"message": message.fact.message, "fate": stands.fate.name, "why": stands.why}
            for message, stands in plan.questions
        ],
        "stopped": plan.stop.code if plan.stop else "",
        "findings": [finding.code for finding in run.findings],
    }
