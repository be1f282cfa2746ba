"""Drafts from a tagger's attributions. A fake tagger marks what the test says, word for word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.records.analyses import Analysis, DraftStatement, TaggedAttribution
from sayso.steps.extract.statements import find_statements

Analyse = Callable[[str], Analysis]


def tagged(
    analysis: Analysis, source: str, cue: str, *contents: str, parse: int = 0
) -> TaggedAttribution:
    here = analysis.parses[parse]

    def tokens(words: str) -> tuple[int, int]:
        start = analysis.text.index(words, here.zone.span.start)
        first, last = (
            next(i for i, s in enumerate(here.starts) if s >= start),
            sum(end <= start + len(words) for end in here.ends),
        )
        return first, last

    sources = (tokens(source),) if source else ()
    return TaggedAttribution(
        parse, tokens(cue), sources, tuple(map(tokens, contents)), 0.9, 0.9, 0.8
    )


def read(analysis: Analysis, *found: TaggedAttribution) -> list[DraftStatement]:
    return find_statements(analysis, list(found))


def cut(analysis: Analysis, draft: DraftStatement) -> tuple[str | None, list[str]]:
    holder = draft.holder.cut(analysis.text) if draft.holder else None
    return holder, [piece.cut(analysis.text) for piece in draft.content]


def test_a_tagged_attitude_is_a_statement_that_the_rules_do_not_know(analyse: Analyse) -> None:
    analysis = analyse("The Karsk Front favours a ceasefire in Velm.")
    (draft,) = read(analysis, tagged(analysis, "The Karsk Front", "favours", "a ceasefire in Velm"))
    assert cut(analysis, draft) == ("The Karsk Front", ["a ceasefire in Velm"])
    assert (draft.kind, draft.act, draft.confidence) == ("indirect", "supports", 0.8)


def test_a_second_sentence_goes_on_with_the_first(analyse: Analyse) -> None:
    analysis = analyse('"They left," Marn said. "Nobody stayed."')
    first, second = read(
        analysis, tagged(analysis, "Marn", "said", '"They left,"', '"Nobody stayed."')
    )
    assert cut(analysis, first) == ("Marn", ["They left,"])
    assert cut(analysis, second) == ("Marn", ["Nobody stayed."])
    assert first.kind == second.kind == "direct"
    assert second.continues == 0


def test_marks_inside_a_content_stay(analyse: Analyse) -> None:
    analysis = analyse('Marn said the "so-called army of ours" had gone home.')
    content = 'the "so-called army of ours" had gone home'
    (draft,) = read(analysis, tagged(analysis, "Marn", "said", content))
    assert cut(analysis, draft) == ("Marn", [content])
    assert draft.kind == "mixed"
    assert [span.cut(analysis.text) for span in draft.exact] == ["so-called army of ours"]


def test_a_quotation_with_its_speaker_is_not_lost_where_the_tagger_is_silent(
    analyse: Analyse,
) -> None:
    analysis = analyse('"The valley is quiet today," said Oren Vasch.')
    (draft,) = read(analysis)
    assert cut(analysis, draft) == ("Oren Vasch", ["The valley is quiet today,"])


def test_according_to_is_not_lost_either(analyse: Analyse) -> None:
    analysis = analyse("According to the ministry, the bridge was closed on Monday.")
    (draft,) = read(analysis)
    assert cut(analysis, draft)[0] == "the ministry"


def test_what_both_found_is_there_once(analyse: Analyse) -> None:
    analysis = analyse("Marn said that the road was closed.")
    drafts = read(analysis, tagged(analysis, "Marn", "said", "that the road was closed"))
    assert len(drafts) == 1


@pytest.mark.parametrize(
    ("text", "cue", "act", "polarity", "modality"),
    [
        ("Marn did not say that they left.", "did not say", "asserts", "negative", "actual"),
        ("Marn will announce that they left.", "will announce", "asserts", "positive", "future"),
        ("Marn may claim that they left.", "may claim", "asserts", "positive", "possible"),
        ("Marn warned that they left.", "warned", "warns", "positive", "actual"),
        ("Marn refused to say that they left.", "refused to say", "declines", "positive", "actual"),
        ("Marn called for that they left.", "called for", "demands", "positive", "actual"),
    ],
)
def test_the_cue_tells_the_act(
    analyse: Analyse, text: str, cue: str, act: str, polarity: str, modality: str
) -> None:
    analysis = analyse(text)
    (draft,) = read(analysis, tagged(analysis, "Marn", cue, "that they left"))
    assert (draft.act, draft.polarity, draft.modality) == (act, polarity, modality)


def test_who_only_passed_it_on_is_the_way_and_not_the_holder(analyse: Analyse) -> None:
    analysis = analyse("The Isel Post quoted Brunt Okell as saying that the truce would not hold.")
    content = "Brunt Okell as saying that the truce would not hold"
    (draft,) = read(analysis, tagged(analysis, "The Isel Post", "quoted", content))
    assert cut(analysis, draft) == ("Brunt Okell", ["that the truce would not hold"])
    assert draft.passed_on is not None
    assert draft.passed_on.cut(analysis.text).endswith("Post")


def test_a_report_of_a_report_keeps_both(analyse: Analyse) -> None:
    analysis = analyse("The Courier reported that Oren Vasch said the road was closed.")
    content = "that Oren Vasch said the road was closed"
    outer, inner = read(analysis, tagged(analysis, "The Courier", "reported", content))
    assert cut(analysis, outer) == ("The Courier", [content])
    assert cut(analysis, inner) == ("Oren Vasch", ["the road was closed"])
    assert inner.outer == 0


def test_what_is_reported_by_way_of_another_keeps_who_said_it(analyse: Analyse) -> None:
    text = "The Courier, citing the Isel Post, reported that Oren Vasch said the road was closed."
    analysis = analyse(text)
    content = "that Oren Vasch said the road was closed"
    outer, inner = read(analysis, tagged(analysis, "The Courier", "reported", content))
    assert cut(analysis, outer) == ("the Isel Post", [content])
    assert cut(analysis, inner) == ("Oren Vasch", ["the road was closed"])
    assert inner.outer == 0


def test_what_a_speaker_retells_is_no_statement_unless_it_weighs(analyse: Analyse) -> None:
    said = '"He left, and the baker said the road was closed,"'
    analysis = analyse(f"{said} Oren Vasch told reporters.")
    assert len(read(analysis, tagged(analysis, "Oren Vasch", "told", said))) == 1
    claimed = '"The Karsk Front claimed responsibility for the fire in Velm,"'
    analysis = analyse(f"{claimed} Oren Vasch told reporters.")
    acts = [d.act for d in read(analysis, tagged(analysis, "Oren Vasch", "told", claimed))]
    assert "claims_responsibility" in acts


def test_a_clause_is_drawn_out_to_its_own_verb(analyse: Analyse) -> None:
    rest = ", during which ten men were held, the number of fighters is still high"
    analysis = analyse(f"Oren Vasch said that despite the raid{rest}.")
    short = tagged(analysis, "Oren Vasch", "said", "that despite the raid")
    (draft,) = read(analysis, short)
    assert cut(analysis, draft) == ("Oren Vasch", [f"that despite the raid{rest}"])


def test_the_subject_is_the_holder_where_the_tagger_gave_none(analyse: Analyse) -> None:
    analysis = analyse("Oren Vasch said that the road was closed.")
    (draft,) = read(analysis, tagged(analysis, "", "said", "that the road was closed"))
    assert cut(analysis, draft)[0] == "Oren Vasch"
