"""The invented world: countries with provinces and towns, groups, officials, outlets, agencies.

A country with all that belongs to it is a theatre; happenings stay within one, so that a
collection of any size holds as many separate questions as it has room for.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from evals.synthetic.names import Namer

_GROUP_NOUNS = ("Front", "Column", "Army", "Movement", "League", "Legion", "Union", "Guard")
_GROUP_WORDS = ("Dawn", "Liberation", "Free", "Mountain", "Northern", "Red", "River", "Young")
_OFFICES = (
    "Interior Minister",
    "Defence Minister",
    "Foreign Minister",
    "Police Chief",
    "Deputy Prime Minister",
    "Security Council Secretary",
    "Army Spokesman",
    "Intelligence Chief",
)
_OUTLETS = ("Courier", "Post", "Herald", "Gazette", "Observer", "Tribune", "Times", "Mirror")
_OBSERVERS = (
    ("Institute for Conflict Studies", "director"),
    ("Observatory of Human Rights", "head"),
    ("Red Lamp Society", "coordinator"),
    ("Monitoring Mission", "chief observer"),
)


@dataclass(frozen=True)
class Person:
    """Somebody who speaks."""

    first: str
    family: str
    woman: bool
    role: str
    """As it stands before the name: `Interior Minister`, `Karsk Front spokesman`."""
    short: str
    """As it stands alone: `the minister`."""
    body: str
    """The state, group or organisation the person speaks for."""

    @property
    def name(self) -> str:
        return f"{self.first} {self.family}"

    @property
    def pronoun(self) -> str:
        return "she" if self.woman else "he"


@dataclass(frozen=True)
class Group:
    """An armed group with the names it goes by."""

    name: str
    abbreviation: str
    other: str
    """A name that its own members use."""
    spokesman: Person


@dataclass(frozen=True)
class Outlet:
    """A newspaper, a station or a news agency."""

    name: str
    abbreviation: str | None
    """Of an agency; newspapers have none."""
    reporters: tuple[str, ...]
    site: str


@dataclass(frozen=True)
class Province:
    """A province and its towns."""

    name: str
    towns: tuple[str, ...]


@dataclass(frozen=True)
class Theatre:
    """A country and all who act and write in it."""

    country: str
    adjective: str
    capital: str
    provinces: tuple[Province, ...]
    neighbour: str
    neighbour_minister: Person
    officials: tuple[Person, ...]
    observers: tuple[Person, ...]
    groups: tuple[Group, ...]
    """The second has a name like the first's: texts about one are not about the other."""
    agency: Outlet
    outlets: tuple[Outlet, ...]


def make_theatre(rng: Random, namer: Namer) -> Theatre:
    """The next theatre; every name in it is new, but first names come again."""
    country, neighbour = namer.place(), namer.place()
    provinces = tuple(
        Province(namer.place(), tuple(namer.place() for _ in range(3))) for _ in range(4)
    )
    capital = namer.place()
    adjective = country.rstrip("aeiou") + "ian"
    groups = _groups(rng, namer)
    offices = rng.sample(_OFFICES, 5)
    officials = tuple(
        _person(rng, namer, f"{adjective} {office}", _short(office), country) for office in offices
    )
    minister = f"{neighbour.rstrip('aeiou')}ian Foreign Minister"
    observers = tuple(
        _person(rng, namer, f"{role} of the {country} {body}", f"the {role}", f"{country} {body}")
        for body, role in rng.sample(_OBSERVERS, 3)
    )
    agency_name = f"{adjective} News Agency"
    agency = Outlet(agency_name, _initials(agency_name), _names(rng, namer), f"{country}-na")
    kinds = rng.sample(_OUTLETS, 6)
    towns = [town for province in provinces for town in province.towns]
    outlets = tuple(
        Outlet(f"{town} {kind}", None, _names(rng, namer), f"{town}-{kind}")
        for town, kind in zip(rng.sample(towns, 6), kinds, strict=True)
    )
    return Theatre(
        country,
        adjective,
        capital,
        provinces,
        neighbour,
        _person(rng, namer, minister, "the minister", neighbour),
        officials,
        observers,
        groups,
        agency,
        outlets,
    )


def _groups(rng: Random, namer: Namer) -> tuple[Group, ...]:
    stem, noun, word = namer.place(), *_pair(rng)
    first = f"{stem} {noun}"
    alike = f"{stem} {word} {noun}"
    third = f"{namer.place()} {rng.choice([n for n in _GROUP_NOUNS if n != noun])}"
    made = []
    taken: set[str] = set()
    for name in (first, alike, third):
        short = _initials(name)
        # Two groups of one country do not share an abbreviation.
        while short in taken:
            short += name.split()[-1][1].upper()
        taken.add(short)
        other = f"{namer.place()} {rng.choice(('Host', 'Shield', 'Company', 'Banner'))}"
        speaker = _person(rng, namer, f"{name} spokesman", "the spokesman", name)
        made.append(Group(name, short, other, speaker))
    return tuple(made)


def _pair(rng: Random) -> tuple[str, str]:
    return rng.choice(_GROUP_NOUNS), rng.choice(_GROUP_WORDS)


def _person(rng: Random, namer: Namer, role: str, short: str, body: str) -> Person:
    woman = rng.random() < 0.35
    if woman:
        role = role.replace("spokesman", "spokeswoman").replace("Spokesman", "Spokeswoman")
        short = short.replace("spokesman", "spokeswoman")
    return Person(namer.first(woman=woman), namer.family(), woman, role, short, body)


def _short(office: str) -> str:
    return f"the {office.split()[-1].lower()}"


def _names(rng: Random, namer: Namer) -> tuple[str, ...]:
    return tuple(
        f"{namer.first(woman=rng.random() < 0.5)} {namer.family()}"
        for _ in range(rng.randint(2, 4))
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())
