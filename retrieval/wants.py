"""What a question asks for: the shape of the answer, and the kinds of fact that can fill it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Want(StrEnum):
    """The shape of answer that a question asks for."""

    DEADLINE = "deadline"
    DATE = "date"
    INTERVAL = "interval"
    DURATION = "duration"
    COUNT = "count"
    AMOUNT = "amount"
    REFERENCE = "reference number"
    CONTACT = "contact"
    PERSON = "person"
    ROLE = "role"
    ORGANISATION = "organisation"
    PLACE = "place"
    LEGAL = "legal reference"
    JUDGEMENT = "judgement"
    REASON = "reason"
    CONSEQUENCE = "consequence"
    DEFINITION = "definition"
    QUOTATION = "quotation"
    LIST = "list"
    YES_NO = "yes or no"
    SUMMARY = "summary"
    MENTION = "mention"
    DUE = "what is due"
    CHANGE = "change"
    COMPARISON = "comparison"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of fact that answer a want: `first` fit as they are, `also` only when the words agree well."""

    first: tuple[str, ...]
    also: tuple[str, ...] = ()


KINDS: dict[Want, Kinds] = {
    Want.DEADLINE: Kinds(("deadline",), ("date", "duration", "inspection")),
    Want.DATE: Kinds(
        ("issued_on", "signed_on", "report_date", "inspection", "date", "deadline"),
        ("duration", "interval", "reference"),
    ),
    Want.INTERVAL: Kinds(("interval",), ("duration",)),
    Want.DURATION: Kinds(("duration",), ("interval", "deadline", "date")),
    Want.COUNT: Kinds(("count", "rate", "percentage"), ("amount", "interval")),
    Want.AMOUNT: Kinds(("amount",), ("percentage",)),
    Want.PERSON: Kinds(("signatory", "person_role", "addressee", "copied_to"), ("issuer",)),
    Want.ROLE: Kinds(("person_role", "signatory", "addressee", "copied_to"), ()),
    Want.ORGANISATION: Kinds(("issuer", "organisation", "subject", "affiliation"), ()),
    Want.PLACE: Kinds(("address", "postcode"), ("place",)),
    Want.LEGAL: Kinds(("legal_basis",), ("reference",)),
    Want.REFERENCE: Kinds(("reference_number",), ()),
    Want.CONTACT: Kinds(("email", "phone", "url"), ()),
    Want.JUDGEMENT: Kinds(("judgement",), ()),
}

_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|should|shall|will|would|need|needn't|isn't|aren't|doesn't|don't|didn't|hasn't|wasn't|won't|can't)"
_WHEN = r"(?:when|what (?:\w+ )?(?:date|day|month|year)|which (?:date|day|month|year)|on what|what'?s the date|date (?:of|for|on|that|by))"

