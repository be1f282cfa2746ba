from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.errors import MissingExtra
from sayso.learned.attribution import onnx_tagger
from sayso.learned.attribution.onnx_tagger import OnnxTagger
from sayso.pipeline import Reader
from sayso.records.analyses import Analysis, TaggedAttribution
from sayso.records.parses import Parse
from sayso.settings import ExtractSettings, Settings

Analyse = Callable[[str], Analysis]


@pytest.fixture(scope="module", params=["fast", "best"])
def tagger(request: pytest.FixtureRequest) -> OnnxTagger:
    return OnnxTagger(request.param)


def texts(analysis: Analysis, one: TaggedAttribution) -> tuple[list[str], str, list[str]]:
    parse: Parse = analysis.parses[one.parse]

    def cut(first: int, last: int) -> str:
        return parse.span(first, last).cut(analysis.text)

    return (
        [cut(*source) for source in one.sources],
        cut(*one.cue),
        [cut(*content) for content in one.contents],
    )


def test_a_plain_sentence_gives_its_parts(analyse: Analyse, tagger: OnnxTagger) -> None:
    analysis = analyse("Ilse Marn, the Tarvian envoy, said that the Karsk Front had left Velm.")
    (one,) = tagger.tag(analysis.parses)
    sources, cue, contents = texts(analysis, one)
    assert sources[0].startswith("Ilse Marn")
    assert cue == "said"
    assert contents == ["that the Karsk Front had left Velm"]
    assert 0.5 < one.confidence <= 1.0


def test_an_interrupted_quotation_comes_out_in_its_pieces(
    analyse: Analyse, tagger: OnnxTagger
) -> None:
    analysis = analyse('"We hold the bridge," Marn said, "and we will hold the town."')
    (one,) = tagger.tag(analysis.parses)
    assert texts(analysis, one) == (
        ["Marn"],
        "said",
        ['"We hold the bridge,"', '"and we will hold the town."'],
    )


def test_what_stands_around_changes_no_span_of_the_scheme(
    analyse: Analyse, tagger: OnnxTagger
) -> None:
    analysis = analyse("It rained.\n\nThe ministry denied the report.\n\n\u200bÀ 😀 \u0301 ok.")
    for one in tagger.tag(analysis.parses):
        parse = analysis.parses[one.parse]
        for first, last in (one.cue, *one.sources, *one.contents):
            assert 0 <= first < last <= len(parse)


def test_the_same_text_gives_the_same_whatever_came_before(
    analyse: Analyse, tagger: OnnxTagger
) -> None:
    parses = analyse('Oren Vasch told the Velm Courier: "Nobody came."').parses
    before = tagger.tag(parses)
    tagger.tag(analyse("He said she said they said it. " * 40).parses)
    assert tagger.tag(parses) == before
    again = OnnxTagger("best" if tagger.name.endswith("best") else "fast")
    assert again.tag(parses) == before


def test_nothing_in_nothing_out(tagger: OnnxTagger) -> None:
    assert tagger.tag(()) == []


def test_without_its_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_tagger, "is_installed", lambda: False)
    with pytest.raises(MissingExtra, match=r"sayso\[tagger\]"):
        OnnxTagger("best")


def test_auto_is_the_tagger_where_it_is_installed_and_the_rules_where_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert isinstance(Reader(Settings())._tagger, OnnxTagger)
    monkeypatch.setattr(onnx_tagger, "is_installed", lambda: False)
    assert Reader(Settings())._tagger is None
    with pytest.raises(MissingExtra):
        _ = Reader(Settings(extract=ExtractSettings(attribution="best")))._tagger
