"""Clause references in a question ("para 12", "5d", "clause 5 (d)", "the eleventh paragraph") and what they resolve to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.notice import Clause, ClauseKind, Document

_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_ORDINAL_UNITS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_TENS = ("twenty", "thirty", "forty", "fifty")
_ORDINAL_TENS = ("twentieth", "thirtieth", "fortieth", "fiftieth")


def _number_words() -> dict[str, int]:
    cardinal = {word: n for n, word in enumerate(_UNITS.split(), 1)}
    ordinal = {word: n for n, word in enumerate(_ORDINAL_UNITS.split(), 1)}
    for n, (ten, tenth) in enumerate(zip(_TENS, _ORDINAL_TENS, strict=True), 2):
        cardinal[ten] = ordinal[tenth] = 10 * n
        for word, unit in list(ordinal.items())[:9]:
            ordinal.setdefault(f"{ten}-{word}", 10 * n + unit)
            ordinal.setdefault(f"{ten} {word}", 10 * n + unit)
        for word, unit in list(cardinal.items())[:9]:
            cardinal.setdefault(f"{ten}-{word}", 10 * n + unit)
            cardinal.setdefault(f"{ten} {word}", 10 * n + unit)
    return {**cardinal, **ordinal}


NUMBER_WORDS = _number_words()
ORDINALS = frozenset(_ORDINAL_UNITS.split()[1:])  # "second" and on
_WORD = "|".join(sorted((re.escape(word) for word in NUMBER_WORDS), key=len, reverse=True))
_NOUN = r"(?:clauses?|paragraphs?|paras?\.?|points?|numbers?|no\.?|sections?|recommendations?|requirements?|sub-?paragraphs?|¶|§)"
_FINDING = r"(?:violations?|findings?|observations?|allegations?|contraventions?|infringements?|deviations?|deficienc(?:y|ies)|charges?)"
_ITEM_NOUN = r"(?:items?|points?|flexibilit(?:y|ies)|measures?|bullets?|sub-?paragraphs?|parts?|letters?|clauses?|paragraphs?|paras?\.?)"
_ITEMS = r"(?:(?:,? (?:item|point|part|sub-?paragraph))?[\s.]*\(?\s*([a-z])\s*(?:\)|\b)(?:\s*\(\s*([ivx]+)\s*\))?)?"
_NUMBER = r"((?:annex|schedule|appendix)\s+[a-z0-9]+\s+)?([a-z]?\d{1,3}(?!\d)(?:\.\d{1,3}){0,3})"

_NAMED = re.compile(rf"(?:\b|(?=[¶§])){_NOUN}\s*{_NUMBER}{_ITEMS}(?!\s*(?:%|per\b|weeks?\b|months?\b))", re.I)
_BARE = re.compile(
    r"(?<![\w£$.,/-])(\d{1,3}(?:\.\d{1,3}){0,3})[\s.]*\(?((?<=\()[a-z](?=\))|[a-h](?=\)|\b))\)?(?:\s*\(\s*([ivx]+)\s*\))?(?!\w)",
    re.I,
)
_DOTTED = re.compile(
    r"(?<![\w£$€.,/:-])(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)(?![\w%.:/-]*\d|\s*(?:%|per cent|million|billion|[ap]m\b))"
)
_LETTERED_NUMBER = re.compile(r"\b((?:R|AFI|Rec)\d{1,2})\b")
_ORDINAL = re.compile(
    rf"\b(?:the\s+)?({_WORD}|last|final|\d{{1,2}}(?:st|nd|rd|th))\s+(?:numbered\s+)?(clause|paragraph|para|point|recommendation)\b",
    re.I,
)
# "Violation 2", "the third finding".
_FOUND = re.compile(rf"\b{_FINDING}\s+(?:no\.?\s*|number\s+)?(\d{{1,2}})(?![\w.%])", re.I)
_FOUND_ORDINAL = re.compile(rf"\b(?:the\s+)?({_WORD})\s+{_FINDING}\b", re.I)
_ORDINAL_AFTER = re.compile(rf"\b(?:clause|paragraph|para|point)\s+({_WORD})\b", re.I)
_LETTERED = re.compile(
    rf"\b{_ITEM_NOUN}\s+\(?([a-z])\)?(?=[\s?.,;:)]|$)(?!\s+of\s+(?:para|paragraph|clause|point)\s*\d)", re.I
)
_OF = re.compile(rf"\b(?:{_ITEM_NOUN}\s+)?\(?([a-z])\)?\s+(?:of|in|under)\s+{_NOUN}\s*(\d{{1,3}})\b", re.I)
_ANNEX = re.compile(
    r"\b(annex|schedule|appendix)\s+([a-z]|\d{1,2})\b(?:\s*,?\s*(?:para(?:graph)?\.?\s*)?(\d{1,3}))?", re.I
)
# "21 CFR 820.198(a)" is a provision of a code of law, whatever clauses a document has.
_OF_A_CODE = re.compile(r"\b(?:C\.?F\.?R\.?|U\.?S\.?C\.?)\s*(?:§+|part|section)?\s*$", re.I)
_ACT = re.compile(r"\b(?:act|regulations?|gdpr|order)\b", re.I)


_BLOCKS = (
    (
        r"\b(?:headed|titled|entitled(?! to\b)|heading of the (?:letter|notice)|title of the (?:letter|notice|document|report))\b",
        "title",
    ),
    (
        r"\b(?:opening|introduct(?:ion|ory))(?: \w+)?(?= of the\b)|\b(?:opening|introductory) (?:para\w*|clause|words)\b",
        "opening",
    ),
    (r"\bsignature block\b", "signature"),
    (r"\baddress(?:ee)? block\b", "addressee"),
    (r"\bletterhead\b", "letterhead"),
)


@dataclass(frozen=True, slots=True)
class ClauseReference:
    """A reference as asked: `label` in the contract's form (`5(d)`, `d)`, `para 3`, `last`), `words` as typed."""

    label: str
    words: str
    printed: bool = False  # "violation 2": only a number that the document prints will do


