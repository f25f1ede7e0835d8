"""What a mail says itself, apart from the earlier mails that it quotes: those are another's words, of another date."""

from __future__ import annotations

import re

_WROTE = re.compile(r"^(?:On|Am|Le)\b[^\n]{4,200}(?:\n(?!>)[^\n]{1,200}?){0,2}?\bwrote:[ \t]*$", re.MULTILINE)
_RULE = re.compile(
    r"^[ \t]*-{2,}[ \t]*(?:Original|Begin forwarded) message[ \t]*-*[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_HEAD = re.compile(
    r"^(?:[_-]{10,}[ \t]*\n+)?[ \t*]*From:[^\n]+\n+"
    r"(?:[ \t*]*(?:Sent|Date|To|Cc|Importance):[^\n]+\n+){1,5}[ \t*]*Subject:",
    re.MULTILINE,
)
_QUOTED = re.compile(r"^[ \t]*>.*(?:\n|\Z)", re.MULTILINE)
_FORWARDED = re.compile(r"\s*(?:fw|fwd)\s*:", re.IGNORECASE)
_FEW = 25  # letters that say no more than `see below`


def own_words(body: str, subject: str) -> str:
    """The body without the mails that it answers; whole when it forwards them, or says hardly more itself."""
    if _FORWARDED.match(subject):
        return body
    own = body
    for pattern in (_RULE, _HEAD):
        found = pattern.search(own)
        if found is not None:
            own = own[: found.start()]
    wrote = _WROTE.search(own)
    if wrote is not None:
        after = own[wrote.end() :]
        own = own[: wrote.start()] + (after if after.lstrip().startswith(">") else "")
    own = re.sub(r"\n{3,}", "\n\n", _QUOTED.sub("", own))
    return own if sum(map(str.isalnum, own)) >= _FEW else body
