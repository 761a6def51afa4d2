r"""Where each element of an XML part stands, byte for byte, so that a change leaves the rest as it is.

A parser that builds a tree can only write the whole part again: other quotes, other declarations, other
blanks. Here a real parser (expat) reports the places, and a change is a splice of bytes:

    >>> part = b'<a xmlns="u" mc=\'1\'><b n="1"/>  <b n=\'2\'>x</b></a>'
    >>> root = read(part)
    >>> [(child.local, child.attributes["n"], part[child.start:child.end]) for child in root.children]
    [('b', '1', b'<b n="1"/>'), ('b', '2', b"<b n='2'>x</b>")]
    >>> changes = Splices(part)
    >>> changes.attribute(root.children[1], "n", "3")
    >>> changes.inside(root.children[0], b"<c/>")
    >>> changes.done()
    b'<a xmlns="u" mc=\'1\'><b n="1"><c/></b>  <b n="3">x</b></a>'

Names come apart: `local` without prefix, `space` is the namespace, `prefix` what stands before it (`x:` or
nothing), to be written before every new element beside it. A document type is refused, so entities of a
part's own are never expanded; so is any encoding but UTF-8, which every writer of workbooks uses.
"""

from __future__ import annotations

import html
from dataclasses import field
from xml.parsers import expat

from tracker import patterns as re
from tracker.values import dataclass

