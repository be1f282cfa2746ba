"""Attributions that the tree of one zone shows: cue, holder and what hangs on the cue.

Quotation marks play no part here; `statements` brings the two together.

    [Patrushev] [said] [that the number of militants there exceeds 1,500]     clause
    [Further feuding benefits ISIS], [said] [Abdul Qader Kamel]               tail
    [The valley], [she said], [is quiet]                                      parenthesis
    [They] [vowed] [to fight on]                                              infinitive
    [The Taliban] [denied] [the presence of such groups]                      object
    [He] [warned] of [the group's influence]                                  preposition
    [The CSTO] has [expressed concerns] about [the spillover]                 phrase
    [According to] [the ministry], [20 people came]                           according
    [In the view of] [the ministry], [20 people came]                         according
    [The ministry]'s [claim] [that the road is open]                          noun
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.records.findings import Act
from sayso.records.parses import Parse
from sayso.steps.extract.complements import phrase_content
from sayso.steps.extract.contents import PLAIN_SAYING, clause_around, contents, find_group
from sayso.steps.extract.cues import Cues, VerbCue
from sayso.steps.extract.negation import reports_called_false
from sayso.steps.extract.subjects import (
    Subject,
    find_subject,
    noun_phrase,
    subject_by_words,
    with_title,
)
from sayso.steps.extract.token_ranges import Pattern, Tokens, cue_tokens, mark_of, trim
from sayso.steps.extract.viewpoints import VIEWPOINTS, Viewpoint, viewpoint

_GOVERNED = frozenset({"preposition", "infinitive"})
"""Patterns whose preposition belongs to the cue: "warned of", "called on"."""
_HOLDER = 16
"""Tokens of a holder behind "according to"."""
_PASSING_ON = frozenset({"cite", "quote"})
_PERSONAL = frozenset({"i", "we", "you", "one", "me", "us", "myself", "ourselves"})


@dataclass(frozen=True)
class Attribution:
    """One cue with its holder and content, as token ranges of one parse."""

    pattern: Pattern
    verb: int
    """The cue's head token (a verb, a noun, or `according`)."""
    cue: Tokens
    act: Act
    holder: Tokens | None
    holder_head: int | None
    content: tuple[Tokens, ...]
    """Empty: only a quotation beside the cue can be its content."""
    group: Tokens
    """From the first to the last token of holder, cue and what belongs to them (time, place)."""
    takes_quote: bool
    via: int | None = None
    """Head token of who passed it on: "X quoted Y as saying"."""


def find_attributions(parse: Parse, cues: Cues) -> list[Attribution]:
    """The attributions of one parse, in the order of their cues. Linear in its tokens."""
    found: list[Attribution] = []
    for index, lemma in enumerate(parse.lemmas):
        lemma = lemma.lower()
        if parse.words[index].lower() == "according":
            found.extend(_according(parse, index))
        elif lemma in VIEWPOINTS and (view := viewpoint(parse, index)) is not None:
            found.extend(_as_viewed(parse, view))
        elif parse.pos[index] in ("VERB", "AUX"):
            cue = cues.verbs.get(lemma)
            clear = _made_clear(parse, index, cues)
            if clear is not None:
                found.append(clear)
                continue
            if lemma in cues.phrase_verbs:
                phrase = _phrase(parse, index, cues)
                if phrase is not None:
                    found.append(phrase)
                    continue
            if cue is not None:
                found.extend(_verb(parse, index, cue, cues))
        elif (
            lemma in cues.nouns
            and not reports_called_false(parse, index)
            and parse.pos[index] == "NOUN"
            and not any(a.cue[0] <= index < a.cue[1] for a in found[-1:])
            and not _denied(parse, index, cues)
        ):
            found.extend(_noun(parse, index, cues))
    return found


def _denied(parse: Parse, noun: int, cues: Cues) -> bool:
    """`rejected reports that ...`: what they say is denied, and nobody's say-so here."""
    head = parse.heads[noun]
    dep = parse.deps[noun]
    if dep == "pobj" and parse.words[head].lower() == "as":  # "dismissed as baseless claims that"
        head, dep = parse.heads[head], "dobj"
    over = cues.verbs.get(parse.lemmas[head].lower())
    owned = any(parse.deps[kid] in ("poss", "prep") for kid in parse.children[noun])
    return over is not None and over.act == "denies" and dep == "dobj" and not owned


