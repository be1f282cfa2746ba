"""Claims: what statements and the report itself assert, as typed records.

Analysis, entities, statements ─▶ scenes ─▶ estimates, events, relations, states, propositions ─▶
Claims
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from msgspec.structs import replace as replaced

from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.findings import (
    Claim,
    ClaimKind,
    EntityRef,
    Event,
    Place,
    Polarity,
    Responsibility,
    Statement,
    Time,
)
from sayso.records.provenance import content_id
from sayso.records.spans import Span
from sayso.steps.extract.actor_states import find_states
from sayso.steps.extract.as_of import as_of
from sayso.steps.extract.asked import reply_to
from sayso.steps.extract.estimates import find_estimates
from sayso.steps.extract.events import find_events
from sayso.steps.extract.figures import Estimate
from sayso.steps.extract.happenings import Registry
from sayso.steps.extract.modality import Stance, stance_of
from sayso.steps.extract.places import STANDING, places_in, to_place
from sayso.steps.extract.propositions import Proposition, find_propositions
from sayso.steps.extract.relations import Relation, find_relations
from sayso.steps.extract.responsibility import Answering, with_answers
from sayso.steps.extract.scenes import SPEAKING, Owners, Scene, covered, grouped, hang
from sayso.steps.extract.times import dated_times
from sayso.steps.extract.triggers import Happening
from sayso.steps.extract.whereabouts import place_near, place_within, time_near
from sayso.values.amounts import Amount

_HOLDS = frozenset({"control", "hold", "occupy", "patrol", "defend", "garrison"})
_PARTS = frozenset(
    {"parts", "most", "much", "half", "areas", "swathes", "all", "of", "the", "large"}
)
_HELD = 12
"""Tokens between those counted and the place that they hold."""
_HOSTS = frozenset({"host", "harbour", "harbor", "shelter", "contain", "hold", "have"})


@dataclass(frozen=True)
class Claims:
    """The claims of a document, in text order, and the events that some of them tell."""

    claims: tuple[Claim, ...]
    events: tuple[Event, ...]


def find_claims(
    analysis: Analysis,
    entities: DocumentEntities,
    statements: Sequence[Statement],
    *,
    times: Sequence[Time] | None = None,
    made_by: str,
) -> Claims:
    """The claims of a document's title, body and captions.

    A claim belongs to the smallest statement whose content covers it, else to the report's own
    voice. `times` are the document's, in order; found here if not given. `made_by` is the id of
    the stamp that the claims carry.
    """
    maker = _Maker(analysis, statements, made_by)
    found = dated_times(analysis) if times is None else times
    for scene in scenes(analysis, entities, statements, found):
        maker.take(scene)
    return maker.done()


def scenes(
    analysis: Analysis,
    entities: DocumentEntities,
    statements: Sequence[Statement],
    times: Sequence[Time],
) -> Iterator[Scene]:
    """Each parse with its statements, times (given in order) and places."""
    owners = Owners(statements)
    holders = {
        index: entity
        for index, statement in enumerate(statements)
        if (holder := statement.holder) is not None
        and (entity := entities.entities.get(holder.entity or "")) is not None
    }
    speakers = {index: one.id for index, one in holders.items() if one.kind in SPEAKING}
    persons = {index: one.id for index, one in holders.items() if one.kind == "person"}
    spoken_for = {
        index: body
        for index, person in persons.items()
        if (body := _spoken_for(person, entities)) is not None
    }
    countries = {
        index: state
        for index, person in persons.items()
        if (state := _country_of(person, entities)) is not None
    }
    starts = [time.span.start for time in times]
    for parse in analysis.parses:
        if not len(parse):
            continue
        own_times = times[
            bisect_left(starts, parse.starts[0]) : bisect_left(starts, parse.ends[-1])
        ]
        own_places = list(places_in(analysis.text, parse, entities, STANDING))
        yield Scene(
            text=analysis.text,
            parse=parse,
            entities=entities,
            owners=owners.of(parse),
            times=grouped(hang(parse, own_times)),
            places=grouped(hang(parse, own_places)),
            timed=covered(parse, own_times),
            placed=covered(parse, own_places),
            speakers=speakers,
            spoken_for=spoken_for,
            persons=persons,
            countries=countries,
        )


def _spoken_for(person: str, entities: DocumentEntities) -> str | None:
    """The one group or body whose spokesman a person is said to be."""
    bodies = {
        role.organisation
        for role in entities.entities[person].roles
        if "spokes" in role.role.lower() and role.organisation in entities.entities
    }
    return next(iter(bodies)) if len(bodies) == 1 else None


def _country_of(person: str, entities: DocumentEntities) -> str | None:
    """The one state whose office a person holds."""
    states = {
        role.organisation
        for role in entities.entities[person].roles
        if (body := entities.entities.get(role.organisation or "")) is not None
        and body.kind == "state"
    }
    return next(iter(states)) if len(states) == 1 else None


class _Maker:
    """Collects the claims of one document."""

    def __init__(self, analysis: Analysis, statements: Sequence[Statement], made_by: str) -> None:
        self._document = analysis.document.id
        self._text = analysis.text
        self._statements = statements
        self._made_by = made_by
        self._claims: dict[str, Claim] = {}
        self._events = Registry(analysis.document.id)
        self._answering = Answering(analysis.parses)

    def take(self, scene: Scene) -> None:
        """Add the claims of one paragraph."""
        told_by: set[int | None] = set()
        for estimate in find_estimates(scene):
            self._keep(self._estimate(scene, estimate))
        for told in find_events(scene):
            pronoun = scene.parse.pos[told.trigger] in {"PRON", "DET"}
            if pronoun and not self._events.knows(told.plover.type):
                continue  # "it" is no attack that was told of
            self._keep(self._event(scene, told))
            if told.plover.type == "ASSAULT":
                told_by |= {told.trigger, scene.parse.heads[told.trigger]}
        for relation in find_relations(scene):
            self._keep(self._relation(scene, relation))
            told_by.add(relation.trigger)
        for state in find_states(scene):
            claim = self._relation(scene, state)
            if state.if_denied and claim.polarity == "positive":
                continue
            if state.unless_denied and claim.polarity == "negative":
                continue
            self._keep(claim)
            told_by.add(state.trigger)
        for proposition in find_propositions(scene):
            # What is an answer to another question already is no proposition besides.
            if not told_by & {proposition.trigger, proposition.noun}:
                self._keep(self._proposition(scene, proposition))

    def done(self) -> Claims:
        """Everything taken, in text order."""
        claims = sorted(self._claims.values(), key=lambda c: (c.span, c.kind, c.id))
        return Claims(tuple(claims), with_answers(self._events.events(), claims))

    def _keep(self, claim: Claim) -> None:
        self._claims.setdefault(claim.id, claim)

    def _base(
        self,
        scene: Scene,
        trigger: int,
        span: Span,
        kind: ClaimKind,
        what: tuple[object, ...],
    ) -> Claim:
        reply = reply_to(scene, trigger)
        owner = scene.owner_at(trigger if reply is None else reply.token)
        statement = self._statements[owner] if owner is not None else None
        stance: Stance = stance_of(scene, trigger, statement.cue if statement else None)
        return Claim(
            id=content_id("claim", self._document, kind, span, *what),
            statement=statement.id if statement else None,
            document=self._document,
            span=span,
            quote=span.cut(self._text),
            kind=kind,
            polarity=stance.polarity,
            modality=stance.modality,
            hedges=stance.hedges,
            time=None,
            place=None,
            confidence=0.5,
            made_by=self._made_by,
        )

    def _estimate(self, scene: Scene, found: Estimate) -> Claim:
        amount = bounded = found.amount
        base = self._base(
            scene,
            found.trigger if found.said_at is None else found.said_at,
            found.span,
            "estimate",
            (found.measure, amount.low, amount.high),
        )
        if found.turned:
            base = _with(base, polarity=_opposite(base.polarity))
        if base.polarity == "negative" and _exceeds(amount, self._text):
            # "does not exceed 500" gives a figure, and denies none.
            base = _with(base, polarity="positive")
            bounded = replace(amount, low=None, high=amount.low)
        elif base.polarity == "negative" and (turned := _not_past(amount, self._text)) is not None:
            # Not of what a holder denies as a whole.
            own = stance_of(scene, found.trigger).polarity == "negative"
            base, bounded = (_with(base, polarity="positive"), turned) if own else (base, amount)
        return _with(
            base,
            subject=found.subject,
            measure=found.measure,
            low=bounded.low,
            high=bounded.high,
            approximate=amount.approximate,
            time=as_of(scene, found),
            place=place_near(scene, found.trigger)
            or _place_of_figure(scene, found)
            or place_within(scene, _leaving(scene, found.trigger))
            or _hosting(scene, found.trigger)
            or _held(scene, found.trigger),
            confidence=found.confidence,
        )

    def _event(self, scene: Scene, told: Happening) -> Claim:
        told = self._responsible(scene, told)
        trigger = scene.parse.span(told.trigger, told.trigger + 1)
        base = self._base(
            scene, told.trigger, told.span, "event", (told.plover.type, trigger.start)
        )
        if told.cleared:
            base = _with(base, polarity=_opposite(base.polarity))
        event = self._events.enter(told, trigger, base.id)
        return _with(
            base,
            event=event,
            plover=told.plover,
            actors=told.actors,
            targets=told.targets,
            outcome=told.outcome,
            means=self._answering.means(scene, told),
            responsibility=self._answers(scene, told, base),
            time=told.time,
            place=told.place,
            confidence=0.75 if told.time or told.place else 0.6,
        )

    def _answers(self, scene: Scene, told: Happening, base: Claim) -> tuple[Responsibility, ...]:
        owner = scene.owner_at(told.trigger)
        statement = self._statements[owner] if owner is not None else None
        denied = base.polarity == "negative"
        if told.unclaimed:
            return ()
        return self._answering.responsible(scene, told, statement, denied=denied)

    def _responsible(self, scene: Scene, told: Happening) -> Happening:
        """Who claims responsibility for an attack is its actor, and the time beside the claiming
        is the attack's, as reports write it."""
        owner = scene.owner_at(told.trigger)
        if owner is None or told.plover.type != "ASSAULT":
            return told
        statement = self._statements[owner]
        if statement.cue is None or statement.cue.act != "claims_responsibility":
            return told
        if told.time is None:
            first, last = scene.parse.tokens_in(statement.cue.span)
            times = [time for token in range(first, last) for time in scene.times.get(token, ())]
            told = replace(told, time=times[0] if times else None)
        holder = statement.holder
        if holder is None or any(actor.entity for actor in told.actors):
            return told
        return replace(told, actors=(EntityRef(holder.entity, holder.span, holder.quote),))

    def _relation(self, scene: Scene, found: Relation) -> Claim:
        kind: ClaimKind = "relation" if found.relation is not None else "status"
        what: tuple[object, ...] = (found.relation or found.predicate, found.subject.span)
        if found.object is not None:
            what = (*what, found.object.span)
        if found.again and found.at is not None:
            what = (*what, scene.parse.starts[found.at])
        base = _turned(self._base(scene, found.trigger, found.span, kind, what), found)
        return _with(
            base,
            subject=found.subject,
            relation=found.relation,
            object=found.object,
            predicate=found.predicate,
            time=time_near(scene, found.trigger),
            place=_place_of_state(scene, found),
            confidence=found.confidence,
        )

    def _proposition(self, scene: Scene, found: Proposition) -> Claim:
        base = self._base(
            scene,
            found.trigger,
            found.span,
            "assertion",
            (found.predicate, scene.parse.starts[found.trigger]),
        )
        return _with(
            base,
            subject=found.subject,
            predicate=found.predicate,
            object=found.object,
            theme=found.theme,
            time=time_near(scene, found.trigger),
        )


