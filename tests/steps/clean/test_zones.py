"""Plain text: which line is what. Towns, papers and groups are invented."""

from __future__ import annotations

import pytest
from tests.steps.clean.making import document, kinds

FIRST = "The council of Velm said on Monday that the bridge over the Orra would stay closed."
SECOND = '"We have no choice," said Mira Tolan, who leads the council of the northern town.'
THIRD = "Fighters of the Karsk Front denied on Tuesday that they had been near the river at all."
BODY = f"{FIRST}\n{SECOND}\n{THIRD}"


def of_kind(text: str, kind: str) -> list[str]:
    """The zones of one kind."""
    return [words for k, words in kinds(document(text)) if k == kind]


def test_title_byline_dateline_body() -> None:
    found = document(f"Bridge at Velm stays closed, council says\nBy Ana Brod\nVELM: {BODY}")
    assert kinds(found) == [
        ("title", "Bridge at Velm stays closed, council says"),
        ("byline", "By Ana Brod"),
        ("dateline", "VELM:"),
        ("body", FIRST),
        ("body", SECOND),
        ("body", THIRD),
    ]
    assert (found.title, found.byline) == ("Bridge at Velm stays closed, council says", "Ana Brod")
    assert found.dateline is not None
    assert found.dateline.place == "VELM"
    assert found.language == "en"


def test_no_title_is_guessed() -> None:
    found = document(BODY)
    assert found.title is None
    assert {kind for kind, _ in kinds(found)} == {"body"}


@pytest.mark.parametrize(
    ("title", "is_title"),
    [
        ("Karsk Front denies it crossed the Orra", True),
        ("Why did the Karsk Front cross the river Orra in the night of Monday?", True),
        ("Talks with the Front fail in the U.S.", True),
        ("Tarvia’s rulers say the north ‘is calm’", True),
        (SECOND, False),
    ],
)
def test_what_a_title_looks_like(title: str, is_title: bool) -> None:
    assert (document(f"{title}\n{BODY}").title == title) is is_title


@pytest.mark.parametrize(
    "label", ["World", "News in English", "Home > News > Tarvia", "Politics / Security"]
)
def test_a_section_label_is_no_title(label: str) -> None:
    found = document(f"{label}\n\nBridge at Velm stays closed\n\n{BODY}")
    assert found.title == "Bridge at Velm stays closed"
    assert kinds(found)[0] == ("notice", label)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ana Brod", "Ana Brod"),
        ("By Ana Brod | 3 March 2031", "Ana Brod"),
        ("Written by: A. Brod and Ivo Marek", "A. Brod and Ivo Marek"),
        ("VT Monitoring Desk", "VT Monitoring Desk"),
        ("Staff Report, Orra Bureau", "Staff Report, Orra Bureau"),
        ("Reuters", "Reuters"),
        ("Ana Brod", "Ana Brod"),
        ("Автор: Анна Брод", "Анна Брод"),
    ],
)
def test_bylines(line: str, name: str) -> None:
    found = document(f"Bridge at Velm stays closed\n{line}\n{BODY}")
    assert found.byline == name
    assert kinds(found)[1] == ("byline", line)


def test_captions() -> None:
    caption = "Soldiers stand by the bridge of Velm last week. [Ivo Marek / AFP]"
    bare = "Soldiers stand guard by the bridge over the river in the town of Velm last week."
    title = "Bridge at Velm stays closed"
    assert of_kind(f"{title}\n\n{caption}\n\n{caption}\n\n{BODY}", "caption") == [caption] * 2
    assert of_kind(f"{title}\n\n{bare}\n\n{bare}\n\n{BODY}", "caption") == [bare] * 2
    for line in (
        "FILE - Soldiers of Tarvia walk over the bridge in Velm, March 3, 2031.",
        "The bridge at Velm (Photo: Ivo Marek)",
        "Photo: Ivo Marek/Orra News",
        "The bridge at Velm. (AP Photo/Ivo Marek)",
    ):
        assert of_kind(f"{title}\n{line}\n{BODY}", "caption") == [line]


def test_headings_inside_the_body_stay() -> None:
    found = document(f"Bridge at Velm stays closed\n\n{FIRST}\n\nFear on both banks\n\n{THIRD}")
    assert ("body", "Fear on both banks") in kinds(found)


def test_comments() -> None:
    found = document(
        f"{BODY}\n\nDo you like this article?\n\n3 Comments\n\nName * Email *\n\nReply\n\n"
        "It was ever so in the north.\n\nNobody in Velm believes the Front any more, do they?\n"
    )
    assert [kind for kind, _ in kinds(found)] == ["body"] * 3 + ["notice"] * 4 + ["comment"] * 2


