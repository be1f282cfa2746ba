"""Pages and texts with readers' comments under no heading, and others that only look so."""

from __future__ import annotations

import tomllib
from pathlib import Path

_TEXTS = tomllib.loads(Path(__file__).with_name("threads.toml").read_text("utf-8"))
THREADS: dict[str, str] = _TEXTS["comments"]
LEFT: dict[str, str] = _TEXTS["left"]
OTHERS: dict[str, str] = _TEXTS["others"]
REPORT = """
|The governor of Velm said on Monday that fighters of the Karsk Front had left in the night.
|“They took nothing with them,” he told reporters in front of the old mill. “We saw it.”
|A commander of the front denied that his men had been defeated and said they would be back.
|Three houses near the river were damaged, according to the town's fire service, he added.
|The ministry of the interior of Tarvia has not commented on what was said about its police.
"""


def text(thread: str) -> str:
    """A plain text: a title, the report, and the thread, each line a paragraph."""
    lines = [line.lstrip("|>") for line in (REPORT + thread).split("\n") if line]
    return "Karsk Front leaves Velm\n\n" + "\n".join(lines) + "\n"


def wanted(thread: str, sign: str) -> list[str]:
    """The lines of report and thread that bear this sign."""
    return [line[1:] for line in (REPORT + thread).split("\n") if line.startswith(sign)]


# Pages

COMMENTS = (
    (
        "Ilka",
        "3 hours ago",
        "Nobody in the valley believes one word of what the governor says any more, and why should"
        " we? He has promised us that road for ten years.",
    ),
    (
        "old_miller",
        "2 hours ago",
        "He was not even there, my cousin saw him in Sarn on that very day, in the market.",
    ),
    (
        "Bo Tamm",
        "1 hour ago",
        "Thank you for going there yourselves, nobody else ever does that! My mother still lives on"
        " the northern bank and we have had no word from her since the bridge was closed.",
    ),
)


def _each(form: str) -> str:
    return "".join(form.format(name=n, time=t, words=w) for n, t, w in COMMENTS)


PAGES: dict[str, str] = {
    "marked for search engines": "<div class=k1>"
    + _each(
        "<div class=k2 itemprop=comment itemscope itemtype=https://schema.org/Comment>"
        "<b itemprop=author>{name}</b><p itemprop=text>{words}</p></div>"
    )
    + "</div>",
    "marked for screen readers": "<div class=k1>"
    + _each("<div role=comment><b>{name}</b><p>{words}</p></div>")
    + "</div>",
    "of a known system": "<div id=viafoura-conversations>"
    + _each("<div class=k2><b>{name}</b><p>{words}</p></div>")
    + "</div>",
    "called comments, of which the extractor knows nothing": "<div class=userComments>"
    + _each("<div class=k2><b>{name}</b><p>{words}</p></div>")
    + "</div>",
    "nameless elements with buttons": "<div class=k1>"
    + _each(
        "<div class=k2><div class=k3><span>{name}</span> <span>{time}</span></div>"
        "<p>{words}</p><div><button>Like</button><button>Reply</button></div></div>"
    )
    + "</div>",
    "a list": "<ol>"
    + _each("<li><cite>{name}</cite> says:<br><a href=#c>{time}</a><p>{words}</p><a>Reply</a></li>")
    + "</ol>",
    "articles in an article": _each(
        "<article><header><h4>{name}</h4><time>{time}</time></header><p>{words}</p>"
        "<footer><a href=#r>Reply</a></footer></article>"
    ),
    "a list of definitions": "<dl>" + _each("<dt>{name} ({time})</dt><dd>{words}</dd>") + "</dl>",
    "a paragraph each": _each("<p><b>{name}</b> · {time}<br>{words}<br><a href=#r>Reply</a></p>"),
    "with a heading and nothing else": "<div class=k1><h3>3 Comments</h3>"
    + _each("<div class=k2><b>{name}</b><div>{time}</div><p>{words}</p></div>")
    + "</div>",
}
"""What stands below the report of a page; of COMMENTS, the words must become comments."""
ENTRIES = (
    (
        "Ilka Brand",
        "12 minutes ago",
        "The first buses have left the square of Velm with forty people on board, our reporter"
        " there says. They go to Sarn, where the school has been made ready for them.",
    ),
    (
        "Jon Marek",
        "25 minutes ago",
        "“We shall not go,” said an old man who gave his name as Tom, and sat on his suitcase.",
    ),
    (
        "Sela Orn",
        "1 hour ago",
        "The governor has come to the mill and speaks to the families who spent the night there. He"
        " has told them that the road to the south will be open before the evening.",
    ),
)


def _entries(form: str) -> str:
    return "".join(form.format(name=n, time=t, words=w) for n, t, w in ENTRIES)


OTHER_PAGES: dict[str, str] = {
    "a live blog": _entries(
        "<div class=k2><h3>{name}</h3><div>{time}</div><p>{words}</p><button>Share</button></div>"
    ),
    "articles of a live blog": _entries(
        "<article><header>{name}, {time}</header><p>{words}</p></article>"
    ),
    "voices": _entries("<div class=k2><p>{words}</p><p>{name}</p></div>"),
    "an expert's comment in a box": "<div class=expert-comment>"
    + _entries("<p>{words}</p>")
    + "</div><p>The ministry of the interior did not answer questions on Tuesday, nor did he.</p>",
    "posts in quotation": _entries(
        "<blockquote class=post><p>{words}</p>— {name} (@k) <a href=/s>March 3, 2031</a>"
        "</blockquote>"
    )
    + "<p>The ministry of the interior did not answer questions on Tuesday, nor did he.</p>",
}
"""What stands below the report of a page and is the report."""
EVERYWHERE = ("comment-page", "comments-closed", "k0")
"""Classes that an element around report and all may bear."""


MORE = (
    "The bridge over the Orra was built forty years ago and carries the only road to the north.",
    "Traders in Sarn say that flour has become twice as dear since the fighting began.",
    "A spokeswoman for the river guard said that no boats would cross until the shooting was over.",
    "The Front was founded by farmers of the upper valley who had lost their land to the mines.",
    "Its leaders have said that they want a council of their own and a share of what is dug there.",
    "Parliament refused both in the spring, by four votes, after a debate of two days.",
    "Since then there have been shots near Velm in every week but one, according to the police.",
    "The governor will speak to parliament on Thursday, when it meets again after the holidays.",
)
"""For a report that is longer than what trafilatura looks at twice."""


def page(below: str, *, around: str = "k0", long: bool = False, inside: bool = True) -> str:
    """A page: the report, and what stands below it, in its element or beside that."""
    told = "".join(f"<p>{line}</p>" for line in report(long=long))
    return (
        "<!doctype html><html lang=en><head><title>Karsk Front leaves Velm - Tarvia Monitor</title>"
        "</head><body><nav><a href=/>Home</a></nav><main>"
        f"<div class={around}><article><h1>Karsk Front leaves Velm</h1>{told}"
        f"{below + '</article>' if inside else '</article>' + below}"
        "</div></main><footer>© Tarvia Monitor</footer></body></html>"
    )


def report(*, long: bool) -> list[str]:
    """The paragraphs of the report of a page."""
    return [line[1:] for line in REPORT.split("\n") if line] + list(MORE if long else ())
