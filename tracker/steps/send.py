"""Sending: what is signed, and what needs no signature, leaves by the channel that is set.

    1. take in who is whose contact (单位及联络员名单.xlsx), and what was signed, sent by other means or withdrawn since
       (督办/送签单.xlsx); lay out what was signed
    2. record a message for each slip and unit that has none yet (`steps.messages`)
    3. decide which may leave now: test mode, hours, the blast guard, recipients, pauses
    4. carry one after the other: claim it, give it to its channel, record what became of it
    5. mark in the signing list what has left, so that nobody sends it once more by hand
    6. say what left, what waits and why, and what a person has to look at

Carrying one message (`Carrier`):

    1. in one act: look again whether it may leave, on what holds now, and record the attempt; this is the claim
    2. give it to the channel: the only moment in which anything leaves
    3. record the outcome

Killed between 1 and 3, the attempt has no outcome: nobody knows. `rules.outgoing` says what that means.

Doing it again, at once or from another PC, gives nobody anything twice, but a reminder of which nobody knows
whether it arrived. A channel takes so many a minute; a call waits for it up to `patience` seconds, and leaves the
rest to the next one.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Protocol

from tracker import facts
from tracker.files.channels import (
    MAIL as MAIL_SECRET,
    Delivery,
    Hook,
    Parcel,
    Relay,
    lay_ready,
    mail_message,
    optional_secret,
    post,
    secret,
    speak,
)
from tracker.files.machine import Elapsed, worker_name
from tracker.problems.base import Exit, Finding, TrackerError
from tracker.problems.chase import NoMessage, NoSecret, NotSent
from tracker.problems.office import AlreadyRecorded
from tracker.rules.office import MessageNow, Office
from tracker.rules.outgoing import (
    Dispatch,
    Fate,
    Hold,
    SendOutcome,
    dispatch,
    find_hold,
    free_at,
    message_standing,
    next_attempt,
)
from tracker.settings import FOLDER, MAIL
from tracker.steps.call import Call, Result
from tracker.steps.clock import Machine, refuse_while_held
from tracker.steps.desk import Desk, open_desk
from tracker.steps.messages import record_messages
from tracker.steps.register import bring_in, homes_of, path_of, read_book, take_in_register
from tracker.steps.slips import (
    FOLDER as SLIPS,
    bring_up_to_date,
    read_signing_book,
    take_in_signatures,
    write_verdicts,
)
from tracker.steps.today import raise_silence
from tracker.steps.worklists import mark_what_left
from tracker.tiers import SlipState
from tracker.values import dataclass

READY = "待发"


class SendClock(Protocol):
    """Time that passes while messages leave."""

    def now(self) -> dt.datetime:
        """The moment now."""

    def wait(self, seconds: float) -> None:
        """Let time pass."""


@dataclass
class Carrier:
    """Carries the messages of a desk.

    Attributes:
        worker: Who claims.
        homes: For each address, every unit that ever had it.
        outages: Channels that do not work now, and why.
        bases: For tests: where robots of a platform listen instead, `trusted` certificates of mail, its `wait`.
    """

    desk: Desk
    clock: SendClock
    worker: str
    homes: Mapping[str, frozenset[str]]
    outages: dict[str, str] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)

    def carry(self, message: str) -> Delivery | Hold | None:
        """Carry one message; None when somebody else has it, or it left in the meantime."""
        claim = self._claim(message)
        if not isinstance(claim, tuple):
            return claim
        content, n, at = claim
        result = self._deliver(content, at)
        with self.desk.ledger.act("send", person=self.desk.call.person, at=self.clock.now()) as act:
            act.add(facts.MessageOutcome(content.message, n, result.state.value, result.note))
            act.add(*sent_slips(act.office(), content))
        if result.stops:
            self.outages[content.channel] = result.note
        return result

    def _claim(self, message: str) -> tuple[facts.Message, int, dt.datetime] | Hold | None:
        now = self.clock.now()
        try:
            with self.desk.ledger.act("send", person=self.desk.call.person, at=now) as act:
                office = act.office()
                message_now = office.messages[message]
                if message_standing(message_now, now).fate is not Fate.READY:
                    return None
                hold = find_hold(
                    office, message_now, self.desk.settings.send_settings, now=now, homes=self.homes
                )
                if hold:
                    return hold
                n = next_attempt(message_now)
                act.add(facts.MessageAttempt(message, n, self.worker))
        except AlreadyRecorded:
            return None
        return message_now.fact, n, message_now.at

    def _deliver(self, message: facts.Message, at: dt.datetime) -> Delivery:
        try:
            parcel = Parcel(message, email.utils.format_datetime(at), self._files(message))
        except (OSError, ValueError):
            return Delivery(SendOutcome.FAILED, "附件的原件读不出来或已被改动（原件留存）")
        try:
            if message.channel == FOLDER:
                return self._lay_ready(parcel)
            if message.channel == MAIL:
                return self._post(parcel)
            return self._speak(parcel)
        except NoSecret as problem:
            return Delivery(SendOutcome.FAILED, str(problem), stops=True)
        except (TrackerError, ValueError) as problem:
            # Raised before anything was given: a letter that cannot be built, an address that is none.
            return Delivery(
                SendOutcome.REFUSED, str(problem) if isinstance(problem, TrackerError) else "信件无法生成"
            )

    def _files(self, message: facts.Message) -> tuple[tuple[str, bytes], ...]:
        files = []
        for path, sha in zip(message.attachments, message.hashes, strict=True):
            data = self.desk.folder.original(sha, path).read_bytes()
            if hashlib.sha256(data).hexdigest() != sha:
                raise ValueError(path)
            files.append((path.rpartition("/")[2], data))
        return tuple(files)

    def _lay_ready(self, parcel: Parcel) -> Delivery:
        message = parcel.message
        office = self.desk.office()
        unit = office.name_of(message.unit) if message.unit in office.units else ""
        root = self.desk.folder.path(SLIPS, READY)
        return lay_ready(
            parcel, root, f"{unit} {message.tier}", day=office.messages[message.message].at.date()
        )

    def _post(self, parcel: Parcel) -> Delivery:
        options = self.desk.settings.send_settings
        if not options.text("mail_host") or not options.text("mail_from"):
            return Delivery(SendOutcome.FAILED, "没有设置发信服务器或发信邮箱", stops=True)
        user = options.text("mail_user")
        waits = {name: float(self.bases["wait"]) for name in ("wait", "answer_wait") if "wait" in self.bases}
        relay = Relay(
            host=options.text("mail_host"),
            port=options.number("mail_port"),
            security=options.text("mail_security"),
            user=user,
            password=secret(MAIL_SECRET) if user else "",
            certificates=self.bases.get("trusted", ""),
            **waits,
        )
        office = self.desk.settings.text("office_name")
        return post(mail_message(parcel, options.text("mail_from"), office=office), relay)

    def _speak(self, parcel: Parcel) -> Delivery:
        options = self.desk.settings.send_settings
        robot = options.robot(parcel.message.channel)
        if robot is None:
            return Delivery(SendOutcome.REFUSED, "设置里已没有这个群机器人")
        hook = Hook(
            platform=robot.platform,
            address=secret(robot.secret),
            sign=optional_secret(robot.sign),
            hosts=options.hosts,
            base=self.bases.get(robot.platform, ""),
        )
        return speak(hook, parcel.message.body, now=self.clock.now())


def sent_slips(office: Office, message: facts.Message) -> list[facts.Document]:
    """Slips that have now left: every message of theirs was taken, and not only laid ready for a person."""
    slips = []
    for name in message.document.split():
        document = office.documents.get(name)
        messages: list[MessageNow] = [
            message_now
            for message_now in office.messages.values()
            if name in message_now.fact.document.split() and message_now.fact.unit
        ]
        if document is None or document.state != SlipState.SIGNED.value or not messages:
            continue
        if all(message_now.fact.channel == MAIL and _is_sent(message_now) for message_now in messages):
            on = max(tried.at.date() for message_now in messages for tried in message_now.attempts)
            slips.append(_as_sent(document, on))
    return slips


def _is_sent(message: MessageNow) -> bool:
    return any(attempt.state == SendOutcome.SENT.value for attempt in message.attempts)


def _as_sent(document: facts.Document, on: dt.date) -> facts.Document:
    return facts.Document(
        document.document,
        document.tier,
        document.unit,
        document.subjects,
        on,
        SlipState.SENT.value,
        document.number,
        document.path,
    )


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
    verdicts: Mapping[str, SlipState] | None = None,
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
        verdicts: What a person says of single slips, by their ids: it is written into 送签单.xlsx first.
        clock: Time that passes; the machine's own by default.
        patience: How many seconds to wait for channels that take so many a minute.
        worker: Who claims; the machine and the process by default.
        bases: For tests; see `Carrier`.
    """
    clock = clock or Elapsed(call.now)
    with open_desk(call) as desk:
        refuse_while_held(call, desk.folder, Machine.this())
        run = _SendRun()
        if verdicts:
            write_verdicts(desk, verdicts)
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
            run.findings += bring_in(desk, act, read_book(path_of(desk.folder.root)))
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
    ready_count = sum(
        office.messages[message_id].fact.channel == FOLDER and state == SendOutcome.SENT.value
        for message_id, state in run.ids.items()
    )
    lines = [f"{desk.today.isoformat()}　{_head(run, plan, ready_count, dry=desk.call.dry_run)}"]
    if plan.stop:
        lines.append(f"{plan.stop}。")
    if any(office.messages[message_id].fact.channel == FOLDER for message_id in run.ids):
        lines.append(f"待发的在“{SLIPS}/{READY}”文件夹，请发出后在《送签单》中改为“已发”。")
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
            "核实后：已送达的运行 tracker send --delivered 编号，要重发的运行 tracker send --again 编号，"
            "不再发的运行 tracker send --drop 编号。"
        )
    lines += [f"  {channel}：{why}，其余留到下次" for channel, why in carrier.outages.items()]
    if run.left_over and not carrier.outages:
        lines.append(f"另有{run.left_over}份按每分钟上限留到下次。")
    lines += [run.beside] if run.beside else []
    lines += [str(finding) for finding in (*desk.findings, *run.findings)]
    partly = bool(plan.stop and plan.ready) or bool(plan.questions) or bool(carrier.outages)
    return Result(tuple(lines), _data(plan, run), Exit.PARTLY if partly else Exit.DONE)


def _head(run: _SendRun, plan: Dispatch, ready_count: int, *, dry: bool) -> str:
    """How many of each outcome; `ready_count` lie in the folder for somebody to send, and have not left."""
    hold_count = sum(not hold.is_settled for _, hold in plan.holds)
    if dry:
        return f"可发{len(plan.ready)}份，暂不发{hold_count + len(plan.waits)}份（没有发出任何东西）。"
    words = {
        SendOutcome.SENT: "发出",
        SendOutcome.FAILED: "失败待重试",
        SendOutcome.REFUSED: "被拒",
        SendOutcome.UNKNOWN: "结果不明",
    }
    states = Counter(run.states)
    states[SendOutcome.SENT] -= ready_count
    parts = [f"已放入“{SLIPS}/{READY}”{ready_count}份"] if ready_count else []
    parts += [
        f"{words[state]}{count}份"
        for state, count in sorted(states.items(), key=lambda pair: pair[0].value)
        if count
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
