"""A renamed copy of a corpus and its cases: other councils, people, places and dates, all else the same.

The same questions over the copy must score the same; what does not was learned by heart.  Names come from the
index (subjects, people found as facts) and from a TOML file that lists what must not be missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from evals.case import Case
from evals.invented import Inventor
from evals.originals import Names
from evals.shift import DateShift
from evals.typos import Misspellings
from evals.values import name_words
from ingest.errors import InputError

TEXT_SUFFIXES = frozenset({".txt", ".md", ".toml", ".html", ".htm"})
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_TITLES = r"(?:mr|mrs|ms|miss|dr|prof(?:essor)?|cllr|councillor|sir|dame)\.?"


class Renaming:
    """One consistent replacement of names and dates in texts, file names, questions and expectations."""

    def __init__(self, names: Names, dates: DateShift, seed: int, vocabulary: frozenset[str] = frozenset()) -> None:
        """`vocabulary`: words (lower case) that are spelled right, so no misspelling of a name."""
        self._dates = dates
        originals = (*names.places, *names.people, *names.streets, *names.buildings, *names.roads)
        self._inventor = Inventor(seed, frozenset(w for name in originals for w in name_words(name)))
        self._phrases: dict[str, str] = {}
        self._tokens: dict[str, str] = {}
        self._misspellings = Misspellings(vocabulary | names.keep)
        self._postcodes: dict[str, str] = {}
        self._name_places(names)
        self._name_people(names)
        self._pattern = _any_of(self._phrases)
        bare = {token: new for token, new in self._tokens.items() if token.casefold() not in names.ordinary}
        self._token_pattern = _any_of(bare)
        self._ordinary = {t: new for t, new in self._tokens.items() if t.casefold() in names.ordinary}

    @property
    def mapping(self) -> dict[str, str]:
        """Original to invented, whole names first."""
        return {**self._phrases, **self._tokens}

    def _name_places(self, names: Names) -> None:
        for place in names.places:
            self._phrases[place] = new = self._inventor.place()
            if " " in place:
                self._tokens[max(place.split(), key=len)] = max(new.split(), key=len)
            self._misspellings.add(place, new, most=2)
        for short, whole in names.short.items():
            self._phrases[short] = self._phrases.get(whole, whole).split(" and ")[0]
        for street in names.streets:
            self._phrases[street] = f"{self._inventor.street_word()} {street.split()[-1]}"
        for building in names.buildings:
            self._phrases[building] = f"{self._inventor.word()} {building.split()[-1]}"
        for address in (*names.streets, *names.buildings):
            if len(address.split()) == 2:
                self._tokens[address.split()[0]] = self._phrases[address].split()[0]
        for road in names.roads:
            self._phrases[road] = self._inventor.word()

    def _name_people(self, names: Names) -> None:
        for person in names.people:
            words = person.split()
            if words[0] not in self._tokens:
                self._tokens[words[0]] = self._inventor.given()
            for word in words[1:]:
                if word not in self._tokens:
                    self._tokens[word] = self._inventor.surname(word)
            self._phrases[person] = " ".join(self._tokens[word] for word in words)
            for word in words:
                self._misspellings.add(word, self._tokens[word], most=1)

    def text(self, text: str) -> str:
        """Names, postcodes and dates replaced; everything else as it was."""
        text = self._pattern.sub(lambda m: _cased(m, self._phrases), text)
        text = self._token_pattern.sub(lambda m: _cased(m, self._tokens), text)
        for word, new in self._ordinary.items():
            titled = re.compile(rf"(?<!\w)(?P<title>{_TITLES}\s+)(?P<word>{word})(?!\w)", re.IGNORECASE)
            text = titled.sub(lambda m, n=new: m["title"] + (n.lower() if m["word"].islower() else n), text)  # type: ignore[misc]
        return self._dates.text(_POSTCODE.sub(self._postcode, text))

    def question(self, question: str) -> str:
        """As a text, and a misspelled name becomes an equal misspelling of the new one."""
        return self.text(self._misspellings.carried(question))

    def slug(self, slug: str) -> str:
        """A document id or file stem."""
        for old, new in sorted(self._phrases.items(), key=lambda pair: -len(pair[0])):
            slug = re.sub(rf"(?<![a-z0-9]){_slug(old)}(?![a-z0-9])", _slug(new), slug)
        return self._dates.slug(slug)

    def case(self, case: Case) -> Case:
        """The case about the renamed copy; its id, tags and part stay."""
        raw = case.model_dump(mode="json", exclude_defaults=True)
        raw["question"] = self.question(case.question)
        if case.after:
            raw["after"] = [self.question(question) for question in case.after]
        if case.as_at:
            raw["as_at"] = self._dates.day(case.as_at).isoformat()
        for key in ("documents", "corpus"):
            if raw.get(key):
                raw[key] = [self.slug(name) for name in raw[key]]
        for key in ("citations", "also"):
            for entry in raw.get(key, ()):
                entry["document"] = self.slug(entry["document"])
                if entry.get("quote"):
                    entry["quote"] = self.text(entry["quote"])
        if case.not_contains:
            raw["not_contains"] = [self._expected(words) for words in case.not_contains]
        for key in ("value", "contains", "items"):
            content = raw.get("expect", {}).get(key)
            if content and raw["expect"]["type"] != "yes_no":
                raw["expect"][key] = [self._expected(words) for words in content]
        return Case.model_validate(raw)

    def _expected(self, words: str) -> str:
        if re.fullmatch(r"--\d\d-\d\d", words):
            return "-" + self._dates.text(f"2024{words[1:]}")[4:]
        return self._ordinary.get(words) or self.text(words)

    def _postcode(self, match: re.Match[str]) -> str:
        code = re.sub(r"\s", "", match[0]).upper()
        if code not in self._postcodes:
            self._postcodes[code] = self._inventor.postcode()
        new = self._postcodes[code] if " " in match[0] else self._postcodes[code].replace(" ", "")
        return new.lower() if match[0].islower() else new


def renamed_corpus(corpus: Path, out: Path, cases: Sequence[Case], names: Names, seed: int) -> tuple[Case, ...]:
    """Write the renamed copy of the corpus's text files to `out` and give the cases about it.

    Raises InputError for a file that is no text (a PDF cannot be renamed) or when `out` holds files already.
    """
    files = sorted(path for path in corpus.rglob("*") if path.is_file())
    odd = [path.name for path in files if path.suffix.casefold() not in TEXT_SUFFIXES]
    if odd:
        raise InputError(f"{corpus}: only text files can be renamed, not {', '.join(odd[:3])}")
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise InputError(f"{out}: the folder for the renamed copy must be empty")
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    renaming = renaming_for(texts.values(), cases, names, seed)
    for path, text in texts.items():
        place = out / path.relative_to(corpus).parent / f"{renaming.slug(path.stem)}{path.suffix}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_manifest(text, renaming) if path.suffix == ".toml" else renaming.text(text), encoding="utf-8")
    return tuple(renaming.case(case) for case in cases)


def renaming_for(texts: Iterable[str], cases: Sequence[Case], names: Names, seed: int) -> Renaming:
    """The renaming of these texts and cases drawn from a seed."""
    texts = tuple(texts)
    questions = [question for case in cases for question in (case.question, *case.after)]
    vocabulary = frozenset(word for text in texts for word in re.findall(r"\w[\w'’]*", text.casefold()))
    return Renaming(names, DateShift.for_texts([*texts, *questions], seed), seed, vocabulary)


def _manifest(text: str, renaming: Renaming) -> str:
    """A manifest names files, whose names are joined by hyphens."""
    pieces = re.split(r"([a-z0-9]+(?:-[a-z0-9]+)+(?=\.\w+\b|\"|\]))", text)
    return "".join(renaming.slug(piece) if at % 2 else renaming.text(piece) for at, piece in enumerate(pieces))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold().replace("'", "").replace("’", "")).strip("-")


def _any_of(names: Mapping[str, str]) -> re.Pattern[str]:
    """Any of the names, the longest first, in any case, over line breaks, with or without apostrophes."""
    if not names:
        return re.compile(r"(?!)")
    forms = [_form(name) for name in sorted(names, key=len, reverse=True)]
    return re.compile(
        rf"(?<!\w)(?P<name>{'|'.join(forms)})(?P<plural>s(?!\w))?(?P<bare>['’](?![\w]))?(?!\w)", re.IGNORECASE
    )


def _form(name: str) -> str:
    words = [re.sub(r"['’]", "['’]?", re.escape(word)) for word in name.split()]
    return r"\s+".join(rf"{word}\.?" if word == "St" else word for word in words)


def _cased(match: re.Match[str], names: Mapping[str, str]) -> str:
    """The new name cased and apostrophised as the old one was written."""
    old = match["name"]
    key = _key(old)
    new = next(new for name, new in names.items() if _key(name) == key)
    if "’" in old:
        new = new.replace("'", "’")
    elif "'" not in old and "'" in new and re.search(r"['’]", next(n for n in names if _key(n) == key)):
        new = new.replace("'", "")
    if old.islower():
        new = new.lower()
    elif old.isupper() and len(old) > 1:
        new = new.upper()
    tail = (match["plural"] or "") + (match["bare"] or "")
    if match["bare"] and not match["plural"] and not new.casefold().endswith("s"):
        tail += "S" if old.isupper() else "s"  # Helens' becomes Norwick's
    return new + tail


def _key(name: str) -> str:
    return re.sub(r"[\s]+", " ", re.sub(r"['’.]", "", name)).casefold()