# First match wins: the narrow forms stand before the wide ones.
_PATTERNS: tuple[tuple[Want, str], ...] = (
    (
        Want.CONTACT,
        r"\b(?:web ?site|web address|url)\b|\bnumber (?:do|should|can|must) (?:i|we|they|people) (?:ring|call|phone|dial)\b|\b(?:phone|telephone|e-?mail|fax|mobile)(?: (?:number|address|no))?\b(?! (?:was|were|had|security|account|system))|\bcontact (?:number|details?)(?!\w)",
    ),
    (
        Want.REFERENCE,
        r"\b(?:(?:what|which|give|the|its|our|your) (?:\w+ ){0,4}?(?:reference|ref)(?: (?:number|no))?(?! to)\b|(?:reference|ref|serial|permit|case|licence|notice|file|registration|company|charity|docket|warning letter|application|account|facility) (?:number|no)\b|(?-i:\b[A-Z]{2,}(?:-[A-Z]+)?) (?:numbers?|no)\b)",
    ),
    (
        Want.COMPARISON,
        r"\b(?:compare[ds]?|comparing|comparison|differ(?:s|ed|ence|ences|ent|ently)?|versus|vs\.?|contrast|in common|the same as|same (?:as|in|for)|both (?:say|require|have)|identical|similar(?:ity|ities)?)(?!\w)",
    ),
    (
        Want.CHANGE,
        r"\b(?:what (?:has |have |was |were |is |are |did )?(?:\w+ ){0,5}?chang(?:e|ed|es)|(?:changes?|changed|var(?:y|ies|ied)|alter(?:ed|s)?|modif(?:y|ies|ied)|relax(?:ed|es)?|amend(?:ed|s)?|supersed\w+|replace[sd]?|revok\w+) (?:\w+ ){0,4}(?:notice|letter|deadline|plan|requirements?|terms)|still (?:apply|applies|applicable|in force|valid|stand|stands|hold|holds|required|need|count)|in force|no longer appl)",
    ),
    (
        Want.MENTION,
        r"\b(?:where|which (?:documents?|papers?|notices?|letters?|clauses?|paragraphs?)|in (?:what|which) (?:documents?|clauses?|paragraphs?|papers?))\b.*\b(?:mention(?:s|ed)?|named?|appears?|referred to|refers? to|talks? about|comes? up|cited?|occurs?)\b|\b(?:any|every|all) mentions? of\b|^mentions? of\b",
    ),
    (
        Want.DUE,
        r"\b(?:what(?:'s| is| are| was| has| needs?| must| should| else)?(?: to)?(?: \w+){0,3} (?:due|happens?|happening|expected|fall(?:s|ing) due|be done|be delivered|be finished|be complete[d]?)(?: \w+){0,2} (?:by|on|before|in|during|next|this|at the end of|after)\b|\bwhat (?:was|were|got) (?:\w+ )?(?:published|issued|signed|sent|released|announced|agreed) (?:on|in)\b|\b(?:what|anything|something) (?:happened|happens|took place|occurred|was done|is planned|is scheduled|is happening|is set|is arranged) (?:for|on|in|by|at|during|before|after)\b|^(?:what is |what's |anything |things )?(?:due|deadlines?) (?:in|by|on|before|after|this|next|during)\b|\b(?:which|what) (?:\w+ ){0,2}(?:plans?|deadlines?|actions|duties|notices?) (?:are |is |fall(?:s|ing)? |come(?:s)? |must be )?(?:due|delivered|completed?|finish\w*) (?:in|by|on|before|after)\b|(?:deadlines?|anything|something|what(?:'s| is)) (?:due |falling |coming )?(?:next|this|in|by|before|after) (?:month|week|year|the end of|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d))",
    ),
    (
        Want.SUMMARY,
        r"\b(?:tell me (?:more )?about|outline|sum up|summar(?:y|ise|ize)|overview|gist|what (?:is|was|'s) (?:the|this|that) (?:(?!(?:if|for|of|in|to|when|under|on|by|from|that)\b)\S+ ){0,6}(?:notice|letter|article|report|document|reprimand|story)(?: (?:all )?about| for| say| saying)?\s*\??$|what (?:does|do|did) (?:the|this|that) (?:\S+ ){0,6}?(?:notice|letter|article|report|document|reprimand|story) (?:say|cover|ask(?: for)?|contain|require|do)\s*\??$|what(?: is|'s) (?:the|this|that) (?:\S+ ){0,4}(?:notice|letter|article|reprimand|document|report|story|piece)\b.{0,40}\babout\s*\??$|explain the (?:\S+ ){0,4}(?:notice|letter|article|report|document)\b|main points|key points)",
    ),
    (
        Want.INTERVAL,
        r"\b(?:how (?:often|frequent(?:ly)?|regular(?:ly)?|many times(?! (?:was|were|did|has|have|had)\b))|frequency|at what intervals?|what intervals?|intervals?\b|(?:how many|number of) (?:\w+ ){0,3}(?:times|visits|inspections|meetings|reviews)\b.{0,30}\b(?:a|per|each|every) (?:year|month|week|quarter)|regularity)",
    ),
    (
        Want.DURATION,
        r"\b(?:how long|for what period|what period|how many (?:weeks|months|days|years)|length of time|duration|what (?:is|was) the (?:\w+ ){0,2}(?:time(?:scale|frame)?|period)(?! table))(?!\w)",
    ),
    (
        Want.AMOUNT,
        r"\b(?:how much|how (?:big|large|high|great|hefty) (?:an? )?|what (?:\w+ ){0,2}(?:amount|sum|budget|cost|price|fee|fine|funding)\b|(?:cost|price|amount|spend|value|size) of|budget (?:of|for)|(?:funding|budget|grant|amount|cost)\s*\??$|what (?:is|are|was|were) .{2,40}\bpaid\b|what (?:has|have|had|did|does|do|will) .{2,60}\b(?:spen[dt]|pay|paid|cost)\b|£)",
    ),
    (
        Want.COUNT,
        r"\b(?:how many|number of|what (?:number|percentage|proportion|rate|share|levels? of|concentration|dose|quantity)|count of|(?<!section )(?<!reference )(?<!phone )(?<!act )(?<!case )(?<!clause )(?<!page )\bnumbers?\s*\??$|at what rate|what'?s the rate|per cent of|what figure|rate of|(?:what|which) (?:is|was|were|are) (?:\S+ ){0,4}?(?:rate|percentage|proportion|share))(?!\w)",
    ),
    (
        Want.PLACE,
        r"\b(?:(?<!email )(?<!e-mail )(?<!mail )address(?:es)?(?! (?:the|a|these|those|this|any|all|how|why|what|two|\w+ing)\b)|post ?codes?|where (?:is|are|was|were|does|do|did)\b.*\b(?:based|located|sit|office|offices|headquartered|hq|building|live|council|sent|held|go|post|posted)|where (?:should|can|do) (?:i|we) (?:write|send|post)|what (?:town|city|street|building|place)|(?:which|what|name of the) (?:town|city|street|building|office|floor|county))(?!\w)",
    ),
    (
        Want.LEGAL,
        r"\b(?:which|what|under what|under which|by what|cite|name)\b.*\b(?:act|acts|law|laws|legislation|statut(?:e|ory)|legal|powers?|regulations?|gdpr|articles?|sections?|provisions?)\b|\b(?:legal (?:basis|power|authority|reference|provision)|statutory (?:power|basis|provision)|legislation|which act|s\d{2,}\w*)(?!\w)",
    ),
    (
        Want.DEADLINE,
        r"\b(?:deadlines?|by when|(?:finish|finished|completed?|delivered?|done|achieved?) by\s*\??$|due (?!to\b)(?:date|by|on)?|when (?:\w+ ){0,8}?(?:due|by)\b|time ?limit|target date|completion date|end date|how soon|(?:time|days|period) (?:\w+ )?to (?:reply|respond|answer|comply|appeal)|cut-?off|latest date|last date)\b|\b(?:when|what date|by what date)\b.*\b(?:must|should|need|needs|have to|has to|required|supposed|expected|got to)\b.*\b(?:be|deliver\w*|complete\w*|finish\w*|implement\w*|done|achieve\w*|provide|submit\w*|respond\w*|comply|act|take|reply)(?!\w)",
    ),
    (Want.DATE, rf"\b(?:{_WHEN})\b|(?<!\bto )\bdates?\b|\bdated\b"),
    (
        Want.REASON,
        r"\b(?:why|what (?:is|was|were|are) the (?:\w+ )?(?:reasons?|causes?|grounds|rationale|purpose|trigger)|reasons? (?:for|why|behind|given)|what (?:\w+ )?(?:led|caused|prompted|triggered)|how come|for what reason|on what grounds|what'?s the point|purpose of|grounds for|what for|(?:due|down|owing) to(?= *\??$)|because of what)(?!\w)",
    ),
    (
        Want.CONSEQUENCE,
        r"\b(?:what(?:'s| is) the risk|what (?:happens?|(?:would|will|could|might|may|can) happen|if|action (?:can|could|may|might|will)|are the consequences)|consequences?|penalt(?:y|ies)|sanctions?|what (?:can|could|may|might|will|would) (?:the )?(?:ministers?|secretary of state|department|government|dfe|commissioner|regulator) do|repercussions?|(?:fails?|failure|failing|refuses?|doesn'?t|does not|don'?t|unable|unwilling|ignores?|miss(?:es)?|breach\w*|not) (?:to )?(?:comply|do it|improve|deliver|meet|act|it|progress))(?!\w)",
    ),
    (
        Want.DEFINITION,
        r"\b(?:what (?:is|are|does|do) .*\b(?:mean|meant|stand for|defined|definition)|definition of|define|meaning of|what is meant|what counts as)\b|\bwho is [\"'“‘]|\bwho are [\"'“‘]?(?:the )?[\"'“‘]?[a-z]+[\"'”’]?(?= (?:in|under|of|for|mentioned|referred)\b|\s*\??$)",
    ),
    (
        Want.ROLE,
        r"\b(?:what (?:is|was|'s|are|were|does) .*\b(?:role|job|position|title|post|capacity)|what (?:\w+ )?(?:roles?|jobs?|titles?|positions?|posts?) (?:is|are|was|were|do|does|did|has|have)\b|(?:role|job title|position|job|title|post) of|who (?:is|was|'s) [a-z]+ [a-z'’-]+\??$|what (?:does|did) .* do for a living|in what capacity|portfolio|remit|what (?:does|did) [a-z'’-]+(?: [a-z'’-]+)? do(?= *\??$| for (?:the|a)\b| at\b))(?!\w)",
    ),
    (
        Want.PERSON,
        r"\b(?:who|whom|whose|who's|name of (?:the )?(?:person|adviser|advisor|chair|director|signatory|leader|officer|official|minister|author)|\bname\b(?! (?:the|all|two|three|both|each|any))|recipient|sender|signatory|signed by|signed|signature|addressee|which (?:[\w'’]+ ){0,3}(?:person|official|minister|councillor|officer|people|individual)|cc'?d?|copied in|author)(?!\w)",
    ),
    (
        Want.JUDGEMENT,
        r"\b(?:ratings?|rated|judge?ments?|judged|grades?|graded|verdicts?|how (?:did|was|were) .*\b(?:rate|rated|judge|judged|graded|assessed|doing|perform\w*)|what did .* (?:rate|judge|find|conclude))(?!\w)",
    ),
    (
        Want.QUOTATION,
        r"\b(?:what (?:did|does|has|have|was|were|is) .*\b(?:say|said|tell|told|state|think|thought|comment|call|called|describe|argue|claim|reveal|highlight|warn|ask|asked|acknowledge|add|promise|concerned|view|views|opinion)\b|quote|exact (?:words|wording)|wording of|in what words|how did .* describe)",
    ),
    (
        Want.LIST,
        r"\b(?:list|what (?:are|were)|which (?:things|areas|items|topics|people|documents|requirements|duties|steps|measures|flexibilities)|what (?:things|areas|items|topics|requirements|duties|obligations|steps|measures|flexibilities|information|evidence|actions|changes|conditions|facilities)|everything|all (?:the|of)|enumerate|set out)(?!\w)",
    ),
    (
        Want.ORGANISATION,
        r"\b(?:which|what) (?:\w+ )?(?:organisations?|organizations?|bod(?:y|ies)|departments?|agenc(?:y|ies)|councils?|authorit(?:y|ies)|company|companies|school|force|regulator|party|partners?|newspaper|inspectorate)(?!\w)",
    ),
)
_COMPILED = tuple((want, re.compile(pattern, re.I)) for want, pattern in _PATTERNS)
_YES_NO = re.compile(
    rf"^(?:(?:so|and|but|ok|okay|please|hi|hello|also|then),?\s+)*(?:{_AUX})\b(?!\s+you\b)|\b(?:is it (?:true|right|correct|the case)|true or false|(?:,|(?:is|'s)) (?:that |this )?(?:right|correct)\?$|yes or no)",
    re.I,
)
_WHICH_CLAUSE = re.compile(
    r"^(?:in |under |at )?(?:which|what) (?:numbered )?(?:item|paragraph|para|clause|section|point|bullet|part|sentence|place)(?!\w)",
    re.I,
)
_WH = re.compile(r"\b(?:who|whom|whose|what|when|where|which|why|how)(?!\w)", re.I)
_ALLOWED = re.compile(
    r"\b(?:allowed|permitted|required|mandatory|possible|needed|compulsory|optional|obligatory)\s*\??$", re.I
)
_INVERTED = re.compile(
    rf"(?:^|[,:;.–-]\s*|\b(?:and|so|but|paper|letter|notice|article|report)\s+){_AUX} (?:the|it|they|we|he|she|there|any|all|this|that|those|these|its|their|my|[A-Z]\w+|council|ofsted|a|an|\w+ (?:council|board|plan))(?!\w)"
)
_SOURCE = re.compile(r"^(?:according to|as per|per|going by|in|under|from)(?!\w)", re.I)
_ANYWHERE = re.compile(
    rf"\b{_AUX} (?:the|it|they|we|he|she|there|any|all|this|that|those|these|its|their|a|an)(?!\w)", re.I
)
_POLITE = re.compile(
    r"^(?:can|could|would|will|please|may) (?:you |i |we )(?:please |kindly )?(?:tell|give|show|let|find|remind|say|confirm|know|ask|get|see|have|help|point|quote)\b(?:\s+(?:me|us))?",
    re.I,
)
_CONFIRM = re.compile(
    r"^(?:can|could|would|will|please) (?:you )?(?:please )?(?:confirm|tell me|say|let me know|check)?\s*(?:whether|if)(?!\w)",
    re.I,
)


