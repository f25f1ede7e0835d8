"""What a word means in a document: the sentence that puts it in brackets after a name, or says that it means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.notice import ClauseKind, Document, Fact
from retrieval import phrase
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, not_found, sentence
from retrieval.evidence.units import Unit, units
from retrieval.labels import label_of
from retrieval.words import fold

_ASKED = (
    re.compile(r"[\"“‘](?P<word>[^\"”’]{2,40})[\"”’]"),
    re.compile(
        r"\bwhat (?:does|do|did) (?:the (?:word|term|abbreviation|acronym) )?(?P<word>(?:the )?[\w&' -]{2,40}?) (?:mean|stand for|refer to)\b",
        re.I,
    ),
    re.compile(
        r"\b(?:meant by|definition of|meaning of|define|defined as)(?: the (?:word|term))? (?P<word>(?:the )?[\w&' -]{2,40}?)(?= in\b| under\b| for\b|[?.,]|$)",
        re.I,
    ),
    re.compile(
        r"\bwhat (?:is|are|was) (?:the |an? )?(?P<word>[A-Z][A-Za-z&-]*[A-Z]s?)(?= in\b| at\b| under\b| short\b|[?.,]|$)"
    ),
    re.compile(r"\bwho (?:are|is) (?P<word>the [\w' -]{3,30}?)(?= in\b| under\b| for\b|[?.,]|$)", re.I),
)
_LIKELIEST = 6  # documents that each give the meaning, shown side by side


def answer_definition(context: Context) -> Draft | None:
    """The sentence of each document in scope that gives the word its meaning; None when none does."""
    words = [m["word"] for pattern in _ASKED for m in pattern.finditer(context.question.text.replace("’", "'"))]
    for word in words:
        bare = re.sub(r"^the\s+", "", word.strip(), flags=re.I)
        if spelt := _spelt_out(context, bare):
            return spelt
        found = [unit for document in context.scope.documents if (unit := _defining(units(document), bare))]
        if found:
            documents = [unit.document for unit in found]
            several = len(found) > 1
            return answered(
                [
                    Line(sentence(u.text), (Quote.of_unit(u),), label_of(u.document, documents) if several else "")
                    for u in found[:_LIKELIEST]
                ],
                confidence=0.85,
                because=f"the sentence that says what “{bare}” means",
            )
    if words and _DEFINED.search(context.question.text):
        return not_found(f"The documents do not define “{words[0].strip()}”.", because="no sentence defines it")
    return None


_DEFINED = re.compile(r"\b(?:defin(?:e[ds]?|ition))\b", re.I)


def _spelt_out(context: Context, word: str) -> Draft | None:
    """What the initials stand for, as a document brackets them ("the adult care hub (ACH)"); None for other words."""
    asked = fold(word).removesuffix("s")
    found: dict[str, tuple[Document, Fact]] = {}
    for document in context.scope.documents:
        for fact in document.facts:
            defined = fact.kind == "definition" and fact.normalised and sum(c.isupper() for c in fact.value) > 1
            if defined and fact.normalised and fold(fact.value).removesuffix("s") == asked:
                found.setdefault(fold(fact.normalised), (document, fact))
    if not found:
        return None
    documents = [document for document, _ in found.values()]
    several = len({document.id for document in documents}) > 1
    return answered(
        [
            Line(
                phrase.of_sentence(document, fact.span, fact.value_span),
                (Quote.of_fact(document, fact),),
                label_of(document, documents) if several else "",
            )
            for document, fact in list(found.values())[:_LIKELIEST]
        ],
        value=next(iter(found.values()))[1].normalised if len(found) == 1 else None,
        confidence=0.9,
        because=f"what “{word}” is short for",
    )


def _defining(candidates: Sequence[Unit], word: str) -> Unit | None:
    """The first sentence that defines the word; a block only where no sentence does."""
    plain = r"\s+".join(re.escape(part) for part in word.split())
    gives = re.compile(
        rf"\(\s*(?:hereafter|here|collectively|together|referred to as|known as|[,\s])*[\"'“‘]?(?:the\s+)?{plain}[\"'”’]?\s*\)"
        rf"|[\"“‘']{plain}[\"”’']\s+(?:means|refers to|has the meaning|is defined|stands for)"
        rf"|\b{plain}\s+(?:means|is defined as|refers to|stands for)\b",
        re.I,
    )
    found = [unit for unit in candidates if gives.search(unit.text.replace("’", "'"))]
    return next((u for u in found if u.clause.kind is not ClauseKind.BLOCK), found[0] if found else None)
