"""Words and pages that the office may change: Jinja2 templates, in a sandbox.

A file of words holds one entry for each sentence, its name in square brackets on a line of its own:

    # 以 # 开头的行是说明
    [opening]
    现将{{ place }}落实情况报告如下。

Line breaks inside an entry are not part of the sentence (Chinese needs no blanks between lines). A name that
a template uses and nobody supplies is refused, never printed as nothing. An entry that the office's own file lacks
(it was copied from an earlier version) is said in the shipped words; one that the shipped file does not know is
refused, since a misspelt name would otherwise be passed over. The only module that imports Jinja2.

The office's own Word template in place of our layout (模板/落实情况报告.docx).

The template is the office's: its typefaces, its red head, its order. It names what it wants in double braces
(docxtpl): `{{ 标题 }}`, `{{ 主送机关 }}`, `{{ 署名 }}`, `{{ 成文日期 }}`, `{{ 数字.已完成 }}`, `{{ 占比.已完成 }}`,
`{%p for 段 in 正文 %}{{ 段.文 }}{%p endfor %}` (`段.级` is 0 for text, 1 to 4 for a heading),
`{%tr for 行 in 一览表 %}{{ 行.具体要求 }}{%tr endfor %}` with the columns of annex 1, 未完成 and 抽查整改 with those of theirs.
A name that we do not supply is refused. The only module that imports docxtpl.

A template of the office can be wrong in every way and harms nobody: it may place values, compare and loop, and has five
seconds. What makes large things out of small ones is not there (`**`, `*` and `%` of texts, `center`, `range`, methods of
texts that widen them, include); a file of words is read in whatever encoding a text may have; whatever else fails is
said with the template and its entry.

Where the shipped files are. Three ways in which it can be installed, tried in this order:

    wheel       the build put them inside the package: tracker/shipped/templates, tracker/shipped/workbooks
    clone       they stand beside the package, at the top of the repository: templates/, workbooks/
    editable    the package is found in the clone, so the same
"""

from __future__ import annotations

import contextlib
import difflib
import functools
import io
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker import patterns as re
from tracker.formats.archives import repack
from tracker.formats.readers.texts import decode
from tracker.problems.base import TrackerError
from tracker.problems.files import BadTemplate

if TYPE_CHECKING:
    from types import FrameType

    from jinja2.sandbox import SandboxedEnvironment


_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_path(*parts: str) -> Path:
    """The path of a shipped file or folder, for example `shipped("templates", "report.txt")`.

    Raises:
        FileNotFoundError: It was not shipped; that is a mistake of the build and not of the user.
    """
    for root in (_PACKAGE / "shipped", _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(parts))


# Says a sentence by its name, from facts.
Say = Callable[..., str]

# Entries of earlier versions, which an office may still have in its copy: nothing says them any more.
_FORMER_ENTRIES = frozenset(
    ("item", "item.units", "item.text", "problems.silent", "next.silent", "circular.next.silent")
)
_HEAD = re.compile(r"^\[([a-z0-9_.]+)\]\s*$")


def find_template(name: str, *, office: Path | None = None) -> Path:
    """The office's own template in its folder 模板, where it put one; else the shipped one."""
    if office is not None and (office_file := office / "模板" / name).is_file():
        return office_file
    return shipped_path("templates", name)


def words(name: str, *, office: Path | None = None) -> Say:
    """The sentences of a file of words, each said by its name: `say("opening", place="我市")`."""
    path = find_template(name, office=office)
    shipped_entries = split_words(shipped_path("templates", name).read_text(encoding="utf-8-sig"))
    own_entries = {
        entry: text for entry, text in split_words(_text_of(path)).items() if entry not in _FORMER_ENTRIES
    }
    for entry in own_entries:
        if entry not in shipped_entries:
            near = "、".join(difflib.get_close_matches(entry, shipped_entries)) or "见原样文件"
            raise BadTemplate(file=path.name, entry=entry, why=f"没有这一条；相近的条目：{near}")
    entries = shipped_entries | own_entries
    environment = sandbox(autoescape=False)

    def is_ours(entry: str) -> bool:
        return entries[entry] == shipped_entries.get(entry)

    @functools.cache
    def compiled(entry: str) -> Any:
        from jinja2 import meta

        if entry not in entries:
            raise BadTemplate(file=path.name, entry=entry, why="缺少这一条")
        with refusing(path.name, entry, is_ours=is_ours(entry)):
            names = meta.find_undeclared_variables(environment.parse(entries[entry]))
            return environment.from_string(entries[entry]), names

    def say(entry: str, /, **facts: Any) -> str:
        template, names = compiled(entry)
        # A name in a branch that is not taken today would be missed only on the day it is taken.
        refuse_unknown(path.name, entry, names, facts)
        return _render(template, path.name, entry, facts, is_ours=is_ours(entry))

    return say


def split_words(text: str) -> dict[str, str]:
    r"""The entries of a file of words, by name.

    >>> split_words('# 说明\n[a]\n甲\n乙。\n\n[b]\n丙')
    {'a': '甲乙。', 'b': '丙'}
    """
    entries: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if head := _HEAD.match(line):
            name = head.group(1)
            entries[name] = []
        elif name and not line.startswith("#"):
            entries[name].append(line.strip())
    return {name: "".join(lines) for name, lines in entries.items()}


def page(name: str, *, office: Path | None = None, **facts: Any) -> str:
    """A page for a browser; every value is escaped."""
    path = find_template(name, office=office)
    is_ours = path == shipped_path("templates", name)
    with refusing(path.name, "页面", is_ours=is_ours):
        template = sandbox(autoescape=True).from_string(_text_of(path))
    return _render(template, path.name, "页面", facts, is_ours=is_ours)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size <= _LARGEST:
            return path.read_bytes()
        why = "文件太大"
    except OSError:
        why = "打不开，可能正被其他程序独占"
    raise BadTemplate(file=path.name, entry="文件", why=why)


