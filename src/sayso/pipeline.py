"""The one place that knows the order of the steps.

    path ──acquire.files──▶ RawDocument
    RawDocument ──clean.clean──▶ Document                       text, zones, map to the source
    Document ──model.parse──▶ Analysis                          tokens and trees of its zones
    Analysis ──extract.names──▶ names ──link.entities──▶ DocumentEntities
    DocumentEntities ──link.placing──▶ the same, places located
    Analysis, names ──extract.phrases──▶ phrases ──link.phrases──▶ more mentions and entities
    Analysis ──extract.times──▶ times
    Analysis ──tagger.tag──▶ tagged attributions                (not where the rules do alone)
    Analysis, tagged ──extract.statements──▶ drafts ──link.holders──▶ statements
    Analysis, statements ──extract.claims──▶ claims, events ──link.references──▶ the same, resolved
    all of it ──▶ Reading ──store──▶ ledger                     one transaction a document

Every step is a plain function of records: it touches no store, no network and no global.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.documents import Document, RawDocument
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Event, Mention, Statement, Time
from sayso.records.provenance import MadeBy, Problem
from sayso.records.readings import Reading
from sayso.settings import Settings, actor_files

if TYPE_CHECKING:
    from sayso.ports import AttributionTagger, LanguageModel
    from sayso.records.analyses import TaggedAttribution
    from sayso.steps.link.actors import Actors
    from sayso.steps.link.holders import Resolved
    from sayso.steps.link.phrases import Phrased

VERSIONS = {"entities": "4", "statements": "6", "claims": "7"}
"""By step (cleaning states its own). A step whose results may differ gets the next number."""

PARSED_ZONES = frozenset({"title", "body", "caption"})
"""Zones that are the report's own: the others are nobody's statement here."""


class _Extraction(Struct, frozen=True):
    """What findings depend on beside the text."""

    model: str
    model_version: str
    tagger: str
    """Name and hash of its weights; `rules` without one."""
    actors: str


@dataclass(frozen=True)
class Speech:
    """What is found before claims: who is named, when, and who said what."""

    named: DocumentEntities
    phrased: Phrased
    times: tuple[Time, ...]
    resolved: Resolved
    """The statements with their holders."""


class Reader:
    """Reads one document after another: loads its model once, and keeps nothing between them.

    Not thread-safe, and heavy: one a process.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        model: LanguageModel | None = None,
        tagger: AttributionTagger | None = None,
    ):
        self._settings = settings or Settings()
        self._given = model
        self._given_tagger = tagger

    @cached_property
    def _model(self) -> LanguageModel:
        if self._given is not None:
            return self._given
        from sayso.learned.spacy_model import SpacyModel

        return SpacyModel(self._settings.extract.model)

    @cached_property
    def _tagger(self) -> AttributionTagger | None:
        """The trained tagger, or None where the rules do without."""
        if self._given_tagger is not None:
            return self._given_tagger
        name = self._settings.extract.attribution
        if name == "rules":
            return None
        from sayso.learned.attribution.onnx_tagger import OnnxTagger, is_installed

        if name == "auto":
            return OnnxTagger("best") if is_installed() else None
        return OnnxTagger(name)

    def _tagged(self, analysis: Analysis) -> list[TaggedAttribution] | None:
        return None if self._tagger is None else self._tagger.tag(analysis.parses)

    @cached_property
    def _actors(self) -> Actors:
        from sayso.steps.link.actors import Actors

        extract = self._settings.extract
        return Actors.load(actor_files(extract), builtin=extract.builtin_actors)

    @cached_property
    def made_by(self) -> dict[str, MadeBy]:
        """The stamps of this reader's steps, by step."""
        from sayso.steps.clean import clean

        tagger = self._tagger
        extraction = _Extraction(
            self._model.name,
            self._model.version,
            f"{tagger.name} {tagger.version}" if tagger is not None else "rules",
            self._actors.fingerprint,
        )
        stamps = {clean.STEP: MadeBy.of(clean.STEP, clean.VERSION, self._settings.clean)}
        for step, version in VERSIONS.items():
            stamps[step] = MadeBy.of(step, version, extraction)
        return stamps

    def read(self, raw: RawDocument) -> Reading:
        """Everything that one input gives. Raises SetAside where it cannot be read."""
        return self._extract(*self.analyse(raw))

    def analyse(self, raw: RawDocument) -> tuple[Analysis, tuple[Problem, ...]]:
        """The cleaned text and its parses, before anything is found in it; and what was lost.

        Raises SetAside where the input cannot be read.
        """
        from sayso.steps.clean.clean import clean

        cleaned = clean(raw, self._settings.clean)
        analysis, unread = self._parsed(cleaned.document)
        return analysis, (*cleaned.problems, *unread)

    def read_document(self, document: Document) -> Reading:
        """Everything in a text that is clean already."""
        return self._extract(*self._parsed(document))

    def _parsed(self, document: Document) -> tuple[Analysis, tuple[Problem, ...]]:
        from sayso.steps.clean.capitals import one_case, recased

        zones = [zone for zone in document.zones if zone.kind in PARSED_ZONES]
        text = document.text
        # The model knows names by their capitals: copy in one case is parsed in the usual one.
        parsed = self._model.parse(recased(text) if one_case(text) else text, zones)
        problems: tuple[Problem, ...] = ()
        if parsed.unread:
            problem = Problem.of(
                document.uri,
                "parse",
                "text_lost",
                f"{len(parsed.unread)} runs of over a thousand characters without a space were"
                f" not read, the first at character {parsed.unread[0].start}",
                advice="They stay in the text; encoded data in a report is the usual cause.",
                document=document.id,
            )
            problems = (problem,)
        return Analysis(document, parsed.parses), problems

    def parse(self, document: Document) -> Analysis:
        """The parses of a text that is clean already."""
        return self._parsed(document)[0]

    def speech(self, analysis: Analysis) -> Speech:
        """The names, times and statements of a parsed text: all that comes before its claims."""
        from sayso.steps.extract.names import find_names
        from sayso.steps.extract.phrases import find_phrases
        from sayso.steps.extract.statements import find_statements
        from sayso.steps.extract.times import dated_times
        from sayso.steps.link.entities import link_entities
        from sayso.steps.link.holders import resolve_holders
        from sayso.steps.link.phrases import link_phrases
        from sayso.steps.link.placing import place_entities

        stamp = {step: made.id for step, made in self.made_by.items()}
        names = find_names(analysis, self._actors)
        named = link_entities(analysis, names, self._actors, made_by=stamp["entities"])
        named = place_entities(analysis, named, self._actors, made_by=stamp["entities"])
        phrased = link_phrases(
            analysis,
            named,
            find_phrases(analysis, names, self._actors),
            made_by=stamp["entities"],
        )
        times = dated_times(analysis)
        drafts = find_statements(analysis, self._tagged(analysis))
        resolved = resolve_holders(
            analysis, named, drafts, times=times, made_by=stamp["statements"]
        )
        return Speech(named, phrased, tuple(times), resolved)

    def _extract(self, analysis: Analysis, problems: tuple[Problem, ...]) -> Reading:
        from sayso.steps.extract.claims import find_claims
        from sayso.steps.link.echoed_denials import echoed_denials
        from sayso.steps.link.references import resolve_references

        stamp = self.made_by["claims"].id
        speech = self.speech(analysis)
        named, phrased, resolved = speech.named, speech.phrased, speech.resolved
        found = find_claims(analysis, named, resolved.statements, times=speech.times, made_by=stamp)
        referred = resolve_references(
            analysis, resolved.antecedents, found.claims, found.events, made_by=stamp
        )
        denied = echoed_denials(referred.claims, resolved.statements)
        return Reading(
            document=analysis.document,
            entities=_by_id(*resolved.entities, *phrased.entities, *named.entities.values()),
            mentions=_mentions(
                *phrased.mentions, *named.mentions, *resolved.mentions, *referred.mentions
            ),
            statements=_unique(resolved.statements),
            claims=_unique((*referred.claims, *denied)),
            events=_unique(referred.events),
            made_by=tuple(self.made_by.values()),
            problems=problems,
        )


def _by_id(*entities: Entity) -> tuple[Entity, ...]:
    """The entities, each once; by id, so that nothing depends on the order they were found in."""
    found = {entity.id: entity for entity in entities}
    return tuple(found[id] for id in sorted(found))


def _mentions(*mentions: Mention) -> tuple[Mention, ...]:
    return tuple(sorted({m.id: m for m in mentions}.values(), key=lambda m: (m.span, m.id)))


R = TypeVar("R", Statement, Claim, Event)


def _unique(records: Iterable[R]) -> tuple[R, ...]:
    """The records, the first of each id: two ways to the same finding are one finding."""
    found: dict[str, R] = {}
    for record in records:
        found.setdefault(record.id, record)
    return tuple(found.values())
