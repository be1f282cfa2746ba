"""Questions, answers and names in words."""

from __future__ import annotations

from functools import cache

from sayso import lexicons
from sayso.values.names import fold

_VERBS = {
    "part_of": ("Is {a} a part of {b}?", "{a} is a part of {b}", "{a} is no part of {b}"),
    "led_by": ("Is {a} led by {b}?", "{a} is led by {b}", "{a} is not led by {b}"),
    "harbours": ("Does {a} harbour {b}?", "{a} harbours {b}", "{a} does not harbour {b}"),
    "supports": ("Does {a} support {b}?", "{a} supports {b}", "{a} does not support {b}"),
    "fights": ("Is {a} fighting {b}?", "{a} is fighting {b}", "{a} is not fighting {b}"),
    "allied_with": (
        "Is {a} allied with {b}?",
        "{a} is allied with {b}",
        "{a} is not allied with {b}",
    ),
    "cooperates_with": (
        "Is {a} cooperating with {b}?",
        "{a} is cooperating with {b}",
        "{a} is not cooperating with {b}",
    ),
    "recruits_from": (
        "Does {a} recruit in {b}?",
        "{a} recruits in {b}",
        "{a} does not recruit in {b}",
    ),
    "successor_of": (
        "Did {a} come out of {b}?",
        "{a} came out of {b}",
        "{a} did not come out of {b}",
    ),
}
_PLURAL = (
    ("Is ", "Are "),
    (" is ", " are "),
    ("Does ", "Do "),
    (" does ", " do "),
    (" harbours ", " harbour "),
    (" supports ", " support "),
    (" recruits ", " recruit "),
    (" are a part ", " are a part "),
    (" is no ", " are no "),
)
_JOINTS = frozenset("to with from of against on in by about".split())
_STATES = {
    "active": ("active", "not active"),
    "growing": ("growing stronger", "not growing stronger"),
    "in_control": ("in control", "not in control"),
    "threatening": ("a threat", "no threat"),
}


def amount(low: int | None, high: int | None, *, approximate: bool) -> str:
    """Bounds in words, both included.

    >>> amount(2500, 4000, approximate=False), amount(None, 50, approximate=False)
    ('2,500 to 4,000', 'at most 50')
    """
    about = "about " if approximate else ""
    if low is None and high is None:
        return "no number"
    if low is None:
        return f"at most {about}{high:,}"
    if high is None:
        return f"at least {about}{low:,}"
    return f"{about}{low:,}" if low == high else f"{about}{low:,} to {high:,}"


def how_many(subject: str, measure: str, counted: str, place: str | None) -> str:
    """The question about a group's strength or another count of it.

    >>> how_many("Karsk Front", "strength", "foreign", "Tarvia")
    'How many foreign fighters does the Karsk Front have in Tarvia?'
    """
    noun = "fighters" if measure == "strength" else measure
    if counted == "with families":
        noun, counted = f"{noun} and family members", ""
    noun = f"{counted} {noun}".strip()
    verb = "do" if is_plural(subject) else "does"
    return f"How many {noun} {verb} {the(subject)} have{_in(place)}?"


def how_many_there(measure: str, place: str | None) -> str:
    """The question about a count that belongs to nobody.

    >>> how_many_there("displaced", "Tarvia")
    'How many people are displaced in Tarvia?'
    """
    if measure == "groups":
        return f"How many armed groups are there{_in(place)}?"
    if measure in ("displaced", "detained", "missing"):
        return f"How many people are {measure}{_in(place)}?"
    return f"How many {measure} are there{_in(place)}?"


def how_many_fell(measure: str, counted: str, event: str) -> str:
    """The question about an event's dead, wounded, ...

    >>> how_many_fell("killed", "civilians", "attack in Velm")
    'How many civilians were killed in the attack in Velm?'
    """
    if measure == "casualties":
        return f"How many casualties were there in the {event}?"
    if measure == "surrendered":
        return f"How many {counted or 'people'} surrendered in the {event}?"
    return f"How many {counted or 'people'} were {measure} in the {event}?"