_CLEFT = re.compile(
    r"^(?:so |and |but )?(?:is|was|were|isn't|wasn't) it (?:really |actually )?(?:the |a |an )?[\w'’ ]+ (?:who|that|which)\b",
    re.I,
)
# The word that a question opens with says what it asks for, whatever other words of asking follow.
_OPENINGS = (
    (
        re.compile(r"^(?:so |and |but )?(?:who|whom|whose)\b", re.I),
        frozenset({Want.DEFINITION, Want.ROLE, Want.PERSON}),
    ),
    (re.compile(r"^(?:so |and |but )?when\b", re.I), frozenset({Want.DEADLINE, Want.DATE})),
    (re.compile(r"^(?:so |and |but )?why\b", re.I), frozenset({Want.REASON})),
)
_ABOVE = frozenset({Want.COMPARISON, Want.CHANGE, Want.MENTION, Want.SUMMARY, Want.DUE, Want.CONSEQUENCE})
_WHO_MAY = re.compile(
    r"\bwho(?:m)? (?:else )?(?:could|would|should|must|may|might|can|has to|have to|needs? to)\b", re.I
)
# "How much confidence do they have": no sum of money.
_MUCH_OF = re.compile(
    r"\bhow much (?:confidence|progress|support|influence|oversight|work|time|notice|experience|attention|training|trust|evidence"
    r"|contact|choice|say|impact|improvement|change|delay|warning)\b",
    re.I,
)
_OPENED = re.compile(
    rf"^(?:(?:and|but|so|then|please),? )*(?:what|which|when|where|why|how|whose|{_AUX}|list|compare)\b", re.I
)
_RELATIVE = re.compile(r"(?<!\S)(?P<before>[\w'-]+) who(?:m|se)?\b(?! (?:signed|wrote|issued|sent)\b)", re.I)
# Words before "who" after which it does ask.
_ASKING = frozenset(
    "know tell me us say says saying see show name list identify state explain confirm and or but of to by for from with in on at "
    "is was are were under about".split()
)


