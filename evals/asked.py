"""What is asked of an invented document, with the answer that its draft knows."""

from __future__ import annotations

import random
from typing import Any

from evals.drawn import Draft

# Each kind: the type of answer, and ways to ask.  {place} is the council's short name, {low} the same in lower
# case, {name} its full name.
_NOTICE: dict[str, tuple[str, tuple[str, ...]]] = {
    "signatory": (
        "name",
        (
            "who signed the {place} notice?",
            "who signed the improvement notice to {name}",
            "{low} notice signatory",
        ),
    ),
    "interval": (
        "duration",
        (
            "how often will the Department review progress in {place}?",
            "{low} notice - how often are reviews?",
        ),
    ),
    "board": (
        "duration",
        (
            "how often must the improvement board meet under the {place} notice?",
            "{low} notice: how often does the board meet",
        ),
    ),
    "areas": (
        "number",
        ("how many areas does the {place} notice address?", "number of areas identified in the {low} notice"),
    ),
    "section": (
        "number",
        (
            "which section of the {act} identifies the partners in the {place} notice?",
            "{low} notice, which section of the act for partner agencies",
        ),
    ),
    "reported": ("date", ("when was the {body} report on {place} published?", "{low} {body} report date")),
    "issued": ("date", ("when was the improvement notice issued to {name}?", "{low} improvement notice date")),
    "powers": (
        "text",
        (
            "which statutory powers may ministers invoke against {place}?",
            "under which law could ministers intervene in {low}",
        ),
    ),
    "topics": ("list", ("what may the reviews of {place} cover?", "topics covered by reviews in the {low} notice")),
    "adviser": ("name", ("who is the adviser for {place}?", "{low} adviser name")),
    "amount": ("amount", ("how much will the Department make available to {place}?", "{low} notice funding amount")),
    "address": ("text", ("what is the address of {name}?",)),
    "deadline": (
        "",
        (
            "when must {place} deliver its plan?",
            "{low} plan due date",
            "by when does {name} have to deliver the actions in its plan?",
            "what is the deadline for {place}'s improvement plan",
        ),
    ),
    "clause": ("", ()),
}
_LETTER: dict[str, tuple[str, tuple[str, ...]]] = {
    "signatory": ("name", ("who signed the letter to {place}?", "{low} letter signed by")),
    "addressee": ("name", ("who is the letter to {place} addressed to?", "{low} letter - to whom")),
    "copied": ("name", ("who was the {place} letter copied to?", "copy of the letter to {low} went to whom")),
    "sent": ("date", ("what is the date of the letter to {place}?", "{low} letter date")),
    "reply": (
        "date",
        (
            "by when must {place} confirm that the measures are in place?",
            "when does {low} have to confirm the measures in the letter",
        ),
    ),
    "boards": (
        "duration",
        (
            "how often are improvement boards to be held under the letter to {place}?",
            "letter to {low}: how often improvement boards",
        ),
    ),
    "clause": ("", ()),
}
NOTICE_KINDS, LETTER_KINDS = tuple(_NOTICE), tuple(_LETTER)
_BLOCKS = {
    "signatory": ["signature"],
    "issued": ["opening", "signature"],
    "reported": ["opening", "1"],
    "addressee": ["addressee"],
    "address": ["addressee"],
}


def asked(kind: str, document: str, draft: Draft, pick: random.Random, *, is_letter: bool) -> dict[str, Any]:
    """One question of this kind about the draft, as the fields of a case: question, expect, citations or status."""
    if kind == "clause":
        return _clause(document, draft, pick, is_letter=is_letter)
    type_, questions = (_LETTER if is_letter else _NOTICE)[kind]
    question = pick.choice(questions).format(
        place=draft.council.place,
        name=draft.council.name,
        low=draft.council.place.lower(),
        act=draft.facts.get("act", ""),
        body=draft.facts.get("body", ""),
    )
    expect = _expected(kind, type_, draft)
    if expect is None:
        return {"question": question, "status": "not_found"}
    return {"question": question, "expect": expect, "citations": [_citation(kind, document, draft)]}


def _expected(kind: str, type_: str, draft: Draft) -> dict[str, Any] | None:
    facts = draft.facts
    if kind == "deadline":
        if "deadline_words" in facts:
            return {"type": "text", "contains": [facts["deadline_words"]]}
        date, month = facts.get("deadline"), facts.get("deadline_month")
        return {"type": "date", "value": date} if date else {"type": "month", "value": month}
    if kind == "address":
        return {"type": "text", "contains": [facts["street"], facts["postcode"]]}
    if kind not in facts:
        return None
    if type_ == "list":
        return {"type": "list", "items": facts[kind].split("|")}
    return (
        {"type": type_, "contains": [facts[kind]]}
        if type_ == "text"
        else {"type": type_, "value": facts[kind].split("|")}
    )


def _citation(kind: str, document: str, draft: Draft) -> dict[str, Any]:
    if kind in draft.words:
        return {"document": document, "quote": draft.words[kind]}
    label = draft.labels.get(kind)
    return {"document": document, "clause": [label] if label else _BLOCKS[kind]}


def _clause(document: str, draft: Draft, pick: random.Random, *, is_letter: bool) -> dict[str, Any]:
    """A clause looked up by its label."""
    labels = {label: text for label, text in draft.items.items() if not text.endswith(":")}
    label = pick.choice(sorted(labels))
    told = f"item {label[0]}" if is_letter else pick.choice((f"paragraph {label}", f"clause {label}"))
    question = f"what does {told} of the {draft.council.place} {'letter' if is_letter else 'notice'} say?"
    expect = {"type": "text", "contains": [labels[label].rstrip(";.")]}
    return {"question": question, "expect": expect, "citations": [{"document": document, "clause": [label]}]}
