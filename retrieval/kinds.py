"""How each kind of fact is asked for: the words of a question that the kind itself covers."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.words import stem, thesaurus

# Kinds that say something of the document itself, so that the kind of document asked about is decisive.
OF_THE_DOCUMENT = frozenset(
    {"issued_on", "signed_on", "signatory", "addressee", "copied_to", "address", "postcode", "issuer", "subject"}
)
DATES = frozenset({"issued_on", "signed_on", "report_date", "inspection", "date", "deadline"})

_WORDS: dict[str, str] = {
    "deadline": "deadline due date deliver delivered complete finish done achieve implement by when latest timescale timeframe "
    "cutoff end finished completion limit target comply respond response reply requirement requirements date expected time long period days",
    "issued_on": "two both itself issue issued date dated send sent write written serve served publish published give given make made notice letter "
    "reprimand report release came out receive received get got year month day document warning",
    "signed_on": "next beside alongside two both itself sign signed signature date dated year month day",
    "report_date": "report published publication publish date dated released issued out came",
    "inspection": "carried carry conducted held undertaken undertake inspection inspect inspected visit visited date dates took place happen inspector inspectors",
    "date": "date day month year",
    "signatory": "describe put bottom foot end name post person hold role capacity position title job rank sign signed signs signature signatory name write wrote written author sender send sent issue issued behalf person official "
    "whose",
    "addressee": "address addressed send sent recipient addressee receive received to write written issue issued given get person serve served "
    "name",
    "copied_to": "copy copied copies cc also sent receive received copying people else person names",
    "postcode": "postcode post code postal address",
    "address": "address city floor road place building name county postcode post code where located location based office offices building street town headquarters sent postal full hq contact",
    "issuer": "issue issued issuer issues body who publish published organisation send sent behalf authority write wrote from serve served regulator department government behind department",
    "subject": "about addressed issue issued council authority organisation subject given recipient",
    "interval": "often frequency frequently regular regularly interval times every how schedule many",
    "duration": "long period weeks months days years time duration length last timeframe timescale within",
    "legal_basis": "act law legal power powers statute statutory legislation section basis article provision under authority reference "
    "regulation which intervention use used legally invoke cited",
    "judgement": "judgement judgment rating rated rate grade graded verdict find found finding result outcome judge judged overall",
    "reference_number": "reference ref number no serial permit case licence our file",
    "email": "email mail e address contact details",
    "phone": "phone telephone number contact details mobile",
    "url": "website url page web address",
    "amount": "funding fund money grant available payment value worth support much cost amount money sum spend spent budget total funding price",
    "count": "many number total count figure",
    "rate": "rate many number per",
    "percentage": "percentage percent proportion share per cent",
    "affiliation": "party political belong group member which represent lead stand for from politics councillor affiliation",
    "person": "person name",
    "person_role": "describe hold person capacity portfolio remit role job title position post name person official",
    "organisation": "organisation body council company authority agency which",
}


@lru_cache(maxsize=64)
def words_of(kind: str) -> frozenset[str]:
    """Stems that a question uses for the kind itself."""
    return frozenset(stem(word) for word in _WORDS.get(kind, kind.replace("_", " ")).split())


def covers(kind: str, stemmed: str) -> bool:
    """Whether a word of the question, or a phrase by a close word, is one for the kind itself."""
    words = words_of(kind)
    if " " not in stemmed:
        return stemmed in words
    return any(len(r) == 1 and r[0] in words for r in thesaurus().of(stemmed)) or set(stemmed.split()) <= words


WHO_WROTE = r"^(?:so |and )?who (?:wrote|sent|e-?mailed|has written|had written)\b"

# A question's verb picks among the dates that a document gives of itself and of others.
_PICKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\bdates?\b.*\b(?:itself|its own|of its own)\b", ("issued_on", "signed_on")),
    (
        r"\breport(?:'s)? (?:date|dated|publi\w+)|date of (?:the |its )?(?:[\w'’]+ ){0,4}report\b|\breport\b.*\b(?:dated?|published|c[ao]me out|released)\b",
        ("report_date",),
    ),
    (r"\bname (?:is |was |appears |stands )?(?:at|on) the (?:bottom|foot|end)\b", ("signatory",)),
    (r"\bput(?:s|ting)? (?:his|her|their|a|its) name (?:to|on)\b", ("signatory",)),
    (r"\brate of\b|\bper (?:cent|\d)", ("rate", "percentage")),
    (r"\b(?:political )?part(?:y|ies)\b(?! to\b)", ("affiliation",)),
    (WHO_WROTE, ("signatory",)),
    (r"\bsignator", ("signatory",)),
    (r"\bsign", ("signed_on", "signatory")),
    (r"\b(?:publish|publication|came out|released?)", ("report_date", "issued_on")),
    (r"\b(?:inspect|visit)", ("inspection", "report_date")),
    (r"\bpost ?codes?\b", ("postcode",)),
    (r"\baddress(?:es)?\b(?!ed)", ("address",)),
    (r"\b(?:cop(?:y|ied|ies)|cc'?d?)\b", ("copied_to",)),
    (
        r"\b(?:addressed|recipient|addressee|receiving end|(?:written|sent|issued|given) to|receiv|to whom)|\bwho(?:m)? (?:is|was|were)\b.*\bto\s*\??$",
        ("addressee",),
    ),
    (
        r"\b(?:issued?|issuing|dated?|sent|wrote|written|serv(?:e|ed)|author|behalf|from)\b",
        ("issued_on", "signed_on", "issuer", "signatory"),
    ),
    (
        r"\b(?:deadline|due|deliver|complet|finish|implement|achiev|by when|must|have to|needs? to|until|comply|respond)",
        ("deadline",),
    ),
)


def picked(question: str) -> tuple[str, ...]:
    """Kinds that the question's verbs ask for, strongest first."""
    return tuple(
        dict.fromkeys(kind for pattern, kinds in _PICKS if re.search(pattern, question, re.I) for kind in kinds)
    )
