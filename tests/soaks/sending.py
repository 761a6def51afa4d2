"""Mail to a server that fails, by a sender that is killed: every message ends sent or on the list, official ones once.

    python -m tests.soaks.sending 1000

Half of the messages are reminders, half official slips. The server (`tests.soaks.relay`) lets 30 of 100 connections
meet a fault; the sending process is killed (kill -9) at random moments of its talk with the server and started again,
60 times for a thousand messages. Then the ledger, the list that a person sees and what the server keeps are compared:

    every message is sent, or on the list                              else it was lost
    what is said to be sent is at the server                           else it was lost silently
    of an official slip the server has at most one                     whatever happened
    of a reminder it has one more than its unknown outcomes at most    a copy needs a doubt
    all copies are the same bytes with the same Message-ID             so that a reader can tell
    nobody got anything but the recipient

At last a person goes through the list as people do: what the unit has is marked delivered, the rest is sent again;
after that everything has arrived, and every official slip once.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.soaks.relay import FAULTS, FailingRelay, faults_of
from tracker import facts
from tracker.files.channels import parcels as letters
from tracker.files.channels.parcels import Delivery
from tracker.rules import outgoing
from tracker.rules.office import MessageNow
from tracker.rules.outgoing import LEASE, SendOutcome, Treatment
from tracker.steps import send as send_step
from tracker.steps.call import Call
from tracker.steps.send import send

ROOT = Path(__file__).resolve().parents[2]
SHARE = 0.3
# Seconds that the client waits, and that a hanging server says nothing.
WAIT, HANG = 0.3, 1.2
# Real seconds after which the soak gives up on itself.
PATIENCE = 3_000.0
# Eight tries, the longest pause between them six hours, a look every quarter of an hour, and then some.
ROUNDS = 500
_EVER = 10.0**7


class Hurried:
    """A clock that does not sleep: what has to be waited for is skipped."""

    def __init__(self, now: dt.datetime) -> None:
        self._now = now
        self._counter = time.monotonic()

    def now(self) -> dt.datetime:
        """The moment now."""
        return self._now + dt.timedelta(seconds=time.monotonic() - self._counter)

    def wait(self, seconds: float) -> None:
        """Let time pass at once."""
        self._now += dt.timedelta(seconds=max(0.0, seconds))


@dataclass
class Tally:
    """What became of every message.

    Attributes:
        wrong: One line for each that is not as it has to be.
        seconds: Until the last message stood where it stays.
    """

    messages: int = 0
    attempts: int = 0
    kills: int = 0
    cut: int = 0
    connections: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    fates: Counter[str] = field(default_factory=Counter)
    doubts: int = 0
    copies: int = 0
    official_copies: int = 0
    parked: int = 0
    parked_arrived: int = 0
    decided: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def lines(self) -> Iterator[str]:
        """For people."""
        met = sum(self.faults.values())
        yield f"{self.messages} messages, {self.attempts} attempts, {self.connections} connections, {met} faults"
        yield f"faults: {faults_of(self.faults)}"
        yield f"{self.kills} kills, {self.cut} of them left an attempt without an outcome; {self.seconds:.0f} s"
        yield "fates: " + ", ".join(f"{name} {count}" for name, count in sorted(self.fates.items()))
        yield f"{self.doubts} unknown outcomes, {self.copies} copies of reminders, same bytes, same Message-ID"
        yield (
            f"official: {self.official_copies} copies, {self.parked} parked and listed, "
            f"{self.parked_arrived} of those had arrived"
        )
        yield "a person: " + ", ".join(f"{count} {word}" for word, count in sorted(self.decided.items()))
        yield f"{len(self.wrong)} not as it has to be"
        yield from (f"  {each}" for each in self.wrong[:20])


# The sender, in a process of its own


def live(office: Path, now: dt.datetime, wires: Mapping[str, str], mutant: str) -> None:
    """Send until nothing moves, as a scheduler would; the clock runs ahead of what has to be waited for."""
    MUTANTS[mutant]()
    clock = Hurried(now)
    for _ in range(ROUNDS):
        call = Call(now=clock.now(), person="王敏", start=office)
        answer = send(call, clock=clock, patience=_EVER, bases=wires)
        if not (answer.data["ready"] or answer.data["waits"]):
            return
        if answer.data["stopped"]:
            raise RuntimeError(answer.lines[1])
        clock.wait(LEASE.total_seconds())
    raise RuntimeError("it never ends")


def _as_it_is() -> None:
    """The product."""


def _official_repeats() -> None:
    """A mutant: an official slip is treated like a reminder, so it is repeated after an unknown outcome."""
    outgoing.treatment_of = lambda document: Treatment.REMINDER


def _unread_answer() -> None:
    """A mutant: what was given to a channel counts as sent, whatever the channel says."""
    deliver = send_step.Carrier._deliver

    def believed(carrier: send_step.Carrier, said: facts.Message, at: dt.datetime) -> Delivery:
        deliver(carrier, said, at)
        return Delivery(SendOutcome.SENT)

    setattr(send_step.Carrier, "_deliver", believed)  # noqa: B010 - a mutant, which the type checker need not like


def _new_message_id() -> None:
    """A mutant: every attempt is a letter of its own."""
    write = letters.mail_message

    def another(parcel: Any, *args: Any, **more: Any) -> Any:
        message = replace(parcel.message, message_id=f"<{random.random()}@example.gov.cn>")
        return write(replace(parcel, message=message), *args, **more)

    setattr(send_step, "mail_message", another)  # noqa: B010 - as above


MUTANTS: Mapping[str, Callable[[], None]] = {
    "": _as_it_is,
    "official-repeats": _official_repeats,
    "unread-answer": _unread_answer,
    "new-message-id": _new_message_id,
}


# The soak, around it


def soak(
    office: Path,
    mails: int,
    kills: int,
    *,
    share: float = SHARE,
    faults: tuple[str, ...] = FAULTS,
    mutant: str = "",
    seed: int = 1,
) -> Tally:
    """Send from an office that has so many signed slips, killed so many times.

    Args:
        office: As `prepare` made it.
        mails: How many messages it will have.
        kills: How often the sender is killed while it talks.
        share: Of connections that meet a fault.
        faults: Which.
        mutant: One of `MUTANTS`.
        seed: For faults and moments.
    """
    from tests.support.mailbox import MAIL, change_settings, office_of

    tally = Tally()
    with (
        tempfile.TemporaryDirectory() as scratch,
        FailingRelay(Path(scratch), share=share, hang=HANG, faults=faults, seed=seed) as relay,
    ):
        values = {"mail_port": str(relay.port), "mail_security": "STARTTLS", "send_daily": "999"}
        change_settings(office, {**MAIL, **values, "send_from_hour": "0", "send_to_hour": "24"})
        wires = {"trusted": str(relay.trusted), "wait": str(WAIT)}
        begun = time.monotonic()
        _live_and_die(office, relay, wires, mails, kills, mutant, tally, random.Random(seed))
        tally.seconds = time.monotonic() - begun
        tally.connections, tally.faults = relay.connections, dict(relay.faults)
        messages = office_of(office).messages
        listed = _listed(office, wires)
        _account(messages, listed, relay, tally, mails)
        _decide(office, wires, relay, listed, messages, tally)
    return tally


def _live_and_die(
    office: Path,
    relay: FailingRelay,
    wires: Mapping[str, str],
    mails: int,
    kills: int,
    mutant: str,
    tally: Tally,
    random_: random.Random,
) -> None:
    # About nine moments to an attempt and 1.4 attempts to a message: all kills fall before the end.
    between = max(3, mails * 9 // max(1, kills))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        words = [sys.executable, "-m", "tests.soaks.sending", "live", str(office), mutant]
        words += [_later(office).isoformat(), json.dumps(dict(wires))]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(words, cwd=ROOT, env=environment, stderr=subprocess.PIPE)
        complaint = threading.Thread(target=_drain, args=(process, tally), daemon=True)
        complaint.start()
        target = relay.moments + random_.randint(1, between) if tally.kills < kills else 0
        while target and process.poll() is None and relay.moments < target:
            with relay.moved:
                relay.moved.wait(0.05)
        if target and process.poll() is None:
            time.sleep(random_.uniform(0, 0.012))
            process.kill()
            tally.kills += process.wait() != 0
            complaint.join()
            continue
        code = process.wait(max(1.0, until - time.monotonic()))
        complaint.join()
        if code:
            tally.wrong.append(f"the sender ended with {code}")
        return
    tally.wrong.append("not finished in time")


def _drain(process: subprocess.Popen[bytes], tally: Tally) -> None:
    """What the sender complains about is a fault of ours; whoever is killed says nothing."""
    said = process.stderr.read().decode("utf-8", "replace").strip() if process.stderr else ""
    if process.stderr:
        process.stderr.close()
    if said:
        tally.wrong.append(said.splitlines()[-1])


def _later(office: Path) -> dt.datetime:
    """A moment after everything that the ledger knows, when whoever was killed must be dead."""
    from tests.support.mailbox import MORNING, office_of

    messages: Mapping[str, MessageNow] = office_of(office).messages
    tries = [each.at for message in messages.values() for each in message.attempts]
    latest: dt.datetime = max([MORNING, *tries])
    return latest + LEASE + dt.timedelta(minutes=1)


def _listed(office: Path, wires: Mapping[str, str]) -> dict[str, str]:
    """What a person sees on the list, by message."""
    from tests.support.mailbox import call

    answer = send(call(office, _later(office), dry_run=True), bases=wires)
    shown = "\n".join(answer.lines)
    listed: list[dict[str, str]] = answer.data["listed"]
    return {each["message"]: each["fate"] for each in listed if f"{each['message']} " in shown}


def _account(
    messages: Mapping[str, MessageNow],
    listed: Mapping[str, str],
    relay: FailingRelay,
    tally: Tally,
    mails: int,
) -> None:
    tally.messages = len(messages)
    if len(messages) != mails:
        tally.wrong.append(f"{mails} slips, {len(messages)} messages")
    kept = _kept(relay)
    for name, message in messages.items():
        states = [each.state for each in message.attempts if each.n > 0]
        arrived = len(kept.get(message.fact.recipient, ()))
        doubts = sum(state in ("", SendOutcome.UNKNOWN.value) for state in states)
        sent = SendOutcome.SENT.value in states
        official = facts_of(message)
        fate = "sent" if sent else listed.get(name, "LOST").lower()
        tally.attempts += len(states)
        tally.cut += states.count("")
        tally.doubts += doubts
        tally.fates[fate] += 1
        tally.parked += fate == "parked"
        tally.parked_arrived += fate == "parked" and arrived > 0
        extra = max(0, arrived - 1)
        if official:
            tally.official_copies += extra
        else:
            tally.copies += extra
        wrong = tally.wrong
        if fate == "lost":
            wrong.append(f"{name}: neither sent nor listed, {states}")
        if sent and not arrived:
            wrong.append(f"{name}: said to be sent, and never arrived")
        if official and extra:
            wrong.append(f"{name}: an official slip arrived {arrived} times")
        if official and doubts and not sent and fate != "parked":
            wrong.append(f"{name}: nobody knows whether it arrived, and it is not on the list")
        if arrived > doubts + sent:
            wrong.append(f"{name}: arrived {arrived} times, {doubts} doubts")
        if len(set(kept.get(message.fact.recipient, ()))) > 1:
            wrong.append(f"{name}: copies differ")
        if any(each != message.fact.message_id for each, _ in kept.get(message.fact.recipient, ())):
            wrong.append(f"{name}: another Message-ID")
    strangers = set(relay.recipients) - {each.fact.recipient for each in messages.values()}
    tally.wrong += [f"{each} is nobody's recipient" for each in sorted(strangers)]


def facts_of(message: MessageNow) -> bool:
    """Whether a message is official by the tier of its slip, whatever was recorded about how it is treated."""
    return message.fact.tier != "提醒"


def _kept(relay: FailingRelay) -> dict[str, list[tuple[str, str]]]:
    """By recipient, the Message-ID and the hash of everything that the server keeps."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in relay.taken:
        if each.kept:
            for recipient in each.recipients:
                found.setdefault(recipient, []).append((each.message_id, each.sha))
    return found


