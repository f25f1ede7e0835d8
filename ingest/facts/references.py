"""Other papers that the document speaks of, their dates, and inspections or visits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.dates import DateMatch
from ingest.facts.names import collapse
from ingest.facts.scope import Scope, Statement
from ingest.facts.topics import strip_edges
from ingest.notice import Fact, Span

PAPER = (
    r"(?:reports?|letters?|notices?|polic(?:y|ies)|reviews?|assessments?|findings|decisions?|orders?|responses?"
    r"|guidance|strateg(?:y|ies)"
    r"|statements?|minutes|reprimands?|warnings?|directions?|agreements?|memorandum|audits?|surveys?"
    r"|certificates?|licen[cs]es?|plans?"
    r"|undertakings?|representations|submissions?|e-?mails?|applications?|forms?|judg(?:e)?ments?|circulars?"
    r"|protocols?|news\s+items?)"
)
VISIT = r"(?:re-?inspections?|inspections?|visits?|audits?|examinations?|checks?|walk-?throughs?|surveys?)"
_PAPER = re.compile(rf"\b{PAPER}\b", re.IGNORECASE)
_SAYS_DATE = re.compile(
    r"^(?P<between>(?:\s+[^\s,;.()]+){0,14}?)\s*,?\s*\(?\s*(?:(?:which\s+)?(?:was|were|is)\s+)?(?:(?:published"
    r"|dated|issued|sent|released|made|completed"
    r"|produced|received|signed|agreed|adopted|approved)\s*(?:on|in|to\s+(?:\S+\s+){1,6}?on|:)?|of|dated|\()\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"\bpublished\s+(?:on\s+|in\s+)?(?:the\s+)?$", re.IGNORECASE)
_DATED_PAPER = re.compile(rf"^,?\s+(?P<phrase>(?:(?!(?:and|or|the)\b)[\w-]+\s+){{0,2}}?{PAPER})\b", re.IGNORECASE)
_VISIT_THEN = re.compile(
    rf"(?P<phrase>(?:[\w’'-]+\s+){{0,4}}{VISIT})\b(?P<between>(?:\s+(?!(?:report|published|dated|letter|notice|and"
    rf"|but|that|which|to|was|were|is)\b)[^\s;.]+){{0,9}}?)\s*(?::|,)?\s*"
    r"(?:on|in|of|from|between|during|dates?\s*:|date\s*:|dated|took\s+place\s+on|for|\()\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_LABELLED_VISIT = re.compile(
    rf"(?P<phrase>(?:[\w’'-]+\s+){{0,4}}{VISIT}(?:\s+[\w’'-]+){{0,3}}?)\s*(?:dates?)?\s*:\s*$", re.IGNORECASE
)
_VISIT_AFTER = re.compile(
    rf"^\s+(?P<phrase>(?:(?!(?:and|or|report|following|after|before|the|an?|to|in|on|of|for|by|with|from|when"
    rf"|as)\b)[\w’'-]+\s+){{0,4}}?{VISIT})\b"
    r"(?!\s+report)",
    re.IGNORECASE,
)
_VISITED = re.compile(
    r"\b(?:inspected|visited|re-inspect|inspect|audited|attended|examined|(?:inspection|visit|audit)\b[^.;]{0,160}?\b(?:conducted"
    r"|carried\s+out|held|made|undertaken))\b.{0,220}?\b(?:on|from|between|in"
    r"|during)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# Words without which no pattern of a visit can match.
_VISIT_SIGN = re.compile(r"inspect|visit|audit|examin|check|walk|survey|attended", re.IGNORECASE)
_VISITED_VERB = re.compile(
    r"\b(?:inspected|visited|re-inspect|inspect|audited|attended|examined|conducted|carried\s+out|held|undertaken)\b",
    re.IGNORECASE,
)
_ANY_ONE = re.compile(r"(?:^|\b)an?\s+$", re.IGNORECASE)
_UNDATED = re.compile(
    rf"\b(?P<det>the|our|your|an?|this|its)\s+(?P<phrase>(?:(?!(?:the|and|in|of"
    rf"|to)\b)[\w’'-]+\s+){{0,4}}?(?i:{PAPER})\s+"
    r"(?:issued\s+to|sent\s+to|given\s+to|produced\s+by|issued\s+by|published\s+by|prepared\s+by|written\s+by"
    r"|provided\s+by)\s+(?:the\s+)?"
    r"(?:(?!\b(?:on|in|and|which|that|with|the\s+council\s+should)\b)[^,;.()\n]){2,80})"
)


def paper_of(statement: Statement, date: DateMatch) -> Span | None:
    """The words that name the paper which the date is the date of, or None."""
    before = statement.before(date.span)
    for m in reversed(list(_PAPER.finditer(before))):
        says = _SAYS_DATE.match(before[m.end() :])
        if says is None or (
            statement.dates
            and any(
                m.end() <= d.span.start - statement.span.start and d.span.end <= date.span.start
                for d in statement.dates
            )
        ):
            continue
        opener = before[m.end() :].strip().split(" ")[-1].lower()
        if (
            opener in {"in", "on", "from"}
            and not says["between"].strip()
            and re.search(rf"\b{VISIT}$", m.group(), re.IGNORECASE)
        ):
            continue
        if (
            re.search(r"\b(?:to|must|should|will|shall|be|is|are)\b", says["between"], re.IGNORECASE)
            and "published" not in before[m.end() :]
        ):
            continue
        start = _phrase_start(before, m.start())
        end = m.end() + len(says["between"].rstrip())
        return statement.place(start, end)
    if _PUBLISHED.search(before) and (told := _PAPER.search(before)):
        return statement.place(_phrase_start(before, told.start()), told.end())
    if date.precision == "day" and date.whole is None:
        m2 = _DATED_PAPER.match(statement.after(date.span))
        if m2 is not None and re.search(r"\b(?:the|your|our|its|their|this|that|a|an)\s+$", before, re.IGNORECASE):
            return Span(date.span.end + m2.start("phrase"), date.span.end + m2.end("phrase"))
    return None


def _phrase_start(before: str, noun: int) -> int:
    """Where the noun phrase that ends in the paper's noun begins."""
    start = noun
    for word in reversed(list(re.finditer(r"[\w’'&/-]+", before[:noun]))):
        joins = (
            word.group() in {"and", "of", "for"}
            and before[word.end() :].lstrip()[:1].isupper()
            and _capital_before(before[: word.start()])
        )
        if joins:
            continue
        if before[word.end() : start].strip() not in {"", "and", "of", "for"} or re.fullmatch(
            r"(?:the|an?|this|that|these|its|our|your|their|his|her|in|on|by|of|as|with|to|from|under|and|or|see"
            r"|per|at|for|was|were|is|are|be|has|have"
            r"|had|following|identified|said|whether|which|who|previous(?=\s+of))",
            word.group(),
            re.IGNORECASE,
        ):
            break
        start = word.start()
        if noun - start > 70:
            break
    return start


