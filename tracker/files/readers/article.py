"""Where the article of a web page stands: the smallest element that holds nearly all that people read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from tracker.grid import Paragraph

_SILENT_TAGS = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "select", "button", "input", "textarea", "iframe",
     "svg", "nav", "footer", "object", "rt", "rp"}
)  # fmt: skip
BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tfoot",
     "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "center", "form", "body", "pre", "hr",
     "header", "aside", "figure", "caption", "address", "fieldset"}
)  # fmt: skip
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# Elements that may hold nothing but the article.
_HOLDERS = frozenset({"div", "section", "article", "main", "td", "table", "tbody", "tr", "center", "form"})
# The share of the page's text that its article holds at least.
_ARTICLE = 0.8


def article_of(body: Any) -> Any:
    """The smallest element that holds nearly all of the text; tables and paragraphs stay whole."""
    weights = _weigh(body)
    article = body
    while True:
        inner = max(
            (child for child in article if weights.get(child, 0) and is_read(child)),
            key=lambda child: weights[child],
            default=None,
        )
        if inner is None or (inner.tag in ("p", "table") and not arranges(inner)):
            return article
        if weights[inner] < _ARTICLE * weights[body]:
            return article
        if inner.tag not in _HOLDERS:
            return article
        article = inner


def headline(body: Any, article: Any) -> Iterator[Paragraph]:
    """The nearest headline in front of the article."""
    inside = set(article.iter())
    paragraph = None
    for element in body.iter():
        if element is article:
            break
        if element in inside or not isinstance(element.tag, str) or not is_read(element):
            continue
        says_title = "title" in f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if element.tag in ("h1", "h2") or (says_title and element.tag in ("div", "p", "span")):
            text = clean("".join(element.itertext()))
            if 4 <= len(text) <= 120 and article not in element.iter():
                paragraph = Paragraph(text, "H0", "title")
    if paragraph:
        yield paragraph


def arranges(table: Any) -> bool:
    """Whether a table only arranges the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    cells = list(islice(table.iterdescendants("td", "th"), 2))
    return len(cells) < 2


def is_read(element: Any) -> bool:
    """Whether an element is part of what people read."""
    return isinstance(element.tag, str) and element.tag not in _SILENT_TAGS and not is_gone(element)


def is_gone(element: Any) -> bool:
    """Whether a browser would not show an element."""
    return element.get("hidden") is not None or bool(_INVISIBLE.search(element.get("style") or ""))


def clean(text: str) -> str:
    """A text with its blanks run together."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


def _weigh(body: Any) -> dict[Any, int]:
    """Length of the text of paragraphs and cells in each element that holds some."""
    weights: dict[Any, int] = {}
    for element in body.iter("p", "td", "th"):
        if any(not is_read(ancestor) for ancestor in (element, *element.iterancestors())):
            continue
        length = len(clean(element.text or "")) + sum(
            len(clean((descendant.text or "") + (descendant.tail or "")))
            for descendant in element.iterdescendants()
            if isinstance(descendant.tag, str)
            and descendant.tag not in BLOCKS
            and descendant.tag not in _SILENT_TAGS
        )
        for ancestor in (element, *element.iterancestors()):
            weights[ancestor] = weights.get(ancestor, 0) + length
            if ancestor is body:
                break
    return weights
