"""People named by what befell them: `the wounded`, `those detained`, `arrests in Velm`."""

from __future__ import annotations

from sayso.steps.extract.counted import kinds, lemma_of, outcome_nouns, outcome_words, plural
from sayso.steps.extract.scenes import Scene

_BACK = 16
"""Tokens that people and where they are may spread over before the verb that numbers them."""
_HEADING = 6
"""Tokens of a heading."""
_INSIDE = frozenset({"ADP", "DET", "PROPN", "ADJ", "NOUN", "NUM"})
_PEOPLE = frozenset({"people", "person", "civilian"})
_TOLLS = {"death": "killed", "casualty": "casualties", "injury": "wounded"}
_TOLD = frozenset({"confirmed", "known", "reported", "total", "registered", "recorded"})
_PLAIN = frozenset({"the", "a", "its", "latest", "final", "official", "overall", "provisional"})


def toll_named(scene: Scene, token: int) -> tuple[str, int] | None:
    """The measure of the people whose phrase begins at `token`, and the word that names them."""
    parse = scene.parse
    if token >= len(parse):
        return None
    word = parse.words[token].lower()
    if word in {"the", "its", "their"} or (
        parse.tags[token] in {"JJ", "VBN", "NN"} and word in _TOLD
    ):
        return toll_named(scene, token + 1)
    if word in {"those", "people", "all"}:
        behind = tuple(word.lower() for word in parse.words[token + 1 : token + 3])
        if behind in {("in", "custody"), ("in", "detention"), ("under", "arrest")}:
            return "detained", token
        clause = next((k for k in parse.children[token] if _tells(scene, k)), None)
        if clause is None and token + 1 < len(parse) and parse.tags[token + 1] == "VBN":
            clause = token + 1
        named = outcome_words().get(parse.lemmas[clause].lower()) if clause is not None else None
        return (named[0], token) if named is not None else None
    measure = _by_noun(scene, token) or _by_participle(scene, token)
    return (measure, token) if measure is not None else None


def befell_those(scene: Scene, noun: int) -> str | None:
    """What befell those of whom a figure is the number: `the number killed in Velm`."""
    clause = next((k for k in scene.parse.children[noun] if k > noun and _tells(scene, k)), None)
    return outcome_words()[scene.parse.lemmas[clause].lower()][0] if clause is not None else None


def _tells(scene: Scene, token: int) -> bool:
    parse = scene.parse
    return parse.deps[token] in {"relcl", "acl"} and parse.lemmas[token].lower() in outcome_words()


def _by_noun(scene: Scene, token: int) -> str | None:
    """`fatalities`, `arrests`, `injuries`."""
    parse = scene.parse
    if parse.tags[token] not in {"NNS", "NNPS"}:
        return None
    lemma = lemma_of(parse, token)
    if lemma in outcome_nouns():
        return outcome_nouns()[lemma]
    kind = kinds().get(lemma)
    if kind is None or kind.name not in {"casualties", "detained", "displaced"}:
        return None
    return kind.measure or plural(parse, token)


def _by_participle(scene: Scene, token: int) -> str | None:
    """`the dead`, `the injured`, `displaced people`."""
    parse = scene.parse
    lemma, word = parse.lemmas[token].lower(), parse.words[token].lower()
    named = outcome_words().get(lemma) or outcome_words().get(word)
    if named is None or (named[1] == "verbs" and not word.endswith(("ed", "en"))):
        return None
    behind = token + 1
    if behind < len(parse) and parse.pos[behind] in {"NOUN", "PROPN"}:
        return named[0] if parse.lemmas[behind].lower() in _PEOPLE else None
    return named[0]


def toll_before(scene: Scene, verb: int) -> tuple[str, int] | None:
    """As `toll_named`, of the people right before a "number" that the tree may take for a noun:
    "arrests in Velm number 53", "the wounded in the Velm attack number 30"."""
    parse = scene.parse
    first = verb
    while first and verb - first < _BACK and _goes_on(scene, first - 1, verb):
        first -= 1
    for token in range(first, verb):
        behind = token + 1
        within = behind == verb or parse.pos[behind] == "ADP" or parse.tags[behind] == "VBN"
        opened = parse.words[token].lower() in {"the", "those"}
        found = toll_named(scene, token) if within or opened else None
        if found is not None:
            return found
    return None


def _goes_on(scene: Scene, token: int, verb: int) -> bool:
    parse = scene.parse
    same = parse.sentence_of[token] == parse.sentence_of[verb]
    known = parse.pos[token] in _INSIDE or parse.tags[token] in {"VBN", "VBD", "VBG"}
    return same and (known or parse.words[token].lower() in {"those", "who", "were"})


def toll_headed(scene: Scene, colon: int) -> tuple[str, int] | None:
    """As `toll_named`, of the heading of a list: "Dead: 12", "Deaths in Velm: 12"."""
    parse = scene.parse
    first = colon
    while (
        first and colon - first < _HEADING and parse.pos[first - 1] not in {"PUNCT", "VERB", "NUM"}
    ):
        first -= 1
    opens = first == 0 or parse.pos[first - 1] == "PUNCT"
    if not opens:  # a participle is a verb to the tagger: "Killed: 12"
        first -= 1
        opens = first == 0 or parse.pos[first - 1] == "PUNCT"
    behind = first + 1 == colon or parse.pos[first + 1] == "ADP"
    return toll_named(scene, first) if opens and first < colon and behind else None


def toll_meant(scene: Scene, pronoun: int) -> tuple[str, int] | None:
    """As `toll_named`, of the people that a "their" means: the only ones that its sentence and the
    one before name so ahead of it."""
    parse = scene.parse
    sentence = parse.sentence_of[pronoun]
    found: dict[str, int] = {}
    for token in range(parse.sentences[max(0, sentence - 1)][0], pronoun):
        opened = parse.words[token].lower() in {"the", "those"}
        named = toll_named(scene, token) if opened or parse.tags[token] == "NNS" else None
        if named is not None:
            found[named[0]] = named[1]
    return next(iter(found.items())) if len(found) == 1 else None


def toll_counted(scene: Scene, noun: int, *, stated: bool) -> str | None:
    """What a "toll" counts: `the death toll of the bombing`; where no word beside it says, the
    dead, if the sentence gives its size (`stated`)."""
    parse = scene.parse
    beside = {
        parse.lemmas[kid].lower() for kid in parse.children[noun] if parse.deps[kid] != "prep"
    }
    told = next((_TOLLS[lemma] for lemma in sorted(beside) if lemma in _TOLLS), None)
    if told is not None:
        return told
    return "killed" if stated and beside <= _PLAIN else None
