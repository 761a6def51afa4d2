"""Taking back forms: what lies in 各单位报送, joined to the ledger cell by cell.

    1. every file, whatever its name: the same bytes as before are passed over; who it is from is told by its
       token, never by its name (`steps.incoming`); a picture or scan is a paper of a unit
    2. the originals are kept by their hash
    3. one act: a `Return` for each form with its balance, the cells with their file and place, the conflicts,
       the papers, what a clerk ticked in 报送情况
    4. 待核对事项清单, 报送情况 and 佐证清单 are laid out from the facts (`steps.return_lists`)

Killed before 3, nothing happened but a kept copy; killed after it, the next run passes over what was taken and
does 4. A file that cannot be taken stays where it is, is named with its reason, and counted at every run as long as the
page still lists it with that reason. Once every file is known,
what the next run will say is left behind (`steps.news`): until something moves nothing is opened.

Papers among what came back are stamped pages, originals for entries by hand, evidence in folders. A picture or a scan
has no 表号 that a program could read (a document or workbook with nothing in it but a picture is one, too), so somebody's
word says whose it is, in this order:

    the form's 表号 in the text of a .pdf
    what a clerk wrote beside it in 报送情况.xlsx, or said with --attach
    the folder that it lies in, named like a unit (各单位报送/市教育局/…)
    its own name, where that holds the name of exactly one unit (said aloud, as it is only a name)
    the sender of the mail that it came in, by the address of a 联络员

It belongs to the unit's latest round. A name with 盖章 or 签章 makes it the stamped page; a folder 佐证… makes
anything in it evidence; any other is an original. So is a unit's own report (自查报告 in its name), whatever kind of
file it is: the office hands out a draft of it. Nothing of a paper is read into a cell. Pictures and links of a form
that was taken are evidence, each at the work point of its row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from tracker import facts
from tracker.columns import label_of
from tracker.files.folders import INBOX
from tracker.files.inbox import Arrival, arrival_from, arrivals, paths_in
from tracker.files.ledger import Act
from tracker.files.safe import WriteResult, WriteState as Laid
from tracker.formats.books import Marks, is_form, is_review_sheet, tokens_in
from tracker.forms import EVIDENCE, NO_STAMP, ORIGINAL, PAPER_LABELS, PAPER_WORDS, STAMP, VERSION
from tracker.printable import file_name
from tracker.problems.base import Exit, Finding, Severity, once
from tracker.problems.files import Ofd, PictureFile, ScanFile
from tracker.problems.returns import (
    FOUND_BY_FOLDER,
    NO_ROUND_OF,
    OLD_ROUND,
    OTHER_NAME,
    PAPER_BY_NAME,
    PAPER_BY_SENDER,
    WHOSE_PAPER,
)
from tracker.rules.office import Office
from tracker.rules.papers import (
    FormReporting,
    ReportingState,
    ReturnPaper,
    says_stamped,
    shown_by,
    stamped_on,
)
from tracker.rules.progress import subject_of
from tracker.steps.call import Call, Result
from tracker.steps.desk import open_desk
from tracker.steps.incoming import IncomingFile, known_files, open_arrivals, unit_of_path, unit_of_sender
from tracker.steps.joining import (
    Assessment,
    FileOutcome,
    FormOutcome,
    Run,
    RunAccount,
    Word,
    cell_key,
    judge_file,
    judge_version,
    paper_key,
    start,
    unit_label,
)
from tracker.steps.news import after, evidence, keep
from tracker.steps.return_lists import (
    cell_question,
    question_of,
    read_reporting,
    reporting_now,
    stray_row,
    write_evidence,
    write_questions,
    write_reporting,
)
from tracker.values import dataclass, uncollected

# So many files are read between two steps of the bar.
_BATCH = 32
_FOLDER = "佐证"
_OWN_REPORT = "自查报告"
_PAPER = (PictureFile, ScanFile, Ofd)


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that is no form: whose it is and what, or why nobody can say."""

    return_paper: ReturnPaper | None
    findings: tuple[Finding, ...] = ()


