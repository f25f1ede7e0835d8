"""What is no question to the documents: small talk, tasks, orders to leave the rules; and other languages."""

from __future__ import annotations

import re

from retrieval.answer import Status
from retrieval.draft import Draft, Line
from retrieval.english import is_common
from retrieval.names.known import Reading
from retrieval.words import tokens

_BIDDING = r"(?:^|[.!?,;:]\s*|\b(?:please|now|and|then|just)\s+)"  # where an order begins
_ORDERS = re.compile(
    _BIDDING + r"(?:ignore|disregard|forget|override|bypass|break)\b.{0,40}"
    r"\b(?:all|any|every|your|my|previous|prior|above|these|those|earlier|the rules|the instructions|the documents)\b"
    r"|\b(?:system prompt|developer mode|jailbreak|dan mode)\b"
    r"|" + _BIDDING + r"(?:pretend|act as (?:a|an|if|my)|role-?play|imagine you|you are now|from now on,? you)\b"
    r"|\b(?:reveal|print|show|repeat|output|tell me)\b.{0,20}\b(?:your (?:system |hidden |secret |initial |original )?"
    r"(?:prompt|instructions|rules)|the (?:system|hidden|secret|initial|original) (?:prompt|instructions|rules)"
    r"|(?:your|the) (?:source code|api key|password))s?\b"
    r"|\b(?:respond|reply|answer) (?:only )?(?:with|as if)\b.{0,40}\b(?:yes to everything|anything i say)\b"
    r"|\b(?:say|state|answer|tell me|claim|write|reply)\b (?:that )?.{0,60}\b(?:instead of|regardless of"
    r"|no matter|whatever) (?:the|what)?.{0,20}\b(?:document|notice|letter|text|rules?|says?)",
    re.I,
)
_TASKS = re.compile(
    r"^(?:please |can you |could you |would you |will you |now |just |kindly )*(?:write|compose|draft"
    r"|create|generate|make up|invent|sing|tell|give|make|do|book|order|buy|translate|calculate|solve"
    r"|code|program|design|draw|paint|recommend|play|email|send|call|phone|remind|delete|drop|update|edit"
    r"|change|rewrite|sign)(?!\w)"
    r".{0,40}\b(?:poems?|haiku|limericks?|songs?|jokes?|stor(?:y|ies)|essays?|python|javascript|sql|code"
    r"|script|recipes?|lunch|pizza|taxi|tickets?|table|french|german|spanish|welsh|homework|rap|sonnets?"
    r"|pictures?|images?|logo|cv|blog|tweets?|my (?:\w+ )?(?:letter|report|emails?|essay|notice|speech)|database|reminder"
    r"|email to|an? (?:e-?mail|reply|response|press release))(?!\w)",
    re.I,
)
_ABOUT = re.compile(r"(?:please |can you |could you )?tell me (?:more )?about the\b", re.I)
_COMMAND = re.compile(
    r"^\W*(?:select\s+[\w*, ]+\s+from\s+\w+(?:\s+where\b[^?]*)?|drop\s+table\s+\w+|delete\s+from\s+\w+|insert\s+into\s+\w+[^?]*)\W*$",
    re.I,
)
_TALK = re.compile(
    r"^(?:(?:hi|hello|hey|hiya|yo|good (?:morning|afternoon|evening|day)|greetings"
    r"|howdy)\b(?:[\s,!.]+(?:there|all|team|clausewise|bot|everyone|again|mate|friend))*"
    r"|how are you(?: (?:doing|today|feeling))*|how's it going|what'?s up|sup|(?:many )?thanks?(?: (?:you"
    r"|so much|very much|a lot|for (?:your|the) help))*|thank you(?: .{0,30})?|cheers|ta|bye|goodbye"
    r"|see you(?: later)?|ok(?:ay)?|cool|great|nice|lol|test(?:ing)?(?: \d+)*|ping"
    r"|(?:thanks|thank you|cheers|great|brilliant|perfect|lovely|excellent|well done|good job"
    r"|nice one)\b(?!.*\b(?:clause|para|who|what|when|where|which|how|why)\b)[^?]{0,50}|who (?:are|made"
    r"|built|created|wrote|trained) you|what are you|what can you do|are you (?:a |an )?(?:human|robot"
    r"|bot|ai|real|person|chatgpt|sentient|alive|there).{0,20}|what(?:'s| is) your (?:name|favou?rite .*"
    r"|age|opinion .*)|do you (?:like|love|feel|think|sleep|dream|have feelings).*|i (?:love|hate"
    r"|like) you|you(?:'re| are) (?:great|stupid|useless|awesome|wrong|rubbish|amazing|brilliant)"
    r"|tell me (?:a joke|something funny|about yourself)|sing .*|help|help me|nothing"
    r"|never ?mind)[\s!.?]*$",
    re.I,
)
_OUTSIDE = re.compile(
    (
        r"\b(?:what(?:'s| is) (?:the )?(?:weather|time is it|capital (?:city )?of|meaning of life|square root"
        r"|[\d\s+*/x-]+\??$)|who (?:won|will win) the|weather (?:today|tomorrow|like|be|in|for(?:ecast)?)|the weather|football scores?"
        r"|stock price|horoscope|lottery numbers|recommend (?:a|me|some)|best (?:restaurant|pub|film|movie))(?!\w)"
    ),
    re.I,
)
_FOREIGN = frozenset(
    """
    le la les des est une dans pour avec quand quel quelle qui que où doit son sa plan au du pourquoi comment combien
    cette
    der die das und ist nicht wann wer was wie muss ihren seinen ein eine für mit warum welche wo von zum den
    el los las una para con cuándo cuando quién quien qué cuál cual por dónde debe su está del cómo
    il lo gli quando chi che cosa dove deve per perché come quale è della nel
    o os um uma quem onde quando para deve seu sua não em prazo até como
    yw mae yn ac pryd pwy beth ble sut gan ar eu
    kiedy kto co gdzie jak jest nie dla czy musi
    wanneer wie wat waar hoe het een van moet zijn haar voor niet
    """.split()
)
_ENGLISH = frozenset(
    (
        "the what when who which how why is are does do did must should of to for and in by whom where was "
        "were has have can tell give"
    ).split()
)


