"""Words as the ranking sees them: tokens, stems, the words that carry meaning, and their close relatives."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import Stemmer

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:st|nd|rd|th)\b|\d+(?:[.,]\d+)*")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_ORDINALS = dict(
    zip("second third fourth fifth sixth seventh eighth ninth tenth".split(), "23456789", strict=False)
) | {"tenth": "10"}
_stemmer = Stemmer.Stemmer("english")

# Words that say nothing about what is asked: grammar, courtesy and the verbs of asking.
STOP = frozenset(
    """
    a an the this that these those some any each all both either such same other another there here it its itself he him
    his she her hers they them their theirs we us our ours you your yours i me my mine one ones of in on at by for
    from to
    with without into onto upon within under over about as than then so if or and but nor yet also too very just only
    even
    is are was were be been being am do does did doing done has have had having can could shall should will would may
    might
    must ought need what whats which who whom whose when where why how whether that's what's who's when's where's
    how's it's
    please kindly thanks thank hi hello hey tell show give find list know let want wanted like get got exactly actually
    really currently ok okay just quick question answer us out up down off again more most much many lot ever quite
    rather
    because while during per via etc eg ie re regarding concerning according say says said mean means meant
    there's i'm i'd i've we're they're you're he's she's they've you've we'll they'll he'd she'd they'd
    haven't hadn't hasn't shan't needn't mustn't there're
    don't doesn't didn't isn't aren't wasn't won't can't couldn't wouldn't shouldn't not no
    apply applies applied mention mentions mentioned happen happens happened supposed going go goes make makes made
    take takes taken use used using put thing things something anything anyone someone somebody anybody now today
    state states stated set sets part term terms work works full named detail details information info everything
    refer refers referred relate relates related appear appears appearing appeared beside besides behind near across
    against
    under able currently today bother sorry ask asks asked asking wonder wondering seem seems hit come comes came
    back lot lots kind sort type aspect aspects matter matters particular particularly specific specifically still ahead
    talk talks talking deal deals dealing went gone exact precise brief briefly short simply bit basic sorts kinds
    subject subjects topic topics theme themes sentence sentences quote quotes phrase phrases
    wording verbatim passage passages seen
    status situation case exactly precisely basically actually given order purposes respect
    """.split()
)

# Words for the papers themselves and their addressees: they choose the document and weigh little inside it.
PAPER = frozenset(
    """
    notice notices letter letters document documents article articles paper papers item items
    council councils authority authorities local borough metropolitan clause clauses para paragraph paragraphs section
    sections text
    """.split()
)


def fold(text: str) -> str:
    """Lower case, straight apostrophes and single spaces: the form in which words are compared."""
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'")).strip().casefold()


_IRREGULAR = dict(
    pair.split(":")
    for pair in """
    chose:choose chosen:choose gave:give given:give sent:send wrote:write written:write met:meet held:hold said:say
    told:tell
    found:find took:take taken:take made:make kept:keep led:lead began:begin begun:begin rose:rise risen:rise fell:fall
    fallen:fall got:get knew:know known:know drew:draw drawn:draw spoke:speak spoken:speak paid:pay spent:spend
    built:build
    bought:buy brought:bring came:come went:go gone:go saw:see seen:see ran:run sat:sit stood:stand
    understood:understand
    thought:think lost:lose meant:mean sought:seek taught:teach withdrew:withdraw withdrawn:withdraw grew:grow
    grown:grow
    broke:break broken:break bore:bear hid:hide hidden:hide laid:lay overseen:oversee oversaw:oversee underwent:undergo
    undertook:undertake undertaken:undertake children:child people:person advisor:adviser advisors:adviser
    """.split()
)


_FINAL_Y = re.compile(r"(?<=[a-z][^aeiou])y$")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The Snowball stem of one word, possessive dropped."""
    plain = fold(word)
    if plain[:1].isdigit():
        return _ORDINAL.sub(r"\1", plain)
    if plain in _ORDINALS:
        return _ORDINALS[plain]
    plain = plain.removesuffix("'s").removesuffix("s'") if len(plain) > 3 else plain
    stemmed = str(_stemmer.stemWord(_IRREGULAR.get(plain, plain).replace("'", "")))
    return _FINAL_Y.sub("i", stemmed)  # "copyed" is met as "copied" is


