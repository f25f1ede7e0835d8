"""The title of a document, as it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

_SMALL = frozenset("a an and at by for from in into of on or the to under upon with".split())
_LONGEST = 300
_SHORT = 3
_WORDS = frozenset(
    ["act", "new", "all", "law", "tax", "day", "aid", "old", "air", "use", "one", "two", "six", "ten", "st"]
)


def title_of(block: str, metadata: Mapping[str, str], text: str, source: str) -> str:
    """The title from the text's own `title` block, else what the format says, else the file's name."""
    block = re.sub(r"^(?:Re|Subject|Regarding)\s*:\s*", "", block.strip(), flags=re.IGNORECASE)
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", block)]
    found = ": ".join(part.rstrip(" :") for part in parts if part)
    if not found:
        said = " ".join(metadata.get("title", "").split())
        found = said if any(c.isalpha() for c in said) else ""
    if not found:
        stem = " ".join(re.split(r"[-_\s]+", PurePosixPath(source).stem)).strip()
        return title_case(stem or source, text)
    if len(found) > _LONGEST:
        found = found[: found.rfind(" ", 0, _LONGEST)] + " …"
    if shouts(found):
        return title_case(found, text)
    return ": ".join(title_case(part, text) if shouts(part) and " " in part else part for part in found.split(": "))


def shouts(text: str) -> bool:
    """Whether it is all capitals."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.8 * len(letters) and len(letters) > 3


def title_case(title: str, text: str) -> str:
    """`ST BRIDE NOTICE OF ACTION` as `St Bride Notice of Action`; short names that `text` always writes so stay."""
    out = []
    for n, word in enumerate(title.split()):
        lower = word.lower()
        if n > 0 and lower in _SMALL:
            out.append(lower)
        elif any(c.isdigit() for c in word) or (len(word) <= 5 and word.isupper() and _always_capital(word, text)):
            out.append(word)
        else:
            out.append(re.sub(r"(?:^|(?<=[-/(“\"‘]))\w", lambda m: m.group().upper(), lower))
    return " ".join(out)


def _always_capital(word: str, text: str) -> bool:
    """Whether lines that do not shout write the word in capitals too, or (a very short one) not at all."""
    pattern = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    seen = 0
    for line in text.splitlines():
        if shouts(line):
            continue
        for match in pattern.finditer(line):
            if not match.group().isupper():
                return False
            seen += 1
    return seen > 0 or (len(word) <= _SHORT and word.lower() not in _WORDS)
