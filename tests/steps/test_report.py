"""`tracker report` in an office with a real ledger: four files, one frozen edition, and nothing twice."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree

from tests.soaks import report as soak
from tests.support.check_official import check
from tests.support.check_report import check_numbers
from tests.support.logbook_sheets import keep, write
from tests.support.reporting import at, editions, report_office, said, written
from tests.support.year import call, ledger_of, make_year, snapshot
from tracker import facts
from tracker.files.folders import make_office
from tracker.files.ledger.ledger import open_ledger
from tracker.files.ledger.place import ledger_path
from tracker.problems.base import Exit
from tracker.problems.office import NoIssuer
from tracker.problems.report import NoSuchEdition, NothingToReport, UnknownPlan
from tracker.steps.call import CHINA
from tracker.steps.report import Relative, report, why, write_relative

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAME = "2018年政务公开落实情况报告"
FILES = {f"{NAME}.docx", f"{NAME}.xlsx", f"{NAME}.html", f"{NAME}图表.xlsx", "起草素材表.xlsx"}


@pytest.fixture
def root(tmp_path):
    return report_office(tmp_path)


def test_a_report_is_five_files_and_one_edition(root):
    answer = report(at((12, 20), root))

    files = written(root)
    assert set(files) == FILES
    assert check(files[f"{NAME}.docx"]) == []
    assert answer.exit is Exit.DONE
    assert answer.data["reports"][0]["figures"]["done"] == 2
    (edition,), _ = editions(root)
    assert json.loads(edition.content)["figures"]["done"]["rows"] == ["P1-001", "P1-003"]


def test_the_same_facts_and_day_change_nothing(root):
    report(at((12, 20), root))
    before = (written(root), editions(root))

    answer = report(at((12, 20), root))

    assert (written(root), editions(root)) == before
    assert not answer.data["reports"][0]["new"]


def test_a_dry_run_writes_nothing(root):
    before = editions(root)

    report(at((12, 20), root, dry_run=True))

    assert written(root) == {}
    assert editions(root) == before


def test_the_next_report_says_what_changed_and_why(root):
    report(at((12, 20), root))
    said(root, (12, 21), (("P1-006", "U5", "status", "R1"), "已完成"))

    answer = report(at((12, 22), root))

    (change,) = answer.data["reports"][0]["changes"]
    assert (change["wp"], change["after"]) == ("P1-006", "done")
    assert change["reason"] == "市行政审批局报“已完成”"
    assert change["source"] == "年终填报表.xlsx 填报表!H7"
    with zipfile.ZipFile(io.BytesIO(written(root)[f"{NAME}.xlsx"])) as book:
        assert "与上期差异说明" in book.read("xl/workbook.xml").decode("utf-8")


def test_why_names_the_item_the_reason_and_the_file_and_writes_nothing(root):
    report(at((12, 20), root))
    said(root, (12, 21), (("P1-001", "", "decision", ""), "正在推进"))
    before = (written(root), editions(root))

    answer = why(at((12, 22), root))

    assert (
        "P1-001 公开部门预算和决算，细化到项级科目：已完成 → 逾期未完成，认定状态改为“正在推进”"
        in answer.lines[1]
    )
    assert (written(root), editions(root)) == before


def test_a_report_as_of_a_past_day_does_not_see_what_came_later(root):
    said(root, (12, 21), (("P1-006", "U5", "status", "R1"), "已完成"))

    answer = report(at((12, 22), root), as_of=dt.date(2018, 12, 20))

    assert answer.data["reports"][0]["figures"]["done"] == 2
    assert report(at((12, 22), root)).data["reports"][0]["figures"]["done"] == 3


def test_what_a_clerk_wrote_into_the_draft_is_never_overwritten(root):
    report(at((12, 20), root))
    draft = root / "报告" / f"{NAME}.docx"
    draft.write_bytes(draft.read_bytes() + b"edited")
    said(root, (12, 21), (("P1-006", "U5", "status", "R1"), "已完成"))

    answer = report(at((12, 22), root))
    again = report(at((12, 22), root))

    assert draft.read_bytes().endswith(b"edited")
    beside = [name for name in written(root) if "待替换" in name]
    assert len(beside) == 1
    assert answer.exit is again.exit is Exit.PARTLY
    assert any("被人修改过" in line for line in answer.lines)


def test_a_draft_that_nobody_touched_is_replaced(root):
    report(at((12, 20), root))
    first = written(root)
    said(root, (12, 21), (("P1-006", "U5", "status", "R1"), "已完成"))

    answer = report(at((12, 22), root))

    assert answer.exit is Exit.DONE
    assert set(written(root)) == FILES
    assert written(root)[f"{NAME}.docx"] != first[f"{NAME}.docx"]


def test_the_offices_own_words_are_used(root):
    (root / "模板").mkdir()
    ours = root / "模板" / "report.txt"
    from tracker.files.templates import shipped_path

    text = shipped_path("templates", "report.txt").read_text(encoding="utf-8")
    ours.write_text(text.replace("存在的主要问题", "需要说明的问题"), encoding="utf-8")

    report(at((12, 20), root))

    with zipfile.ZipFile(io.BytesIO(written(root)[f"{NAME}.docx"])) as parts:
        assert "需要说明的问题" in parts.read("word/document.xml").decode("utf-8")


def test_refusals(root, tmp_path):
    empty = make_office(tmp_path / "空", now=dt.datetime(2018, 5, 4, tzinfo=CHINA))
    (empty.root / "设置.xlsx").write_bytes((root / "设置.xlsx").read_bytes())

    with pytest.raises(NothingToReport):
        report(at((12, 20), empty.root))
    with pytest.raises(UnknownPlan):
        report(at((12, 20), root), plan="P9")
    with pytest.raises(NoSuchEdition):
        why(at((12, 20), root))


@pytest.mark.parametrize("after", ["the act", "one file"])
def test_killed_on_the_way_the_next_run_ends_in_the_same_state(root, after, monkeypatch):
    import tracker.steps.versions as step

    calls = []
    whole = step.safe_write

    def dies(path, data, **more):
        calls.append(path)
        if len(calls) > (after == "one file"):
            raise KeyboardInterrupt
        return whole(path, data, **more)

    monkeypatch.setattr(step, "safe_write", dies)
    with pytest.raises(KeyboardInterrupt):
        report(at((12, 20), root))
    monkeypatch.undo()
    report(at((12, 20), root))

    assert set(written(root)) == FILES
    assert len(editions(root)[0]) == 1


@pytest.mark.parametrize("later", [False, True])
def test_every_figure_of_the_printed_text_is_that_of_the_workbook(root, later):
    """The files are parsed back by other eyes; the second report has something to say about the first."""
    if later:
        report(at((11, 20), root))
    report(at((12, 20), root))
    files = written(root)

    docx, xlsx = files[f"{NAME}.docx"], files[f"{NAME}.xlsx"]

    assert check_numbers(docx, xlsx) == []
    for number in "345":
        spoiled = respelt(docx, rf"(?<!\d){number}项", "77项")
        assert spoiled == docx or check_numbers(spoiled, xlsx) != []
    assert check_numbers(respelt(docx, "由5个单位承担", "由6个单位承担"), xlsx) != []
    assert check_numbers(respelt(docx, r"占28\.6%", "占28.7%"), xlsx) != []


def respelt(docx, pattern, text):
    """The document with the first place of a pattern changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as parts, zipfile.ZipFile(out, "w") as new:
        for name in parts.namelist():
            data = parts.read(name)
            if name == "word/document.xml":
                changed = re.sub(pattern, text, data.decode("utf-8"), count=1)
                if changed == data.decode("utf-8"):
                    return docx
                data = changed.encode("utf-8")
            new.writestr(name, data)
    return out.getvalue()