def _label(number: str, letter: str | None, roman: str | None) -> str:
    label = number.upper() if number[0].isalpha() else number
    return label + (f"({letter.lower()})" if letter else "") + (f"({roman.lower()})" if roman else "")


def find_references(question: str) -> tuple[ClauseReference, ...]:
    """Every clause reference of a question, in order, each once."""
    found: dict[str, tuple[int, ClauseReference]] = {}
    taken: list[tuple[int, int]] = []

    def keep(match: re.Match[str], label: str, *, printed: bool = False) -> None:
        if any(start < match.end() and match.start() < end for start, end in taken):
            return
        if _OF_A_CODE.search(question[: match.start()]):
            return
        taken.append(match.span())
        found.setdefault(label, (match.start(), ClauseReference(label, match.group().strip(), printed)))

    for match in _OF.finditer(question):
        keep(match, _label(match[2], match[1], None))
    for match in _ANNEX.finditer(question):
        keep(match, f"{match[1].title()} {match[2].upper()}" + (f" {match[3]}" if match[3] else ""))
    for match in _NAMED.finditer(question):
        legal = match.group().casefold().startswith(("section", "§")) and _ACT.search(question)
        if not legal:
            keep(match, _label(match[2], match[3], match[4]))
            for more in re.finditer(
                r"(?:,|\band\b|\bor\b|&)\s*(\d{1,3})\b(?!\s*(?:st|nd|rd|th|months?|weeks?|%)\b|[a-z]|\s*\()",
                question[match.end() : match.end() + 24],
                re.I,
            ):
                if re.match(r"\w*s\b", match.group().split()[0], re.I):
                    found.setdefault(more[1], (match.end() + more.start(), ClauseReference(more[1], more[1])))
    for match in _DOTTED.finditer(question):
        keep(match, match[1], printed=True)
    for match in _LETTERED_NUMBER.finditer(question):
        keep(match, match[1])
    for match in _BARE.finditer(question):
        if not _ACT.search(question) and not re.match(r"\d+\s+a\s+\w", question[match.start() :], re.I):
            keep(match, _label(match[1], match[2], match[3]))
    for match in _ORDINAL.finditer(question):
        word = match[1].casefold()
        if word in ("last", "final"):
            keep(match, "last")
        else:
            number = NUMBER_WORDS.get(word) or int(re.sub(r"\D", "", word))
            keep(match, str(number))
    for match in _FOUND.finditer(question):
        keep(match, match[1], printed=True)
    for match in _FOUND_ORDINAL.finditer(question):
        if (word := match[1].casefold()) in ORDINALS | {"first"}:
            keep(match, str(NUMBER_WORDS[word]), printed=True)
    for match in _ORDINAL_AFTER.finditer(question):
        keep(match, str(NUMBER_WORDS[match[1].casefold()]))
    for match in re.finditer(r"(?<![\w(])\(([a-h])\)(?!\w)", question, re.I):
        keep(match, f"{match[1].lower()})")
    for match in _LETTERED.finditer(question):
        if (
            match[1].casefold() != "a"
            or re.search(r"a\)|\(a", match.group())
            or question[match.end() :].strip(" ?.") == ""
            or re.match(r"\s+(of|in|to)\b", question[match.end() :])
        ):
            keep(match, f"{match[1].lower()})")
    for pattern, label in _BLOCKS:
        if (block := re.search(pattern, question, re.I)) is not None:
            keep(block, label)
    return tuple(reference for _, reference in sorted(found.values(), key=lambda pair: pair[0]))


