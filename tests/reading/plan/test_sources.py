"""A text without a table lays down dated duties, rules of time and logbooks; what nobody understands of it is listed."""

from __future__ import annotations

import pytest

from tracker.grid import Paragraph, Source
from tracker.reading.plan import read_source
from tracker.reading.tables import Use
from tracker.workdays import Calendar


def source(*lines: str) -> Source:
    return Source("txt", "x.txt", tuple(Paragraph(line, f"L{n}") for n, line in enumerate(lines, start=1)))


def read(*lines: str, **said):
    return read_source(source(*lines), calendar=Calendar(), **said)


@pytest.mark.parametrize(
    ("sentence", "logbook"),
    [
        ("县政府办公室每半年对工作人员组织一次轮训。", "业务培训"),
        ("各单位主要负责人要听取一次专题工作汇报。", "听取汇报"),
        ("落实同研究、同部署的要求。", "五同落实"),
        ("划定考核权重红线。", "考核权重核对"),
        ("做好人大代表建议办理结果的公开。", "建议提案办理"),
        ("加快歷史政府公報數字化。", "政府公报"),
        ("政府公报将于明天出版发行。", ""),
        ("今天天气很好。", ""),
    ],
)
def test_a_sentence_that_lays_down_a_logbook_by_its_words_wants_it_kept(sentence, logbook):
    reading = read("2026年实施方案", sentence)

    assert [duty.logbook for duty in reading.plan.duties] == ([logbook] if logbook else [])


def test_each_logbook_is_wanted_once_and_every_term_stays():
    reading = read(
        "各单位要开展培训。", "要加强培训。", "解读材料要于公布后3个工作日内发布，5个工作日内备案。"
    )

    assert [(duty.logbook, duty.deadline.offset) for duty in reading.plan.duties] == [
        ("业务培训", ""),
        ("政策解读", "3WD"),
        ("", "5WD"),
    ]


@pytest.mark.parametrize(
    ("lines", "said", "year", "codes"),
    [
        (("2031年实施方案", "2026年和2026年各要报送。"), {}, 2031, []),
        (("实施方案", "到2022年底，要完成2022年任务，借鉴2019年经验。"), {}, 2022, ["source-year"]),
        (("实施方案", "要在2019年和2022年报送。"), {}, 2022, ["source-year"]),
        (("实施方案", "到2022年底要报送。"), {"year": 2025}, 2025, []),
        (("实施方案", "要报送。"), {}, None, []),
    ],
)
def test_the_year_is_said_or_printed_or_counted_and_told(lines, said, year, codes):
    reading = read(*lines, **said)

    about_year = [finding.code for finding in reading.findings if finding.code == "source-year"]
    assert (reading.plan.year, about_year) == (year, codes)


def test_every_sentence_is_a_duty_or_text_or_told_with_its_place():
    reading = read("2026年实施方案", "各单位应当提高认识。天气很好。年底前要报送情况。各单位务必重视。")

    assert {use: reading.account.count(use) for use in (Use.REQUIREMENT, Use.TEXT, Use.UNREAD)} == {
        Use.REQUIREMENT: 1,
        Use.TEXT: 2,
        Use.UNREAD: 2,
    }
    assert [(entry.place, entry.text) for entry in reading.account.unread] == [
        ("L2", "各单位应当提高认识。"),
        ("L2", "各单位务必重视。"),
    ]
    assert [(finding.code, finding.place) for finding in reading.findings] == [("source-leftovers", "L2")]


@pytest.mark.parametrize(
    ("number", "year", "dated", "logbooks"),
    [
        (0, 2018, 3, {"试点任务", "主动公开基本目录", "清单公开", "重大项目信息公开", "政务新媒体和热线"}),
        (1, 2022, 8, {"听取汇报", "公文公开属性", "公众参与", "舆情回应", "政策解读", "业务培训"}),
        (3, 2016, 0, {"五同落实", "考核权重核对", "业务培训", "制度建立", "外部评估结果"}),
        (4, 2017, 3, {"外部评估结果", "网站监测抽查", "政府公报", "普查调查表核对", "建议提案办理"}),
    ],
)
def test_the_four_real_texts_without_a_table_lay_down_duties_and_logbooks(
    shared, number, year, dated, logbooks
):
    [path] = (shared / "seeds").glob(f"{number:03d}_*.txt")

    reading = read(*path.read_text(encoding="utf-8").splitlines())

    assert reading.plan.year == year
    assert sum(bool(duty.deadline.text) for duty in reading.plan.duties) == dated
    assert logbooks <= {duty.logbook for duty in reading.plan.duties}
    assert all(duty.place for duty in reading.plan.duties)