def _exceeds(amount: Amount, text: str) -> bool:
    """Whether a number's own words say that it is passed ("exceed 500")."""
    before = amount.span.cut(text).lower().split()[:1]
    return amount.high is None and before in (["exceed"], ["surpass"], ["exceeding"], ["exceeds"])


def _not_past(amount: Amount, text: str) -> Amount | None:
    """The bounds of "does not have more than 900 men", "has never had fewer than 900"."""
    words = amount.span.cut(text).lower()
    if amount.high is None and words.startswith(("more than", "over ", "above ")):
        return replace(amount, low=None, high=amount.low)
    if amount.low is None and words.startswith(("fewer than", "less than", "under ", "below ")):
        return replace(amount, low=amount.high, high=None)
    return None


def _turned(claim: Claim, found: Relation) -> Claim:
    """The claim as the relation's own words put it: in passing, or as over."""
    if found.taken_for_granted:
        claim = _with(claim, polarity="positive", modality="actual", hedges=())
    if found.ended:
        claim = _with(claim, polarity=_opposite(claim.polarity))
    return claim


def _opposite(polarity: Polarity) -> Polarity:
    return "positive" if polarity == "negative" else "negative"


def _place_of_figure(scene: Scene, found: Estimate) -> Place | None:
    """The place inside a figure's own phrase: "the number of those held in Velm stands at 9"."""
    parse = scene.parse
    if found.figure is None:
        clauses = (
            kid
            for kid in parse.children[found.trigger]
            if kid > found.trigger and parse.deps[kid] in {"relcl", "acl"}
        )  # "900 fighters left in Velm"
        return next((place for kid in clauses for place in scene.places.get(kid, ())), None)
    first, last = parse.extents[found.figure]
    return next((p for token in range(first, last) for p in scene.places.get(token, ())), None)


