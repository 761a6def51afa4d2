"""What is typed wrongly at the command line is answered in Chinese, whatever argparse says of it."""

from __future__ import annotations

import re

import pytest

from tracker.cli.calls import parser_of
from tracker.problems.office import WrongUsage

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
