"""Texts that nobody would type on purpose."""

from __future__ import annotations

EVIL = '<script>document.title="被改"</script><img src=x onerror="document.title=1">"\'>'


# What a page, a script, a picture's text or a template could stumble over.
ODD = (
    EVIL,
    "</script></title></style><!-- ]]> &lt;b&gt;",
    "javascript:alert(1) data:text/html,<b>",
    "一\u2028二\u2029三\r\n四",
    "\u202e右到左\u202c \u0645\u0631\u062d\u0628\u0627",
    "{a|b} {{ 7*7 }} {% raw %} ${x} {b}: {c}",
    "\"'`\\ \x0b\ufffe",
    "甲" * 10_000,
)

# What a cell makes something else of when it is not told that it is text.
AWKWARD = (
    "007",
    "3-4",
    "1E5",
    "440305199001011000",
    "NA",
    "=1+1",
    "ＡＢＣ１２",
    "尾部空格 ",
    "一\n二",
    "完成🎉",
    "+86",
    "-5",
    "@甲",
    "http://example.com",
    "{=SUM(A1)}",
)
