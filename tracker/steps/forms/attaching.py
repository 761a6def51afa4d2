"""Papers among what came back: stamped pages, originals for entries by hand, evidence in folders.

A picture or a scan has no 表号 that a program could read, so somebody's word says whose it is, in this order:

    the form's 表号 in the text of a .pdf
    what a clerk wrote beside it in 报送情况.xlsx, or said with --attach
    the folder that it lies in, named like a unit (各单位报送/市教育局/…)
    its own name, where that holds the name of exactly one unit (said aloud, as it is only a name)

It belongs to the unit's latest round. A name with 盖章 or 签章 makes it the stamped page; a folder 佐证… makes
anything in it evidence; any other is an original. So is a unit's own report (自查报告 in its name), whatever kind of
file it is: the office hands out a draft of it. Nothing of a paper is read into a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from tracker import facts
from tracker.files.ledger import Act
from tracker.problems import Finding
from tracker.problems import door
from tracker.problems import returns
from tracker.reading.forms.tokens import tokens_in
from tracker.reading.units import Register
from tracker.rules.returns.attached import EVIDENCE
from tracker.rules.returns.attached import NO_STAMP
from tracker.rules.returns.attached import ORIGINAL
from tracker.rules.returns.attached import PAPER_LABELS
from tracker.rules.returns.attached import PAPER_WORDS
from tracker.rules.returns.attached import STAMP
from tracker.rules.returns.attached import ReturnPaper
from tracker.rules.returns.attached import says_stamped
from tracker.rules.returns.attached import shown_by
from tracker.rules.returns.attached import stamped_on
from tracker.rules.state import Office
from tracker.steps.forms.taking import FileOutcome
from tracker.steps.forms.taking import Run
from tracker.steps.opening import IncomingFile

_FOLDER = "佐证"
_OWN_REPORT = "自查报告"
_PAPER = (door.PictureFile, door.ScanFile, door.Ofd)

# Unit, round and what as somebody wrote them; empty for what was left open.
Word = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that is no form: whose it is and what, or why nobody can say."""

    return_paper: ReturnPaper | None
    findings: tuple[Finding, ...] = ()


def paper_of(run: Run, incoming: IncomingFile, words: Mapping[str, Word]) -> Paper | None:
    """What a file is, where it is a paper; None where it is to be read as a form."""
    name = incoming.arrival.name
    word = words.get(name)
    parts = PurePosixPath(name).parts
    is_evidence = any(part.startswith(_FOLDER) for part in parts[:-1])
    token = (
        next((candidate for candidate in tokens_in(incoming.source) if candidate in run.forms), "")
        if incoming.source
        else ""
    )
    is_pdf = incoming.source is not None and incoming.source.kind == "pdf"
    is_report = _OWN_REPORT in parts[-1]
    if (
        word is None
        and not is_pdf
        and (token or not (is_evidence or is_report or isinstance(incoming.problem, _PAPER)))
    ):
        return None
    findings: tuple[Finding, ...] = ()
    if token:
        unit, round_ = run.forms[token].unit, run.forms[token].round
    else:
        unit, findings = _unit(run.register, word[0] if word else "", parts)
        if not unit:
            return Paper(None, (returns.WHOSE_PAPER.at(name),))
        round_ = round_of(run.office, unit, word[1] if word else "")
        if not round_:
            return Paper(None, (returns.NO_ROUND_OF.at(name, unit=run.office.name_of(unit)),))
    kind = PAPER_WORDS.get(word[2], "") if word else ""
    if not kind:
        kind = EVIDENCE if is_evidence else STAMP if says_stamped(name) else ORIGINAL
    point_id = shown_by(run.office_now(), unit, round_, name) if kind == EVIDENCE else ""
    return_paper = ReturnPaper(kind, unit, round_, point_id, incoming.sha, name, "文件夹", at=run.desk.today)
    return Paper(return_paper, findings)


def _unit(register: Register, name: str, parts: tuple[str, ...]) -> tuple[str, tuple[Finding, ...]]:
    if name:
        return register.resolve(name).unit, ()
    for part in reversed(parts[:-1]):
        unit = register.resolve(part.removesuffix(".zip")).unit
        if unit:
            return unit, ()
    for part in reversed(parts):
        unit = register.named_in(part)
        if unit:
            return unit, (returns.PAPER_BY_NAME.at("/".join(parts), part=part),)
    return "", ()


def round_of(office: Office, unit: str, name: str = "") -> str:
    """The round that a paper of a unit belongs to: the one named, else the latest one it has a form of.

    Empty where there is none, or where the latest rounds of several plans are out at once.
    """
    rounds = [office.rounds[form.round] for form in office.forms.values() if form.unit == unit]
    if name:
        round_ids = {round_.round for round_ in rounds if name in (round_.name, round_.round)}
        return round_ids.pop() if len(round_ids) == 1 else ""
    last = {round_.round for round_ in rounds if all(other.opens <= round_.opens for other in rounds)}
    return last.pop() if len(last) == 1 else ""


def attach(run: Run, incoming: IncomingFile, paper: Paper, act: Act | None) -> None:
    """Keep a paper and record whose it is; without an act it is only said."""
    name = incoming.arrival.name
    if paper.return_paper is None:
        run.outcomes.append(FileOutcome(name, refusal=str(paper.findings[0])))
        return
    run.hashes.add(incoming.sha)
    run.papers.append((paper.return_paper, paper.findings))
    if act is None:
        return
    run.desk.folder.keep(incoming.arrival.data, name.rpartition("/")[2])
    office = act.office()
    if incoming.sha not in office.files:
        unit = office.name_of(paper.return_paper.unit)
        act.add(facts.File(incoming.sha, name, unit, run.desk.call.now), file=incoming.sha)
    record_paper(act, paper.return_paper)


def record_paper(act: Act, paper: ReturnPaper) -> None:
    """Record a paper."""
    n = sum(event.subject == paper.subject and event.kind == paper.kind for event in act.office().events)
    act.add(paper.event(n + 1), file=paper.file or paper.carrier, place=paper.place)


def tick(run: Run, ticks: Mapping[str, str], act: Act) -> int:
    """Record what a clerk ticked as 盖章件; how many changed."""
    count = 0
    for token, word in sorted(ticks.items()):
        form = run.forms.get(token)
        if form is None:
            continue
        has = (form.unit, form.round) in stamped_on(act.office())
        if has == (word == "已收"):
            continue
        kind = NO_STAMP if has else STAMP
        record_paper(act, ReturnPaper(kind, form.unit, form.round, source="登记", at=run.desk.today))
        count += 1
    return count


def paper_lines(run: Run) -> Iterator[str]:
    """What is said of the papers of a run."""
    for paper, findings in run.papers:
        unit, round_ = run.office.name_of(paper.unit), run.office.rounds[paper.round].name
        label = PAPER_LABELS[paper.kind] + (f"（{paper.point_id}）" if paper.point_id else "")
        yield f"{paper.name}：{unit}{round_}的{label}，已留存。"
        yield from (f"  {finding}" for finding in findings)
