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
from tracker.rules.outgoing.leaving import Leaving
from tracker.rules.outgoing.leaving import free_at
from tracker.rules.outgoing.leaving import leaving
from tracker.rules.outgoing.outbox import Fate
from tracker.rules.outgoing.outbox import Said
from tracker.rules.outgoing.outbox import next_number
from tracker.rules.outgoing.outbox import standing
from tracker.rules.outgoing.sending import FOLDER
from tracker.rules.state import MessageNow
from tracker.rules.state import Office
from tracker.steps.call import Answer
from tracker.steps.call import Call
from tracker.steps.chasing.lists import mark_what_left
from tracker.steps.chasing.signing import FOLDER as SLIPS
from tracker.steps.chasing.signing import read_list
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
from tracker.steps.outgoing.carrying import Clock
from tracker.steps.outgoing.carrying import left
from tracker.steps.outgoing.homes import homes_of
from tracker.steps.outgoing.posting import record_messages
from tracker.steps.timing.clockwork import Machine
from tracker.steps.timing.clockwork import refuse_while_held
from tracker.steps.timing.watch import raise_silence

PATIENCE = 600.0

# What a person may say of a message, and where it has to stand for that.
DECISIONS: dict[Said, tuple[Fate, ...]] = {
    Said.SENT: (Fate.PARKED, Fate.REFUSED, Fate.WAITS, Fate.READY),
    Said.AGAIN: (Fate.PARKED, Fate.REFUSED, Fate.WAITS),
    Said.DROPPED: (Fate.PARKED, Fate.REFUSED, Fate.WAITS, Fate.READY),
    Said.RELEASED: (Fate.READY, Fate.WAITS),
    Said.READDRESSED: (Fate.READY, Fate.WAITS, Fate.REFUSED),
}
_NOTES = {
    Said.SENT: "人工确认已送达",
    Said.AGAIN: "人工要求重发",
    Said.DROPPED: "人工决定不再发",
    Said.RELEASED: "人工确认收件人无误",
    Said.READDRESSED: "改发到现在的联络员",
}


@dataclass
class _Sent:
    """What happened so far."""

    states: Counter[Said] = field(default_factory=Counter)
    ids: dict[str, str] = field(default_factory=dict)
    held: list[tuple[MessageNow, Hold]] = field(default_factory=list)
    left_over: int = 0
    beside: str = ""
    findings: list[Finding] = field(default_factory=list)


def send(
    call: Call,
    *,
    forced: bool = False,
    decisions: Mapping[str, Said] | None = None,
    clock: Clock | None = None,
    patience: float = PATIENCE,
    worker: str = "",
    bases: Mapping[str, str] | None = None,
) -> Answer:
    """Send what may leave now.

    Args:
        call: The clock, the person and the folder.
        forced: A person's word that so many are meant.
        decisions: What a person says of single messages, by their ids.
        clock: Time that passes; the machine's own by default.
        patience: How many seconds to wait for channels that take so many a minute.
        worker: Who claims; the machine and the process by default.
        bases: For tests; see `carrying.Carrier`.
    """
    clock = clock or Elapsed(call.now)
    with open_desk(call) as desk:
        refuse_while_held(call, desk.folder, Machine.this())
        sent = _Sent()
        office = _record(desk, sent, decisions or {})
        homes = homes_of(desk)
        carrier = Carrier(desk, clock, worker or worker_name(), homes, bases=bases or {})
        plan = _plan(desk, office, clock.now(), homes, forced)
        if not call.dry_run and (plan.urgent or not plan.stopped):
            if forced:
                _release(desk, plan, clock)
            stopped = plan.stopped is not None
            _carry_all(desk, carrier, plan.urgent if stopped else plan.ready, sent, clock, patience)
            plan = _plan(desk, desk.office(), clock.now(), homes, forced=not stopped)
            sent.beside = mark_what_left(desk)
        return _answer(desk, plan, sent, carrier, desk.office() if sent.ids else office)


def _record(desk: Desk, sent: _Sent, decisions: Mapping[str, Said]) -> Office:
    """Steps 1 and 2; the office as it is then, or would be."""
    if not desk.call.dry_run:
        sent.findings += take_in_register(desk)[1]
        sent.findings += bring_up_to_date(desk)
    with desk.act("send") as act:
        if desk.call.dry_run:
            sent.findings += bring_in(act, read_book(path_of(desk.folder.root)), today=desk.today)
            sent.findings += take_in_signatures(desk, act, read_list(desk))
        for message, said in decisions.items():
            act.add(_decision(act.office(), message, said, desk.call.now))
            act.add(*left(act.office(), act.office().messages[message].said))
        raise_silence(desk, act, act.office())
        sent.findings += record_messages(desk, act)
        return act.office()


def _decision(office: Office, message: str, said: Said, now: dt.datetime) -> facts.MessageOutcome:
    known = office.messages.get(message)
    if known is None:
        raise NoMessage(message=message)
    stands = standing(known, now)
    if stands.fate not in DECISIONS[said]:
        raise NotSent(message=message, fate=stands.fate.value)
    # What is said of the last attempt takes the place of what was thought of it.
    n = 0 if said is Said.RELEASED else next_number(known) - 1
    return facts.MessageOutcome(message, n, said.value, f"{_NOTES[said]}")


