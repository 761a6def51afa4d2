"""Messages made of what there is to say: each is a fact with all that it says, recorded before anything leaves.

The text comes from templates/sending.txt, which the office may change; attachments are kept byte for byte under
原件留存 first, so that what is sent is what was recorded, whoever edits the slip afterwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tracker import facts
from tracker.columns import TICK
from tracker.files.ledger import Act
from tracker.files.templates import Say, words
from tracker.problems.base import Finding
from tracker.problems.chase import NO_ADDRESS, NO_FILE, STALE_SLIP
from tracker.rules.office import Office
from tracker.rules.outgoing import (
    ALARM,
    FORM,
    TEXT_LIMITS,
    DueMessage,
    Treatment,
    addr_spec,
    due_messages,
    numbered_parts,
    one_line,
    stale_slips,
)
from tracker.rules.wording import short_name
from tracker.settings import FOLDER, MAIL, domain_of
from tracker.steps.desk import Desk
from tracker.steps.hand_out import draft_path
from tracker.tiers import Tier, slip_title


def record_messages(desk: Desk, act: Act) -> Iterator[Finding]:
    """Record every message that is missing; what stands in the way is found, one finding each."""
    office = act.office()
    desk_words = _Words(desk)
    for due_message in due_messages(office, desk.settings.send_settings, desk.today):
        files = _files(desk, office, due_message)
        absent = next((name for name in files if not desk.folder.path(*name.split("/")).is_file()), "")
        # Without writing anything, a slip that was just signed has no file yet; it would have.
        if absent and not desk.call.dry_run:
            yield NO_FILE.at(document="、".join(due_message.documents) or due_message.form, file=absent)
            continue
        if due_message.channel == FOLDER and desk.settings.send_settings.channel == MAIL:
            yield NO_ADDRESS.at(unit=office.name_of(due_message.unit, desk.today))
        act.add(*_messages(desk, act, due_message, desk_words, office, files))
    for document in stale_slips(office, desk.today):
        yield STALE_SLIP.at(document=document.document, tier=document.tier)


def alarm(desk: Desk, act: Act, kind: str, key: str, **values: object) -> None:
    """Record an alarm to the office itself, once for each key."""
    if any(message.fact.key == key for message in act.office().messages.values()):
        return
    recipient = addr_spec(desk.settings.send_settings.text("alarm_to"))
    channel = MAIL if recipient and desk.settings.send_settings.channel == MAIL else FOLDER
    say = words("sending.txt", office=desk.folder.root)
    act.add(
        facts.Message(
            message=act.mint("M"),
            key=key,
            document="",
            unit="",
            tier=ALARM,
            treatment=Treatment.REMINDER.value,
            channel=channel,
            recipient=recipient if channel == MAIL else "",
            message_id=_message_id(desk, key),
            subject=one_line(say(f"alarm.{kind}.subject", **values)),
            body=say(f"alarm.{kind}.body", **values),
            attachments=(),
            hashes=(),
        )
    )


def _files(desk: Desk, office: Office, due_message: DueMessage) -> list[str]:
    """What is attached, as paths in the office folder: the slips; the form that a reminder is about, by mail; with a form its draft."""
    if due_message.robot:
        return []
    if due_message.form:
        draft = draft_path(office.forms[due_message.form])
        with_it = [draft] if desk.folder.path(*draft.split("/")).is_file() else []
        return [office.forms[due_message.form].path, *with_it]
    paths = [office.documents[name].path for name in due_message.documents]
    if due_message.channel == MAIL:
        subjects = {subject for name in due_message.documents for subject in office.documents[name].subjects}
        paths += [
            form.path
            for form in office.forms.values()
            if form.unit == due_message.unit
            and form.round in subjects
            and desk.folder.path(*form.path.split("/")).is_file()
        ]
    return paths


def _messages(
    desk: Desk, act: Act, due_message: DueMessage, say: _Words, office: Office, files: list[str]
) -> Iterator[facts.Message]:
    paths = [desk.folder.path(*name.split("/")) for name in files]
    hashes = tuple(_keep(desk, path) for path in paths)
    subject, body = say.message(office, due_message)
    parts = numbered_parts(body, TEXT_LIMITS[due_message.robot.platform]) if due_message.robot else (body,)
    for number, part in enumerate(parts, 1):
        key = due_message.key if len(parts) == 1 else f"{due_message.key}|{number}/{len(parts)}"
        yield facts.Message(
            message=act.mint("M"),
            key=key,
            document=" ".join(due_message.documents),
            unit=due_message.unit,
            tier=due_message.tier,
            treatment=due_message.treatment.value,
            channel=due_message.channel,
            recipient=due_message.recipient,
            message_id=_message_id(desk, key),
            subject=one_line(subject),
            body=part,
            attachments=tuple(files),
            hashes=hashes,
        )


def _keep(desk: Desk, path: Path) -> str:
    return "" if desk.call.dry_run else desk.folder.keep(path.read_bytes(), path.name)


def _message_id(desk: Desk, key: str) -> str:
    """The same for the same message of the same office, in every attempt and on every PC."""
    domain = domain_of(addr_spec(desk.settings.send_settings.text("mail_from"))) or "tracker.invalid"
    return f"<{hashlib.sha256(f'{desk.folder.office}|{key}'.encode()).hexdigest()[:32]}@{domain}>"


class _Words:
    """What messages say."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._say: Say = words("sending.txt", office=desk.folder.root)
        self._ours = {
            "office": desk.settings.text("office_name"),
            "contact": desk.settings.text("contact"),
        }

    def message(self, office: Office, due_message: DueMessage) -> tuple[str, str]:
        """Subject and text."""
        if due_message.robot:
            return "", self._group(office, due_message, full=due_message.robot.full)
        unit = office.name_of(due_message.unit, self._desk.today)
        if due_message.tier == FORM:
            round_ = office.rounds[office.forms[due_message.form].round]
            values = {"round": round_.name, "due": round_.due.isoformat(), "unit": unit, **self._ours}
            return self._say("form.subject", **values), self._framed(unit, self._say("form.body", **values))
        document = office.documents[due_message.documents[0]]
        values = {
            "title": slip_title(Tier(due_message.tier), office.units[due_message.unit].kind),
            "number": document.number,
            "n": str(len(document.subjects)),
            "unit": unit,
            **self._ours,
        }
        return self._say("slip.subject", **values), self._framed(unit, self._say("slip.body", **values))

    def _framed(self, unit: str, body: str) -> str:
        lines = [self._say("slip.opening", unit=unit, **self._ours), body]
        if self._ours["contact"]:
            lines.append(self._say("slip.contact", **self._ours))
        lines.append(self._say("slip.sign", **self._ours))
        return "\n".join(lines) + "\n"

    def _group(self, office: Office, due_message: DueMessage, *, full: bool) -> str:
        lines = [self._say("group.opening", **self._ours)]
        for name in due_message.documents:
            document = office.documents[name]
            unit = office.name_of(document.unit, self._desk.today)
            if not full:
                lines.append(self._say("group.count", unit=unit, n=str(len(document.subjects)), **self._ours))
                continue
            for subject in document.subjects:
                what, due = _name_and_day(office, subject)
                lines.append(self._say("group.line", unit=unit, what=what, due=due, **self._ours))
        lines.append(self._say("group.closing", **self._ours))
        return "\n".join(lines)


def _name_and_day(office: Office, subject: str) -> tuple[str, str]:
    """A subject's short name and its day."""
    if subject in office.rounds:
        round_ = office.rounds[subject]
        return f"报送“{round_.name}”填报表", round_.due.isoformat()
    point = office.point(subject)
    withheld = office.cells.get((subject, "", "withheld", ""))
    name = "一项工作" if withheld and withheld.value == TICK else short_name(point.requirement)
    return name, point.deadline.text
