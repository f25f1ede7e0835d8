"""No answer is shown before this has read it: every line must stand in what it cites.

A line is split into runs of words that stand, in that order and without a gap, in one of its quotations.  What is
left over must be the few connecting words that the composer uses, the name of the cited document in a line's label,
or a token that code derived and says so.  A critical token (date, number, amount, name, reference, negation) must
stand in its run together with its neighbours, so a "not" slipped in, or a name moved to another's role, fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.notice import Document
from retrieval.answer import Answer, Citation, Status
from retrieval.words import fold

_TOKEN = re.compile(r"[£$€]?\d+(?:[.,/:]\d+)*(?:st|nd|rd|th|m|k|bn|%)?|[^\W\d_]+(?:['’][^\W\d_]+)*|[£$€%]")
_MARK = re.compile(r"\s*((?:\[\d+\])+)\s*$")
_NEGATION = frozenset("no not never none nor neither without cannot nothing nobody".split())

# The composer's own words: they connect, and carry no date, number, name or negation.
GLUE = frozenset(
    """
    by the of and in on to from is are was as a an with this that which it its their for at until within says said
    also then but see both these those signed issued dated addressed copied asks document documents yes earliest latest
    first all each same different wording here there has have role about value values notice letter news report kind
    more computed counted words differ agree newest
    """.split()
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line may not be shown."""

    line: str
    token: str
    why: str


def verify(
    answer: Answer, documents: Mapping[str, Document], derived: Iterable[frozenset[str]] = ()
) -> tuple[Problem, ...]:
    """Every fault of an answer; empty when it may be shown.

    `derived` holds, line by line, the folded tokens that code worked out from the quotations.
    Replies that answer nothing (`not_found`, `declined`) must cite nothing.
    """
    if answer.status is not Status.ANSWERED:
        return (Problem(answer.text, "[1]", "a reply without an answer cites"),) if answer.citations else ()
    problems: list[Problem] = []
    for citation in answer.citations:
        document = documents.get(citation.document_id)
        if (
            document is None
            or document.text[citation.start : citation.end] != citation.quote
            or not citation.quote.strip()
        ):
            problems.append(Problem(citation.quote, citation.clause, "the quotation is not the document's"))
    if not answer.citations:
        problems.append(Problem(answer.text, "", "no citation"))
    if answer.text != " ".join(answer.lines):
        problems.append(Problem(answer.text, "", "the text is not its lines"))
    worked_out = list(derived)
    cited_text: list[str] = []
    for at, line in enumerate(answer.lines):
        marks = _MARK.search(line)
        if marks is None:
            problems.append(Problem(line, "", "no citation in this line"))
            continue
        numbers = [int(n) for n in re.findall(r"\d+", marks[1])]
        if any(not 1 <= n <= len(answer.citations) for n in numbers):
            problems.append(Problem(line, marks[1], "cites a number that is not there"))
            continue
        cited = [answer.citations[n - 1] for n in numbers]
        cited_text += [c.quote for c in cited]
        extra = worked_out[at] if at < len(worked_out) else frozenset()
        problems += _line_problems(line[: marks.start()], cited, documents, extra)
    if answer.value is not None:
        everything = frozenset().union(*worked_out) if worked_out else frozenset()
        subjects = [
            documents[c.document_id].subject or documents[c.document_id].title
            for c in answer.citations
            if c.document_id in documents
        ]
        problems += _value_problems(answer.value, [*cited_text, *subjects], everything)
    return tuple(problems)


def read_tokens(text: str) -> list[str]:
    """Words and numbers as they are compared: folded, ordinal endings dropped."""
    return [re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", fold(t)) for t in _TOKEN.findall(text)]


def _line_problems(
    line: str, cited: list[Citation], documents: Mapping[str, Document], extra: frozenset[str]
) -> list[Problem]:
    _, body = _label(line, cited, documents)
    shown = _TOKEN.findall(body)
    words = read_tokens(body)
    sources = [read_tokens(c.quote) for c in cited]
    runs = _runs(words, sources)
    problems: list[Problem] = []
    for at, word in enumerate(words):
        start, end = runs[at]
        if start == end:  # in no quotation at all
            if word not in extra and not (word in GLUE and not _critical(shown[at], at)):
                problems.append(Problem(line, word, "not in the cited words"))
        elif _critical(shown[at], at) and word not in extra:
            left_ok = at == 0 or start < at or words[at - 1] in GLUE or words[at - 1] in extra
            right_ok = at == len(words) - 1 or end > at + 1 or words[at + 1] in GLUE or words[at + 1] in extra
            if word in _NEGATION:
                left_ok = at == 0 or start < at
                right_ok = at == len(words) - 1 or end > at + 1
            if not (left_ok and right_ok):
                problems.append(Problem(line, word, "not in its place among the cited words"))
    return problems


def _label(line: str, cited: list[Citation], documents: Mapping[str, Document]) -> tuple[str, str]:
    """Split off a leading "Subject (kind): " when it names a cited document."""
    head, colon, rest = line.partition(": ")
    if not colon:
        return "", line
    known: set[str] = set()
    for citation in cited:
        document = documents[citation.document_id]
        known |= set(
            read_tokens(f"{document.subject or ''} {' '.join(document.subject_names)} {document.title} {document.kind}")
        )
        known |= set(read_tokens(citation.quote)) | set(read_tokens(f"para paragraph clause {citation.clause}"))
    return (head, rest) if all(word in known or word in GLUE for word in read_tokens(head)) else ("", line)


def _runs(words: list[str], sources: list[list[str]]) -> list[tuple[int, int]]:
    """For each word the longest stretch `[start, end)` of `words` round it that stands in one source; empty if none."""
    best = [(at, at) for at in range(len(words))]
    for source in sources:
        places: dict[str, list[int]] = {}
        for at, word in enumerate(source):
            places.setdefault(word, []).append(at)
        at = 0
        while at < len(words):
            longest = 0
            for place in places.get(words[at], ()):
                length = 0
                while (
                    at + length < len(words)
                    and place + length < len(source)
                    and words[at + length] == source[place + length]
                ):
                    length += 1
                longest = max(longest, length)
            for inside in range(at, at + longest):
                if longest > best[inside][1] - best[inside][0]:
                    best[inside] = (at, at + longest)
            at += 1
    return best


def _critical(shown: str, at: int) -> bool:
    """Dates, numbers, amounts, names and negations."""
    word = fold(shown)
    return (
        any(ch.isdigit() for ch in word)
        or word in _NEGATION
        or word.endswith("n't")
        or (shown[:1].isupper() and at > 0)
    )


def _value_problems(value: str, quotes: list[str], derived: frozenset[str]) -> list[Problem]:
    words = read_tokens(value)
    if words and all(word in derived for word in words):
        return []
    for quote in quotes:
        source = read_tokens(quote)
        if any(source[at : at + len(words)] == words for at in range(len(source) - len(words) + 1)):
            return []
    return [Problem(value, value, "the value does not stand in the cited words")]