def _plan(
    desk: Desk, office: Office, now: dt.datetime, homes: Mapping[str, frozenset[str]], forced: bool
) -> Leaving:
    quiet = desk.settings.quiet_on(desk.today)
    return leaving(office, desk.settings.sending, now=now, homes=homes, quiet=quiet, forced=forced)


def _release(desk: Desk, plan: Leaving, clock: Clock) -> None:
    """So many are meant: said once, so that what waits for its channel need not be confirmed again."""
    with desk.ledger.act("send", person=desk.call.person, at=clock.now()) as act:
        act.add(
            *(
                facts.MessageOutcome(each.said.message, 0, Said.RELEASED.value, "人工确认群发")
                for each in plan.ready
                if not any(one.state == Said.RELEASED.value for one in each.tries)
            )
        )


def _carry_all(
    desk: Desk,
    carrier: Carrier,
    ready: Sequence[MessageNow],
    sent: _Sent,
    clock: Clock,
    patience: float,
) -> None:
    until = clock.now() + dt.timedelta(seconds=patience)
    for message in ready:
        channel = message.said.channel
        if channel in carrier.stopped:
            sent.left_over += 1
            continue
        free = free_at(desk.office(), channel, clock.now())
        if free > until:
            sent.left_over += 1
            continue
        clock.wait((free - clock.now()).total_seconds())
        result = carrier.carry(message.said.message)
        if isinstance(result, Hold):
            sent.held.append((message, result))
        elif result is not None:
            sent.states[result.state] += 1
            sent.ids[message.said.message] = result.state.value


def _answer(desk: Desk, plan: Leaving, sent: _Sent, carrier: Carrier, office: Office) -> Answer:
    lines = [f"{desk.today.isoformat()}　{_head(sent, plan, dry=desk.call.dry_run)}"]
    if plan.stopped:
        lines.append(f"{plan.stopped}。")
    if any(office.messages[each].said.channel == FOLDER for each in sent.ids):
        lines.append(f"待发的在“{SLIPS}/{READY}”文件夹，请发出后在《签发单》中改为“已发”。")
    if desk.call.dry_run or plan.stopped:
        lines += [f"  待发　{_named(office, each)}" for each in plan.ready]
    lines += [f"  没有发　{_named(office, each)}：{hold}" for each, hold in plan.held if not hold.settled]
    lines += [f"  {stands.fate.value}　{_named(office, each)}：{stands.why}" for each, stands in plan.listed]
    if plan.listed:
        lines.append(
            "核实后：已送达的运行 tracker send --delivered 编号，要重发的 --again 编号，不再发的 --drop 编号。"
        )
    lines += [f"  {each}：{why}，其余留到下次" for each, why in carrier.stopped.items()]
    if sent.left_over and not carrier.stopped:
        lines.append(f"另有{sent.left_over}份按每分钟上限留到下次。")
    lines += [sent.beside] if sent.beside else []
    lines += [str(finding) for finding in (*desk.findings, *sent.findings)]
    partly = bool(plan.stopped and plan.ready) or bool(plan.listed) or bool(carrier.stopped)
    return Answer(tuple(lines), _data(plan, sent), Exit.PARTLY if partly else Exit.DONE)


def _head(sent: _Sent, plan: Leaving, *, dry: bool) -> str:
    waiting = sum(not hold.settled for _, hold in plan.held)
    if dry:
        return f"可发{len(plan.ready)}份，暂不发{waiting + len(plan.waits)}份（没有发出任何东西）。"
    words = {Said.SENT: "发出", Said.FAILED: "失败待重试", Said.REFUSED: "被拒", Said.UNKNOWN: "结果不明"}
    told = [
        f"{words[state]}{count}份"
        for state, count in sorted(sent.states.items(), key=lambda each: each[0].value)
    ]
    return "、".join(told or ["没有要发的"]) + f"；等待重试{len(plan.waits)}份，暂不发{waiting}份。"


def _named(office: Office, message: MessageNow) -> str:
    said = message.said
    unit = office.name_of(said.unit) if said.unit in office.units else said.recipient
    return f"{said.message} {unit} {said.tier}"


def _data(plan: Leaving, sent: _Sent) -> dict[str, object]:
    return {
        "sent": dict(sorted(sent.ids.items())),
        "ready": [each.said.message for each in plan.ready],
        "waits": [each.said.message for each, _ in plan.waits],
        "held": [
            {"message": each.said.message, "code": hold.code, "why": hold.why, "do": hold.do}
            for each, hold in plan.held
        ],
        "listed": [
            {"message": each.said.message, "fate": stands.fate.name, "why": stands.why}
            for each, stands in plan.listed
        ],
        "stopped": plan.stopped.code if plan.stopped else "",
        "findings": [finding.code for finding in sent.findings],
    }
