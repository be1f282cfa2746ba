"""Copies: sketches find them, comparing decides, groups hold what is one text."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import combinations

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_grows_by_at_most
from tests.steps.match.articles import NOTICE, PORT, TALKS, report

from sayso.records.documents import Document
from sayso.records.matches import Copies
from sayso.records.spans import Span
from sayso.steps.match.copies.boilerplate import boilerplate
from sayso.steps.match.copies.comparing import CopyPair, SharedPassage, compare
from sayso.steps.match.copies.first_published import CopyFacts, first_published
from sayso.steps.match.copies.grouping import group
from sayso.steps.match.copies.library import MOST_UNDER_A_KEY, Library, candidates
from sayso.steps.match.copies.shingles import shingles
from sayso.steps.match.copies.sketches import (
    HEAD,
    HEAD_WINDOW,
    PRINT_WIDTH,
    Sketch,
    bands,
    print_places,
    prints,
    sketch,
)

PARAGRAPHS = PORT.split("\n\n")


def found(*documents: Document) -> Library:
    by_id = {document.id: document for document in documents}
    library = Library(by_id.__getitem__)
    for document in documents:
        library.add(document)
    return library


def grouped(*documents: Document) -> list[Copies]:
    facts = [CopyFacts.of(document) for document in documents]
    return group(facts, found(*documents).pairs, made_by="test")


def ids(copies: Copies) -> list[str]:
    return [copy.document for copy in copies.documents]


EDITED = {
    "reprint": PORT,
    "trimmed": "\n\n".join(PARAGRAPHS[:2]),
    "new lead": "A bad Monday for Velm\n\nIt will be a long winter.\n\n"
    + "\n\n".join(PARAGRAPHS[2:]),
    "light edits": PORT.replace("Monday", "Tuesday")
    .replace("destroyed", "ruined")
    .replace("early morning", "small hours")
    .replace("about forty", "some 40"),
    "notice": f"{PORT}\n{NOTICE}",
    "merged": f"{TALKS}\n{PORT}",
    "capitals and dashes": PORT.upper().replace(",", " –"),
}


@pytest.mark.parametrize("edit", EDITED)
def test_an_edited_copy_is_found(edit: str) -> None:
    library = found(report("a", PORT), report("z", TALKS), report("b", EDITED[edit]))
    assert ("a", "b") in {(pair.left, pair.right) for pair in library.pairs}


def test_passages_cut_the_shared_words_in_both_texts() -> None:
    left, right = report("a", PORT), report("b", EDITED["new lead"])
    pair = compare(left, right)
    assert pair is not None
    assert pair.passages
    for passage in pair.passages:
        assert passage.left.cut(left.text).split() == passage.right.cut(right.text).split()


def test_a_part_is_told_from_the_whole() -> None:
    pair = compare(report("a", PORT), report("b", EDITED["merged"]))
    assert pair is not None
    assert (pair.left_share, pair.similarity) == (1.0, 1.0)
    assert pair.right_share < 0.7


def test_other_reports_of_the_same_outlet_are_no_copies() -> None:
    assert compare(report("a", PORT), report("b", TALKS)) is None


def test_a_translation_is_no_copy() -> None:
    german = (
        "Hafen von Velm nach Brand gesperrt\n\nDer Hafen von Velm wurde am Montag nach einem Brand"
        " am Nordkai gesperrt, bei dem zwei Kräne und ein Getreidelager verbrannten, sagte der"
        " Hafenmeister. Verletzt wurde niemand."
    )
    assert compare(report("a", PORT), report("b", german, language="de")) is None


def test_few_shared_words_make_no_copy() -> None:
    brief = "Velm harbour closed\n\nThe harbour of Velm was closed on Monday."
    assert compare(report("a", brief), report("b", brief)) is None


def test_a_short_report_reprinted_is_a_copy() -> None:
    assert compare(report("a", PARAGRAPHS[1]), report("b", PARAGRAPHS[1])) is not None


@pytest.mark.parametrize("text", ["", " \n ", "!?", "a", "\u200b", "一" * 50])
def test_texts_of_hardly_a_word(text: str) -> None:
    odd = report("b", text)
    assert compare(report("a", PORT), odd) is None
    assert isinstance(bands(sketch(odd)), tuple)


def test_scripts_without_spaces_are_compared_by_letters() -> None:
    text = (
        "关于卡尔斯克港口火灾的报告说两台起重机和一座粮仓被毁没有人受伤三个地区的消防员扑灭了大火"
    )
    pair = compare(report("a", text), report("b", f"{text}市议会将于星期四开会"))
    assert pair is not None
    assert pair.similarity == 1.0


def test_a_sketch_goes_through_storage() -> None:
    kept = sketch(report("a", PORT, outlet="The Karsk Post"))
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(kept), type=Sketch)
    assert again == kept
    assert bands(again) == bands(kept)
    assert all(-(2**63) <= key < 2**63 for key in bands(kept))


def test_bands_of_a_long_text_are_bounded() -> None:
    chance = random.Random(3)
    words = [f"w{chance.randrange(5000)}" for _ in range(60_000)]
    assert len(bands(sketch(report("a", " ".join(words))))) <= 16 + 1024 + HEAD


@settings(max_examples=25, deadline=None)
@given(st.permutations(["port", "port-2", "port-3", "talks", "talks-2", "both"]))
def test_groups_do_not_depend_on_the_order(order: list[str]) -> None:
    texts = {
        "port": PORT,
        "port-2": EDITED["new lead"],
        "port-3": EDITED["trimmed"],
        "talks": TALKS,
        "talks-2": TALKS + NOTICE,
        "both": EDITED["merged"],
    }
    made = grouped(*(report(name, texts[name]) for name in order))
    assert sorted(map(ids, made)) == [
        ["both", "port", "port-2", "port-3"],
        ["both", "talks", "talks-2"],
    ]


def test_a_page_of_two_reports_joins_them_not() -> None:
    made = grouped(report("a", PORT), report("b", TALKS), report("m", EDITED["merged"]))
    assert sorted(map(ids, made)) == [["a", "m"], ["b", "m"]]


def test_reprints_of_a_page_of_two_reports_join_them_not() -> None:
    merged = EDITED["merged"]
    made = grouped(report("a", PORT), report("b", TALKS), report("m", merged), report("n", merged))
    assert sorted(map(ids, made)) == [["a", "m", "n"], ["b", "m", "n"]]


def test_a_page_older_than_its_parts_is_their_source() -> None:
    made = grouped(
        report("a", PORT, published="2031-05-03"),
        report("b", TALKS, published="2031-05-02"),
        report("m", EDITED["merged"], published="2031-05-01"),
    )
    assert [ids(copies) for copies in made] == [["a", "b", "m"]]
    assert made[0].origin == "m"


def _brief(town: str, number: int) -> str:
    chance = random.Random(number)
    words = [f"{town.lower()}{chance.randrange(1000)}" for _ in range(30)]
    return f"News from {town}\n\n{' '.join(words)}.\n\n"


def test_what_a_site_puts_under_each_page_makes_no_copies() -> None:
    towns = ["Velm", "Brod", "Lenn", "Ostren", "Karsk", "Ardal", "Mirov", "Sund", "Tolm"]
    pages = [
        report(f"p{i}", _brief(town, i) + NOTICE, outlet="Karsk Post")
        for i, town in enumerate(towns)
    ]
    assert found(*pages).pairs == []


def test_a_short_report_cut_to_a_few_lines_is_found_on_a_page_with_a_notice() -> None:
    # Some thirty words of the report, and more than thirty of the site's: only what the report
    # says itself counts.
    start = " ".join(PORT.split()[:32])
    towns = ["Velm", "Brod", "Lenn", "Ostren", "Karsk", "Ardal", "Mirov"]
    others = [report(f"o{i}", _brief(town, i) + NOTICE) for i, town in enumerate(towns)]
    cut = report("cut", f"{start}.\n\n{NOTICE}")
    pairs = found(*others, report("whole", PORT), cut).pairs
    assert [(pair.left, pair.right) for pair in pairs] == [("cut", "whole")]
    assert pairs[0].left_share > 0.8


@pytest.mark.parametrize("place", [0, 3, 9])
def test_a_notice_that_is_known_late_leaves_no_trace(place: int) -> None:
    start = " ".join(PORT.split()[:32])
    pages = [
        report(f"o{i}", _brief(town, i) + NOTICE)
        for i, town in enumerate(["Velm", "Brod", "Lenn", "Ostren", "Karsk", "Ardal", "Mirov"])
    ]
    pages.insert(place, report("whole", PORT))
    pages.insert(place, report("cut", f"{start}.\n\n{NOTICE}"))
    assert [(pair.left, pair.right) for pair in found(*pages).pairs] == [("cut", "whole")]


def test_what_two_papers_print_alone_and_others_among_other_matter_is_a_text() -> None:
    others = [
        report(f"d{i}", f"{_brief(town, i) * 4}\n\n{PORT}", outlet=f"Paper {i}")
        for i, town in enumerate(["Velm", "Brod", "Lenn", "Ostren", "Karsk", "Ardal", "Mirov"])
    ]
    alone = [report("a", PORT, outlet="Velm Wire"), report("b", PORT, outlet="Brod Wire")]
    made = found(*alone, *others).pairs
    assert {(p.left, p.right) for p in made} >= {("a", "b"), ("a", "d0"), ("b", "d6")}


def test_the_head_of_a_text_is_printed_densely() -> None:
    # Fifteen words that two heads share give both the same print, wherever they stand.
    shared = [f"same{i}" for i in range(HEAD_WINDOW + PRINT_WIDTH - 1)]
    left = [f"left{i}" for i in range(20)]
    for before in range(0, HEAD - len(shared), 7):
        right = [f"right{i}" for i in range(before)]
        ours = np.concatenate(prints(shingles([*left, *shared], PRINT_WIDTH)))
        theirs = np.concatenate(prints(shingles([*right, *shared, *left[::-1]], PRINT_WIDTH)))
        assert set(ours.tolist()) & set(theirs.tolist())


@given(st.lists(st.sampled_from("abcdef"), max_size=300))
def test_prints_stand_where_they_are_said_to(words: list[str]) -> None:
    numbers = shingles(words, PRINT_WIDTH)
    head, wide = print_places(numbers)
    held = {int(numbers[place]) for place in (*head.tolist(), *wide.tolist())}
    assert held == set(np.concatenate(prints(numbers)).tolist())
    assert all(place < len(numbers) for place in (*head.tolist(), *wide.tolist()))


def test_a_text_that_many_print_is_no_boilerplate() -> None:
    pages = [report(f"p{i}", PORT, outlet=f"Paper {i}") for i in range(12)]
    made = grouped(*pages)
    assert [len(copies.documents) for copies in made] == [12]


def _reworded(text: str, number: int) -> str:
    """About six of a hundred words are others."""
    chance = random.Random(number)
    return " ".join(
        f"other{number}x{place}" if chance.random() < 0.06 else word
        for place, word in enumerate(text.split(" "))
    )


def test_a_short_text_that_many_editors_change_here_and_there_is_one_group() -> None:
    pages = [report(f"p{i:02}", _reworded(PORT, i), outlet=f"Paper {i}") for i in range(24)]
    assert [len(copies.documents) for copies in grouped(*pages)] == [len(pages)]


def _judged(*pages: Document) -> bool:
    """Whether a key that all of these carry is boilerplate."""
    by_id = {page.id: page for page in pages}

    def pairs_among(ids: Sequence[str]) -> list[CopyPair]:
        pairs = combinations(map(by_id.__getitem__, ids), 2)
        return [pair for one, other in pairs if (pair := compare(one, other)) is not None]

    return boilerplate({1: [sketch(page) for page in pages]}, pairs_among, {}) == {1}


def test_a_notice_stands_under_six_texts_and_copies_count_once() -> None:
    texts = [f"{_brief(town, i) * 2}" for i, town in enumerate(["Velm", "Brod", "Lenn", "Ardal"])]
    two = [
        *(report(f"a{i}", f"{texts[0]}{NOTICE}", outlet=f"Paper {i}") for i in range(4)),
        *(report(f"b{i}", f"{texts[1]}{NOTICE}", outlet=f"Journal {i}") for i in range(4)),
    ]
    assert not _judged(*two)
    four = [report(f"o{i}", text + NOTICE, outlet=f"Post {i}") for i, text in enumerate(texts[2:])]
    assert not _judged(*two, *four)
    more = [
        report(f"m{i}", _brief(town, 10 + i) * 2 + NOTICE, outlet=f"Herald {i}")
        for i, town in enumerate(["Mirov", "Sund"])
    ]
    assert _judged(*two, *four, *more)


def test_a_notice_is_known_though_some_pages_are_little_else() -> None:
    towns = ["Velm", "Brod", "Lenn", "Ostren", "Karsk", "Ardal"]
    pages = [report(f"o{i}", _brief(town, i) + NOTICE) for i, town in enumerate(towns)]
    assert _judged(*pages, report("picture", f"The harbour at dawn\n\n{NOTICE}"))


@pytest.mark.parametrize(("row", "is_copy"), [(12, False), (20, True)])
def test_lines_of_news_that_are_worded_alike_are_no_copies(row: int, is_copy: bool) -> None:
    # Both share 24 words or more of 31; in one case no twenty of them in a row.
    words = " ".join(PORT.split()[:31]).split()
    changed = [*words[:row], "yesterday", *words[row + 1 :]]
    if not is_copy:
        changed[row + 13] = "there"
    assert (
        compare(report("a", " ".join(words)), report("b", " ".join(changed))) is None
    ) != is_copy


def test_a_text_that_hundreds_print_is_one_group() -> None:
    pages = [
        report(f"p{i:03}", f"{PORT}\nPrinted in town {i}.") for i in range(3 * MOST_UNDER_A_KEY)
    ]
    made = grouped(*pages)
    assert [len(copies.documents) for copies in made] == [len(pages)]


def test_a_document_added_twice_makes_no_pair_with_itself() -> None:
    document = report("a", PORT)
    library = found(document)
    assert library.add(document) == []
    assert len(library) == 1


def test_candidates_are_ranked_and_bounded() -> None:
    under = {1: ["c", "a"], 2: ["a"], 3: [f"d{i:04}" for i in range(5000)]}
    ranked = candidates(under)
    assert ranked[0] == "a"
    assert len(ranked) == 2 + MOST_UNDER_A_KEY
    assert candidates(under, common={3}) == ("a", "c")


def origin(*documents: Document) -> tuple[str | None, str]:
    return first_published([CopyFacts.of(document) for document in documents])


def test_the_origin_is_the_outlet_that_others_credit() -> None:
    told = origin(
        report("a", PORT, outlet="Gazette", published="2031-05-01", agency="Velm Wire"),
        report("b", PORT, outlet="velmwire.example", published="2031-05-02"),
    )
    assert told == ("b", "others say they have it from Velm Wire")


def test_an_origin_that_is_not_there_is_named_and_not_guessed() -> None:
    id, reason = origin(
        report("a", PORT, outlet="Gazette", published="2031-05-01", origin="The Karsk Post"),
        report("b", PORT, outlet="Herald", published="2031-05-02"),
    )
    assert id is None
    assert "The Karsk Post" in reason


def test_an_agency_is_credited_by_its_letters() -> None:
    told = origin(
        report("a", PORT, outlet="Gazette", published="2031-05-01", agency="VNA"),
        report("b", PORT, outlet="Velm News Agency", published="2031-05-01", agency="VNA"),
    )
    assert told == ("b", "others say they have it from VNA")


def test_of_the_same_day_the_agency_is_the_origin() -> None:
    told = origin(
        report("a", PORT, outlet="Gazette", published="2031-05-01"),
        report("b", PORT, outlet="Velm News Agency", published="2031-05-01"),
        report("c", PORT, outlet="Herald", published="2031-05-02"),
    )
    assert told == ("b", "the one of the earliest that is an agency: Velm News Agency")


def test_of_the_same_day_the_origin_has_all_that_the_others_share() -> None:
    first = PORT.split("\n\n")
    trimmed = "\n\n".join(first[:3])
    new_lead = "Another bad day for the harbour of the town\n\n" + "\n\n".join(first[1:])
    pages = [
        report("a", trimmed, published="2031-05-01"),
        report("b", PORT, published="2031-05-01"),
        report("c", new_lead, published="2031-05-01"),
    ]
    assert [copies.origin for copies in grouped(*pages)] == ["b"]
    assert [copies.origin for copies in grouped(*pages[:2])] == [None]
    assert [copies.origin for copies in grouped(*pages, report("d", PORT))] == [None]


def test_the_earliest_is_the_origin_where_nobody_is_credited() -> None:
    assert (
        origin(
            report("a", PORT, published="2031-05-02"), report("b", PORT, published="2031-05-01")
        )[0]
        == "b"
    )


@pytest.mark.parametrize(
    "dates",
    [
        ("2031-05-01", "2031-05-01"),
        ("2031-05", "2031-05-09"),
        ("2031-05-01", None),
        ("2031-05-01", "some day"),
    ],
)
def test_dates_that_do_not_tell_give_no_origin(dates: tuple[str | None, str | None]) -> None:
    first, second = dates
    assert (
        origin(report("a", PORT, published=first), report("b", PORT, published=second))[0] is None
    )


WORDS = st.lists(
    st.sampled_from("velm karsk port pier fire said on the of a".split()), max_size=120
)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
def test_comparing_is_the_same_from_both_sides(left: list[str], right: list[str]) -> None:
    one, other = report("a", " ".join(left)), report("b", " ".join(right))
    pair, turned = compare(one, other), compare(other, one)
    assert (pair is None) == (turned is None)
    if pair is not None and turned is not None:
        assert turned.turned() == pair
        assert 0.5 <= pair.similarity <= 1
        for passage in pair.passages:
            assert passage.left.end <= len(one.text)
            assert passage.right.end <= len(other.text)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_a_text_is_wholly_a_copy_of_itself_or_too_short(words: list[str]) -> None:
    text = " ".join(words)
    pair = compare(report("a", text), report("b", text))
    assert pair is None or pair.similarity == 1.0


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "velm " * n,
        lambda n: "velm karsk " * (n // 2),
        lambda n: " ".join(f"w{i % 97}" for i in range(n)),
    ],
)
def test_texts_that_repeat_themselves_take_linear_time(make: object) -> None:
    assert callable(make)

    def comparing(size: int) -> Callable[[], object]:
        one, other = report("a", make(size)), report("b", make(size) + " end")
        return lambda: compare(one, other)

    assert_grows_by_at_most(16, comparing(10_000), comparing(80_000))


def test_pairs_of_unknown_documents_are_passed_over() -> None:
    pair = CopyPair("a", "b", 1.0, 1.0, 1.0, 30, 30, 30, ())
    assert group([CopyFacts("a")], [pair], made_by="test") == []


def _part(page: str, part: str, at: int) -> CopyPair:
    """`page` holds all of `part`, from this character on."""
    passage = SharedPassage(Span(at, at + 90), Span(0, 90))
    return CopyPair(page, part, 1.0, 0.1, 1.0, 300, 30, 30, (passage,))


def test_groups_of_thousands_take_no_quadratic_time() -> None:
    def grouping(count: int) -> Callable[[], object]:
        ids = [f"d{n:05}" for n in range(count)]
        facts = [CopyFacts(id) for id in ("digest", "text", *ids)]
        pairs = [_part("digest", id, 200 * n) for n, id in enumerate(ids)]
        pairs += [_part("text", id, 0) for id in ids]
        return lambda: group(facts, pairs, made_by="test")

    assert_grows_by_at_most(16, grouping(2_000), grouping(8_000), least=0.05)
