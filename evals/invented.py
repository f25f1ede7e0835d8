"""Names of nobody and nowhere, drawn from a seed: places, councils, people, streets and postcodes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

_FRONT = (
    "Nor North Wes West Bran Bram Kel Kell Mar Marl Ash Ashen Thor Thorn Wex Wen Hex Pen Rad Sel Tren Ul Yar Cal Brin "
    "Fen Gar Hol Lan Mel Os Pel Quen Ras Tam Wal Win Cros Dray El Far Gil Hart Ing Lud Mos Nether Ox Plum Rush"
).split()
_BACK = (
    "field mere wick wich bury burn ford combe dale stead worth by thorpe ham holm ley leigh mouth stone gate moor "
    "don shaw hurst cote bridge port well"
).split()
_RIVERS = "Arrel Brathe Corve Dunner Esken Frayle Gannel Hodder Irk Lathe Mimble Nedd Orrin Pell Quarr Ribe".split()
_SAINTS = "Aldwyn Brannoc Cuthwin Edric Fridian Gwendle Hilarn Ivor Kenelm Morwen Neot Osyth Petroc Rumon".split()
_GIVEN = (
    "Adaeze Alun Anneka Bartholomew Bethan Calum Camille Clement Delphine Dilys Dominic Eamonn Edwina Farida Fergus "
    "Gareth Gwen Hamish Harriet Idris Imogen Ines Jasper Jocelyn Kamran Keziah Leopold Lorna Malachy Marguerite Niamh "
    "Nikhil Olwen Oscar Padma Percival Philippa Quentin Rosalind Rupert Saoirse Sebastian Tabitha Tariq Ursula "
    "Vaughan Verity Wilfred Winifred Xanthe Yolanda Zachary"
).split()
_SURNAMES = (
    "Abernethy Ackroyd Alderton Ansah Arkwright Bagshaw Balogun Bellingham Birtwistle Blenkinsop Braithwaite "
    "Cadwallader Chowdhury Colquhoun Crabtree Dalrymple Devereux Drinkwater Entwistle Eziefula Fairweather "
    "Fothergill Gaskell Goldthorpe Greenhalgh Hargreaves Heseltine Hollingsworth Ibekwe Inglethorpe Jessop Kapadia "
    "Kershaw Lazenby Longbottom Lovelace Macalister Mallinson Mukherjee Nightingale O'Gradden O'Hanlon O'Rourke "
    "Ogunleye Oldroyd Pemberton Pickersgill Postlethwaite Quarmby Ramsbottom Ravenscroft Satterthwaite Shufflebotham "
    "Stanhope Tattersall Thistlethwaite Underhill Venables Waddington Wolstenholme Yardley Zielinska"
).split()
_STREETS = "Quayside Tanner Chapel Orchard Mill Foundry Granary Cooper Saddler Weaver Fuller Beacon Abbot".split()
_STREET_KINDS = "Street Road Square Lane Way Place Row".split()
_BUILDINGS = "Civic Centre,Town Hall,Guildhall,County Hall,The Forum,Council House,Shire Hall,Moot Hall".split(",")


@dataclass(frozen=True, slots=True)
class Person:
    given: str
    surname: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.surname}"


@dataclass(frozen=True, slots=True)
class Council:
    """A council of nowhere: `place` is its short name, `name` the full one with its kind."""

    place: str
    name: str


class Inventor:
    """Draws names from a seed, none of them twice and none whose words are in `avoid` (lower case)."""

    def __init__(self, seed: int, avoid: frozenset[str] = frozenset()) -> None:
        self._random = random.Random(seed)
        self._taken = set(avoid)
        self._postcodes: set[str] = set()
        self._words = self._all_words()
        self._people = self._shuffled([(given, surname) for given in _GIVEN for surname in _SURNAMES])
        self._given = self._shuffled(list(_GIVEN))
        self._surnames = self._shuffled(list(_SURNAMES))

    def word(self) -> str:
        """One place name of one word."""
        for word in self._words:
            if word.casefold() not in self._taken:
                self._taken.add(word.casefold())
                return word
        raise ValueError("out of place names")

    def place(self) -> str:
        """A place of any shape: plain, or of several words."""
        word = self.word()
        shape = self._random.random()
        if shape < 0.60:
            return word
        if shape < 0.70:
            return f"{word} and {self.word()}"
        if shape < 0.78:
            return self._saint() or word
        if shape < 0.86:
            return f"{word} upon {self._random.choice(_RIVERS)}"
        if shape < 0.93:
            return f"{self._random.choice(('Upper', 'Lower', 'East', 'South', 'Great', 'Old'))} {word}"
        return f"{word} Forest"

    def _saint(self) -> str | None:
        left = [saint for saint in _SAINTS if saint.casefold() not in self._taken]
        if not left:
            return None
        saint = self._random.choice(left)
        self._taken.add(saint.casefold())
        return f"St {saint}"

    def near(self, place: str) -> str | None:
        """A place that is easily confused with this one (Norfield, Northfield), if there is one left."""
        for pairs in (_FRONT_PAIRS, _BACK_PAIRS):
            for one, other in pairs:
                for old, new in ((one, other), (other, one)):
                    changed = _swapped(place, old, new)
                    if changed and changed.casefold() not in self._taken:
                        self._taken.add(changed.casefold())
                        return changed
        return None

    def council(self, place: str) -> Council:
        shape = self._random.choice(_COUNCILS)
        return Council(place, shape.format(place))

    def person(self) -> Person:
        """A person whose full name nobody else bears; given names and surnames recur."""
        given, surname = next(self._people)
        return Person(given, surname)

    def given(self) -> str:
        """A given name that nobody else bears."""
        word = next(word for word in self._given if word.casefold() not in self._taken)
        self._taken.add(word.casefold())
        return word

    def surname(self, like: str = "") -> str:
        """A surname that nobody else bears; with an apostrophe where `like` has one."""
        held: list[str] = []
        for word in self._surnames:
            if ("'" in word) == ("'" in like.replace("’", "'")) and word.casefold() not in self._taken:
                self._surnames = iter([*held, *self._surnames])
                self._taken.add(word.casefold())
                return word
            held.append(word)
        raise ValueError("out of surnames")

    def street(self) -> str:
        """`23 Chapel Row`"""
        number = self._random.randint(1, 240)
        return f"{number} {self._random.choice(_STREETS)} {self._random.choice(_STREET_KINDS)}"

    def street_word(self) -> str:
        left = [word for word in _STREETS if word.casefold() not in self._taken]
        word = self._random.choice(left)
        self._taken.add(word.casefold())
        return word

    def building(self) -> str:
        return self._random.choice(_BUILDINGS)

    def postcode(self) -> str:
        """Of an area that does not exist (QX…), each one once."""
        while True:
            pick = self._random
            code = f"Q{pick.choice('XVZJ')}{pick.randint(1, 29)} {pick.randint(1, 9)}"
            code += pick.choice("ABDEFGHJ") + pick.choice("LNPQRSTU")
            if code not in self._postcodes:
                self._postcodes.add(code)
                return code

    def _all_words(self) -> Iterator[str]:
        return self._shuffled([front + back for front in _FRONT for back in _BACK if front[-1].casefold() != back[0]])

    def _shuffled(self, items: list[T]) -> Iterator[T]:
        self._random.shuffle(items)
        return iter(items)


_COUNCILS = (
    "{} Council", "{} Council", "{} Borough Council", "{} City Council", "{} County Council",
    "{} Metropolitan Borough Council", "London Borough of {}", "{} District Council",
)  # fmt: skip
_FRONT_PAIRS = (
    ("Nor", "North"), ("Wes", "West"), ("Bran", "Bram"), ("Kel", "Kell"), ("Mar", "Marl"), ("Thor", "Thorn"),
    ("Ash", "Ashen"), ("Wex", "Wen"), ("Hol", "Hel"), ("Win", "Wen"),
)  # fmt: skip
_BACK_PAIRS = (
    ("wick", "wich"), ("bury", "burn"), ("ley", "leigh"), ("ham", "holm"), ("ford", "field"), ("moor", "mere"),
)  # fmt: skip


def _swapped(place: str, old: str, new: str) -> str | None:
    if " " in place:
        return None
    if place.startswith(old) and place[len(old) :] in _BACK:
        return new + place[len(old) :]
    if place.endswith(old) and old in _BACK:
        return place[: -len(old)] + new
    return None