def state_question(subject: str, question: str, place: str | None) -> str:
    """`Is the Karsk Front active in Tarvia?`"""
    verb = "Are" if is_plural(subject) else "Is"
    if question == "active" and not names_one(subject):
        return f"{verb} there {subject}{_in(place)}?"
    return f"{verb} {the(subject)} {_state(question, True)}{_in(place)}?"


def state_answer(question: str, *, yes: bool) -> str:
    """`active`, `not active`."""
    return _state(question, yes)


def relation_words(relation: str, subject: str, object: str) -> tuple[str, str, str]:
    """The question, the yes and the no about what joins two actors.

    >>> relation_words("harbours", "Tarvia", "Karsk Front")[2]
    'Tarvia does not harbour the Karsk Front'
    """
    plain = relation.replace("_", " ")
    forms = _VERBS.get(
        relation, (f"Is {{a}} {plain} {{b}}?", f"{{a}}: {plain} {{b}}", f"{{a}}: not {plain} {{b}}")
    )
    question, yes, no = forms
    if is_plural(subject):
        for old, new in _PLURAL:
            question, yes, no = (text.replace(old, new) for text in (question, yes, no))
    a, b = the(subject), the(object)
    return tuple(text.format(a=a, b=b) for text in (question, yes, no))  # type: ignore[return-value]


def proposition_words(
    subject: str, predicate: str, theme: str | None, object: str | None
) -> tuple[str, str, str]:
    """The question, the yes and the no about what somebody did or is. `predicate` is a verb, then
    its noun and its preposition if it has them; `theme` is that noun as it stands in a text.

    >>> proposition_words("Tarvia", "supply weapon to", "rockets", "Karsk Front")[2]
    'Tarvia did not supply rockets to the Karsk Front'
    >>> proposition_words("Ana Dorn", "be involved plot in", "plot", None)[0]
    'Is Ana Dorn involved in plot?'
    """
    verb = predicate.split()
    joint = [verb.pop()] if len(verb) > 1 and verb[-1] in _JOINTS else []
    if theme is not None:
        verb.pop()
    ends = [the(object)] if object is not None else []
    noun = [theme] if theme is not None else []
    rest = " ".join([*noun, *joint, *ends] if ends else [*joint, *noun])
    who = the(subject)
    if verb[:1] == ["be"]:
        be = "are" if is_plural(subject) else "is"
        rest = " ".join([*verb[1:], rest])
        return f"{be.capitalize()} {who} {rest}?", f"{who} {be} {rest}", f"{who} {be} not {rest}"
    rest = " ".join([*verb, rest]).strip()
    return f"Did {who} {rest}?", f"{who} did {rest}", f"{who} did not {rest}"


def the(name: str) -> str:
    """A name as it stands in a sentence: `the Karsk Front`, `Tarvia`, `the Taliban`."""
    folded = fold(name)
    if folded.startswith("the ") or folded in _words("without_the"):
        return name
    last = folded.split()[-1] if folded.split() else ""
    listed = last in _words("with_the")
    described = name[:1].islower()
    return f"the {name}" if listed and not described else name


def names_one(subject: str) -> bool:
    """Whether it is somebody's name, and no description as "terrorist groups" is."""
    return any(word[:1].isupper() for word in subject.split()) or not is_plural(subject)


def is_plural(name: str) -> bool:
    """Whether a name takes a verb in the plural."""
    words = fold(name).split()
    return bool(words) and words[-1] in _words("plural") and words[:1] != ["united"]


def _state(question: str, yes: bool) -> str:
    plain = question.replace("_", " ")
    return _STATES.get(question, (plain, f"not {plain}"))[0 if yes else 1]


def _in(place: str | None) -> str:
    return f" in {the(place)}" if place else ""


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(lexicons.load("disputes.toml")["words"][key])
