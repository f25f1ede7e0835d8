"""No answer is shown before this has read it: every line must stand in what it cites.

A line is a label that names its document, then a few opening words of the composer, then the documents' own words.
Those are split into runs that stand, in that order and without a gap, in one of the line's quotations.  A run may
end only where the line has a stop: so a "not" slipped in or left out, "must" for "may", a date shifted or a name
moved to another's role breaks a run in the middle and fails.  Tokens that code worked out (a count, yes, no) are
named by the draft.
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
_STOP = re.compile(r"[,;:.!?()\[\]–—|\n]|\s-\s|[“”\"]")

# The composer's own opening words: they carry no date, number, name or negation.
OPENING = frozenset("issued signed dated addressed by to in on the".split())
OPENING_WORDS = 3


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
    if problems := _citation_problems(answer, documents):
        return problems
    worked_out = list(derived)
    found: list[Problem] = []
    if answer.text != " ".join(answer.lines):
        found.append(Problem(answer.text, "", "the text is not its lines"))
    for at, line in enumerate(answer.lines):
        extra = worked_out[at] if at < len(worked_out) else frozenset()
        found += _marked_line_problems(line, answer, documents, extra)
    if answer.value is not None:
        everything = frozenset().union(*worked_out) if worked_out else frozenset()
        found += _value_problems(answer, everything)
    return tuple(found)


def read_tokens(text: str) -> list[str]:
    """Words and numbers as they are compared: folded, ordinal endings dropped."""
    return [_plain(t) for t in _TOKEN.findall(text)]


def _plain(token: str) -> str:
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", fold(token))


def _owned(text: str) -> list[str]:
    """The tokens with possessive endings dropped: a name is itself in "the council's"."""
    return [token.removesuffix("'s") for token in read_tokens(text)]


def _citation_problems(answer: Answer, documents: Mapping[str, Document]) -> tuple[Problem, ...]:
    if not answer.citations:
        return (Problem(answer.text, "", "no citation"),)
    found = []
    for citation in answer.citations:
        document = documents.get(citation.document_id)
        if (
            document is None
            or document.text[citation.start : citation.end] != citation.quote
            or not citation.quote.strip()
        ):
            found.append(Problem(citation.quote, citation.clause, "the quotation is not the document's"))
    return tuple(found)


def _marked_line_problems(
    line: str, answer: Answer, documents: Mapping[str, Document], extra: frozenset[str]
) -> list[Problem]:
    marks = _MARK.search(line)
    if marks is None:
        return [Problem(line, "", "no citation in this line")]
    numbers = [int(n) for n in re.findall(r"\d+", marks[1])]
    if any(not 1 <= n <= len(answer.citations) for n in numbers):
        return [Problem(line, marks[1], "cites a number that is not there")]
    cited = [answer.citations[n - 1] for n in numbers]
    return _line_problems(line[: marks.start()], cited, documents, extra)


def _line_problems(
    line: str, cited: list[Citation], documents: Mapping[str, Document], extra: frozenset[str]
) -> list[Problem]:
    body = _without_label(line, cited, documents)
    tokens = list(_TOKEN.finditer(body))
    words = [_plain(t.group()) for t in tokens]
    if words and all(word in extra for word in words):
        return []
    sources = [read_tokens(c.quote) for c in cited]
    runs = _runs(words, sources)
    problems: list[Problem] = []
    at = 0
    while at < min(OPENING_WORDS, len(words)) and words[at] in OPENING | extra and runs[at][1] - runs[at][0] < 2:
        at += 1
    first = at
    before: list[str] = []  # the run just read
    while at < len(words):
        start, end = runs[at]
        if start == end:
            if words[at] not in extra:
                problems.append(Problem(line, words[at], "not in the cited words"))
            at += 1
            before = []
            continue
        if start < at and at > first and not _stop_between(body, tokens, at):
            problems.append(Problem(line, words[at], "the cited words do not follow one another so"))
        until = min(end, len(words))
        if until < len(words) and words[until] not in extra and not _stop_between(body, tokens, until):
            problems.append(Problem(line, words[until], "the cited words do not follow one another so"))
        run = words[at:until]
        if before and not _follow(before, run, sources):
            problems.append(Problem(line, run[0], "not beside what it stands with in the cited words"))
        before = run
        at = until
    return problems


NEAR = 4  # words that a line may leave out at a stop: "Name [line break] role"


def _follow(one: list[str], other: list[str], sources: list[list[str]]) -> bool:
    """Whether `other` comes soon after `one` in a source, so that a name keeps its own role."""
    for source in sources:
        ends = [at + len(one) for at in _places(one, source)]
        starts = _places(other, source)
        if any(0 <= start - end <= NEAR for end in ends for start in starts):
            return True
    return False


def _places(run: list[str], source: list[str]) -> list[int]:
    return [at for at in range(len(source) - len(run) + 1) if source[at : at + len(run)] == run]


def _stop_between(body: str, tokens: list[re.Match[str]], at: int) -> bool:
    """Whether the line has a stop (or its start) before token `at`."""
    return at == 0 or _STOP.search(body[tokens[at - 1].end() : tokens[at].start()]) is not None


_TYPED = re.compile(r" \(for “[\w’'-]{1,40}(?: [\w’'-]{1,40}){0,3}”\)$")  # the name as the question misspelt it


def _without_label(line: str, cited: list[Citation], documents: Mapping[str, Document]) -> str:
    """The line without a leading "Subject, kind: " that names a cited document and nothing else."""
    known: set[str] = set()
    for citation in cited:
        document = documents[citation.document_id]
        for name in (document.subject, document.title, *document.subject_names):
            if name:
                day = f"{document.issued_on:%-d %B %Y}" if document.issued_on else "undated"
                for called in (name, f"{name}, {document.kind}", f"{name}, {document.kind}, {day}"):
                    places = (called, f"{called}, {citation.clause}", f"{called}, clause {citation.clause}")
                    known |= {fold(place) for place in places}
    for colon in re.finditer(": ", line):  # a title may hold one itself
        if fold(_TYPED.sub("", line[: colon.start()])) in known:
            return line[colon.end() :]
    return line


def _runs(words: list[str], sources: list[list[str]]) -> list[tuple[int, int]]:
    """For each word the longest stretch `[start, end)` round it that stands in one source; empty if none."""
    best = [(at, at) for at in range(len(words))]
    for source in sources:
        places: dict[str, list[int]] = {}
        for at, word in enumerate(source):
            places.setdefault(word, []).append(at)
        for at in range(len(words)):
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
    return best


def _value_problems(answer: Answer, derived: frozenset[str]) -> list[Problem]:
    """The bare value stands in one of the answer's own lines, or was worked out."""
    value = answer.value or ""
    words = _owned(value)
    if words and all(word in derived for word in words):
        return []
    for line in answer.lines:
        shown = _owned(_MARK.sub("", line))
        if any(shown[at : at + len(words)] == words for at in range(len(shown) - len(words) + 1)):
            return []
    return [Problem(value, value, "the value does not stand in the answer")]