def _capital_before(words: str) -> bool:
    last = words.split()[-1:] or [""]
    return last[0][:1].isupper() and words.endswith((" ", "\n"))


def report_facts(scope: Scope) -> Iterator[Fact]:
    """`report_date` and `reference` of papers mentioned with a date; `reference` also of those told by their makers."""
    for statement in scope.statements:
        if statement.is_block and not statement.clause.label.startswith(("title", "letterhead")):
            continue
        for date in statement.dates:
            paper = paper_of(statement, date)
            if paper is not None and not own_issue(statement, paper, date):
                topic = collapse(paper.of(scope.text))
                yield statement.fact("report_date", date.span, date.iso, topic)
                closing = (
                    1
                    if scope.text[date.span.end : date.span.end + 1] == ")"
                    and "(" in scope.text[paper.end : date.span.start]
                    else 0
                )
                mention = Span(min(paper.start, date.span.start), max(paper.end, date.span.end + closing))
                yield statement.fact("reference", mention, date.iso, topic)
        for m in _UNDATED.finditer(statement.text):
            if m["det"].lower() != "this":
                span = statement.place(m.start("phrase"), m.start("phrase") + len(m["phrase"].rstrip()))
                if not any(d.span.start - 5 <= span.end <= d.span.end for d in statement.dates):
                    yield statement.fact("reference", span, None, strip_edges(statement.before(span)))


def own_issue(statement: Statement, paper: Span, date: DateMatch) -> bool:
    """Whether the paper is the document itself (`this notice is issued on …`)."""
    before = statement.before(paper)
    between = statement.text[paper.start - statement.span.start : date.span.start - statement.span.start]
    return (
        re.search(r"\bthis\s+(?:\w+\s+)?$", before, re.IGNORECASE) is not None
        or re.match(r"this\b", between, re.IGNORECASE) is not None
    )


def inspection_of(statement: Statement, date: DateMatch) -> Span | None:
    """The words that name the inspection or visit which the date tells, or None."""
    if not _VISIT_SIGN.search(statement.text):
        return None
    whole = date.whole or date.span
    before, after = statement.before(whole), statement.after(whole)
    if _PUBLISHED.search(before):
        return None
    for pattern in (_VISIT_THEN, _LABELLED_VISIT):
        m = pattern.search(before)
        if m is not None:
            start = _phrase_start(before, m.end("phrase"))
            if not date.has_year and date.precision == "month" and _ANY_ONE.search(before[:start]):
                return None  # one that is asked for: `a survey carried out between May and June`
            return statement.place(start, m.end("phrase"))
    m = _VISIT_AFTER.match(after)
    if m is not None:
        start = len(before) + (whole.end - whole.start) + m.start("phrase")
        return statement.place(start, start + len(m["phrase"]))
    m = _VISITED.search(before)
    if m is not None and not _dated_between(statement, date):
        return statement.place(m.start(), len(before.rstrip()))
    return None


def _dated_between(statement: Statement, date: DateMatch) -> bool:
    """Whether the visit has a date of its own before this one, in another part of the sentence."""
    before = statement.before(date.whole or date.span)
    visited = _VISITED_VERB.search(before)
    if visited is None:
        return False
    start = statement.span.start + visited.start()
    earlier = [d for d in statement.dates if start <= d.span.start and d.span.end < date.span.start]
    return bool(earlier) and len(before[earlier[-1].span.end - statement.span.start :].split()) > 3


def inspection_facts(scope: Scope) -> Iterator[Fact]:
    """`inspection`: each visit or inspection with its date or dates."""
    for statement in scope.statements:
        done: set[Span] = set()
        for date in statement.dates:
            whole = date.whole or date.span
            named = inspection_of(statement, date)
            paper = paper_of(statement, date)
            if named is None or whole in done or (paper is not None and paper.overlaps(named)):
                continue
            done.add(whole)
            topic = strip_edges(collapse(named.of(scope.text)))
            yield statement.fact("inspection", whole, range_iso(statement, whole), topic)


def range_iso(statement: Statement, whole: Span) -> str:
    """`2023-07-10/2023-07-21` for a range or pair of dates, else the one date."""
    return "/".join(dict.fromkeys(d.iso for d in statement.dates if whole.covers(d.span)))