def _leaving(scene: Scene, trigger: int) -> int:
    """The verb of "left 30 people injured", where what they are is told in a clause of its own."""
    over = scene.parse.heads[trigger]
    left = scene.parse.lemmas[over].lower() == "leave" and over < trigger
    return over if left else trigger


def _hosting(scene: Scene, trigger: int) -> Place | None:
    """`Velm is home to 900 fighters`, `the province of Orsk hosts 900 men`: the place that does."""
    parse = scene.parse
    verb = trigger
    for _ in range(6):
        if parse.pos[verb] in {"VERB", "AUX"} or parse.heads[verb] == verb:
            break
        verb = parse.heads[verb]
    kids = [parse.words[kid].lower() for kid in parse.children[verb]]
    over = parse.heads[verb]
    if "where" in kids and parse.lemmas[over].lower() == "be":
        verb = over  # "the province of Velm is where the Front has 900 men"
    elif parse.lemmas[verb].lower() not in _HOSTS and "home" not in kids:
        return None
    subject = scene.subject_of(verb)
    if subject is None:
        return None
    for token in (subject, scene.object_of(subject, ("of",))):
        mention = scene.mention_at(token) if token is not None else None
        if mention is not None:
            entity = scene.entities.entity_of(mention)
            if entity.kind in {"place", "state"}:
                return to_place(scene.text, parse, mention, entity)
    return None