def paper_of(run: Run, incoming: IncomingFile) -> Paper | None:
    """What a file is, where it is a paper; None where it is to be read as a form."""
    name = incoming.arrival.name
    word = run.words.get(name)
    parts = PurePosixPath(name).parts
    is_evidence = any(part.startswith(_FOLDER) for part in parts[:-1])
    is_pdf = incoming.source is not None and incoming.source.kind == "pdf"
    is_report = _OWN_REPORT in parts[-1]
    is_paper = isinstance(incoming.problem, _PAPER) or _is_bare_picture(incoming)
    if word is None and not (is_pdf or is_evidence or is_report or is_paper):
        return None
    tokens = tokens_in(incoming.source) if incoming.source else ()
    token = next((candidate for candidate in tokens if candidate in run.forms), "")
    if word is None and not is_pdf and token:
        return None
    if word is not None and not word[2] and incoming.source is not None and is_form(incoming.source):
        return None
    findings: tuple[Finding, ...] = ()
    if token:
        unit, round_ = run.forms[token].unit, run.forms[token].round
    else:
        unit, findings = _unit(run, word[0] if word else "", incoming.arrival)
        if not unit:
            return Paper(None, (WHOSE_PAPER.at(name),))
        round_ = paper_round(run.office, unit, word[1] if word else "")
        if not round_:
            return Paper(None, (NO_ROUND_OF.at(name, unit=run.office.name_of(unit)),))
    kind = PAPER_WORDS.get(word[2], "") if word else ""
    if not kind:
        kind = EVIDENCE if is_evidence else STAMP if says_stamped(name) else ORIGINAL
    point_id = shown_by(run.office_now(), unit, round_, name) if kind == EVIDENCE else ""
    return_paper = ReturnPaper(kind, unit, round_, point_id, incoming.sha, name, "文件夹", at=run.desk.today)
    return Paper(return_paper, findings)


def _unit(run: Run, word: str, arrival: Arrival) -> tuple[str, tuple[Finding, ...]]:
    if word:
        return run.register.resolve(word).unit, ()
    unit, part = unit_of_path(arrival.name, run.register)
    if not unit:
        unit = unit_of_sender(run.office, arrival.sender)
        return unit, ((PAPER_BY_SENDER.at(arrival.name, sender=arrival.sender),) if unit else ())
    return unit, ((PAPER_BY_NAME.at(arrival.name, part=part),) if part else ())


def _is_bare_picture(incoming: IncomingFile) -> bool:
    """Whether a document or workbook shows nothing but pictures."""
    source = incoming.source
    if source is None or not any(picture.data for picture in incoming.pictures):
        return False
    texts = [paragraph.text for paragraph in source.paragraphs]
    texts += [
        grid.text(row, at) for grid in source.grids for row in range(grid.height) for at in range(grid.width)
    ]
    return not any(text.strip() for text in texts)


def paper_round(office: Office, unit: str, name: str = "") -> str:
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
        run.account.outcomes.append(FileOutcome(name, str(paper.findings[0])))
        return
    run.memory.hashes.add(incoming.sha)
    run.account.papers.append((paper.return_paper, paper.findings))
    if act is None:
        return
    sender = incoming.arrival.sender
    _keep(run, act, incoming.arrival.data, name, incoming.sha, paper.return_paper.unit, sender)
    record_paper(run, act, paper.return_paper)


def _keep(run: Run, act: Act, data: bytes, name: str, sha: str, unit: str, sender: str = "") -> None:
    """Keep an original of a unit, and make it a fact where it is none yet; who sent it is the unit, or who wrote the mail."""
    run.desk.originals.add(data, name, sha)
    if sha not in run.memory.file_names:
        run.memory.file_names[sha] = name
        act.add(facts.File(sha, name, sender or run.office.name_of(unit), run.desk.call.now), file=sha)


def record_paper(run: Run, act: Act, paper: ReturnPaper) -> None:
    """Record a paper."""
    run.memory.paper_keys.add(paper_key(paper))
    run.memory.event_counts[paper.subject, paper.kind] += 1
    n = run.memory.event_counts[paper.subject, paper.kind]
    act.add(paper.event(n), file=paper.file or paper.carrier, place=paper.place)


def tick(run: Run, ticks: Mapping[str, str], act: Act) -> int:
    """Record what a clerk ticked as 盖章件; how many changed."""
    count = 0
    stamps = set(stamped_on(run.office))
    for token, word in sorted(ticks.items()):
        form = run.forms.get(token)
        if form is None:
            continue
        has = (form.unit, form.round) in stamps
        if has == (word == "已收"):
            continue
        kind = NO_STAMP if has else STAMP
        stamps ^= {(form.unit, form.round)}
        record_paper(run, act, ReturnPaper(kind, form.unit, form.round, source="登记", at=run.desk.today))
        count += 1
    return count


