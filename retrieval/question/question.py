"""A question, understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.facts.dates import DateMatch
from ingest.names import family
from retrieval.courtesy import asking_part
from retrieval.names.known import Name, NameKind, Reading
from retrieval.references import ClauseReference
from retrieval.wants import Want
from retrieval.words import fold

# Who said it tells nothing of the matter: "What did Ofsted say about …".
_SAID_BY = re.compile(
    r"^what (?:did|do|does|has|have) (?:the )?\S+(?: \S+){0,5}? "
    r"(?:say|said|find|found|make|made|conclude|report|think) (?:about|of|on) ",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the topic: as typed (or respelt) and its stem.  `paper` words name the document and weigh little."""

    word: str
    stem: str
    paper: bool = False
    borrowed: bool = False  # from the question before, where a pronoun stands for it


@dataclass(frozen=True, slots=True)
class Question:
    """One question, understood."""

    text: str
    wants: tuple[Want, ...]
    names: Reading
    references: tuple[ClauseReference, ...]
    dates: tuple[DateMatch, ...]
    kinds: frozenset[str]
    terms: tuple[Term, ...]
    described: tuple[Term, ...] = ()  # words that tell which paper is meant: "covid" in "the Covid letter"
    paper_dates: tuple[DateMatch, ...] = ()  # dates that do so: "the 2019 notice", "the letter of 18 June 2020"
    behind: str = ""  # what its pronouns stand for, in words of the question before

    @property
    def want(self) -> Want:
        return self.wants[0]

    @property
    def subjects(self) -> tuple[Name, ...]:
        return self.names.of(NameKind.SUBJECT)

    @property
    def people(self) -> tuple[Name, ...]:
        return self.names.of(NameKind.PERSON)

    @property
    def organisations(self) -> tuple[Name, ...]:
        return self.names.of(NameKind.ORGANISATION)

    @property
    def topic(self) -> tuple[Term, ...]:
        """The question's own words of the topic, without those that name the paper."""
        return tuple(term for term in self.terms if not term.paper and not term.borrowed)

    @property
    def bare(self) -> str:
        """The question with each subject's name made common ("the council"), which is how its own documents speak."""
        text = f"{self.text} ({self.behind})" if self.behind else self.text
        if (part := asking_part(text)) != text:
            return part
        if (said := _SAID_BY.match(text)) and self.organisations:
            return f"What about {text[said.end() :]}"
        for mention in sorted(self.names.mentions, key=lambda m: -m.start):
            if mention.name.kind is NameKind.SUBJECT and mention.end > mention.start and not mention.corrected_from:
                text = f"{text[: mention.start]}the {family(mention.name.shown) or 'organisation'}{text[mention.end :]}"
        return text

    def says(self, pattern: str) -> bool:
        return re.search(pattern, fold(self.text)) is not None

    def wanting(self, *wanted: Want) -> Question:
        return replace(self, wants=wanted)