def _without_relatives(text: str) -> str:
    """ "Children who go missing": once a question is opened, the "who" after a noun asks for nobody."""
    opened = _OPENED.match(text)
    if opened is None:
        return text

    def plain(match: re.Match[str]) -> str:
        return match.group() if match["before"].casefold() in _ASKING else f"{match['before']} that"

    return text[: opened.end()] + _RELATIVE.sub(plain, text[opened.end() :])


_LEADS = (
    (re.compile(r"^(?:(?:and|but|so|then),? )?why\b", re.I), Want.REASON),
    (re.compile(r"^(?:(?:and|but|so|then),? )?who\b", re.I), Want.PERSON),
    (re.compile(r"^(?:(?:and|but|so|then),? )?when\b", re.I), Want.DATE),
    (re.compile(r"^(?:(?:and|but|so|then),? )?how many\b", re.I), Want.COUNT),
)
_NAMED_ALONG = frozenset({Want.CONTACT, Want.REFERENCE, Want.PLACE, Want.LEGAL, Want.AMOUNT})


def _as_opened(text: str, found: list[Want]) -> list[Want]:
    """ "Why did they go to the wrong address": what opens the question is asked, not what it names along the way."""
    asked = next((want for lead, want in _LEADS if lead.search(text) and want in found), None)
    if asked is None:
        return found
    along = [want for want in found[: found.index(asked)] if want in _NAMED_ALONG]
    return [*(want for want in found if want not in along), *along]


