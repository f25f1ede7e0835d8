"""Courtesies and chatter round a question, taken off before it is read."""

from __future__ import annotations

import html
import re

_CHATTER = re.compile(
    r"(?<![\w'’-])(?:(?:sorry|apologies) (?:to (?:bother|trouble|ask|chase)(?: you)?|for (?:the|bothering|asking"
    r"|another)\b[^,.;?–-]{0,30})(?: again)?"
    r"|(?:just |in )?(?:a |one )?(?:quick|single|short) (?:one|question|query|line|sentence|answer)|(?:in )?one (?:line|sentence|word)"
    r"|pls|plz|one (?:more|last|quick) (?:thing|question)"
    r"|my (?:manager|boss|director|team|colleague|line manager|head of service) (?:wants?|needs?|(?:has "
    r"|is )?ask(?:ed|ing|s)?|would like|is keen)(?: me)?(?: to)? (?:know|find out|check|confirm|see)?"
    r"|i(?:'m| am) (?:just )?(?:wondering|trying to (?:find out|work out|establish|check|see)"
    r"|looking (?:for|to find out)|keen to know|not sure|after|new (?:here|to (?:this|the (?:team|job|post))|in (?:post|the team)))"
    r"|i (?:just )?(?:need|want|would like|'d like|have) to (?:know|find out|check|confirm|see|ask)"
    r"|i was (?:just )?wondering"
    r"|(?:i )?hope (?:you(?:'re| are) (?:well|ok|okay)|this finds you well|all is well)|hope you(?:'re| are) well"
    r"|(?:can|could|would|will) (?:you|someone|anyone) (?:please |kindly |possibly |also |just )*(?:tell"
    r"|let|help|remind|advise|confirm|clarify|explain|give|show|find|look up)(?: (?:me|us))?(?: know"
    r"| with| out| for)?"
    r"|(?:do|would) you (?:happen to )?know|any (?:idea|chance you know)|if you (?:could|would|can"
    r"|don't mind)(?: tell me)?"
    r"|(?:many )?thanks?(?: you)?(?: in advance| so much| very much| a lot| again)?|cheers|please|kindly"
    r"|good (?:morning|afternoon|evening)|hi(?: there| all| team)?|hello(?: there)?|hey|dear (?:all|team"
    r"|sir|madam)|asap|as soon as you can|for a report (?:i'm|i am) writing)(?=\s*[,.;:!?–]|\s+-|\s|$)(?!['’])",
    re.I,
)


# What is said of oneself after the question is asked: "- I've seen two figures".
_ASIDE = re.compile(
    r"(?:\s[-–—]+\s|[?;]\s+|,\s+(?=i've|i have|i'm|we've|my))(?:i|i've|i'm|we|we've|my|our|someone|people)\b[^?]*[.?!]?$",
    re.I,
)


def without_courtesy(question: str) -> str:
    """The question itself; the text as it is when nothing would be left."""
    text = re.sub(r"\s+", " ", _without_markup(question).replace("’", "'")).strip()
    if _QUESTION_WORD.search(head := _ASIDE.sub("", text)) and len(head.split()) >= 4:
        text = head + ("?" if text.endswith("?") and not head.endswith("?") else "")
    bare = _CHATTER.sub(" ", text)
    bare = re.sub(r"\s+([,.;:!?])", r"\1", bare)
    bare = re.sub(r"(?:[\s,;:!–-]|\.(?!\w))+(?=[,.;:!?–-]|$)", "", bare)
    bare = re.sub(r"^[\s,.;:!–-]+", "", re.sub(r"\s+", " ", bare)).strip()
    if len(bare) < 3 or not re.search(r"\w{2}", bare):
        return text
    return bare + ("?" if text.endswith("?") and not bare.endswith("?") else "")


_TEXTED = re.compile(r"\b(needs?|ha[sv]e?|want|got|supposed|going|due|able|required|ought|up) 2(?= [a-z])", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->")


_SQL = re.compile(
    r"^.*?\b(?:drop table|insert into|delete from|union select|select\s+[\w*, ]+\s+from)\b[^;]*;\s*(?:--)?\s*(?=\S{2})",
    re.I,
)


def _without_markup(question: str) -> str:
    """The words of a question that was pasted as HTML, or behind a database command."""
    question = _TEXTED.sub(r"\1 to", question)
    plain = html.unescape(_TAG.sub(" ", question)) if _TAG.search(question) else question
    return _SQL.sub("", plain)


LONG = 22  # words: a longer question is told from its story


# What one is at, told before the question: "I'm drafting a reply to the letter - who signed it?"
_AT_WORK = re.compile(
    r"(?:i(?:'m| am|'ve been)|we(?:'re| are|'ve been))\s+(?:\w+ly\s+|just\s+)?(?:draft|writ|prepar|putt|work|updat|check|read|review"
    r"|look|do|compil|summaris|brief|fil)t?ing\b[^?]{3,100}?(?:\s?[–—-]\s|[.;:!]\s+|,\s+)(?:and |but |so )?"
    r"(?=(?:who|whom|whose|what|when|where|which|why|how|does|do|did|is|are|was|were|can|must|should|has|have)\b)",
    re.I,
)


def asking_part(question: str) -> str:
    """The part that asks, without what is told before it; of a long question, from its last question word's sentence."""
    if told := _AT_WORK.match(question.replace("’", "'")):
        return question[told.end() :]
    if len(question.split()) <= LONG:
        return question
    pieces = [
        p.strip()
        for p in re.split(
            (
                r"(?<=[.;:!?])\s+|\s[–—-]\s|,\s+(?=(?:and |but |so )?(?:what|who|when|where|which|why|how|whether"
                r"|does|is|can|must)\b)"
            ),
            question,
        )
        if p.strip()
    ]
    asking = [p for p in pieces if _QUESTION_WORD.search(p)]
    if not asking:
        return question
    best = asking[-1]
    return best if len(best.split()) >= 4 else question


_QUESTION_WORD = re.compile(
    (
        r"\b(?:who|whom|whose|what|when|where|which|why|how|whether)\b|^(?:and |but |so )?(?:does|do|did|is"
        r"|are|was|were|can|could|must|should|has|have|will)\b"
    ),
    re.I,
)