def test_every_number_of_the_printed_text_stands_in_the_workbook(root):
    """The files are parsed back by other eyes: the text of the .docx, the cells of the .xlsx."""
    report(at((12, 20), root))
    files = written(root)
    with zipfile.ZipFile(io.BytesIO(files[f"{NAME}.docx"])) as parts:
        document = etree.fromstring(parts.read("word/document.xml"))
    paragraphs = ["".join(each.itertext()) for each in document.iter(f"{{{W}}}p")]
    own = [each for each in paragraphs if not re.match(r"\d+\.", each) and each.endswith("。")]
    own = own[: next(n for n, each in enumerate(own) if each.startswith("对长期坚持的")) + 1]
    book = openpyxl.load_workbook(io.BytesIO(files[f"{NAME}.xlsx"]), read_only=True)
    rows = list(book["数字与口径"].iter_rows(min_row=4, values_only=True))

    counts = {("项" if row[2] == "项" else "个", str(row[1])) for row in rows} | {
        ("%", f"{100 * row[3]:.1f}") for row in rows if row[3] is not None
    }

    found = {(unit, number) for text in own for number, unit in re.findall(r"(\d+(?:\.\d+)?)(项|个|%)", text)}
    assert len(found) > 8
    assert found <= counts


def test_the_command_line_knows_the_words(root, capsys):
    from tracker.cli.commandline import main

    typed = ["report", "--office", str(root), "--now", "2018-12-20"]

    assert main(typed) is Exit.DONE
    assert "任务事项8项，已完成2项，逾期1项" in capsys.readouterr().out
    assert main([*typed, "--why"]) is Exit.DONE
    assert "0项有变化" in capsys.readouterr().out
    assert main([*typed, "--json"]) is Exit.DONE
    assert json.loads(capsys.readouterr().out)["reports"][0]["edition"] == 1
    assert main([*typed, "--as-of", "昨天"]) is Exit.USAGE