def _held(scene: Scene, trigger: int) -> Place | None:
    """`900 rebels of the Front control parts of Velm`: the place that they hold, read by its words,
    since the tree may take "control" for a noun of the name before it."""
    parse = scene.parse
    held = False
    for token in range(trigger + 1, min(len(parse), trigger + _HELD)):
        word = parse.words[token].lower()
        mention = scene.mention_at(token) if held else None
        if mention is not None:
            entity = scene.entities.entity_of(mention)
            known = entity.kind in {"place", "state"}
            return to_place(scene.text, parse, mention, entity) if known else None
        if held and word not in _PARTS:
            return None
        held = held or (word in _HOLDS and parse.lemmas[token].lower() == word)
        if parse.pos[token] == "PUNCT":
            return None
    return None


def _place_of_state(scene: Scene, found: Relation) -> Place | None:
    """The place of the verb, of the word that tells the state (`present in Velm`), or of whom."""
    named = scene.mention_at(found.at) if found.at is not None else None
    if named is not None:
        return to_place(scene.text, scene.parse, named, scene.entities.entity_of(named))
    _, last = scene.parse.tokens_in(found.span)
    told = [found.trigger, *([last - 1] if last - 1 > found.trigger else [])]
    own = next((place for token in told for place in scene.places.get(token, ())), None)
    if own is not None and found.predicate is not None:
        return own  # of "is in Velm, but is not active in Orsk" each its own
    place = place_near(scene, found.trigger)
    if place is None and found.predicate is not None:
        _, last = scene.parse.tokens_in(found.span)
        place = place_near(scene, last - 1, through=frozenset()) if last else None
    return place or _place_of(scene, found.subject) or place_within(scene, found.trigger)


def _place_of(scene: Scene, ref: EntityRef) -> Place | None:
    """The place that hangs on a noun (`terrorist groups in Velm`)."""
    first, last = scene.parse.tokens_in(ref.span)
    return place_near(scene, last - 1, through=frozenset()) if first < last else None


def _with(claim: Claim, **fields: object) -> Claim:
    return replaced(claim, **fields)
