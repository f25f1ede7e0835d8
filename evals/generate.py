"""Generated corpora: near-identical notices and letters of invented councils, each with its cases.

Near-copies are the hard case: every council has almost the same sentences, so an answer from a neighbour's
clause looks right and is wrong.  Same `n` and seed, same documents and cases.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.distance import OSA

from evals.asked import LETTER_KINDS, NOTICE_KINDS, asked
from evals.case import Case
from evals.drawn import Address, Draft
from evals.invented import Council, Inventor
from evals.letters import letter
from evals.notices import notice

_SIGNATORIES = 12  # a few civil servants sign everything
_SHARE_OF_LETTERS = 0.12


@dataclass(frozen=True, slots=True)
class Generated:
    """File name to text, and the cases about them."""

    documents: dict[str, str]
    cases: tuple[Case, ...]

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.documents.items():
            (folder / name).write_text(text, encoding="utf-8")


def generate(n: int, seed: int, *, questions: int = 6) -> Generated:
    """`n` documents with about `questions` cases each, and refusals beside them."""
    return _Generator(n, seed, questions).run()


@dataclass(slots=True)
class _Generator:
    n: int
    seed: int
    questions: int
    pick: random.Random = field(init=False)
    inventor: Inventor = field(init=False)
    cases: list[Case] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pick = random.Random(self.seed)
        self.inventor = Inventor(self.seed)

    def run(self) -> Generated:
        signatories = [self.inventor.person() for _ in range(_SIGNATORIES)]
        letters = int(self.n * _SHARE_OF_LETTERS)
        councils = list(self._councils(self.n - letters // 2))
        towns = [self.inventor.word() for _ in range(40)]
        homes = {council.place: self._address(self.pick.choice(towns)) for council in councils}
        documents: dict[str, str] = {}
        for number in range(self.n):
            is_letter = number >= self.n - letters
            council = councils[number % len(councils)]
            write, told = (letter, "letter") if is_letter else (notice, "improvement-notice")
            draft = write(council, self.inventor, self.pick, self.pick.choice(signatories), homes[council.place])
            day = draft.facts["sent" if is_letter else "issued"].split("|")[0]
            document = f"{_slug(council.place)}-{told}-{day}"
            documents[f"{document}.txt"] = draft.text
            kinds = LETTER_KINDS if is_letter else NOTICE_KINDS
            if number < self.n - len(councils):  # a letter to this council will bear the same address
                kinds = tuple(kind for kind in kinds if kind != "address")
            self._ask(document, draft, number, kinds, is_letter=is_letter)
        self._refuse(councils)
        return Generated(documents, tuple(self.cases))

    def _address(self, town: str) -> Address:
        return Address(self.inventor.building(), self.inventor.street(), town, self.inventor.postcode())

    def _councils(self, count: int) -> Iterator[Council]:
        """Councils of which some are easily taken for one another."""
        made = 0
        while made < count:
            place = self.inventor.place()
            yield self.inventor.council(place)
            made += 1
            twin = self.inventor.near(place) if self.pick.random() < 0.2 else None
            if twin is None and " " not in place and self.pick.random() < 0.04:
                twin = f"{self.pick.choice(('Upper', 'Great', 'East'))} {place}"
            if twin is not None and made < count:
                yield self.inventor.council(twin)
                made += 1

    def _ask(self, document: str, draft: Draft, number: int, kinds: tuple[str, ...], *, is_letter: bool) -> None:
        for kind in self.pick.sample(kinds, min(self.questions, len(kinds))):
            raw = asked(kind, document, draft, self.pick, is_letter=is_letter)
            part = "tuning" if number % 2 else "reserved"
            common = {"id": f"{document}-{kind}", "part": part, "suite": "generated", "tags": [kind]}
            self.cases.append(Case.model_validate({**common, **raw}))

    def _refuse(self, councils: list[Council]) -> None:
        """Questions about councils of which there is no document, none of them a slip away from one."""
        known = [council.place.casefold() for council in councils]
        words = {word for place in known for word in place.split()}
        wanted, number = max(3, self.n // 6), 0
        templates = (
            "when must {} deliver its plan?",
            "who signed the {} notice?",
            "what does 5(b) of the {} notice say?",
            "how often is progress reviewed in {}?",
            "when was the notice to {} Council issued?",
        )
        while number < wanted:
            place = self.inventor.word()
            if min(OSA.distance(place.casefold(), word) for word in words | set(known)) < 3:
                continue
            raw = {
                "id": f"no-notice-{_slug(place)}",
                "part": "tuning" if number % 2 else "reserved",
                "suite": "generated",
                "tags": ["refusal"],
                "status": "not_found",
                "question": self.pick.choice(templates).format(place),
            }
            self.cases.append(Case.model_validate(raw))
            number += 1


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