def _decide(
    office: Path,
    wires: Mapping[str, str],
    relay: FailingRelay,
    listed: Mapping[str, str],
    messages: Mapping[str, MessageNow],
    tally: Tally,
) -> None:
    """A person asks each unit on the list: what it has is marked delivered, what it has not is sent again."""
    from tests.support.mailbox import call, office_of

    relay.share = 0.0
    before = _kept(relay)
    decisions = {
        name: SendOutcome.SENT if before.get(messages[name].fact.recipient) else SendOutcome.AGAIN
        for name in listed
    }
    tally.decided.update(
        "marked delivered" if said is SendOutcome.SENT else "sent again" for said in decisions.values()
    )
    now = _later(office)
    send(call(office, now), clock=Hurried(now), patience=_EVER, bases=wires, decisions=decisions)
    kept = _kept(relay)
    for name, message in office_of(office).messages.items():
        if not any(each.state == SendOutcome.SENT.value for each in message.attempts):
            tally.wrong.append(f"{name}: not sent after a person decided")
        if not kept.get(message.fact.recipient):
            tally.wrong.append(f"{name}: never arrived")
        if facts_of(message) and len(kept.get(message.fact.recipient, ())) > 1:
            tally.wrong.append(f"{name}: an official slip arrived twice after a person decided")


