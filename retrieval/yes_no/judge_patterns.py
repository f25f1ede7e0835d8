"""The wording of a sentence that settles a claim, or keeps it from settling one."""

from __future__ import annotations

import re

from retrieval.words import stem

DUTY = re.compile(
    r"\b(?:must|should|will|shall|is to|are to|to be|required|requires?|expect\w*|need(?:s)? to|has to|have to|obliged|ought to)\b",
    re.I,
)
MAY = re.compile(r"\b(?:may|can|could|might)\b", re.I)
PAST = re.compile(
    r"\b(?:was|were|has|have|had|did|been|said|told|gave|made|found|took|went|came|set up|held|met|sent|wrote|paid|led|began|rose|fell|grew|left|won|lost|ran|became|spoke|chose|drove|brought|bought"
    r"|taught|thought|kept|built|broke|saw|knew|understood|sought|withdrew|oversaw|underwent|undertook)\b|\b(?!need|(?:un)?limited|indeed|speed|proceed|exceed|succeed|hundred)\w{3,}ed\b",
    re.I,
)
TO_DO = re.compile(
    r"\b(?:is|are|was|were) (?:required|expected|to)\b|\b(?:be|been|is|are) \w+ed\b|\b(?:has|have) to\b|\brequired\b|\bexpected\b",
    re.I,
)
SUBJECT = re.compile(
    r"^\W*(?:we|i|you|it|they|he|she|there|the|this|these|those|that|our|your|its|their|an?|[\w' -]{3,40}:)(?=\W|$)",
    re.I,
)
FINITE = re.compile(r"\b(?:is|are|does|do|could|would|says|accepts?|states?|finds?|shows?)\b", re.I)
MODAL = re.compile(r"\b(?:must|should|shall|will|may|can|could|might|would|to be)\b", re.I)
NOT_ONLY = re.compile(
    r"\b(?:not (?:\w+ )?(?:exclusive|limited|restricted|confined|only|just)|as well as|and/or|any other|in addition|also|among other|other than|including but|and any|such as)\b",
    re.I,
)
SAYS_ONLY = re.compile(
    r"\b(?:only|solely|exclusively|(?:restricted|limited|confined) to|alone|nothing but|no one but|sole|single)\b", re.I
)
PARTLY = re.compile(
    r"\b(?:not (?:\w+ ){0,2}(?:all|every|each|always|fully|entirely|everyone|yet)|some of|most of|many of|several of|few of|only (?:some|a few|part|\d+|responded)|except|apart from|other than"
    r"|partly|partially|in part|sometimes|occasionally|in (?:\w+ )?(?:\d+|\w+) of \w+ cases|remaining|outstanding"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+) (?:out )?of (?:the |them|whom|which|\d+|\w+))\b"
    r"|n't (?:\w+ ){0,3}(?:all|every|each|always|fully)\b",
    re.I,
)
WHOLLY = re.compile(r"\b(?:all|every|each|always|whole|entire(?:ly)?|fully|both|any|full|completely|everyone)\b", re.I)
ENDS = re.compile(
    r"\b(?:temporary|temporarily|interim|until|for the duration|for a (?:limited )?(?:time|period)|short.term|time.limited|no longer (?:required|needed|necessary)|once .* return|provisional)\b",
    re.I,
)
FORMER = re.compile(r"\b(?:former(?:ly)?|previous(?:ly)?|ex-|no longer|until recently|then)\b", re.I)
EARLIER = re.compile(r"\b(?:before|earlier|sooner|ahead of|prior to|in advance of)\b", re.I)
LATER = re.compile(r"\b(?:after|later than|beyond|past)\b", re.I)
AGAIN = re.compile(
    r"\b(?:again|repeat(?:ed|edly)?|previous(?:ly)?|earlier|before|last (?:done|time|year)|reappoint\w*|once more|in (?:19|20)\d\d|already)\b",
    re.I,
)
FOLLOWS = re.compile(r"\b(?:after|following|since|later|in the wake of|as a result of)\b", re.I)
PRECEDES = re.compile(r"\b(?:before|prior to|ahead of|until|by)\b", re.I)
OR_SOONER = re.compile(r"\b(?:or (?:sooner|earlier|before)|no later than|at the latest|on or before)\b", re.I)
TO_COME = re.compile(r"\b(?:will|shall|would|may|might|can|must|should|is to|are to|going to|due to|plans? to)\b", re.I)
CONSIDERED = re.compile(r"\b(?:consider(?:ed|ation|ing)?|contemplated|proposed|minded to|intended)\b", re.I)
ANOTHER_COURSE = re.compile(
    r"\binstead\b|\brather than\b|\bdecided (?:that|to|not|against|upon)\b|\b(?:is|was) (?:the|an?) (?:more )?(?:appropriate|sufficient|proportionate)\b",
    re.I,
)
WANTED = re.compile(
    r"\b(?:(?:must|should|shall|will|may)\s+(?:(?:not|also|then|\w+ly)\s+)?(?:be\s+)?|to\s+be\s+)([a-z]{3,})\b", re.I
)
BEEN_DONE = re.compile(r"\b(?:was|were|has|have|had|been)\s+(?:(?:not|also|\w+ly)\s+)?([a-z]{3,}(?:ed|en|t))\b", re.I)
TITLES = frozenset({"title"})

# Small words that change what is claimed, so that a sentence without them does not bear it out.
TELLING = frozenset(stem(w) for w in "same different never first identical".split())
PRONOUNS = frozenset(stem(w) for w in "it they we you i he she this that these those who which".split())
MAIN_DENIED = re.compile(
    r"^(?:\W*No\b|[^,;:]{0,80}?\b(?:(?:do|does|did|is|are|was|were|has|have|had|may|must|can|will|shall|should|need|could)(?: not|n't)\b|cannot\b|fail(?:s|ed)? to\b))",
    re.I,
)
