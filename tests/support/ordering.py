"""Commands in any order on a small real office, and what must never happen: an official slip leaves unsigned, or twice.

The model knows of each slip only what its row in 督办/送签单.xlsx said whenever a command read it: the last of the four
words holds, an empty or misspelt cell is no statement, and what has left has left. The mail server asks the model about
every letter before it takes it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email
import shutil
import tempfile
from email.policy import default
from pathlib import Path

import openpyxl
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.support.mailbox import (
    MAIL,
    MORNING,
    Clock,
    call,
    change_settings,
    make_office,
    office_of,
    record,
    slip,
    type_in,
)
from tests.support.servers import MailRoom
from tracker import facts
from tracker.problems.chase import NotSent
from tracker.rules.outgoing import SendOutcome
from tracker.steps.chase import chase
from tracker.steps.clock import Machine
from tracker.steps.run import WORK_BY_VERB, tick
from tracker.steps.send import send
from tracker.tiers import Tier

WORDS = {"拟稿": "drafted", "已签发": "signed", "已发": "sent", "作废": "withdrawn"}
# What may stand in the cell; a person signs more often than anything else.
TYPED = ("已签发", "已签发", "已签发", "拟稿", "已发", "作废", "", "己签发", "已签", "signed")
ANSWERS = ("250 OK", "250 OK", "250 OK", "451 later", "550 no", "drop", "keep+drop")
UNITS = {"U001": "市教育局", "U002": "市司法局", "U003": "市财政局"}


def prepare(root: Path) -> Path:
    """An office with an official slip of each kind waiting for its signature, and a reminder."""
    make_office(root, {}, units=UNITS)
    slip(root, 1, "U001", "催办")
    slip(root, 2, "U002", "督办")
    named = '{"P1-001": ["U001", "U003"]}'
    record(root, facts.Event("D3", "named", 1, MORNING.date(), named))
    slip(root, 3, "", "通报")
    slip(root, 4, "U003", "约谈")
    slip(root, 5, "U003")
    chase(call(root, MORNING))
    return root


class Orders(RuleBasedStateMachine):
    """The machine; `PREPARED` is the office that each run copies."""

    PREPARED = Path()

    def __init__(self) -> None:
        super().__init__()
        self._scratch = tempfile.TemporaryDirectory()
        self.root = Path(shutil.copytree(self.PREPARED, Path(self._scratch.name) / "办公"))
        self.room = MailRoom(self._asked)
        self.room.__enter__()
        values = {
            **MAIL,
            "mail_port": str(self.room.port),
            "send_daily": "99",
            "send_from_hour": "0",
            "send_to_hour": "24",
        }
        change_settings(self.root, values)
        self.clock = Clock(MORNING)
        self.answer = "250 OK"
        self.state: dict[str, str] = {}
        self.again: dict[str, int] = {}
        self.kept: dict[tuple[str, str], int] = {}
        self.wrong: list[str] = []
        self.commands = 0

    def teardown(self) -> None:
        self.room.__exit__()
        for path in Path(self._scratch.name).rglob("*"):
            if path.is_file():
                path.chmod(0o600)
        self._scratch.cleanup()

    # What people do

    @rule(typed=st.sampled_from(TYPED), which=st.integers(0, 40))
    def write_into_the_list(self, typed, which):
        documents = sorted(self._rows())
        type_in(self.root, documents[which % len(documents)], 状态=typed or None)

    @rule()
    def sign_everything_that_is_a_draft(self):
        for document, word in self._rows().items():
            if word == "拟稿":
                type_in(self.root, document, 状态="已签发")

    @rule(answer=st.sampled_from(ANSWERS))
    def the_server_is(self, answer):
        self.answer = answer

    @rule(minutes=st.sampled_from((1, 20, 200, 1_440)))
    def time_passes(self, minutes):
        self.clock.moment += dt.timedelta(minutes=minutes)

    @rule()
    def chase_(self):
        self._reads()
        chase(call(self.root, self.clock.now()))

    @rule(force=st.booleans(), dry_run=st.sampled_from((False, False, True)))
    def send_(self, force, dry_run):
        self._send(force=force, dry_run=dry_run)

    @rule()
    def run_(self):
        before = dict(self.state)
        self._reads()
        now = self.clock.now()
        machine = Machine("pc", (now - MORNING).total_seconds())
        work = {name: WORK_BY_VERB[name] for name in ("chase", "send")}
        answer = tick(call(self.root, now), machine=machine, work=work)
        if not answer.data["done"]:  # no job was due: nobody looked at the list
            self.state = before

    @rule(
        said=st.sampled_from(
            (
                SendOutcome.AGAIN,
                SendOutcome.SENT,
                SendOutcome.DROPPED,
                SendOutcome.RELEASED,
                SendOutcome.READDRESSED,
            )
        ),
        which=st.integers(0, 40),
    )
    def decide(self, said, which):
        messages = list(office_of(self.root).messages.values())
        if not messages:
            return
        message = messages[which % len(messages)].fact
        with contextlib.suppress(NotSent):
            if said in (SendOutcome.AGAIN, SendOutcome.READDRESSED):
                for document in message.document.split():
                    self.again[document] = self.again.get(document, 0) + 1
            self._send(decisions={message.message: said})

    def _send(self, *, dry_run=False, **more):
        if not dry_run:
            self._reads()
        send(
            call(self.root, self.clock.now(), dry_run=dry_run),
            clock=Clock(self.clock.now()),
            patience=0,
            **more,
        )

    # What must never happen

    @invariant()
    def nothing_official_left_unsigned_or_twice(self):
        assert self.wrong == []

    @invariant()
    def what_the_ledger_says_is_what_the_list_said(self):
        for document in office_of(self.root).documents.values():
            known = self.state.get(document.document, "drafted")
            if Tier(document.tier).is_official and document.state != known:
                # Only sending makes it `sent` without a word in the list.
                assert (document.state, known) == ("sent", "signed"), document

    # The model

    def _rows(self) -> dict[str, str]:
        page = openpyxl.load_workbook(self.root / "督办" / "送签单.xlsx").worksheets[0]
        rows = [row for row in page.iter_rows(values_only=True) if row[0]]
        head = next(row for row in rows if row[0] == "编号")
        at = head.index("状态")
        return {str(row[0]): str(row[at] or "") for row in rows if str(row[0]).startswith("D")}

    def _reads(self) -> None:
        """A command reads the list: its words hold from now on."""
        self.commands += 1
        for name, document in office_of(self.root).documents.items():
            if document.state == "sent":
                self.state[name] = "sent"
        for name, word in self._rows().items():
            if word in WORDS and self.state.get(name) != "sent":
                self.state[name] = WORDS[word]

    def _asked(self, envelope) -> str:
        """A letter is about to be taken: is it signed, is it the first?"""
        letter = email.message_from_bytes(envelope.original_content, policy=default)
        files = {each.get_filename() for each in letter.iter_attachments()}
        for document in office_of(self.root).documents.values():
            if document.path.rpartition("/")[2] not in files or not Tier(document.tier).is_official:
                continue
            name = document.document
            if self.state.get(name, "drafted") != "signed":
                self.wrong.append(f"{name} leaves, and is {self.state.get(name, 'drafted')}")
            if Tier(document.tier) is Tier.TALK:
                self.wrong.append(f"{name} is a proposal and leaves")
            if self.answer.startswith(("250", "keep")):
                key = name, envelope.rcpt_tos[0]
                self.kept[key] = self.kept.get(key, 0) + 1
                if self.kept[key] > 1 + self.again.get(name, 0):
                    self.wrong.append(f"{name} reaches {key[1]} {self.kept[key]} times")
        return self.answer