def paper_lines(run: Run) -> Iterator[str]:
    """What is said of the papers of a run."""
    for paper, findings in run.account.papers:
        unit, round_ = run.office.name_of(paper.unit), run.office.rounds[paper.round].name
        label = PAPER_LABELS[paper.kind] + (f"（{paper.point_id}）" if paper.point_id else "")
        yield f"{paper.name}：{unit}{round_}的{label}，已留存。"
        yield from (f"  {finding}" for finding in once(findings))


def record_pictures(run: Run, act: Act, incoming: IncomingFile, outcome: FormOutcome) -> int:
    """Keep the pictures and links of a form that was taken, each at the work point of its row; how many."""
    form, assessment = outcome.form, outcome.assessment
    if outcome.refusal or outcome.question or not incoming.pictures:
        return 0
    count = 0
    for picture in incoming.pictures:
        point_id = assessment.reading.lines.get((picture.sheet, picture.row), "")
        # Beside the rows of a table that covers many units nobody can say whose a picture is.
        if (point_id and point_id not in form.rows) or (not point_id and outcome.is_shared):
            continue
        sha = hashlib.sha256(picture.data).hexdigest() if picture.data else ""
        name = picture.name if picture.data else picture.target
        if (form.unit, form.round, point_id, sha or name) in run.memory.paper_keys:
            continue
        if picture.data:
            _keep(run, act, picture.data, f"{incoming.arrival.name}/{picture.name}", sha, form.unit)
        source = "表内图片" if picture.data else "链接"
        record_paper(
            run,
            act,
            ReturnPaper(
                EVIDENCE,
                form.unit,
                form.round,
                point_id,
                sha,
                name,
                source,
                carrier=incoming.sha,
                place=picture.place,
                at=run.desk.today,
            ),
        )
        count += 1
    return count


# How many findings of one return its fact remembers; all of them are said when it is taken.
_FINDING_LIMIT = 5
# How many differing cells stand in the question which of two versions is the later one.
_CELL_LIMIT = 5


def take_file(run: Run, incoming: IncomingFile, act: Act | None) -> None:
    """Take one file, or say why not; without an act it is only said."""
    _take_outcomes(run, incoming, judge_file(run, incoming), act)


def take_version(run: Run, arrival: Arrival, form: str, act: Act) -> None:
    """Take a return whose order a person has decided."""
    (incoming,) = open_arrivals([arrival], ())
    if incoming.problem is not None:
        raise incoming.problem
    _take_outcomes(run, incoming, judge_version(run, incoming, form), act)


def _take_outcomes(
    run: Run, incoming: IncomingFile, outcomes: Iterable[FileOutcome], act: Act | None
) -> None:
    for outcome in outcomes:
        run.account.outcomes.append(outcome)
        if act is not None and isinstance(outcome, FormOutcome):
            _record(run, act, incoming.arrival, incoming.sha, outcome)
            record_pictures(run, act, incoming, outcome)


def _record(run: Run, act: Act, arrival: Arrival, sha: str, outcome: FormOutcome) -> None:
    """Keep the original and turn an outcome into facts."""
    _keep(run, act, arrival.data, arrival.name, sha, outcome.form.unit, arrival.sender)
    if outcome.question and outcome.question != VERSION:
        _ask_file(act, outcome, sha)
        return
    result = _return(outcome, sha)
    if result.outcome == "taken":
        _supersede(run, act, result, outcome)
    act.add(result, file=sha)
    if outcome.waits:
        _ask_version(run, act, outcome, sha)
    elif result.outcome == "taken":
        _record_cells(run, act, outcome, sha)


