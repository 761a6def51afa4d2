"""The XML of Word documents: parts parsed without entities, elements by their local names, text as it reads.

The strict and the usual dialect (ISO/IEC 29500) differ in their namespaces only, so nothing here looks at them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from tracker.problems.files import Damaged

# Elements whose text is not part of the document as it reads.
_SILENT_ELEMENTS = frozenset(
    {"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "Fallback", "txbxContent", "rt",
     "sectPr", "commentRangeStart", "tblPr", "tcPr", "trPr", "footnoteReference", "endnoteReference"}
)  # fmt: skip
# Elements that only wrap what stands in them.
WRAPPERS = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"}
)
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Signs of the Wingdings family that offices use for ticks and bullets.
_SIGNS = {0xFC: "√", 0xFE: "☑", 0x52: "☑", 0xA8: "☐", 0x6F: "☐", 0x6C: "●", 0x6E: "■", 0xFB: "×", 0x78: "☒"}


def parse(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo], part: str, file: str) -> Any:
    """Parse a part; None where the package has none of that name. `file` is for the refusal."""
    if part not in parts:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return _without_placeholders(etree.fromstring(archive.read(parts[part]), parser))
    except etree.XMLSyntaxError as failure:
        raise Damaged(file=file, what=f"内部文件 {part} 的结构不完整") from failure


def _without_placeholders(root: Any) -> Any:
    """The part; what a content control shows while nobody has typed into it (单击此处输入文字) is no text."""
    for mark in root.iter("{*}showingPlcHdr"):
        for text in mark.getparent().getparent().iter("{*}t"):
            text.text = ""
    return root


def local(element: Any) -> str:
    """The local name of an element; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child_of(element: Any, name: str) -> Any:
    """The first child of that name; None when there is none, or no element."""
    if element is None:
        return None
    return next((child for child in element if local(child) == name), None)


def attribute_of(element: Any, attribute: str = "val") -> str:
    """An attribute by its local name; empty when it is not there."""
    if element is None:
        return ""
    return next(
        (str(text) for key, text in element.attrib.items() if key.rpartition("}")[2] == attribute), ""
    )


def whole_number(digits: str, otherwise: int) -> int:
    """A whole number as written; `otherwise` where it is none, or absurdly long."""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else otherwise


def descend(element: Any, target: str) -> Iterator[Any]:
    """Every element of that name below, as far as the document is read."""
    for child in element:
        name = local(child)
        if name == target:
            yield child
        elif name not in _SILENT_ELEMENTS:
            yield from descend(child, target)


def deleted_text(element: Any) -> str:
    """The text below that tracked changes deleted."""
    texts = (child.text or "" for child in element.iter() if local(child) == "delText")
    return "".join(texts).strip()


def comments_of(part: Any) -> dict[str, str]:
    """The text of each comment of a document, by its number."""
    return {
        attribute_of(comment, "id"): "\n".join(text_of(line) for line in descend(comment, "p")).strip()
        for comment in (part if part is not None else ())
        if local(comment) == "comment"
    }


def unstruck_text(element: Any) -> str | None:
    """The text below that is not struck through; None where nothing is. Only what the runs themselves say counts."""
    runs = [(run, _is_struck(run)) for run in descend(element, "r") if text_of(run).strip()]
    if not any(is_struck for _, is_struck in runs):
        return None
    return "".join(text_of(run) for run, is_struck in runs if not is_struck).strip()


def _is_struck(run: Any) -> bool:
    properties = child_of(run, "rPr")
    return properties is not None and any(
        local(child) in ("strike", "dstrike") and attribute_of(child) not in ("0", "false", "off")
        for child in properties
    )


def text_of(element: Any) -> str:
    """The text of a paragraph as it reads: no field codes, no deletions, no pinyin of ruby text."""
    pieces: list[str] = []
    for child in element:
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name in _MARKS:
            pieces.append(_MARKS[name])
        elif name == "sym":
            pieces.append(_sign(attribute_of(child, "char")))
        elif name and name not in _SILENT_ELEMENTS:
            pieces.append(text_of(child))
    return "".join(pieces)


def _sign(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return _SIGNS.get(number - 0xF000, "")
    return chr(number) if 0x20 <= number < 0xD800 else ""