def _text_of(path: Path) -> str:
    """The text of a template, in whatever encoding an editor wrote it."""
    data = _bytes_of(path)
    text = decode(data)
    if text is None:
        raise BadTemplate(
            file=path.name, entry="文件", why="不是文字，或无法识别编码；请用记事本另存为 UTF-8 编码"
        )
    return text.removeprefix("\ufeff")


def _render(template: Any, file: str, entry: str, facts: dict[str, Any], *, is_ours: bool) -> str:
    with refusing(file, entry, is_ours=is_ours):
        return str(template.render(**facts))


def refuse_unknown(file: str, entry: str, names: Iterable[str], facts: Mapping[str, Any]) -> None:
    """Refuse a template that uses a name which nobody supplies, in whatever branch it stands."""
    missing_names = sorted(set(names) - set(facts))
    if missing_names:
        fact_names = "、".join(sorted(facts)) or "（没有）"
        raise BadTemplate(
            file=file, entry=entry, why=f"不认识“{missing_names[0]}”，可以用的名称有：{fact_names}"
        )


# What may be said of a failure, by the name of its class in Jinja2 or Python.
_WHY = {
    "UndefinedError": "用到了没有提供的名称或内容",
    "SecurityError": "用了不允许的写法",
    "ZeroDivisionError": "除数是零",
    "OverflowError": "数太大了",
    "MemoryError": "要写的内容太大",
    "RecursionError": "嵌套太深",
    "TooLong": "五秒内没有算完，可能循环太多",
}
_SECONDS, _LARGEST = 5.0, 20_000_000


class TooLong(Exception):
    """A template that would go on for ever."""


@contextlib.contextmanager
def refusing(file: str, entry: str, *, is_ours: bool = False) -> Iterator[None]:
    """Turn whatever fails in a template into a refusal that names it, and end it after five seconds of work.

    Nobody stands by line after line of a template of ours: that takes a third of the time of a whole report.
    """
    from jinja2 import TemplateSyntaxError

    # Of the processor: on a busy PC a sound template waits longer than it works.
    end = time.thread_time() + _SECONDS
    is_watched = not is_ours and sys.gettrace() is None

    def look(frame: FrameType, event: str, value: Any) -> Any:
        if time.thread_time() > end:
            raise TooLong
        # Line by line only where the template itself runs, whose code has no file.
        return look if frame.f_code.co_filename.startswith("<") else None

    try:
        if is_watched:
            sys.settrace(look)
        yield
    except TrackerError:
        raise
    except TemplateSyntaxError as error:
        why = f"第{error.lineno}行写法有误，请对照原样文件检查大括号，以及 if、for 与 endif、endfor 是否成对"
        raise BadTemplate(file=file, entry=entry, why=why) from None
    except Exception as error:  # a template can fail in every way that Python can
        why = _WHY.get(type(error).__name__, "不能执行，写法或文件有误")
        raise BadTemplate(file=file, entry=entry, why=why) from None
    finally:
        if is_watched:
            sys.settrace(None)


# Filters and methods that make large texts out of small ones, and those that reach for other files.
_WIDENING = ("center", "format", "indent", "wordwrap", "xmlattr", "pprint", "tojson", "batch", "slice")
_METHODS = frozenset(
    [
        "strip",
        "lstrip",
        "rstrip",
        "split",
        "replace",
        "startswith",
        "endswith",
        "upper",
        "lower",
        "count",
        "find",
        "removeprefix",
        "removesuffix",
        "title",
        "items",
        "keys",
        "values",
        "get",
        "index",
        "isoformat",
    ]
)


def sandbox(*, autoescape: bool) -> SandboxedEnvironment:
    """An environment in which a template can only place values."""
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Nothing grows in it, and only what reads a value can be called."""

        intercepted_binops = frozenset(("**", "*", "%"))

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            sizes = (isinstance(side, (int, float)) and abs(side) < 1e12 for side in (left, right))
            if operator == "**" or not all(sizes):
                raise SecurityError(operator)
            return super().call_binop(context, operator, left, right)

        def wrap_str_format(self, value: Any) -> Any:
            """No way round `is_safe_callable` for the one method that the sandbox would wrap."""
            return None

        def is_safe_callable(self, obj: Any) -> bool:
            owner = getattr(obj, "__self__", None)
            is_builtin = owner is not None and type(owner).__module__ in (
                "builtins",
                "datetime",
                "markupsafe",
            )
            return super().is_safe_callable(obj) and (not is_builtin or obj.__name__ in _METHODS)

    environment = Sandbox(
        autoescape=autoescape, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    for name in _WIDENING:
        environment.filters.pop(name)
    for name in ("range", "lipsum", "dict", "cycler", "joiner"):
        environment.globals.pop(name)
    return environment


def safe_markup(text: str) -> str:
    """Text of our own that a page takes as it is; never for anything that came from a file or a person."""
    from markupsafe import Markup

    return Markup(text)


def fill_template(path: Path, values: dict[str, Any]) -> bytes:
    """The template with its places filled; every value is escaped, nothing of the template can run."""
    from docxtpl import DocxTemplate

    data = _bytes_of(path)
    with refusing(path.name, "正文"):
        template = DocxTemplate(io.BytesIO(data))
        names = template.get_undeclared_template_variables(jinja_env=sandbox(autoescape=True))
        refuse_unknown(path.name, "正文", names, values)
        template.render(values, jinja_env=sandbox(autoescape=True), autoescape=True)
        out = io.BytesIO()
        template.save(out)
        return repack(out.getvalue())