def prepare(root: Path, mails: int) -> Path:
    """An office with so many units, each with a slip that may leave: every other one official and signed."""
    from tests.support.mailbox import MORNING, make_office, record

    units = {f"U{n:03}": f"第{n}局" for n in range(1, mails + 1)}
    make_office(root, {}, units=units)
    day = MORNING.date()
    record(
        root,
        *(
            facts.Document(
                f"D{n}",
                tier,
                unit,
                (f"P1-{n:03}",),
                day,
                "signed",
                "",
                f"督办/{day.isoformat()} {tier}/D{n}.docx",
            )
            for n, unit in enumerate(units, 1)
            for tier in ("催办" if n % 2 else "提醒",)
        ),
    )
    return root


def together(office: Path, senders: int) -> Counter[str]:
    """How often each recipient got something from so many senders that began at once; nothing fails."""
    from tests.support.mailbox import MAIL, change_settings

    with (
        tempfile.TemporaryDirectory() as scratch,
        FailingRelay(Path(scratch), share=0.0, hang=HANG) as relay,
    ):
        values = {"mail_port": str(relay.port), "mail_security": "STARTTLS"}
        change_settings(office, {**MAIL, **values, "send_from_hour": "0", "send_to_hour": "24"})
        wires = json.dumps({"trusted": str(relay.trusted)})
        words = [sys.executable, "-m", "tests.soaks.sending", "live", str(office), ""]
        words += [_later(office).isoformat(), wires]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        running = [subprocess.Popen(words, cwd=ROOT, env=environment) for _ in range(senders)]
        codes = [each.wait(PATIENCE) for each in running]
        if any(codes):
            raise RuntimeError(f"senders ended with {codes}")
        return Counter(recipient for each in relay.taken for recipient in each.recipients)