# "What was weighed when it was agreed": the "when" inside asks nothing.
_OPENED_OTHERWISE = re.compile(
    r"^(?:(?:and|but|so|then|please),? )*(?:what(?! (?:date|day|month|year|time))|how|who|why)\b", re.I
)
_MEANWHILE = re.compile(
    r"(?<![,;:–-])(?<!\band)(?<!\bor)(?<!\bby)(?<!\bsince)(?<!\buntil)(?<!\bfrom)(?<!\bexactly)(?<!\bof)(?<!\bto) when (?=\w)",
    re.I,
)


def wants(question: str) -> tuple[Want, ...]:
    """What the question asks for, the likeliest first; `OPEN` when no form is recognised."""
    text = _without_relatives(re.sub(r"\s+", " ", question.replace("’", "'")).strip())
    if _WHICH_CLAUSE.match(text):
        return (Want.OPEN,)
    if _CONFIRM.match(text) or re.match(r"^(?:i (?:need|want) to know )?(?:whether|if) ", text, re.I):
        return (Want.YES_NO,)
    bare = _POLITE.sub("", text).strip() if _POLITE.match(text) else text
    if _OPENED_OTHERWISE.match(bare):
        bare = _MEANWHILE.sub(" as ", bare)
    if _CLEFT.match(bare):
        return (Want.YES_NO,)
    found = [want for want, pattern in _COMPILED if pattern.search(bare)]
    for opening, meant in _OPENINGS:
        if opening.match(bare) and (first := next((want for want in found if want in meant), None)):
            ahead = [want for want in found[: found.index(first)] if want in _ABOVE]
            found = [*ahead, first, *(want for want in found if want is not first and want not in ahead)]
    if _WHO_MAY.search(bare):  # read from the sentence that says so, not from offices that sound like it
        found = [want for want in found if want is not Want.PERSON]
    found = _as_opened(bare, found)
    if _MUCH_OF.search(bare):
        found = [want for want in found if want is not Want.AMOUNT]
    if _ALLOWED.search(bare) and not _WH.search(bare):
        return (Want.YES_NO, *found)
    if _SOURCE.match(bare) and not _WH.search(bare) and _ANYWHERE.search(bare):
        return (Want.YES_NO, *found)
    inverted = None if _WH.search(bare) else _INVERTED.search(bare)
    if inverted or (
        _YES_NO.search(bare)
        and not re.search(r"\b(?:who|when|why|how (?:often|many|much|long)|which)(?!\w)", bare.split(",")[0], re.I)
    ):
        if (
            re.search(r"\bsame (?:person|people|official|officer|inspector|signatory)\b", bare, re.I)
            and Want.PERSON not in found
        ):
            found.append(Want.PERSON)
        keep = [want for want in found if want in (Want.COMPARISON, Want.CHANGE)]
        return (*keep, Want.YES_NO, *(want for want in found if want not in keep))
    return tuple(found) or (Want.OPEN,)