def resolve(reference: ClauseReference, document: Document) -> Clause | None:
    """The clause of `document` that the reference means, or None when it has no such clause."""
    by_label = {_plain(clause.label): clause for clause in document.clauses}
    wanted = reference.label
    numbered = [c for c in document.clauses if c.kind is ClauseKind.NUMBERED]
    if reference.printed:
        return _worded(reference, document) or next((c for c in numbered if c.label == wanted), None)
    prose = [c for c in document.clauses if c.label.startswith("para ")]
    if wanted == "opening":
        return by_label.get("opening") or (prose[0] if prose else None)
    if wanted == "last":
        pool = numbered or prose
        return pool[-1] if pool else None
    if worded := _worded(reference, document):
        return worded
    for label in (wanted, f"para {wanted}", f"Annex {wanted}", wanted.replace(")", "").replace("(", ".")):
        if clause := by_label.get(_plain(label)):
            return clause
    if wanted.endswith(")") and "(" not in wanted:
        items = [c for c in document.clauses if c.kind is ClauseKind.ITEM and _plain(c.label).endswith(wanted)]
        if len(items) == 1:
            return items[0]
        tails = [c for c in items if c.label.split("(")[-1] == wanted]
        return tails[0] if len(tails) == 1 else None
    return None


# Nouns whose clauses print an initial: "R2" for recommendation 2.
_LETTERED_NOUNS = frozenset({"recommendation", "requirement", "finding"})


def _worded(reference: ClauseReference, document: Document) -> Clause | None:
    """The clause printed with the word that the reference has ("Violation 2"), or with its initial ("R2")."""
    if not reference.label.isdigit():
        return None
    words = [word.removesuffix("s") for word in re.findall(r"[a-z]{3,}", reference.words.casefold())]
    wanted = {f"{word} {reference.label}" for word in words if word != "para"}
    wanted |= {f"{word[0]}{reference.label}" for word in words if word in _LETTERED_NOUNS}
    return next((c for c in document.clauses if _plain(c.label) in wanted), None)


def last_label(document: Document) -> str | None:
    """Where the document's numbered (else counted) clauses end, for "it ends at 13"."""
    numbered = [c.label for c in document.clauses if c.kind is ClauseKind.NUMBERED and c.label[:1].isdigit()]
    prose = [c.label for c in document.clauses if c.label.startswith("para ")]
    labels = numbered or prose
    return labels[-1] if labels else None


def _plain(label: str) -> str:
    return re.sub(r"\s+", " ", label).casefold()
