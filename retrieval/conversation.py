"""Conversations: what the last turns were about, and how a follow-up is filled from them.

A follow-up is resolved before search by filling what it lacks (subject, document, what is asked, topic) from the
last turn, never by gluing texts together.  A named subject always wins over the remembered one.
"""

from __future__ import annotations

import re
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from retrieval.known import Mention, Name, NameKind, Reading
from retrieval.question import Question
from retrieval.wants import Want

TURNS = 6


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as it was understood, and the documents and clauses that its answer cited."""

    question: Question
    documents: tuple[str, ...] = ()
    clauses: tuple[tuple[str, str], ...] = ()  # (document, clause)
    people: tuple[Name, ...] = ()  # whom the answer named


@dataclass(slots=True)
class _Conversation:
    asker: str
    expires: float
    turns: list[Turn] = field(default_factory=list)


class Conversations:
    """Conversations by id, each its asker's own, forgotten after `ttl_seconds` of silence.  Thread-safe."""

    def __init__(
        self, ttl_seconds: float = 3600, max_conversations: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ttl = ttl_seconds
        self._most = max_conversations
        self._clock = clock
        self._kept: OrderedDict[str, _Conversation] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, conversation_id: str | None, asker: str = "") -> tuple[str, tuple[Turn, ...]]:
        """The conversation and its turns; a new one when the id is unknown, expired or another asker's."""
        with self._lock:
            kept = self._kept.get(conversation_id or "")
            if conversation_id and kept is not None and kept.asker == asker and kept.expires > self._clock():
                return conversation_id, tuple(kept.turns)
        return uuid.uuid4().hex, ()

    def remember(self, conversation_id: str, turn: Turn, asker: str = "") -> None:
        with self._lock:
            now = self._clock()
            kept = self._kept.get(conversation_id)
            if kept is None or kept.asker != asker or kept.expires <= now:
                kept = self._kept[conversation_id] = _Conversation(asker, now + self._ttl)
            kept.expires = now + self._ttl
            kept.turns = [*kept.turns, turn][-TURNS:]
            self._kept.move_to_end(conversation_id)
            while self._kept and (len(self._kept) > self._most or next(iter(self._kept.values())).expires <= now):
                self._kept.popitem(last=False)


_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.I)
_POINTING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|this|that|those|these|he|she|him|his|her|there|one|same)\b", re.I
)
_ELLIPTIC = re.compile(
    (
        r"^(?:ok(?:ay)?,?\s+|so,?\s+|and,?\s+|but,?\s+)*(?:(?:what|how) about|and|what of|same (?:for"
        r"|question for|in)|also|ditto(?: for)?|now for|for|in)\b"
    ),
    re.I,
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A follow-up made whole: the question, the documents it stays in (empty: no limit), and what was filled."""

    question: Question
    documents: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    near: frozenset[tuple[str, str]] = frozenset()  # clauses that it points back to
    whole: bool = False  # nothing of the question stands by itself: it is the last one, asked of something else


def fill(question: Question, turns: tuple[Turn, ...]) -> Filled:
    """Fill what the question lacks from the last turns; a question that lacks nothing is returned as it is."""
    if not turns:
        return Filled(question)
    last = turns[-1]
    bare = _bare(question)
    named = bool(question.subjects or question.people or question.organisations)
    if named and (bare or (_ELLIPTIC.search(question.text) and not question.topic and question.wants == (Want.OPEN,))):
        return Filled(
            _retarget(last.question, question), (), ("the last question, asked of the name given",), whole=True
        )
    if not question.people and _PERSON.search(question.text) and (people := last.people or last.question.people):
        question = _with_names(question, people[:1])
    if question.subjects:
        return Filled(question)
    if question.kinds and not question.subjects and bare:
        moved = replace(last.question, kinds=question.kinds)
        return Filled(moved, (), ("the last question, asked of the kind of document given",), whole=True)
    inherited = _last_names(turns)
    if question.references and not question.kinds:
        return Filled(_with_names(question, inherited), last.documents, ("the document of the last answer",))
    if bare and not named and not question.references:
        return Filled(last.question, last.documents, ("the last question again",), whole=True)
    if (
        not question.topic
        and not question.dates
        and question.wants != (Want.OPEN,)
        and len(question.text.split()) <= 3
        and not named
    ):
        asked = replace(last.question, wants=question.wants, text=f"{question.text.rstrip(' ?')} {last.question.text}")
        return Filled(asked, last.documents, ("the last question's topic",), whole=True)
    pointing = _POINTING.search(question.text) is not None or _ELLIPTIC.search(question.text) is not None
    people = question.people
    if people and not pointing:
        return Filled(question)
    return Filled(
        _with_names(question, inherited),
        last.documents if pointing and len(set(last.documents)) == 1 and not question.kinds else (),
        tuple(f"about {name.shown}, as before" for name in inherited),
        frozenset(last.clauses) if pointing and len(last.clauses) <= 2 else frozenset(),
    )


def _bare(question: Question) -> bool:
    """Whether the question has nothing but a name, a kind or a pointing word ("and Ambridge?")."""
    plain = question.wants == (Want.OPEN,) or (
        question.wants == (Want.COMPARISON,) and _ELLIPTIC.search(question.text) is not None
    )
    return plain and not question.topic and not question.references and not question.dates


def _last_names(turns: tuple[Turn, ...]) -> tuple[Name, ...]:
    for turn in reversed(turns):
        if turn.question.subjects:
            return turn.question.subjects
    return ()


def _with_names(question: Question, names: tuple[Name, ...]) -> Question:
    mentions = tuple(Mention(name, 0, 0) for name in names)
    return replace(question, names=replace(question.names, mentions=(*question.names.mentions, *mentions)))


def _retarget(last: Question, now: Question) -> Question:
    """The last question with the names of this one in the place of its own of the same kind."""
    kinds = {mention.name.kind for mention in now.names.mentions}
    kept = tuple(m for m in last.names.mentions if m.name.kind not in kinds)
    text = last.text
    if NameKind.SUBJECT in kinds:
        new = now.subjects[0].shown
        for mention in sorted(last.names.mentions, key=lambda m: -m.start):
            if mention.name.kind is NameKind.SUBJECT and mention.end > mention.start:
                text = text[: mention.start] + new + text[mention.end :]
    return replace(
        last,
        text=text,
        names=Reading((*kept, *now.names.mentions), now.names.unknown, now.names.suggestions),
        kinds=now.kinds or last.kinds,
    )
