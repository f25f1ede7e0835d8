"""What "the panel" stands for: the words that stood before the noun where it was named in full ("scrutiny panel")."""

from __future__ import annotations

import re
from collections import defaultdict

from retrieval.words import PAPER, STOP, fold, stem

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")
_POINTERS = frozenset("the this that these those its their his her our your such".split())
_NEAR = 3  # words before a noun that may belong to it
_MOST = 8  # modifiers of a noun that is named in many ways tell nothing


class Antecedents:
    """The modifiers of the nouns read so far in one document, which a later "the noun" takes up."""

    def __init__(self) -> None:
        self._before: dict[str, set[str]] = defaultdict(set)

    def read(self, text: str) -> tuple[str, ...]:
        """The stems that the pointing nouns of `text` stand for by what was read before; then `text` is read too."""
        words = [fold(match.group()) for match in _TOKEN.finditer(text)]
        meant: list[str] = []
        for at, word in enumerate(words):
            if at and words[at - 1] in _POINTERS and _carries(word):
                known = self._before.get(stem(word), set())
                meant += sorted(known) if len(known) <= _MOST else ()
        for at, word in enumerate(words):
            if _carries(word):
                for other in reversed(words[max(0, at - _NEAR) : at]):
                    if not _carries(other):
                        break
                    self._before[stem(word)].add(stem(other))
        return tuple(dict.fromkeys(meant))


def _carries(word: str) -> bool:
    return word[0].isalpha() and word not in STOP and word not in PAPER