def _verb(parse: Parse, verb: int, cue: VerbCue, cues: Cues) -> Iterator[Attribution]:
    if not _asserted(parse, verb, cue, cues):
        return
    if _passes_on(parse, verb) or _counts_on(parse, verb) or _interrogates(parse, verb, cues):
        return
    subject = with_title(parse, verb, find_subject(parse, verb))
    if subject is None and _lacks_subject(parse, verb):
        subject = subject_by_words(parse, verb)
    if subject is not None and not _can_hold(parse, subject.head, cue, cues):
        return
    if subject is not None and parse.words[subject.head].lower() in {"nobody", "none"}:
        return  # "nobody disputes that": nobody's say-so
    group = find_group(parse, verb, subject)
    cited = _cited(parse, verb)
    if cited is not None and subject is not None:
        subject = Subject(cited.head, cited.tokens, via=subject.head)
    for pattern, content, act in contents(parse, verb, cue, group, cues):
        if subject is None and pattern != "clause":
            return  # "announced in May", "having promised to ...": nobody's say-so
        yield Attribution(
            pattern=pattern,
            verb=verb,
            cue=cue_tokens(parse, verb, content[0][0] if pattern in _GOVERNED else None),
            act=act,
            holder=subject.tokens if subject else None,
            holder_head=subject.head if subject else None,
            content=content,
            group=group,
            takes_quote="quote" in cue.frames,
            via=subject.via if subject else None,
        )
        return
    if "quote" in cue.frames and subject is not None:
        yield Attribution(
            pattern="quote",
            verb=verb,
            cue=cue_tokens(parse, verb),
            act=cue.act,
            holder=subject.tokens,
            holder_head=subject.head,
            content=(),
            group=group,
            takes_quote=True,
            via=subject.via,
        )


def _can_hold(parse: Parse, head: int, cue: VerbCue, cues: Cues) -> bool:
    """Whether the subject can be whose say-so it is.

    The reporter's own "we" and "you" are nobody's, and things show and suggest without a word
    said: with such verbs a common noun must be a person or something that is written.
    """
    if parse.words[head].lower() in _PERSONAL:
        return False
    if not cue.evidential or parse.pos[head] != "NOUN" or _is_capitalised(parse, head):
        return not cue.evidential or parse.words[head].lower() not in (
            "it",
            "this",
            "that",
            "which",
        )
    lemma = parse.lemmas[head].lower()
    return lemma in cues.holders or lemma.endswith(("er", "or", "ist", "ian", "man", "woman"))


def _is_capitalised(parse: Parse, token: int) -> bool:
    """Whether a noun is written as a name: the tagger takes unknown abbreviations for nouns."""
    word = parse.words[token]
    first = parse.sentences[parse.sentence_of[token]][0]
    return word[1:] != word[1:].lower() or (word[0].isupper() and token != first)


def _lacks_subject(parse: Parse, verb: int) -> bool:
    """Whether a plain verb of saying stands in the tree without its subject, by a slip."""
    return (
        parse.tags[verb] in ("VBD", "VBZ", "VBP")
        and parse.deps[verb] in ("ccomp", "ROOT", "parataxis", "conj")
        and parse.lemmas[verb].lower() in PLAIN_SAYING
        and not any(
            parse.deps[kid] in ("nsubj", "nsubjpass", "auxpass", "expl", "csubj")
            for kid in parse.children[verb]
        )
    )


def _passes_on(parse: Parse, verb: int) -> bool:
    """Whether the verb only tells who passed it on: ", citing the agency" (see `_cited`), "quoted
    him as saying" (see `find_subject`)."""
    if parse.lemmas[verb].lower() not in _PASSING_ON:
        return False
    return parse.tags[verb] == "VBG" or any(
        parse.words[kid].lower() == "as" and parse.children[kid] for kid in parse.children[verb]
    )


def _counts_on(parse: Parse, verb: int) -> bool:
    """`can call on 300 fighters` has them, and asks nothing of them."""
    behind = parse.words[verb + 1].lower() if verb + 1 < len(parse) else ""
    if parse.lemmas[verb].lower() != "call" or behind not in ("on", "upon"):
        return False
    able = any(parse.words[kid].lower() in ("can", "could") for kid in parse.children[verb])
    amount = any(tag == "CD" for tag in parse.tags[verb + 2 : verb + 8])
    return able and amount


def _interrogates(parse: Parse, verb: int, cues: Cues) -> bool:
    """`the police questioned 30 suspects`: they are no words that anybody said."""
    if parse.lemmas[verb].lower() != "question":
        return False
    for kid in parse.children[verb]:
        if parse.deps[kid] == "dobj":
            counted = any(parse.tags[inner] == "CD" for inner in parse.children[kid])
            return counted or parse.lemmas[kid].lower() in cues.holders
    return False