def test_the_chapter_to_insert_has_its_headings_one_level_deeper(root):
    report(at((12, 20), root), insert=1)

    data = written(root)[f"{NAME}（插入段）.docx"]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        document = etree.fromstring(parts.read("word/document.xml"))
    text = ["".join(each.itertext()) for each in document.iter(f"{{{W}}}p")]
    assert [each[:10] for each in text if each][1:5] == [
        "（一）任务落实情况",
        "1.推进重点信息公开",
        "（1）财政信息。市财",
        "（2）民生信息。全市",
    ]
    assert check(data) == []


def test_a_report_of_what_was_known_then_does_not_see_what_was_entered_late(root):
    """On 22 December somebody enters, with the date of the 18th, that an item was done."""
    folder = make_office(root, now=dt.datetime(2018, 5, 4, tzinfo=CHINA))
    with (
        open_ledger(ledger_path(folder.root, folder.office), office=folder.office) as ledger,
        ledger.act(
            "take-back",
            person="王敏",
            at=dt.datetime(2018, 12, 22, 8, tzinfo=CHINA),
            effective_on=dt.date(2018, 12, 18),
        ) as act,
    ):
        act.add(facts.Cell("P1-006", "U5", "status", "R1", "已完成", "unit", 0))
    then = dt.date(2018, 12, 20)

    spoken_of = report(at((12, 28), root), as_of=then)
    known = report(at((12, 28), root), as_of=then, known_on=then)

    assert spoken_of.data["reports"][0]["figures"]["done"] == 3
    assert known.data["reports"][0]["figures"]["done"] == 2


def test_the_red_head_is_printed_where_the_office_has_no_oa_for_it(root):
    from tracker.formats.books.settings import lay_out_settings
    from tracker.settings import Settings

    values = {"office_name": "××市人民政府办公室", "red_head": "是", "agency_code": "×府办", "signer": "张三"}
    (root / "设置.xlsx").write_bytes(lay_out_settings(Settings(values=values)))

    report(at((12, 20), root))

    data = written(root)[f"{NAME}.docx"]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        document = etree.fromstring(parts.read("word/document.xml"))
    text = ["".join(each.itertext(f"{{{W}}}t")) for each in document.iter(f"{{{W}}}p")]
    assert text[0] == "××市人民政府办公室文件"
    assert "　×府办〔2018〕　号签发人：张三" in text
    assert check(data) == []


