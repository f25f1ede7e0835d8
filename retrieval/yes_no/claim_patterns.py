"""The wording that makes a yes/no question one kind of claim or another."""

from __future__ import annotations

import re

from retrieval.words import stem

TAG = re.compile(
    r"[,;–-]?\s*\b(?:right|correct|true|yes|no|(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|must|should)n'?t (?:it|they|he|she|there|that)"
    r"|(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|must|should) (?:it|they|he|she|there)|is that (?:right|so|correct|true)|am i right|yes or no)\s*\??$",
    re.I,
)
TAG_COMMA = re.compile(r",|\b(?:right|correct)\s*\??$", re.I)
LEAD = re.compile(
    r"^(?:(?:so|and|but|ok|okay|well|then|also|just|actually|please|true or false|yes or no|according to [^,]+|as [^,]+ tells? it"
    r"|(?:can|could|would) (?:you|someone) (?:please )?(?:confirm|check|tell me|say)(?: that| if| whether)?"
    r"|(?:is|was) it (?:really )?(?:true|right|correct|the case|fair to say|accurate) (?:to say )?that|whether)\b[,:]?\s*)+",
    re.I,
)
AUX = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|should|shall|will|would|need|ought)"
INTERROGATIVE = re.compile(rf"^{AUX}(?:n't)?\b", re.I)
PAST = re.compile(r"^(?:has|have|had|did|was|were)(?:n't)?\b", re.I)
DUTY = re.compile(
    r"\b(?:must|have to|has to|had to|having to|required?|obliged?|obligations?|needs?|needed|compulsory|mandatory|supposed to|expected|expects?|due to|told to|asked to"
    r"|ordered|got to|should|ought|duty|demand(?:s|ed)?|insist(?:s|ed)?|call(?:s|ed)? for|want(?:s|ed)?|instructed|directed|meant to|going to|planned|intended|recommended)\b",
    re.I,
)
STRICT = re.compile(
    r"\b(?:must|have to|has to|required|requires?|obliged|needs? to|compulsory|mandatory|got to|bound to|demands?|insists?"
    r")\b",
    re.I,
)
MAY = re.compile(
    r"\b(?:may|can|could|might|allowed|permitted|possible|entitled|free to|able to|let|lets|right to|okay|ok|optional|leave|option)\b",
    re.I,
)
ONLY = re.compile(
    r"\b(?:only|solely|just|exclusively|merely|nothing but|nobody but|no one but|nothing other than|alone|purely|exhaustive|definitive"
    r"|(?:restricted|limited|confined) (?:only )?to|exclusive to)\b",
    re.I,
)
EVERY = re.compile(
    r"\b(?:all|every|everyone|everybody|everything|each|always|entire(?:ly)?|completely|fully|whole|without exception|in every case|any and all)\b",
    re.I,
)
LASTING = re.compile(
    r"\b(?:for ?ever|for good|permanent(?:ly)?|indefinite(?:ly)?|always|last(?:ing)? (?:after|beyond|past|longer)|outlast"
    r"|stuck with|(?:stay|remain|continue|apply|go on|carry on|keep) (?:\w+ ){0,4}(?:after|beyond|once)|never end(?:s|ing)?|for the rest of|open.ended|for life)\b",
    re.I,
)
STILL = re.compile(r"\b(?:still|currently|current|now|any ?more|any longer|at present)\b", re.I)
ENOUGH = re.compile(
    r"\b(?:enough|sufficient|suffice|satisfy|acceptable|comply|compliant|allowed|okay|ok|be fine|do the job|good enough)\b",
    re.I,
)
BARE_NOT = re.compile(r"\b(?:not|never|n't|no longer|nothing|nobody|no one|without)\b|n't\b", re.I)
CONDITION = re.compile(
    r"^(?:if|should|when|unless|where|once)\b[^,]*,\s*|,?\s*\b(?:if|unless|when|once (?=the|they|it|he|she|we)|in case)\b.*$",
    re.I,
)
INSTEAD = re.compile(r"\b(?:instead of|rather than|as opposed to)\b.*$", re.I)
IS_A = re.compile(r"^(?:is|are|was|were)(?:n't)?\b.*\b(?:an?|the)\s+[\w-]+(?:\s+[\w-]+)?\s*$", re.I)
OFTEN = re.compile(r"\b(?:frequency|intervals?|how often|cycle)\b", re.I)
EVER = re.compile(r"\b(?:before|previously|in the past|already|again)\s*\??$", re.I)
BY = re.compile(
    r"\b(?P<deed>\w+(?:ed|en|wn)|made|done|paid|sent|led|set|held|chosen|run) by (?:the |a |an |its |their |his |her )?(?P<agent>[a-z][\w'-]*(?: [a-z][\w'-]*)?)$",
    re.I,
)
DEFINITE = re.compile(
    r"\b(?:definitely|certainly|automatically|necessarily|inevitably|guaranteed|bound to|sure to)\b", re.I
)
LABEL = re.compile(r"(?<![\w£$€.-])[A-Za-z]?\d[\w.()/]*\w|(?<![\w£$€.-])[A-Za-z]?\d+(?![\w-])")
CALLS_FOR = re.compile(r"\bcall(?:s|ed|ing)? for\b", re.I)
OPINION = re.compile(r"\b(?:it|is|was) (?:\w+ )?\w+ that\b", re.I)
VIEWED = re.compile(r"\bin (?:\S+ ){1,3}(?P<as>eyes|view|opinion|mind|judgement|book|words)\b", re.I)

# Words that make the kind of claim and are no part of what it is about.
APART = frozenset(
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
MODAL_WORDS = frozenset(
    stem(w)
    for w in (
        "demand demands require requires required requirement need needs needed oblige obliged compulsory mandatory insist "
        "expect expects expected allow allows allowed permit permits permitted entitle entitled free possible obligatory "
        "necessary duty want wants"
    ).split()
)

# Verbs so light that a quantity beside them says what is claimed.
LIGHT = frozenset(stem(w) for w in "turn leave look keep bring hear run stay come last wait".split())
