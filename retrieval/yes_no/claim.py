"""What a yes/no question claims: its words without tags and hedges, and the kind of claim that it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.facts.dates import DateMatch, find_dates
from retrieval.courtesy import asking_part
from retrieval.question import Question, Term
from retrieval.words import fold, stem, stems, tokens
from retrieval.yes_no.ranges import Range, as_rate, ranges

_TAG = re.compile(
    r"[,;–-]?\s*\b(?:right|correct|true|yes|no|(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|must|should)n'?t (?:it|they|he|she|there|that)"
    r"|(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|must|should) (?:it|they|he|she|there)|is that (?:right|so|correct|true)|am i right|yes or no)\s*\??$",
    re.I,
)
_TAG_COMMA = re.compile(r",|\b(?:right|correct)\s*\??$", re.I)
_LEAD = re.compile(
    r"^(?:(?:so|and|but|ok|okay|well|then|also|just|actually|please|true or false|yes or no|according to [^,]+|as [^,]+ tells? it"
    r"|(?:can|could|would) (?:you|someone) (?:please )?(?:confirm|check|tell me|say)(?: that| if| whether)?"
    r"|(?:is|was) it (?:really )?(?:true|right|correct|the case|fair to say|accurate) (?:to say )?that|whether)\b[,:]?\s*)+",
    re.I,
)
_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|should|shall|will|would|need|ought)"
_INTERROGATIVE = re.compile(rf"^{_AUX}(?:n't)?\b", re.I)
_PAST = re.compile(r"^(?:has|have|had|did|was|were)(?:n't)?\b", re.I)
_DUTY = re.compile(
    r"\b(?:must|have to|has to|had to|having to|required?|obliged?|obligations?|needs?|needed|compulsory|mandatory|supposed to|expected|expects?|due to|told to|asked to"
    r"|ordered|got to|should|ought|duty|demand(?:s|ed)?|insist(?:s|ed)?|call(?:s|ed)? for|want(?:s|ed)?|instructed|directed|meant to|going to|planned|intended|recommended)\b",
    re.I,
)
_STRICT = re.compile(
    r"\b(?:must|have to|has to|required|requires?|obliged|needs? to|compulsory|mandatory|got to|bound to|demands?|insists?"
    r")\b",
    re.I,
)
_MAY = re.compile(
    r"\b(?:may|can|could|might|allowed|permitted|possible|entitled|free to|able to|let|lets|right to|okay|ok|optional|leave|option)\b",
    re.I,
)
_ONLY = re.compile(
    r"\b(?:only|solely|just|exclusively|merely|nothing but|nobody but|no one but|nothing other than|alone|purely|exhaustive|definitive"
    r"|(?:restricted|limited|confined) (?:only )?to|exclusive to)\b",
    re.I,
)
_EVERY = re.compile(
    r"\b(?:all|every|everyone|everybody|everything|each|always|entire(?:ly)?|completely|fully|whole|without exception|in every case|any and all)\b",
    re.I,
)
_LASTING = re.compile(
    r"\b(?:for ?ever|for good|permanent(?:ly)?|indefinite(?:ly)?|always|last(?:ing)? (?:after|beyond|past|longer)|outlast"
    r"|stuck with|(?:stay|remain|continue|apply|go on|carry on|keep) (?:\w+ ){0,4}(?:after|beyond|once)|never end(?:s|ing)?|for the rest of|open.ended|for life)\b",
    re.I,
)
_STILL = re.compile(r"\b(?:still|currently|current|now|any ?more|any longer|at present)\b", re.I)
_MENTION = re.compile(
    r"\b(?:mention(?:s|ed)?|refer(?:s|red)? to|cite[sd]?|name[sd]?|say(?:s)? (?:anything|something) about|talk(?:s)? about|cover(?:s|ed)?|discuss(?:es|ed)?|bring(?:s)? up)\b",
    re.I,
)
_ENOUGH = re.compile(
    r"\b(?:enough|sufficient|suffice|satisfy|acceptable|comply|compliant|allowed|okay|ok|be fine|do the job|good enough)\b",
    re.I,
)
_BARE_NOT = re.compile(r"\b(?:not|never|n't|no longer|nothing|nobody|no one|without)\b|n't\b", re.I)
_CONDITION = re.compile(
    r"^(?:if|should|when|unless|where|once)\b[^,]*,\s*|,?\s*\b(?:if|unless|when|once (?=the|they|it|he|she|we)|in case)\b.*$",
    re.I,
)
_INSTEAD = re.compile(r"\b(?:instead of|rather than|as opposed to)\b.*$", re.I)
_IS_A = re.compile(r"^(?:is|are|was|were)(?:n't)?\b.*\b(?:an?|the)\s+[\w-]+(?:\s+[\w-]+)?\s*$", re.I)
_OFTEN = re.compile(r"\b(?:frequency|intervals?|how often|cycle)\b", re.I)
_EVER = re.compile(r"\b(?:before|previously|in the past|already|again)\s*\??$", re.I)
_BY = re.compile(
    r"\b(?P<deed>\w+(?:ed|en|wn)|made|done|paid|sent|led|set|held|chosen|run) by (?:the |a |an |its |their |his |her )?(?P<agent>[a-z][\w'-]*(?: [a-z][\w'-]*)?)$",
    re.I,
)
_DEFINITE = re.compile(
    r"\b(?:definitely|certainly|automatically|necessarily|inevitably|guaranteed|bound to|sure to)\b", re.I
)
_LABEL = re.compile(r"(?<![\w£$€.-])[A-Za-z]?\d[\w.()/]*\w|(?<![\w£$€.-])[A-Za-z]?\d+(?![\w-])")
_CALLS_FOR = re.compile(r"\bcall(?:s|ed|ing)? for\b", re.I)
_OPINION = re.compile(r"\b(?:it|is|was) (?:\w+ )?\w+ that\b", re.I)
_VIEWED = re.compile(r"\bin (?:\S+ ){1,3}(?P<as>eyes|view|opinion|mind|judgement|book|words)\b", re.I)
# Words that make the kind of claim and are no part of what it is about.
_APART = frozenset(
    stem(w)
    for w in (
        "only solely exclusively merely nothing alone purely restricted limited confined exclusive always entire entirely "
        "completely fully whole exception forever permanent permanently indefinitely indefinite outlast stuck ever last lasting "
        "true right correct enough sufficient suffice acceptable okay still anymore somewhere someplace sometime twice "
        "once somebody already yet really meant supposed somehow indeed since between instead mid throughout along cases "
        "whether despite definitely certainly automatically necessarily inevitably guaranteed longer no exhaustive definitive"
    ).split()
)
# What a duty or a permission is called: the sentence's own "must" or "may" answers to it.
_MODAL_WORDS = frozenset(
    stem(w)
    for w in (
        "demand demands require requires required requirement need needs needed oblige obliged compulsory mandatory insist "
        "expect expects expected allow allows allowed permit permits permitted entitle entitled free possible obligatory "
        "necessary duty want wants"
    ).split()
)
# Verbs so light that a quantity beside them says what is claimed.
_LIGHT = frozenset(stem(w) for w in "turn leave look keep bring hear run stay come last wait".split())


@dataclass(frozen=True, slots=True)
class Claim:
    """A yes/no question as a claim to be borne out or denied.

    text      the claim's words, folded, without tag or lead
    question  the question with only what the claim is about among its terms
    negative  the claim itself denies ("the notice was not signed, right?"); "isn't it signed?" does not
    """

    text: str
    stems: tuple[str, ...]
    question: Question
    negative: bool
    inner_not: bool  # what is thought of is denied, as it is in a sentence that says so
    conditional: bool
    past: bool
    duty: bool
    strict: bool
    may: bool
    only: bool
    every: bool
    lasting: bool
    still: bool
    mention: bool
    again: bool
    enough: bool
    definite: bool
    is_a: bool
    agent: str  # the stem of whoever is said to have done it: "was it appointed by the council?"
    deed: str  # the stem of what was done
    labels: frozenset[str]  # "497a", "b12": what must stand in a sentence as it is
    amounts: tuple[Range, ...]
    dates: tuple[DateMatch, ...]

    @property
    def special(self) -> bool:
        """Whether more is claimed than that something is so."""
        return bool(self.amounts or self.dates or self.only or self.every or self.lasting)


def claim_of(question: Question) -> Claim:
    """The claim of a yes/no question; total on any text."""
    part = asking_part(question.text).replace("’", "'").strip()
    bare = part.rstrip(" ?.!")
    if (tag := _TAG.search(bare)) and tag.start() > 8 and _TAG_COMMA.search(tag.group()):
        bare = bare[: tag.start()].rstrip(" ,;–-")
    bare = _LEAD.sub("", bare).strip() or bare
    if "," not in bare:
        bare = re.sub(r"^if\s+", "", bare, flags=re.I)
    bare = _INSTEAD.sub("", bare).strip() or bare
    main = _CONDITION.sub("", bare) if len(_CONDITION.sub("", bare).split()) >= 3 else bare
    asks = _INTERROGATIVE.match(main) is not None
    body = re.sub(rf"^{_AUX}n't\b", "", main, flags=re.I) if asks else main
    if asks:
        body = (
            re.sub(r"^\s*(?:\w+\s+){1,4}?not\b(?! to\b)", " ", body, count=1)
            if re.match(r"\s*(?:it|they|the \w+|he|she|there) not\b", body)
            else body
        )
    opinion = _OPINION.search(body)
    if opinion:  # "think it acceptable that not all …": what is thought of is no part of the claim's own sense
        body = body[: opinion.end()]
    without_names = _without_names(question, bare[: bare.find(opinion[0]) + len(opinion[0])] if opinion else bare)
    amounts = tuple(ranges(without_names))
    if _OFTEN.search(without_names):
        amounts = tuple(as_rate(r) for r in amounts)
    asked_dates = {d.iso for d in question.dates} - {d.iso for d in question.paper_dates}
    dates = tuple(d for d in find_dates(bare) if d.iso in asked_dates)
    only = bool(_ONLY.search(without_names)) and not amounts
    return Claim(
        text=fold(bare),
        stems=stems(main),
        question=_about(question, part, bare, amounts),
        negative=bool(_BARE_NOT.search(body)),
        inner_not=bool(opinion and _BARE_NOT.search(bare[bare.find(opinion[0]) + len(opinion[0]) :])),
        conditional=main != bare,
        past=bool(_PAST.match(main)) and not _DUTY.search(main),
        duty=bool(_DUTY.search(main)),
        strict=bool(_STRICT.search(main)),
        may=bool(_MAY.search(re.sub(r"\b(?:in )?may\b(?= \d)", "", main, flags=re.I))),
        only=only,
        every=bool(_EVERY.search(without_names)) and not amounts,
        lasting=bool(_LASTING.search(without_names)),
        still=bool(_STILL.search(without_names)),
        mention=bool(_MENTION.search(without_names)),
        again=bool(_EVER.search(bare)),
        enough=bool(_ENOUGH.search(without_names)),
        definite=bool(_DEFINITE.search(main)),
        is_a=bool(_IS_A.match(main)),
        agent=stem(by["agent"].split()[-1]) if (by := _BY.search(main)) else "",
        deed=stem(by["deed"]) if by else "",
        labels=_labels(bare, amounts, dates),
        amounts=amounts,
        dates=dates,
    )


def _labels(text: str, amounts: tuple[Range, ...], dates: tuple[DateMatch, ...]) -> frozenset[str]:
    """The words with digits that are neither quantities nor dates."""
    known = {w.casefold() for r in amounts for w in _LABEL.findall(r.words)}
    known |= {w.casefold() for d in find_dates(text) for w in _LABEL.findall(d.value)}
    return frozenset(w.casefold() for w in _LABEL.findall(text)) - known


def _without_names(question: Question, text: str) -> str:
    """The text without the known names in it: a "Limited" in a name limits nothing."""
    for mention in question.names.mentions:
        text = re.sub(re.escape(mention.name.shown), " ", text, flags=re.I)
    return text


def _about(question: Question, whole: str, bare: str, amounts: tuple[Range, ...]) -> Question:
    """The question with the words of quantity and limit, and those cut off with a tag, taken from its terms."""
    cut = set(tokens(whole)) - set(tokens(bare))
    counted = {stem(w) for r in amounts for w in ("a", "per", "every", *tokens(r.words))}
    counted |= {stem(w) for w in ("before", "previously", "past", "again", "already")} if _EVER.search(bare) else set()
    counted |= {stem(w) for w in ("more", "less", "least", "most", "than", "minimum", "maximum")} if amounts else set()
    drop = counted | _APART
    if viewed := _VIEWED.search(whole):
        drop |= {stem(viewed["as"])}
    if question.dates:
        drop |= {stem(w) for w in ("before", "after", "since", "until", "by", "earlier", "later", "following")}
    current = "up to date" in fold(question.text)
    terms = tuple(
        Term("updated", stem("updated")) if current and t.word == "date" else t
        for t in question.terms
        if t.word not in cut
    )
    if amounts:
        drop |= _LIGHT
    kept: tuple[Term, ...] = tuple(
        t for t in terms if t.stem not in drop and not all(s in drop for s in t.stem.split())
    )
    modal = _MODAL_WORDS | ({stem("call")} if _CALLS_FOR.search(bare) else set())
    rest = tuple(t for t in kept if t.stem not in modal)
    if any(not t.paper for t in rest):
        kept = rest
    if not any(not t.paper for t in kept):
        kept = tuple(t for t in question.terms if t.stem not in counted)
    return replace(question, terms=kept)