def _return(outcome: FormOutcome, sha: str) -> facts.Return:
    form, assessment = outcome.form, outcome.assessment
    balance: dict[str, object] = {**outcome.balance}
    n = outcome.balance["offered"]
    if outcome.refusal:
        # The whole form is refused, whatever its cells would have come to.
        balance = {"offered": n, "applied": 0, "unchanged": 0, "conflicts": 0, "refused": n}
    elif outcome.waits:
        balance = {"offered": n, "applied": 0, "unchanged": 0, "conflicts": n, "refused": 0}
    by_severity = {
        severity: [str(finding) for finding in outcome.findings if finding.severity is severity]
        for severity in (Severity.ERROR, Severity.WARNING)
    }
    # What was not taken has its reason on the page, however little it matters.
    reasons = by_severity[Severity.ERROR] or (by_severity[Severity.WARNING] if balance["refused"] else [])
    reason = outcome.refusal or "；".join(reasons[:_FINDING_LIMIT])
    balance["signed"] = dict(sorted(assessment.reading.signatures.items()))
    if outcome.saved_at:
        balance["saved"] = outcome.saved_at.isoformat()
    if outcome.part:
        balance["part"] = outcome.part
    word = "refused" if outcome.refusal else "waiting" if outcome.waits else "taken"
    content = json.dumps(balance, ensure_ascii=False, sort_keys=True)
    return facts.Return(form.form, sha, word, reason, content)


def _supersede(run: Run, act: Act, result: facts.Return, outcome: FormOutcome) -> None:
    """The earlier returns of the form are replaced; where each department sends its own, those of this one."""
    remaining = []
    for earlier in run.memory.returns.get(result.form, []):
        if earlier.sha == result.sha:
            continue
        if json.loads(earlier.balance).get("part", "") != outcome.part:
            remaining.append(earlier)
        elif earlier.outcome == "taken":
            act.add(facts.Return(result.form, earlier.sha, "superseded", "后有新版", earlier.balance))
    run.memory.returns[result.form] = [*remaining, result]


def _record_cells(run: Run, act: Act, outcome: FormOutcome, sha: str) -> None:
    form, assessment = outcome.form, outcome.assessment
    entries: dict[str, str] = {}
    for key, place, text in assessment.changes_in(form.round):
        act.add(facts.Cell(*key, text, "unit", form.base_seq), file=sha, place=place)
        if not key[1]:
            entries.setdefault(key[0], place)
    for row, place in entries.items():
        owner = cell_key(row, unit_label(run, row), "")
        if owner[2] and owner not in run.memory.cells:
            name = run.office.name_of(form.unit)
            act.add(facts.Cell(*owner, name, "unit", form.base_seq), file=sha, place=place)
    if figures := "\n".join("\t".join(row) for row in assessment.reading.figures):
        key = (run.office.rounds[form.round].plan, form.unit, "totals", form.round)
        now = run.memory.cells.get(key)
        if now is None or now.value != figures:
            act.add(facts.Cell(*key, figures, "unit", form.base_seq), file=sha)
    _withdraw(run, act, form, assessment)
    questions = [
        cell_question(conflict, cell_key(conflict.row, conflict.column, form.round)[3])
        for conflict in assessment.merge.conflicts
    ]
    for question in (*questions, *assessment.questions):
        if question_of(question) not in run.memory.questions:
            run.memory.questions.add(question_of(question))
            _add_conflict(act, question, sha, assessment.place(question.subject, question.field))


def _withdraw(run: Run, act: Act, form: facts.Form, assessment: Assessment) -> None:
    """A question about a text that the unit itself has replaced since is no question any more."""
    earlier = run.memory.earlier_returns.get(form.form, {})
    for conflict in run.memory.conflicts_of(form.round, assessment.reading.rows):
        answer = assessment.reading.rows[conflict.subject].get(conflict.field)
        if (
            answer is not None
            and run.question_files.get(conflict.conflict) in earlier
            and (conflict.subject, conflict.field) not in assessment.reading.refusals
            and answer.text != conflict.theirs
        ):
            act.add(facts.Settled(conflict.conflict, "withdrawn", conflict.ours))
            run.memory.withdraw(conflict)


def _ask_version(run: Run, act: Act, outcome: FormOutcome, sha: str) -> None:
    """One question for the whole file, however many cells differ."""
    form, assessment = outcome.form, outcome.assessment
    ours, theirs = [], []
    conflicts = assessment.merge.conflicts
    for conflict in conflicts[:_CELL_LIMIT]:
        prefix = f"{subject_of(conflict.row)[0]} {label_of(conflict.column)}："
        ours.append(prefix + conflict.ours)
        theirs.append(prefix + conflict.theirs)
    more = [f"……共{len(conflicts)}格不同"] if len(conflicts) > _CELL_LIMIT else []
    names = (run.memory.file_names[outcome.waits], outcome.name)
    texts = ("\n".join([names[0], *ours, *more]), "\n".join([names[1], *theirs, *more]))
    why = "同一单位的两份报表，不能确定以哪份为准"
    question = facts.Conflict("", form.form, form.unit, VERSION, form.round, "", *texts, why)
    _add_conflict(act, question, sha, "")


