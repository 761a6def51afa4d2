"""What a person types, and what comes back."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.support.mailbox import make_office, office_of
from tests.support.year import make_year
from tracker.cli import calls
from tracker.cli.calls import parser_of
from tracker.cli.commandline import main
from tracker.cli.verbs import VERBS
from tracker.files.guard import opening, pool
from tracker.forms import PAPER_WORDS
from tracker.problems.base import Exit
from tracker.problems.office import WrongUsage

HEAVY = (
    "argparse",
    "dataclasses",
    "pandas",
    "openpyxl",
    "xlsxwriter",
    "docx",
    "jinja2",
    "lxml",
    "rich",
    "xlwings",
    "psycopg",
    "python_calamine",
    "flask",
    "waitress",
)


def test_without_words_every_verb_is_named_with_what_it_does(capsys):
    assert main([]) == Exit.DONE

    shown = capsys.readouterr().out
    assert all(name in shown and does in shown for name, does, *_ in VERBS)


@pytest.mark.parametrize(("name", "does"), [verb[:2] for verb in VERBS])
def test_every_verb_explains_itself_in_chinese(name, does, capsys):
    with pytest.raises(SystemExit) as leaving:
        main([name, "--help"])

    assert leaving.value.code == 0
    shown = capsys.readouterr().out
    assert does in shown
    assert re.findall(r"usage|argument|option|show|optional", shown) == []


def test_a_word_that_is_no_verb_is_wrong_usage_in_one_sentence(capsys):
    assert main(["shred"]) is Exit.USAGE

    assert capsys.readouterr().err == "没有“shred”这个命令。用 tracker --help 查看全部命令。\n"


def test_a_moment_that_cannot_be_read_is_wrong_usage(capsys, tmp_path):
    assert main(["status", "--office", str(tmp_path), "--now", "明天"]) is Exit.USAGE

    assert "--now" in capsys.readouterr().err


def test_full_json_holds_the_words_for_people_and_the_data(capsys, tmp_path):
    root = make_year(tmp_path)

    assert main(["status", "--full-json", "--office", str(root), "--dry-run"]) is Exit.DONE

    shown = json.loads(capsys.readouterr().out)
    assert any("任务事项 6 项" in line for line in shown["lines"])
    assert shown["data"]["plans"]["P1"]["points"] == 6


@pytest.mark.parametrize("word", ["C3", "=用台账现有", "C3="])
def test_a_decision_without_question_or_choice_is_wrong_usage(word, capsys, tmp_path):
    root = make_year(tmp_path)

    assert main(["settle", "--decide", word, "--office", str(root), "--dry-run"]) is Exit.USAGE

    assert "编号=意见" in capsys.readouterr().err


def test_outside_every_office_nothing_is_done(capsys, tmp_path):
    assert main(["status", "--office", str(tmp_path)]) is Exit.REFUSED

    assert "这里不是办公文件夹" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_every_verb_has_its_call():
    assert [name for name, *_ in VERBS if not hasattr(calls, name.replace("-", "_"))] == []


def test_what_a_paper_may_be_called_is_what_take_back_understands():
    arguments = next(verb[3] for verb in VERBS if verb[0] == "take-back")
    _, _, _, text, own = next(argument for argument in arguments if argument[0] == "--as")

    assert own["choices"] == tuple(PAPER_WORDS)
    assert f"属于什么：{'、'.join(PAPER_WORDS)}；" in text


def test_help_loads_nothing_that_it_does_not_need():
    program = (
        "import sys; sys.argv = ['tracker', '--help']\n"
        "from tracker.cli.commandline import main\n"
        "main(['--help'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("job", [None, object()])
def test_where_the_system_confines_no_worker_the_verb_says_so(job, capsys, tmp_path, monkeypatch):
    root = make_year(tmp_path)
    monkeypatch.setattr(pool, "_FREE", [])
    monkeypatch.setattr(pool, "confine", lambda process: job)
    monkeypatch.setattr(opening, "_pool", pool.Pool())

    assert main(["status", "--office", str(root), "--dry-run"]) is Exit.DONE

    assert ("作业对象" in capsys.readouterr().err) is (job is None)


ARGUMENTS = (
    ("--count", "number", "数", "多少"),
    ("--name", "text", "名", "谁", {"default": ""}),
    ("--look", "flag", "", "只看"),
    ("file", "path", "文件", "哪个"),
)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("甲", "--no-such"), "没有“--no-such”这种写法"),
        ((), "缺少"),
        (("甲", "--name"), "--name 后面要写内容"),
        (("甲", "--count", "几"), "--count 后面不能写“几”"),
        (("甲", "--look=是"), "--look 后面不写内容"),
        (("甲", "--n", "x"), "请写全"),
    ],
)
def test_it_is_told_in_chinese(words, sentence):
    with pytest.raises(WrongUsage) as refused:
        parser_of("try", "试一试", ARGUMENTS).parse_args(words)

    assert sentence in str(refused.value)
    assert not re.search("argument|expected|invalid|required|match", str(refused.value))


# What `pythonw.exe` makes of its three streams.
WINDOWLESS = "import sys; sys.stdin = sys.stdout = sys.stderr = None; from tracker.cli import run; run()"


def test_a_tick_does_its_work_without_a_console(tmp_path):
    root = make_office(tmp_path / "办公")
    words = ["run", "--once", "--office", str(root), "--now", "2018-09-03T17:00+08:00"]

    done = subprocess.run([sys.executable, "-c", WINDOWLESS, *words], capture_output=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert any(slot.job == "chase" for slot in office_of(root).slots.values())