def _cited(parse: Parse, verb: int) -> Subject | None:
    """Whom the holder cites for it ("reported, citing the agency, that ..."): the one behind it."""
    kids = parse.children[verb]
    for kid in [*kids, *(inner for clause in kids for inner in parse.children[clause])]:
        if parse.tags[kid] == "VBG" and parse.lemmas[kid].lower() in _PASSING_ON:
            for source in parse.children[kid]:
                if parse.deps[source] == "dobj":
                    return Subject(source, noun_phrase(parse, source))
    return None


def _asserted(parse: Parse, verb: int, cue: VerbCue, cues: Cues) -> bool:
    """Whether the words say that somebody did say so: not "did not say", "if he says", "to say"."""
    kids = parse.children[verb]
    words = {parse.words[kid].lower() for kid in kids if parse.deps[kid] in ("mark", "aux", "neg")}
    if any(parse.deps[kid] == "neg" for kid in kids) and cue.act != "believes":
        return False
    if words & {"if", "unless", "whether"}:
        return False
    if "to" in words and parse.tags[verb] == "VB":
        head = parse.heads[verb]
        return parse.deps[verb] == "xcomp" and parse.lemmas[head].lower() in cues.aspect
    helped = words or any(parse.deps[kid] == "auxpass" for kid in kids)
    if parse.tags[verb] == "VBN" and not helped and parse.deps[verb] in ("advcl", "acl"):
        return False  # "Asked whether ...": nobody is said to have asked
    if parse.tags[verb] == "VB" and not words and parse.deps[verb] == "ROOT":
        return False  # an imperative
    return True


def _phrase(parse: Parse, verb: int, cues: Cues) -> Attribution | None:
    """ "claimed responsibility for ...", "expressed concern that ..." """
    for noun in parse.children[verb]:
        key = (parse.lemmas[verb].lower(), parse.lemmas[noun].lower())
        cue = cues.phrases.get(key)
        if cue is None or noun < verb or parse.deps[noun] not in ("dobj", "attr"):
            continue
        verb_cue = VerbCue({"clause": cue.act})
        if not _asserted(parse, verb, verb_cue, cues):
            return None
        content = phrase_content(parse, verb, noun, cue.prepositions)
        subject = find_subject(parse, verb)
        if content is None or subject is None:
            return None
        return Attribution(
            pattern="phrase",
            verb=verb,
            cue=(verb, noun + 1),
            act=cue.act,
            holder=subject.tokens,
            holder_head=subject.head,
            content=(content,),
            group=find_group(parse, verb, subject),
            takes_quote=False,
            via=subject.via,
        )
    return None


_CLEAR = frozenset({"clear", "plain", "known"})


def _made_clear(parse: Parse, verb: int, cues: Cues) -> Attribution | None:
    """ "made it clear that ...", "made known that ...", of the verb."""
    if parse.lemmas[verb].lower() != "make":
        return None
    near = range(verb + 1, min(verb + 4, len(parse)))
    word = next((i for i in near if parse.words[i].lower() in _CLEAR), None)
    if word is None or not _asserted(parse, verb, VerbCue({"clause": "asserts"}), cues):
        return None
    that = word + 1
    if that >= len(parse) or parse.words[that].lower() != "that" or parse.deps[that] != "mark":
        return None
    subject = with_title(parse, verb, find_subject(parse, verb))
    if subject is None or parse.words[subject.head].lower() in _PERSONAL:
        return None
    _, last = parse.extents[parse.heads[that]]
    return Attribution(
        pattern="clause",
        verb=verb,
        cue=(verb, word + 1),
        act="asserts",
        holder=subject.tokens,
        holder_head=subject.head,
        content=(trim(parse, that, last),),
        group=find_group(parse, verb, subject),
        takes_quote=False,
        via=subject.via,
    )


def _noun_clause(parse: Parse, noun: int) -> int | None:
    """The head of what a noun says: "the claim that ...", "the minister's view is that ..."."""
    copula = parse.heads[noun] if parse.deps[noun] == "nsubj" else None
    if copula is not None and parse.lemmas[copula].lower() != "be":
        copula = None
    for over in (noun, copula):
        for kid in parse.children[over] if over is not None else ():
            told = parse.deps[kid] in (("acl", "ccomp") if over == noun else ("ccomp",))
            if kid > noun and told and mark_of(parse, kid) == "that":
                return kid
    return None