def pace(office: Path, mails: int) -> tuple[float, float]:
    """Seconds for sending everything to a server without faults, and again when there is nothing to send."""
    from tests.support.mailbox import MAIL, MORNING, call, change_settings

    with (
        tempfile.TemporaryDirectory() as scratch,
        FailingRelay(Path(scratch), share=0.0, hang=HANG) as relay,
    ):
        values = {"mail_port": str(relay.port), "mail_security": "STARTTLS"}
        change_settings(office, {**MAIL, **values})
        wires = {"trusted": str(relay.trusted)}
        begun = time.monotonic()
        answer = send(call(office, MORNING), clock=Hurried(MORNING), patience=_EVER, bases=wires)
        took = time.monotonic() - begun
        if list(answer.data["sent"].values()) != ["sent"] * mails:
            raise RuntimeError("not all were sent")
        begun = time.monotonic()
        send(call(office, MORNING + LEASE), clock=Hurried(MORNING + LEASE), bases=wires)
        return took, time.monotonic() - begun


def main(size: int = 1_000) -> bool:
    """Print what became of every message; true when all is as it has to be."""
    kills = max(3, size * 60 // 1_000)
    with tempfile.TemporaryDirectory() as scratch:
        office = prepare(Path(scratch) / "办公", size)
        tally = soak(office, size, kills)
    print("\n".join(tally.lines()))
    enough = tally.kills == kills
    if not enough:
        print(f"only {tally.kills} of {kills} kills fell while something was sent")
    with tempfile.TemporaryDirectory() as scratch:
        office = prepare(Path(scratch) / "办公", size)
        first, again = pace(office, size)
    print(
        f"without faults {size} mails in {first:.1f} s (waiting for the minute skipped), again {again:.1f} s"
    )
    return enough and not tally.wrong


if __name__ == "__main__":
    if sys.argv[1:2] == ["live"]:
        live(Path(sys.argv[2]), dt.datetime.fromisoformat(sys.argv[4]), json.loads(sys.argv[5]), sys.argv[3])
    else:
        sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000) else 1)