def _ask_file(act: Act, outcome: FormOutcome, sha: str) -> None:
    """One question whether a file is joined to a form; it is no return of it before that."""
    form, assessment = outcome.form, outcome.assessment
    texts = {(cell.row, cell.column): cell.after for cell in assessment.merge.changes}
    texts |= {(cell.row, cell.column): cell.theirs for cell in assessment.merge.conflicts}
    lines = [f"{subject_of(row)[0]} {label_of(name)}：{text}" for (row, name), text in texts.items()]
    more = [f"……共{len(lines)}格"] if len(lines) > _CELL_LIMIT else []
    theirs = "\n".join([outcome.name, *lines[:_CELL_LIMIT], *more])
    why = "；".join(
        finding.message
        for finding in outcome.findings
        if finding.code in (OLD_ROUND.code, OTHER_NAME.code, FOUND_BY_FOLDER.code)
    )
    question = facts.Conflict(
        "", form.form, form.unit, outcome.question, form.round, "", "不收这份文件", theirs, why
    )
    _add_conflict(act, question, sha, "")


def _add_conflict(act: Act, question: facts.Conflict, sha: str, place: str) -> None:
    act.add(replace(question, conflict=act.mint("C")), file=sha, place=place)


@dataclass(frozen=True, slots=True)
class LoosePaper:
    """A file from anywhere, and whose it is: `tracker take-back --attach`."""

    path: Path
    word: Word


@uncollected()
def take_back(call: Call, *, old_rounds: bool = False, loose_paper: LoosePaper | None = None) -> Result:
    """Take in every form and paper that lies in the folder.

    Args:
        call: The call.
        old_rounds: Take corrections of rounds that were taken already, too, though a newer one is out.
        loose_paper: A paper that lies elsewhere.
    """
    before = evidence(call, "take-back")
    with open_desk(call) as desk:
        marks = read_reporting(desk)
        words = dict(marks.whose)
        paths = paths_in(desk.folder.path(INBOX))
        if loose_paper is not None:
            words[file_name(loose_paper.path.name)] = loose_paper.word
        # Read before the act begins: nobody else can write while it lasts.
        hashes = known_files(desk.office(), desk.ledger.entries(facts.Conflict))
        batches = [paths[at : at + _BATCH] for at in range(0, len(paths), _BATCH)]
        files = [
            file
            for batch in call.one_by_one(batches, "读取报送文件")
            for file in open_arrivals(list(arrivals(desk.folder.path(INBOX), batch)), hashes)
        ]
        if loose_paper is not None:
            files += open_arrivals([arrival_from(loose_paper.path)], hashes)
        if call.dry_run:
            run = start(desk, desk.office(), old_rounds=old_rounds, words=words)
            _take(run, files, None)
            return _result(run, desk.office(), marks)
        with desk.act("take-back") as act:
            run = start(desk, act.office(), old_rounds=old_rounds, words=words)
            tick(run, marks.stamps, act)
            _take(run, files, act)
        office = desk.office()
        questions = write_questions(desk, office)
        page = write_reporting(
            desk,
            office,
            [
                stray_row(outcome.name, outcome.refusal)
                for outcome in run.account.outcomes
                if not isinstance(outcome, FormOutcome)
            ],
            marks,
        )
        books = (questions, page, write_evidence(desk, office))
        if before and loose_paper is None and not old_rounds and not desk.settings.text("database"):
            left = after(before, desk.folder, office.act, books)
            hashes_now = known_files(office, desk.ledger.entries(facts.Conflict))
            if left and all(file.sha in hashes_now and file.arrival.problem is None for file in files):
                again = replace(run, account=RunAccount(repeats=len(files)))
                keep(desk.folder, "take-back", left, _result(again, office, marks))
        return _result(run, office, marks, page)