def _noun(parse: Parse, noun: int, cues: Cues) -> Iterator[Attribution]:
    kid = _noun_clause(parse, noun)
    if kid is None:
        return
    subject = _noun_holder(parse, noun)
    if parse.heads[kid] != noun:
        subject = subject or _whose(parse, noun, cues)
        if subject is None:
            return  # "the claim is that": nobody is named
    if subject is not None and parse.words[subject.head].lower() in _PERSONAL:
        return
    yield Attribution(
        pattern="noun",
        verb=noun,
        cue=(noun, noun + 1),
        act=cues.nouns[parse.lemmas[noun].lower()],
        holder=subject.tokens if subject else None,
        holder_head=subject.head if subject else None,
        content=(trim(parse, *parse.extents[kid]),),
        group=(noun, noun + 1),
        takes_quote=False,
    )


def _noun_holder(parse: Parse, noun: int) -> Subject | None:
    for kid in parse.children[noun]:
        if parse.deps[kid] == "poss":
            if parse.words[kid].lower() in ("my", "our"):
                return Subject(kid, (kid, kid + 1))
            first, last = noun_phrase(parse, kid)
            return Subject(kid, (first, last))
        if parse.deps[kid] == "prep" and parse.words[kid].lower() in ("by", "from"):
            for pobj in parse.children[kid]:
                if parse.deps[pobj] == "pobj":
                    return Subject(pobj, noun_phrase(parse, pobj))
    if parse.deps[noun] in ("dobj", "attr"):
        return find_subject(parse, parse.heads[noun])
    return None


def _whose(parse: Parse, noun: int, cues: Cues) -> Subject | None:
    """ "The assessment of Minister Marn is that", of the noun; "of the damage" is nobody."""
    for kid in parse.children[noun]:
        if parse.words[kid].lower() == "of":
            for inner in parse.children[kid]:
                named = parse.pos[inner] == "PROPN" or parse.lemmas[inner] in cues.holders
                if parse.deps[inner] == "pobj" and named:
                    return Subject(inner, noun_phrase(parse, inner))
    return None


def _according_by_words(parse: Parse, index: int) -> Iterator[Attribution]:
    """ "According to Minister X, the Front has ...", where the tree takes X into the clause: the
    holder is what stands before the first comma, if a new noun phrase begins behind it."""
    first = index + 2
    _, end = parse.sentences[parse.sentence_of[index]]
    comma = next((i for i in range(first, min(end, first + _HOLDER)) if parse.words[i] == ","), end)
    last = end
    while last > comma and parse.pos[last - 1] == "PUNCT" and parse.words[last - 1] in ".!?":
        last -= 1
    if not first < comma < last - 1 or parse.tags[comma + 1] not in ("DT", "EX", "PRP"):
        return
    head = comma - 1
    if parse.pos[head] not in ("NOUN", "PROPN"):
        return
    yield Attribution(
        pattern="according",
        verb=index,
        cue=(index, index + 2),
        act="asserts",
        holder=(first, comma),
        holder_head=head,
        content=((comma + 1, last),),
        group=(index, comma),
        takes_quote=True,
    )


def _according(parse: Parse, index: int) -> Iterator[Attribution]:
    """ "According to X, ..."; "..., according to X"."""
    to = index + 1
    if to >= len(parse) or parse.words[to].lower() != "to":
        return
    after = (k for k in parse.children[to] if k > to)
    holder = next((k for k in after if parse.deps[k] in ("pobj", "pcomp")), None)
    if holder is None:
        yield from _according_by_words(parse, index)
        return
    kids = {parse.words[k].lower() for k in parse.children[holder] if parse.deps[k] == "poss"}
    if kids & {"our", "my"}:  # a hedge on one's own words, not another's
        return
    tokens = noun_phrase(parse, holder)
    if tokens[0] <= to:
        return  # the tree hangs words from before "according" on what comes after it
    content = clause_around(parse, index, (index, tokens[1]))
    if content:
        yield Attribution(
            pattern="according",
            verb=index,
            cue=(index, to + 1),
            act="asserts",
            holder=tokens,
            holder_head=holder,
            content=content,
            group=(index, tokens[1]),
            takes_quote=True,
        )


def _as_viewed(parse: Parse, view: Viewpoint) -> Iterator[Attribution]:
    """ "In the view of X, ..."; "as X put it, ..."."""
    content = clause_around(parse, view.at, view.group)
    if content:
        yield Attribution(
            pattern="according",
            verb=view.cue[0],
            cue=view.cue,
            act="asserts",
            holder=view.holder,
            holder_head=view.holder_head,
            content=content,
            group=view.group,
            takes_quote=True,
        )
