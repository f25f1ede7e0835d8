"""Misspellings carried over: the same slips of the finger made in another name."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA, Levenshtein


class Misspellings:
    """Finds misspelled names in questions and puts equally misspelled new names in their place."""

    def __init__(self, right: frozenset[str]) -> None:
        """`right`: words (lower case) that are no misspelling, whatever they resemble."""
        self._right = right
        self._names: list[tuple[list[str], str, list[str], str, int]] = []

    def add(self, name: str, new: str, most: int) -> None:
        """`name` becomes `new`; up to `most` slips in its longest word are still that name."""
        words = name.split()
        at = words.index(max(words, key=len))
        self._names.append((words[:at], words[at], words[at + 1 :], new, most))

    def carried(self, question: str) -> str:
        pieces = re.split(r"([^\W\d_]+(?:['’][^\W\d_]+)*)", question)  # words at the odd places
        for at in range(1, len(pieces), 2):
            if pieces[at]:
                self._carry(pieces, at)
        return "".join(pieces)

    def _carry(self, pieces: list[str], at: int) -> None:
        typed = pieces[at]
        stem, tail = _parted(typed)
        names = {_plain(name[1]): name for name in self._names}
        whole = names.get(_plain(typed))
        if whole and not (whole[0] or whole[2]) and pieces[at + 1][:1].isdigit():  # `sefton5d`: no word for the rest
            pieces[at] = whole[3].lower() if typed.islower() else whole[3]
            return
        if any(_plain(word) in names or word.casefold() in self._right for word in (typed, stem)):
            return
        near = []
        for number, (before, word, after, _, most) in enumerate(self._names):
            for form, rest in ((typed, ""), (stem, tail)):
                count = slips(word, form, most) if len(word) > 4 and len(form) > 3 else None
                if count is not None and (count == 1 or len(word) > 5):
                    alone = not _stands(pieces, at, before, after)
                    near.append((count, alone and bool(before or after), rest != "", number, form, rest))
        if not near:
            return
        _, _, _, number, form, rest = min(near)
        before, word, after, new, _ = self._names[number]
        if (before or after) and _stands(pieces, at, before, after):
            for place in (*range(at - 2 * len(before), at), *range(at + 1, at + 2 * len(after) + 1)):
                pieces[place] = ""
        longest = max(new.split(), key=len)
        small = typed.islower()
        wrong = equal_typo(word, form, longest)
        phrase = " ".join(wrong if part == longest else part.lower() if small else part for part in new.split())
        pieces[at] = phrase + rest


def _stands(pieces: list[str], at: int, before: list[str], after: list[str]) -> bool:
    """True when the other words of the name stand around the misspelled one."""
    around = [pieces[at - 2 * n] if at - 2 * n > 0 else "" for n in range(len(before), 0, -1)]
    around += [pieces[at + 2 * n] if at + 2 * n < len(pieces) else "" for n in range(1, len(after) + 1)]
    return [word.casefold() for word in around] == [word.casefold() for word in (*before, *after)]


def _parted(typed: str) -> tuple[str, str]:
    """A word and the `'s` or `s` at its end."""
    match = re.fullmatch(r"(.+?)(['’]?s)", typed, re.IGNORECASE)
    return (match[1], match[2]) if match else (typed, "")


def _plain(word: str) -> str:
    return re.sub(r"['’]", "", word).casefold()


def slips(word: str, typed: str, most: int = 2) -> int | None:
    """How many slips (a letter missed, added, changed or two swapped) lie between them, if one to `most`."""
    count = OSA.distance(word.casefold(), typed.casefold(), score_cutoff=most)
    return count if 1 <= count <= most else None


def equal_typo(word: str, typed: str, new: str) -> str:
    """`new` misspelled as `typed` misspells `word`: as many slips, of the same kinds, at like places."""
    old, wrong, target = word.casefold(), typed.casefold(), new.casefold()
    wanted = OSA.distance(old, wrong)
    made = target
    for kind, at, letter in _slips(old, wrong):
        made = _apply(made, kind, _place(at, len(old), len(made)), letter)
    if OSA.distance(target, made) != wanted:
        made = target
        for number in range(wanted):  # the plainest slips: letters missed, from the inside
            at = 2 + number
            made = made[:at] + made[at + 1 :]
    if typed.isupper():
        return made.upper()
    return made.capitalize() if typed[:1].isupper() else made


def _slips(old: str, wrong: str) -> list[tuple[str, int, str]]:
    """The slips that turn `old` into `wrong`, the last first, so that earlier places stay put."""
    for at in range(len(old) - 1):
        if old[:at] + old[at + 1] + old[at] + old[at + 2 :] == wrong:
            return [("swap", at, "")]
    found = []
    for op in Levenshtein.editops(old, wrong):
        letter = wrong[op.dest_pos] if op.tag in {"insert", "replace"} else ""
        found.append((op.tag, op.src_pos, letter))
    return found[::-1]


def _place(at: int, old_length: int, new_length: int) -> int:
    """The like place in a word of another length; the first letter stays the first, the last the last."""
    if at <= 0 or old_length <= 1:
        return 0
    if at >= old_length:
        return new_length
    return max(1, min(new_length - 1, round(at * (new_length - 1) / (old_length - 1))))


def _apply(word: str, kind: str, at: int, letter: str) -> str:
    if kind == "swap":
        for place in (*range(at, len(word) - 1), *range(at)):
            if word[place] != word[place + 1]:
                return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        return word
    if kind == "delete":
        return word[:at] + word[at + 1 :]
    if kind == "insert":
        return word[:at] + letter + word[at:]
    other = letter if word[at : at + 1] != letter else "o" if letter != "o" else "a"
    return word[:at] + other + word[at + 1 :]
