"""What a person types, and what comes back."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tracker.cli.commandline import main
from tracker.cli.verbs import VERBS
from tracker.problems.base import Exit

HEAVY = (
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
)


def test_without_words_every_verb_is_named_with_what_it_does(capsys):
    assert main([]) is Exit.DONE

    shown = capsys.readouterr().out
    assert all(verb.name in shown and verb.does in shown for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_explains_itself_in_chinese(verb, capsys):
    with pytest.raises(SystemExit) as leaving:
        main([verb.name, "--help"])

    assert leaving.value.code == 0
    assert verb.does in capsys.readouterr().out


def test_a_word_that_is_no_verb_is_wrong_usage_in_one_sentence(capsys):
    assert main(["shred"]) is Exit.USAGE

    assert capsys.readouterr().err == "没有“shred”这个命令。用 tracker --help 查看全部命令。[usage]\n"


def test_a_moment_that_cannot_be_read_is_wrong_usage(capsys, tmp_path):
    assert main(["status", "--office", str(tmp_path), "--now", "明天"]) is Exit.USAGE

    assert "--now" in capsys.readouterr().err


def test_outside_every_office_nothing_is_done(capsys, tmp_path):
    assert main(["status", "--office", str(tmp_path)]) is Exit.REFUSED

    assert "[no-office]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_help_loads_no_heavy_package():
    program = (
        "import sys; sys.argv = ['tracker', '--help']\n"
        "from tracker.cli import main\n"
        "main(['--help'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"