def test_related_links_with_their_times() -> None:
    found = document(
        f"{BODY}\nRelated News\n09:10 / 03.03.2031\nFront takes the mill at Karsk\n"
        "11:45 / 02.03.2031\nTarvia and Ostmark sign a treaty on water\n"
    )
    assert [kind for kind, _ in kinds(found)] == ["body"] * 3 + ["related"] * 5
    assert found.published.value is None


def test_links_in_the_middle_do_not_end_the_report() -> None:
    found = document(
        f"{FIRST}\nRead also\nFront takes the mill at Karsk\n{SECOND}\n{THIRD}\n"
        f"Read also: Tarvia and Ostmark sign a treaty\n{FIRST}"
    )
    assert [k for k, _ in kinds(found)] == [
        "body",
        *["related"] * 2,
        "body",
        "body",
        "related",
        "body",
    ]


def test_headlines_at_the_end_are_links() -> None:
    found = document(
        f"{BODY}\nFront takes the mill at Karsk\nTarvia and Ostmark sign a treaty on water\n"
        "Mayor of Velm steps down after nine years"
    )
    assert [kind for kind, _ in kinds(found)] == ["body"] * 3 + ["related"] * 3


@pytest.mark.parametrize(
    ("notice", "origin", "outlet"),
    [
        ("The post Bridge at Velm stays closed appeared first on Orra News.", "Orra News", None),
        ("The post Bridge at Velm first appeared on Orra News", "Orra News", None),
        ("This article was originally published by Orra News.", "Orra News", None),
        ("Originally published in The Velm Times on March 3, 2031.", "Velm Times", None),
        ("Republished with permission from Orra News.", "Orra News", None),
        ("© 2031 Orra News. All rights reserved.", None, "Orra News"),
        ("(c) Orra News", None, "Orra News"),
        ("Copyright 2029-2031 Orra News Agency", None, "Orra News Agency"),
        ("LINK: https://www.orra.example/english/12", None, "orra.example"),
        ("Читайте на orra77.net", None, "orra77.net"),
        ("Source: Orra News", "Orra News", None),
        ("Share this:", None, None),
    ],
)
@pytest.mark.parametrize("glue", ["\n", "\n\n", " ", ""])
def test_notices_name_origin_and_outlet(
    notice: str, origin: str | None, outlet: str | None, glue: str
) -> None:
    found = document(f"{BODY}{glue}{notice}")
    assert kinds(found)[2:] == [("body", THIRD), ("notice", notice)]
    assert (found.origin, found.outlet) == (origin, outlet)


def test_two_notices_on_one_line() -> None:
    found = document(f"{BODY} The post X appeared first on Orra News. Читайте на orra77.net")
    assert (found.origin, found.outlet) == ("Orra News", "orra77.net")
    assert kinds(found)[2] == ("body", THIRD)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("March 3, 2031", "2031-03-03"),
        ("Published: 3 Mar 2031 10:22", "2031-03-03"),
        ("10:22 / 03.03.2031", "2031-03-03"),
        ("2031-03-03", "2031-03-03"),
        ("3 марта 2031", "2031-03-03"),
        ("03/04/2031", None),
        ("23/04/2031", "2031-04-23"),
    ],
)
def test_publication_dates_above_the_body(line: str, value: str | None) -> None:
    found = document(f"Bridge at Velm stays closed\n{line}\n{BODY}")
    assert found.published.value == value
    assert kinds(found)[1] == ("notice", line)


def test_publication_date_of_the_address() -> None:
    found = document(BODY, uri="in/2031/03/03/bridge.txt")
    assert (found.published.value, found.published.basis) == ("2031-03-03", "url")
    assert document(f"{BODY}\nIt ended on March 3, 2031.").published.value is None


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "Bridge at Velm stays closed\n\n"
        "The council of Velm said on Monday that the bridge over\n"
        "the Orra would stay closed until the fighters of the Karsk\n"
        "Front had left the northern bank, which they took at the\n"
        "end of last month after a short fight.\n\n"
        "The Front denied on Tuesday that any of its men had been\n"
        "near the river, and called the council a nest of liars who\n"
        "wished to see the town burn before they gave up a seat.\n"
    )
    found = document(wrapped)
    assert [kind for kind, _ in kinds(found)] == ["title", "body", "body"]
    assert found.text == wrapped


def test_short_texts() -> None:
    assert kinds(document("Hello, Velm")) == [("body", "Hello, Velm")]
    assert document("Hello, Velm").language is None


def test_republished_text_has_one_id_wherever_it_lies() -> None:
    assert document(BODY, uri="a.txt").id == document(BODY, uri="b.txt").id
    assert document(BODY).id != document(f"{BODY} ").id