def tokens(text: str) -> tuple[str, ...]:
    """Folded words and numbers, in order."""
    return tuple(fold(match.group()) for match in _TOKEN.finditer(text))


def spans(text: str) -> tuple[tuple[int, int, str], ...]:
    """The same with where each stands: start, end, folded word."""
    return tuple((match.start(), match.end(), fold(match.group())) for match in _TOKEN.finditer(text))


def stems(text: str) -> tuple[str, ...]:
    return tuple(stem(token) for token in tokens(text))


@lru_cache(maxsize=16_384)
def stem_set(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def content(words: Iterable[str]) -> tuple[str, ...]:
    """The words that carry what is asked, in order, each once."""
    seen: dict[str, None] = {}
    for word in words:
        bare = word.removesuffix("'s")
        if word not in STOP and bare not in STOP:
            seen.setdefault(bare)
    return tuple(seen)


def content_stems(text: str) -> tuple[str, ...]:
    """The stems of a text's content words."""
    return tuple(stem(word) for word in content(tokens(text)))


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Groups of close words: `relatives[stem]` are the members that a word may be met as."""

    relatives: Mapping[str, frozenset[tuple[str, ...]]]
    phrases: frozenset[tuple[str, ...]] = frozenset()  # members of several words, each a key of `relatives` too
    written: frozenset[str] = frozenset()  # the words of all members, as written

    def of(self, stemmed: str) -> frozenset[tuple[str, ...]]:
        """Stem sequences that stand for `stemmed`, itself left out."""
        return self.relatives.get(stemmed, frozenset())


def _phrasal(words: tuple[str, ...]) -> bool:
    """Whether words mean another thing together than each for itself ("looked after", "sign off")."""
    return bool(content(words)) and len(content(words)) < len(words) and words[-1] not in ("to", "of", "for")


@lru_cache(maxsize=1)
def thesaurus() -> Thesaurus:
    """The shipped thesaurus (retrieval/thesaurus.toml)."""
    path = Path(__file__).with_name("thesaurus.toml")
    shipped = tomllib.loads(path.read_text(encoding="utf-8"))
    groups, compounds = shipped["groups"], frozenset(shipped["compounds"])
    relatives: dict[str, set[tuple[str, ...]]] = {}
    phrases: set[tuple[str, ...]] = set()
    for group in groups:
        members = {stems(member): member for member in group}
        for member, written in members.items():
            if len(member) > 1 and (written in compounds or _phrasal(tokens(written))):
                phrases.add(member)
            relatives.setdefault(" ".join(member), set()).update(m for m in members if m != member)
    return Thesaurus(
        {word: frozenset(found) for word, found in relatives.items()},
        frozenset(phrases),
        frozenset(w for group in groups for member in group for w in tokens(member) if len(w) > 4),
    )


@dataclass(frozen=True, slots=True)
class Opposites:
    """Stem sequences that deny one another: `pairs` of two sides, and sets of which a thing has one at a time."""

    pairs: tuple[tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]], ...]
    exclusive: tuple[frozenset[tuple[str, ...]], ...]


@lru_cache(maxsize=1)
def opposite_sides() -> Opposites:
    """The shipped opposites (retrieval/opposites.toml)."""
    table = tomllib.loads(Path(__file__).with_name("opposites.toml").read_text(encoding="utf-8"))
    pairs = tuple(
        (frozenset(stems(word) for word in one), frozenset(stems(word) for word in other))
        for one, other in table["pairs"]
    )
    return Opposites(pairs, tuple(frozenset(stems(word) for word in group) for group in table["exclusive"]))


@lru_cache(maxsize=1)
def opposites() -> Mapping[str, frozenset[tuple[str, ...]]]:
    """For a stem, the stem sequences that deny it (retrieval/opposites.toml)."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for one, other in opposite_sides().pairs:
        for side, denied in ((one, other), (other, one)):
            for word in side:
                if len(word) == 1:
                    found.setdefault(word[0], set()).update(denied - side)
    return {word: frozenset(denied - {(word,)}) for word, denied in found.items()}


def contains(sequence: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether `part` stands in `sequence` without a gap."""
    width = len(part)
    return any(sequence[at : at + width] == part for at in range(len(sequence) - width + 1))