_TAG = re.compile(rb"""<(?:[^"'<>]|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")


class Malformed(Exception):
    """The part cannot be read; the message says why, in Chinese."""


@dataclass(slots=True)
class Node:
    """An element and where it stands.

    Attributes:
        local: Its name without prefix.
        space: Its namespace.
        prefix: What stands before its name, colon included; empty for the default namespace.
        attributes: Values by name; one in a namespace goes by `namespace name`.
        start: Offset of its `<`.
        close: Offset of its end tag; for `<a/>` the same as `end`.
        end: Offset behind it.
        children: Elements in it.
    """

    local: str
    space: str
    prefix: str
    attributes: dict[str, str]
    start: int
    close: int = 0
    end: int = 0
    children: list[Node] = field(default_factory=list)

    def child(self, local: str) -> Node | None:
        """The first child of that name in the element's own namespace."""
        return next(
            (child for child in self.children if child.local == local and child.space == self.space), None
        )

    def all(self, local: str) -> list[Node]:
        """Every element of that name in it, in any namespace and at any depth, in document order."""
        nodes: list[Node] = []
        for child in self.children:
            if child.local == local:
                nodes.append(child)
            nodes.extend(child.all(local))
        return nodes


def name_parts(name: str) -> tuple[str, str, str]:
    """Take expat's triple apart into local name, namespace and prefix."""
    parts = name.split(" ")
    if len(parts) == 1:
        return parts[0], "", ""
    return parts[1], parts[0], f"{parts[2]}:" if len(parts) == 3 else ""


def read(part: bytes, *, hole: tuple[int, int] = (0, 0)) -> Node:
    """Read a part into nodes, without what stands in the `hole`: the content of an element too big for a tree.

    Raises:
        Malformed: It is no XML, has a document type, or is not UTF-8.
    """
    begin, end_of_hole = hole
    rest = part[:begin] + part[end_of_hole:] if begin else part
    parser = _parser(rest)
    root = Node("", "", "", {}, 0)
    stack = [root]

    def place(at: int) -> int:
        return at if at < begin else at + end_of_hole - begin

    def start(name: str, attributes: dict[str, str]) -> None:
        local, space, prefix = name_parts(name)
        values = {_attribute_name(key): value for key, value in attributes.items()}
        node = Node(local, space, prefix, values, parser.CurrentByteIndex)
        stack[-1].children.append(node)
        stack.append(node)

    def end(_: str) -> None:
        node = stack.pop()
        close = parser.CurrentByteIndex
        node.close, node.end = place(close), place(_behind(rest, node.start, close))
        node.start = place(node.start)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    _parse(parser, rest)
    return root.children[0]


def check(part: bytes) -> None:
    """Make sure that a part is well-formed.

    Raises:
        Malformed: It is not.
    """
    _parse(_parser(part), part)


def opening_end(part: bytes, start: int) -> int:
    """The offset behind the start tag (or the empty element) that begins at `start`."""
    tag = _TAG.match(part, start)
    if tag is None:
        raise Malformed("内部结构无法识别")
    return tag.end()


def raw_attributes(part: bytes, start: int) -> list[tuple[bytes, bytes, int, int]]:
    """The attributes of a tag as they are written: name, value with its quotes, and where both stand."""
    end = opening_end(part, start)
    return [
        (match[1], match[2], match.start(), match.end()) for match in _ATTRIBUTE.finditer(part, start, end)
    ]


def quote_value(value: str) -> bytes:
    """A value between double quotes, as an attribute holds it."""
    text = html.escape(value, quote=False).replace('"', "&quot;")
    return b'"' + text.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;").encode() + b'"'


class Splices:
    """Changes of one part, gathered and then made at once."""

    def __init__(self, part: bytes) -> None:
        self._part = part
        self._changes: list[tuple[int, int, bytes]] = []

    def __bool__(self) -> bool:
        return bool(self._changes)

    def replace(self, start: int, end: int, new: bytes) -> None:
        """Put bytes in the place of others."""
        self._changes.append((start, end, new))

    def attribute(self, node: Node, name: str, value: str | None) -> None:
        """Set an attribute, or remove it."""
        for raw, _, start, end in raw_attributes(self._part, node.start):
            if raw == name.encode():
                self.replace(start, end, b" %b=%b" % (raw, quote_value(value)) if value is not None else b"")
                return
        if value is not None:
            end = opening_end(self._part, node.start)
            end -= 2 if self._part[end - 2 : end] == b"/>" else 1
            self.replace(end, end, b" %b=%b" % (name.encode(), quote_value(value)))

    def inside(self, node: Node, new: bytes) -> None:
        """Add bytes as the last content of an element."""
        if node.close < node.end:
            self.replace(node.close, node.close, new)
        else:
            name = f"{node.prefix}{node.local}".encode()
            self.replace(node.end - 2, node.end, b">" + new + b"</" + name + b">")

    def remove(self, node: Node) -> None:
        """Remove an element."""
        self.replace(node.start, node.end, b"")

    def done(self) -> bytes:
        """The part with all changes made."""
        pieces = []
        at = 0
        for start, end, new in sorted(self._changes, key=lambda change: change[:2]):
            if start < at:
                raise Malformed("两处改动重叠")
            pieces += [self._part[at:start], new]
            at = end
        pieces.append(self._part[at:])
        return b"".join(pieces)


def _parser(part: bytes) -> expat.XMLParserType:
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:4]:
        raise Malformed("内部文件不是 UTF-8 编码")
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _refuse_encoding
    return parser


def _parse(parser: expat.XMLParserType, part: bytes) -> None:
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise Malformed("内部文件已损坏，无法识别") from error


def _refuse_doctype(*_: object) -> None:
    raise Malformed("内部文件含有不允许的实体声明")


def _refuse_encoding(_: str, encoding: str | None, __: int) -> None:
    if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii", "ascii"):
        raise Malformed("内部文件不是 UTF-8 编码")


def _attribute_name(key: str) -> str:
    local, space, _ = name_parts(key)
    return f"{space} {local}" if space else local


def _behind(part: bytes, start: int, close: int) -> int:
    """The offset behind an element whose end event came at `close`."""
    if part[close : close + 2] == b"</" and part[close - 2 : close] != b"/>":
        return part.index(b">", close) + 1
    # Either an empty element, whose end event comes behind it, or one whose last child is empty.
    return close if opening_end(part, start) == close else part.index(b">", close) + 1