def _take(run: Run, files: Sequence[IncomingFile], act: Act | None) -> None:
    """Take forms first: what a paper shows may stand in one of them."""
    papers = []
    for incoming in run.desk.call.one_by_one(files, "汇总填报内容"):
        if incoming.source is not None and is_review_sheet(incoming.source):
            # Imported here: it knows the whole report.
            from tracker.steps.material import take_review

            run.account.notes += take_review(run.desk, incoming, act)
            continue
        paper = paper_of(run, incoming)
        if paper is None or incoming.sha in run.memory.hashes:
            take_file(run, incoming, act)
        else:
            papers.append(incoming)
    for incoming in papers:
        paper = paper_of(run, incoming)
        if incoming.sha in run.memory.hashes:
            run.account.repeats += 1
        elif paper is not None:
            attach(run, incoming, paper, act)


def _result(run: Run, office: Office, marks: Marks, page: WriteResult | None = None) -> Result:
    lines: list[str] = []
    account = run.account
    good_outcomes = [
        outcome for outcome in account.outcomes if isinstance(outcome, FormOutcome) and not outcome.refusal
    ]
    old_outcomes = [outcome for outcome in account.outcomes if _is_old(outcome, marks)]
    bad_outcomes = [outcome for outcome in account.outcomes if outcome.refusal]
    for outcome in good_outcomes:
        lines += _lines(outcome, office)
    lines += paper_lines(run)
    for bad in bad_outcomes:
        if bad not in old_outcomes:
            lines.append(f"没有收：{bad.refusal}")
            lines += [f"  {finding}" for finding in once(bad.findings) if str(finding) != bad.refusal]
    if old_outcomes:
        lines.append(
            f"还有{len(old_outcomes)}个文件没有收，原因和上次一样，见台账/报送情况.xlsx 的“未收的文件”。"
        )
    lines += account.notes
    if account.repeats:
        lines.append(f"{account.repeats}个文件以前收过，内容没有变，已略过。")
    stand = reporting_now(run.desk, office)
    lines.append(_summary(stand))
    if page is not None and page.state is Laid.BESIDE:
        lines.append(f"{page.why}新版在旁边：{page.path.name}")
    if office.conflicts:
        lines.append(f"有{len(office.conflicts)}处待核对，请打开《待核对事项清单》逐条选定。")
    data = {
        "taken": [_data(outcome) for outcome in good_outcomes],
        "refused": [{**_data(outcome), "is_old": outcome in old_outcomes} for outcome in bad_outcomes],
        "papers": [
            {"file": paper.name, "unit": paper.unit, "kind": paper.kind, "point": paper.point_id}
            for paper, _ in account.papers
        ],
        "repeated": account.repeats,
        "conflicts": len(office.conflicts),
        "standing": {
            state.value: [reporting.form.unit for reporting in stand if reporting.state is state]
            for state in ReportingState
        },
    }
    return Result(tuple(lines), data, Exit.PARTLY if len(bad_outcomes) > len(old_outcomes) else Exit.DONE)


def _is_old(outcome: FileOutcome, marks: Marks) -> bool:
    """Whether a file that is no form stands on the page already, with the same reason."""
    return (
        not isinstance(outcome, FormOutcome) and stray_row(outcome.name, outcome.refusal) in marks.stray_files
    )


def _lines(outcome: FormOutcome, office: Office) -> list[str]:
    n = outcome.balance
    unit = office.name_of(outcome.form.unit)
    sentence = (
        f"{outcome.name}：{unit}，收到{n['offered']}格，暂未采用。"
        if outcome.question
        else f"{outcome.name}：{unit}，收到{n['offered']}格，采用{n['applied']}，"
        f"未变{n['unchanged']}，待核对{n['conflicts']}，未采用{n['refused']}。"
    )
    return [sentence, *(f"  {finding}" for finding in once(outcome.findings))]


def _data(outcome: FileOutcome) -> dict[str, object]:
    form = outcome.form if isinstance(outcome, FormOutcome) else None
    return {
        "file": outcome.name,
        "form": form.form if form else "",
        "unit": form.unit if form else "",
        "reason": outcome.refusal,
        "waits": isinstance(outcome, FormOutcome) and bool(outcome.question),
        "balance": outcome.balance,
        "findings": [
            {"code": finding.code, "place": finding.place, "message": finding.message}
            for finding in outcome.findings
        ],
    }


def _summary(stand: Sequence[FormReporting]) -> str:
    if not stand:
        return "还没有印发填报表。"
    counts = "，".join(
        f"{state.value} {sum(reporting.state is state for reporting in stand)}"
        for state in ReportingState
        if any(reporting.state is state for reporting in stand)
    )
    return f"报送情况：共{len(stand)}份，{counts}（详见台账/报送情况.xlsx）。"