@pytest.mark.parametrize(
    "write", [report, lambda call: write_relative(call, Relative.BRIEF)], ids=["report", "brief"]
)
def test_no_report_is_written_that_nobody_signs(root, write):
    (root / "设置.xlsx").unlink()
    before = snapshot(root)

    with pytest.raises(NoIssuer, match="本单位名称"):
        write(at((12, 20), root))

    assert snapshot(root) == before


def year(root: Path) -> str:
    """The text of the report, its numbers compared with its workbook."""
    report(call(root, dt.datetime.fromisoformat("2018-12-20T10:00:00+08:00")))
    path = next((root / "报告").glob("*落实情况报告.docx"))
    assert check_numbers(path.read_bytes(), path.with_suffix(".xlsx").read_bytes()) == []
    return "\n".join(paragraph.text for paragraph in docx.Document(path).paragraphs)


def kept(root: Path) -> Path:
    keep(root)
    for day, more in (("2018-08-01", {}), ("2018-08-02", {"整改期限": "2018-08-20"}), ("2017-08-02", {})):
        write(root, "整改台账", "", 单位="市财政局", 检查日期=day, 发现的问题="栏目空白", **more)
    for done in ("2018-08-03", "2018-08-30", None):
        write(
            root, "时限事项", "", 单位="市司法局", 适用规则="R05", 起算时间="2018-08-01 09:00", 完成时间=done
        )
    keep(root)
    return root


def test_what_checks_found_and_what_was_in_time_stand_in_the_report_of_their_year(tmp_path):
    text = year(kept(make_year(tmp_path / "办公")))

    assert "有时限的事项3件，按时办结1件。" in text
    assert "抽查发现问题2个" in text


def test_the_grades_that_were_issued_are_told_inside_and_not_to_the_superior(tmp_path):
    root = make_year(tmp_path / "办公")
    score = '{"scores": [{"unit": "市教育局", "grade": "优秀", "place": 1}, {"unit": "市司法局", "grade": "良好", "place": 2}]}'
    with ledger_of(root) as ledger, ledger.act("score", person="王敏", at=call(root).now) as act:
        act.add(facts.ReportEdition("考核结果", 1, "", dt.date(2018, 12, 10), score))

    assert "参加年度考核" not in year(root)
    write_relative(call(root, dt.datetime.fromisoformat("2018-12-20T10:00:00+08:00")), Relative.CIRCULAR)
    circular = docx.Document(next((root / "报告").glob("*情况通报.docx")))
    assert "2个单位参加年度考核，列最高等次的1个。" in "\n".join(line.text for line in circular.paragraphs)


def test_a_year_without_any_says_nothing_of_them(tmp_path):
    text = year(make_year(tmp_path / "办公"))

    assert not any(word in text for word in ("有时限的事项", "抽查", "考核"))


def test_of_two_plans_of_a_year_neither_tells_them_as_its_own(tmp_path):
    root = kept(make_year(tmp_path / "办公"))
    with ledger_of(root) as ledger, ledger.act("record", person="王敏", at=call(root).now) as act:
        plan = act.mint("P")
        act.add(facts.PlanEdition(plan, 1, "new", "另一方案", "", "", None, 2018, "另一"))

    report(call(root, dt.datetime.fromisoformat("2018-12-20T10:00:00+08:00")), plan="P1")

    book = openpyxl.load_workbook(next((root / "报告").glob("*落实情况报告.xlsx")))
    assert "抽查整改情况" not in book.sheetnames


@pytest.mark.parametrize("seed", range(6))
def test_a_made_up_year_has_no_fault(seed):
    assert soak.faults(random.Random(seed)) == []


def test_a_number_that_nothing_counts_is_a_fault(monkeypatch):
    whole = soak.write_report

    def invented(*given, **more):
        import dataclasses

        draft = whole(*given, **more)
        blocks = (*draft.document.blocks, soak.Text("共9999项。"))
        return dataclasses.replace(draft, document=dataclasses.replace(draft.document, blocks=blocks))

    monkeypatch.setattr(soak, "write_report", invented)

    assert "no row counts 9999" in soak.faults(random.Random(1))
