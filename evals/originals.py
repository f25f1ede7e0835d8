"""The names of a corpus that a renamed copy must not hold: from the index, and from a TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.values import name_words
from ingest.errors import InputError
from ingest.notice import Document

_PEOPLE_FACTS = frozenset({"signatory", "addressee", "copied_to", "person_role"})
_KINDS_OF_BODY = frozenset(
    {
        "council", "borough", "metropolitan", "city", "county", "district", "london", "royal", "unitary", "authority",
        "of", "the", "police", "school", "academy", "primary", "secondary", "community", "trust", "chief",
        "constable", "service", "department",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """The originals to replace, by kind.  `ordinary` words are replaced only inside a name or after a title."""

    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    buildings: tuple[str, ...] = ()
    roads: tuple[str, ...] = ()
    short: Mapping[str, str] = field(default_factory=dict)
    ordinary: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()

    @classmethod
    def load(cls, path: Path) -> Names:
        """From a TOML file such as evals/renaming.toml; InputError when it cannot be read."""
        try:
            raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise InputError(f"{path}: cannot read the names to replace ({error})") from error
        people, addresses = raw.get("people", {}), raw.get("addresses", {})
        return cls(
            places=tuple(raw.get("places", ())),
            people=tuple(people.get("names", ())),
            streets=tuple(addresses.get("streets", ())),
            buildings=tuple(addresses.get("buildings", ())),
            roads=tuple(addresses.get("roads", ())),
            short=raw.get("short", {}),
            ordinary=frozenset(word.casefold() for word in people.get("ordinary", ())),
            keep=frozenset(word.casefold() for word in raw.get("keep", {}).get("words", ())),
        )

    def with_index(self, documents: Iterable[Document]) -> Names:
        """These and those that the index knows: subjects, and people found as facts.

        A name with a word that the texts write in lower case is left alone: it may be no name at all.
        """
        documents = tuple(documents)
        common = {word for document in documents for word in re.findall(r"\b[a-z]+\b", document.text)}
        places, people = list(self.places), list(self.people)
        known = {name.casefold() for name in (*self.places, *self.short)}
        for document in documents:
            for name in document.subject_names or filter(None, (document.subject,)):
                bare = " ".join(word for word in name.split() if word.casefold().strip("'’") not in _KINDS_OF_BODY)
                if bare[:1].isupper() and not common & set(name_words(bare)) and bare.casefold() not in known:
                    known.add(bare.casefold())
                    places.append(bare)
            for fact in document.facts:
                if fact.kind in _PEOPLE_FACTS and fact.normalised:
                    words = [w for w in fact.normalised.split() if name_words(w)]
                    capital = all(w[:1].isupper() and w.casefold() not in common for w in words)
                    if 2 <= len(words) <= 3 and capital:
                        people.append(" ".join(words))
        known_people = {name_words(name) for name in self.people}
        fresh = [name for name in dict.fromkeys(people) if name in self.people or name_words(name) not in known_people]
        return Names(
            tuple(places), tuple(fresh), self.streets, self.buildings, self.roads, self.short, self.ordinary, self.keep
        )
