"""Words that the office may change: found, said, and refused with a sentence when they are wrong."""

from __future__ import annotations

import sys
import time

import pytest

from tracker.files.templates import refusing, shipped_path, split_words, words
from tracker.problems.files import BadTemplate


def own(tmp_path, text):
    folder = tmp_path / "模板"
    folder.mkdir()
    (folder / "report.txt").write_text(text, encoding="utf-8")
    return words("report.txt", office=tmp_path)


def test_the_offices_own_words_stand_before_the_shipped_ones(tmp_path):
    say = own(tmp_path, "[title]\n{{ subject }}办理情况\n")

    assert say("title", subject="某事") == "某事办理情况"


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("[title]\n{{ 没有的 }}", "title"),
        ("[title]\n{% if %}", "title"),
        ("[title]\n{{ subject.__class__.__mro__ }}", "title"),
    ],
)
def test_a_wrong_template_is_refused_by_its_name(tmp_path, text, entry):
    say = own(tmp_path, text)

    with pytest.raises(BadTemplate) as refused:
        say(entry, subject="某事")

    assert "report.txt" in str(refused.value)
    assert "[title]" in str(refused.value)


def test_an_entry_that_the_offices_older_file_lacks_is_said_in_the_shipped_words(tmp_path):
    shipped_words = words("report.txt")

    title = {"subject": "某事", "stage": ""}
    assert own(tmp_path, "[opening]\n文字")("title", **title) == shipped_words("title", **title)


def test_an_entry_that_nobody_asks_for_is_refused_by_its_name(tmp_path):
    with pytest.raises(BadTemplate) as refused:
        own(tmp_path, "[titel]\n文字")

    assert "[titel]" in str(refused.value)


def test_every_entry_of_the_shipped_words_has_words():
    entries = split_words(shipped_path("templates", "report.txt").read_text(encoding="utf-8"))

    assert len(entries) > 20
    assert all(entries.values())


def test_an_entry_of_an_earlier_version_in_the_offices_copy_is_passed_over(tmp_path):
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "report.txt").write_text(
        "[next.silent]\n对{{ n }}个单位催报。\n[opening]\n现报告如下。", encoding="utf-8"
    )

    assert words("report.txt", office=tmp_path)("opening", title="", number="", place="") == "现报告如下。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_of_words_is_read_in_the_encoding_that_an_editor_wrote(tmp_path, encoding):
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "report.txt").write_bytes("[title]\n{{ subject }}办理情况\n".encode(encoding))

    assert words("report.txt", office=tmp_path)("title", subject="某事") == "某事办理情况"


def test_a_file_of_words_that_is_no_text_is_named(tmp_path):
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "report.txt").write_bytes(bytes(range(256)) * 9)

    with pytest.raises(BadTemplate, match="编码"):
        words("report.txt", office=tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 1/0 }}",
        "{% if",
        "{{ 10**10000000 }}",
        "{{ subject * 1000000000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ subject.center(10**9) }}",
        "{{ subject|center(1000000000) }}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ subject.zfill(1000000000) }}",
        "{% include 'report.txt' %}",
        "{% import 'os' as os %}",
        "{% for a in range(10) %}x{% endfor %}",
        "{{ items.append(1) }}",
        "{{ items + 1 }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    ],
)
def test_what_a_template_must_not_do_is_refused_with_its_entry_and_no_english_word(tmp_path, text):
    start = time.process_time()
    with pytest.raises(BadTemplate) as refused:
        own(tmp_path, f"[title]\n{text}")("title", subject="某事", items=["a"])

    assert "report.txt 的 [title]" in str(refused.value)
    assert not [
        word for word in ("error", "unexpected", "sandbox", "undefined") if word in str(refused.value).lower()
    ]
    assert time.process_time() - start < 5


def test_loops_that_would_go_on_for_ever_end(tmp_path, monkeypatch):
    monkeypatch.setattr("tracker.files.templates._SECONDS", 0.2)
    loops = "".join(f"{{% for a{n} in 'xxxxxxxxxx' %}}" for n in range(12)) + "{% endfor %}" * 12

    with pytest.raises(BadTemplate, match="循环"):
        own(tmp_path, f"[title]\n{loops}")("title", subject="某事")


def test_time_in_which_other_programs_had_the_processor_counts_for_nothing(monkeypatch):
    monkeypatch.setattr("tracker.files.templates._SECONDS", 0.1)
    template = compile("answer = 1\nanswer += 1", "<template>", "exec")
    names: dict[str, int] = {}

    with refusing("report.txt", "title"):
        time.sleep(0.2)
        exec(template, names)

    assert names["answer"] == 2


class Subject:
    """A value that notices whether somebody stands by while it is written."""

    watches: bool = False

    def __str__(self):
        self.watches = sys.gettrace() is not None
        return "政务公开"


def test_only_a_template_of_the_office_is_watched(tmp_path):
    if sys.gettrace() is not None:
        pytest.skip("a debugger or a measure of coverage stands by already")
    ours, theirs = Subject(), Subject()

    assert words("report.txt")("title", subject=ours, stage="") == "关于政务公开落实情况的报告"
    assert own(tmp_path, "[title]\n关于{{ subject }}的报告")("title", subject=theirs, stage="")

    assert (ours.watches, theirs.watches) == (False, True)


def test_a_slow_pc_has_all_the_time_for_what_the_program_brings(tmp_path, monkeypatch):
    monkeypatch.setattr("tracker.files.templates._SECONDS", -1.0)

    assert words("report.txt")("title", subject="政务公开", stage="") == "关于政务公开落实情况的报告"
    with pytest.raises(BadTemplate, match="五秒"):
        own(tmp_path, "[title]\n关于{{ subject }}的报告")("title", subject="政务公开", stage="")
