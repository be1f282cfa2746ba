from __future__ import annotations

from pathlib import Path

from evals.brat import Attribution, articles, parse

from sayso.records.spans import Span

TEXT = "“Velm is ours,” said Ana Dorn. “It stays so.”"
STANDOFF = (
    "T1\tSource 21 29\tAna Dorn\n"
    "T2\tCue 16 20\tsaid\n"
    "T3\tContent 0 15;31 45\t“Velm is ours,” “It stays so.”\n"
    "T4\tAttribution 16 20\tsaid\n"
    "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
    "T5\tDiscuss 31 45\t“It stays so.”\n"
    "#1\tAnnotatorNotes E1\tsomething\n"
)


def test_an_event_line_joins_its_parts_and_keeps_the_pieces_apart() -> None:
    (found,) = parse(STANDOFF)
    assert [span.cut(TEXT) for span in found.content] == ["“Velm is ours,”", "“It stays so.”"]
    assert [span.cut(TEXT) for span in found.source + found.cue] == ["Ana Dorn", "said"]


def test_a_second_content_belongs_to_the_same_attribution() -> None:
    two = "T1\tCue 16 20\tsaid\nT2\tContent 31 45\tb\nT3\tContent 0 15\ta\n"
    (found,) = parse(two + "E1\tAttribution-no-source:T9 Cue:T1 Content2:T2 Content:T3\n")
    assert found == Attribution((), (Span(16, 20),), (Span(0, 15), Span(31, 45)))


def test_each_annotator_of_an_article_is_read_apart(tmp_path: Path) -> None:
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "velm_gazette.txt").write_text(TEXT, "utf-8")
    (tmp_path / "attributions" / "velm_gazette_0a1b.ann").write_text(STANDOFF, "utf-8")
    (tmp_path / "attributions" / "velm_gazette_ffff.ann").write_text("", "utf-8")
    (article,) = articles(tmp_path)
    assert article.text == TEXT
    assert {who: len(found) for who, found in article.annotations.items()} == {"0a1b": 1, "ffff": 0}
