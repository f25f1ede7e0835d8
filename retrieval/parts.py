"""Two questions in one: told apart before they are read, put together when they are answered."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer import Status
from retrieval.draft import Draft, Line
from retrieval.followup.forms import ELLIPTIC

MOST = 12  # questions answered at once


_JOINT = re.compile(
    (
        r"\?\s+(?=\w)|(?:,\s*)?\b(?:and|also|plus)\s+(?=(?:(?:by|under|in|on|at|to|for|with|from) )?(?:who"
        r"|when|why|how|where|which|what|by when|does|do|is|are|was|were|did|has|have)\b)"
        r"|(?<=[.!])\s+(?=(?:who|when|why|how|where|which|what|does|do|is|are|did)\b)"
    ),
    re.I,
)
# A series of questions parted by commas: "when is it due, who signed it, how often is it reviewed, and …".
_LISTED = re.compile(
    r"\?\s+(?=\w)|,\s*(?:(?:and|also|plus)\s+)?(?=(?:who|when|why|how|where|which|what|by when|does|do|is|are|was|were"
    r"|did|has|have)\b)",
    re.I,
)
_ASKS = re.compile(
    r"(?:who|when|why|how|where|which|what|by when|does|do|is|are|was|were|did|has|have|must|can)\b", re.I
)
SERIES = 2  # commas before a question word that make a series
# One thing asked for in two words of asking: "by what time and on what date must …".
_BARE = re.compile(r"(?:(?:by|on|at|in|from|to|for|under|with) )?(?:(?:what|which) \w+|who|when|where|why|how)$", re.I)
_AUX = re.compile(r"(?:does|do|is|are|was|were|did|has|have|can|must|should|will|may)\b", re.I)
_WHOLE = re.compile(r"\b(?:who|when|why|how|where|which|what|by when)\b", re.I)


# "When is the visit due, and the next inspection?": asked of another thing in the same words.
_GAPPED = re.compile(
    r"^(?P<asks>(?:when|who|how long|how often|by when|on what date) (?:is|are|was|were|will)) .+?"
    r"(?P<due> due| published| issued| held)?,? and "
    r"(?P<other>(?:the|its|their) (?:(?!\b(?:is|are|was|were|and)\b)[\w'’-]+ ?){1,6})\??$",
    re.I,
)


def parts(question: str) -> tuple[str, ...]:
    """The single questions of a text: "who signed it and when is the deadline?" is two."""
    text = re.sub(r"<(script|style)\b.*?</\1\s*>|<[^>]{1,200}>|\[\d{1,3}\]", " ", question, flags=re.I | re.S)
    if (gapped := _GAPPED.match(text.strip())) and not _AUX.search(text[gapped.end("asks") :]):
        second = f"{gapped['asks']} {gapped['other'].strip()}{gapped['due'] or ''}?"
        return (text[: gapped.start("other")].rstrip(" ,").removesuffix(" and").rstrip(" ,") + "?", second)
    joint = _LISTED if len(_LISTED.findall(text)) >= SERIES and _ASKS.match(text) else _JOINT
    pieces = [piece.strip() for piece in joint.split(text) if piece and piece.strip(" ?.,!")]
    if len(pieces) < 2 or (_BARE.match(pieces[0]) and "?" not in text[: len(pieces[0]) + 2]):
        return (text.strip() or question.strip(),)
    merged: list[str] = []
    for at, piece in enumerate(pieces):
        if at and ELLIPTIC.match(piece) and len(piece.split()) <= 8 and f"? {piece}" in text:
            merged.append(piece)
            continue
        asks = _WHOLE.search(piece) or re.match(r"(?:does|do|is|are|was|were|did|has|have)\b", piece, re.I)
        if merged and not asks:
            merged[-1] += f" {piece}"
        else:
            merged.append(piece)
    whole = [piece for piece in merged if len(piece.split()) >= 2]
    if len(whole) < 2 or not all(
        _WHOLE.search(piece) or _AUX.match(piece) or ELLIPTIC.match(piece) or piece is whole[-1] for piece in whole
    ):
        return (text.strip(),)
    return tuple(whole[:MOST])


def together(drafts: list[Draft]) -> Draft:
    """One reply for the parts of a question: what is answered, with what is not said named as a suggestion."""
    if len(drafts) == 1:
        return drafts[0]
    good = [draft for draft in drafts if draft.status is Status.ANSWERED]
    if not good:
        return drafts[0]
    lines: list[Line] = []
    for draft in good:
        lines += [line for line in draft.lines if line not in lines]
    missed = [draft.lines[0].text for draft in drafts if draft.status is not Status.ANSWERED and draft.lines]
    because = tuple(reason for draft in drafts for reason in draft.because)
    return Draft(
        Status.ANSWERED,
        tuple(lines),
        good[0].value,
        suggestions=tuple(missed),
        confidence=min(draft.confidence for draft in good),
        because=because,
    )


def side_by_side(drafts: list[Draft]) -> Draft:
    """One question asked of several subjects: each answer under its subject's name, those without one left out."""
    good = [draft for draft in drafts if draft.status is Status.ANSWERED]
    if not good:
        return drafts[0]
    lines: list[Line] = []
    for draft in good:
        first = draft.lines[0]
        document = first.quotes[0].document
        label = first.label or document.subject or document.title
        lines += [line for line in (replace(first, label=label), *draft.lines[1:]) if line not in lines]
    values = {draft.value for draft in good}
    return Draft(
        Status.ANSWERED,
        tuple(lines),
        good[0].value if len(values) == 1 else None,
        confidence=min(draft.confidence for draft in good),
        because=tuple(dict.fromkeys(reason for draft in good for reason in draft.because)),
    )