def decline(question: str, *, about_papers: bool = False) -> Draft | None:
    """The reply to what is no question to the documents; None for a question.

    `about_papers`: it names a subject, a person or a kind of document, so it is no small talk.
    """
    text = re.sub(r"\s+", " ", question.replace("’", "'")).strip()
    if _TALK.match(text) and (not about_papers or re.match(r"(?:many )?(?:thanks|thank you|cheers)(?!\w)", text, re.I)):
        return _declined(
            "I answer questions about the documents here. Ask, for example, who must do what, and by when.",
            "small talk",
        )
    if _ORDERS.search(text):
        return _declined(
            "I answer only from the documents, in their own words, and cannot set that rule aside.",
            "an order to leave the rules",
        )
    if (
        (_TASKS.search(text) and not (about_papers and _ABOUT.match(text)))
        or _COMMAND.search(text)
        or _OUTSIDE.search(text)
    ):
        return _declined(
            "That is not a question about the documents. I answer only what they say.", "a task, no question"
        )
    return None


def other_language(question: str, reading: Reading) -> Draft | None:
    """The reply to a question in another language; None for English."""
    words = [w for w in tokens(question) if not w[0].isdigit()]
    foreign = sum(1 for w in words if w in _FOREIGN and w not in _ENGLISH)
    english = sum(1 for w in words if w in _ENGLISH)
    strange = sum(1 for w in words if not is_common(w))
    letters = [ch for ch in question if ch.isalpha()]
    other_script = sum(1 for ch in letters if ord(ch) > 0x24F)
    if (letters and other_script > 0.5 * len(letters)) or (
        foreign >= 2 and foreign > english and foreign + strange > 0.4 * len(words)
    ):
        message = "The documents are in English. Please ask in English."
        return Draft(Status.DECLINED, (Line(message),), because=("another language",))
    return None


def _declined(message: str, why: str) -> Draft:
    return Draft(Status.DECLINED, (Line(message),), because=(why,))
