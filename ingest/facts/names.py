"""What a personal name looks like, and which capitalised words are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.notice import Span

HONORIFIC = (
    r"(?:(?:The\s+)?(?:Rt\.?\s+Hon\.?|Right\s+Honourable)|Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Professor|Prof|Sir|Dame"
    r"|Lord|Lady|Baroness|Baron"
    r"|Councillor|Cllr|Cllrs|Councillors|Alderman|Reverend|Revd|Rev|Hon|Captain|Capt|Colonel|Col|Major|Judge"
    r"|Justice|Inspector|Superintendent"
    r"|Sergeant|Sgt|Senator|Ambassador|Bishop|Canon|Father|Sister)\.?"
)
_CAPITAL = "A-ZÀ-ÖØ-Þ"
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
NAME_WORD = (
    rf"(?:[{_CAPITAL}]['’][{_CAPITAL}][{_LETTER}]+"
    rf"|[{_CAPITAL}][{_LETTER}]+(?:[-'’][{_LETTER}]{{2,}})*(?:-[{_CAPITAL}][{_LETTER}]+)*)"
)
INITIAL = rf"(?:[{_CAPITAL}]\.(?:\s?[{_CAPITAL}]\.)*|[{_CAPITAL}](?=\s[{_CAPITAL}][{_LETTER}]))"
_PARTICLE = r"(?:(?:de|da|del|della|di|du|van|von|der|den|la|le|bin|ibn|al|el|ap|ten|ter|y)\s+)*"
_GAP = r"[^\S\n]+(?:\n[^\S\n]*)?|[^\S\n]*\n[^\S\n]*"  # one wrapped line, never a blank one
FULL_NAME = rf"(?:{NAME_WORD}|{INITIAL})(?:(?:{_GAP}){INITIAL})*(?:(?:{_GAP}){_PARTICLE}{NAME_WORD}){{1,3}}"
SURNAME = rf"{_PARTICLE}{NAME_WORD}"

# A role is recognised by its head noun.
ROLE_HEAD = (
    r"(?:director|executive|officer|advis[eo]r|leader|chair|chairman|chairwoman|chairperson|vice-chair|manager"
    r"|member|inspector|secretary"
    r"|minister|commissioner|head\s?teacher|headmaster|headmistress|president|caselead|caseworker|case\s?holder"
    r"|lead|head|councillor"
    r"|spokesman|spokeswoman|spokesperson|governor|consultant|partner|lawyer|solicitor|barrister|clerk|mayor"
    r"|constable|superintendent"
    r"|principal|treasurer|auditor|assessor|analyst|engineer|coordinator|co-ordinator|administrator|trustee"
    r"|founder|owner|editor|reporter"
    r"|correspondent|professor|lecturer|surgeon|physician|nurse|doctor|counsel|ombudsman|registrar|surveyor"
    r"|planner|architect|deputy"
    r"|assistant|representative|delegate|convener|envoy|ambassador|judge|coroner|dean|vicar|bishop|servant"
    r"|controller|investigator"
    r"|practitioner|teacher|worker|social\s+worker|psychologist|scientist|mp|msp|cllr|chief|supervisor|specialist"
    r"|expert|boss|guardian|hmi|(?:co-)?ceo|cfo|coo)s?"
)
ROLE = re.compile(rf"\b{ROLE_HEAD}\b", re.IGNORECASE)

# Capitalised words that mark organisations, places, papers and headings, or that only begin sentences.
_NOT_NAMES = """
council councils borough county city town parish district metropolitan authority authorities department
departments ministry office offices agency agencies board boards committee commission commissioner commissioners
trust partnership panel service services school schools academy college university hospital police constabulary
fire ambulance army navy force forces court tribunal parliament government cabinet party company limited ltd plc
inc llc corporation group holdings bank union association society institute institution foundation charity
federation care social children children's children’s adult adults young people people's people’s families
family education health housing planning environment environmental transport finance financial human resources
public private local national regional international central area improvement notice notices report reports
review reviews inspection inspections plan plans letter letters act acts order regulation regulations article
section schedule annex appendix chapter part paragraph clause table figure page policy policies procedure
procedures guidance framework code data protection information security quality safeguarding early help focused
focussed visit visits formal final draft annual interim deputy chief executive director directors officer
officers manager secretary state leader chair chairman adviser advisor inspector minister member members
president division program programme project team unit centre center building house floor street road lane
avenue drive place square close way gardens park hill green gate bridge row terrace crescent quay wharf mews
walk parade kingdom states north south east west northern southern eastern western upper lower great little
saint st river lake island islands valley bay port january february march april may june july august september
october november december monday tuesday wednesday thursday friday saturday sunday the this that these those a
an and or but if in on at by for from of to with as it its we our you your he she his her they their there i my
one two three four five six seven eight nine ten first second third last next new old all any each every no not
both some most many such dear sincerely faithfully yours regards signed date dated subject re ref reference tel
telephone email fax web website www http https covid covid-19 coronavirus pandemic brexit internet english
british scottish welsh irish american european chinese christmas easter labour conservative conservatives tory
liberal democrat democrats independent republican unionist nationalist what when where which who why how please
note however further also although while since after before during under over more less majesty's majesty’s
king's king’s queen's queen’s crown royal prime home foreign treasury exchequer chancellor lord lords commons
warning reprimand decision recommendation recommendations action actions outcome outcomes judgement judgment
grade summary introduction conclusion background findings conclusions contents overall effectiveness experiences
progress leadership management governance impact inc. ltd. co. corp. products product drug drugs food foods
administration federal general good manufacturing practice current
""".split()
NOT_NAMES = frozenset(_NOT_NAMES)


def plausible(words: Iterable[str]) -> bool:
    """Whether none of the words speaks against a personal name."""
    kept = [w.strip(".,'’").lower() for w in words]
    return bool(kept) and not any(w in NOT_NAMES for w in kept if len(w) > 1)


def collapse(words: str) -> str:
    """White space collapsed to single blanks."""
    return " ".join(words.split())


def places(words: str, text: str, *, fold: bool = False) -> Iterator[Span]:
    """Where `text` has the words, however parted and whichever apostrophe they bear; `fold`: in any case.

    Plain search, since a pattern of its own for every name of every document costs more to compile than to use.
    """
    first, *others = _plain(words, fold=fold).split() or [""]
    plain = _plain(text, fold=fold)
    start = plain.find(first) if first else -1
    while start >= 0:
        end = start + len(first)
        for word in others:
            after = end
            while after < len(plain) and plain[after].isspace():
                after += 1
            if after == end or not plain.startswith(word, after):
                break
            end = after + len(word)
        else:
            yield Span(start, end)
        start = plain.find(first, max(end, start + 1))


def _plain(words: str, *, fold: bool) -> str:
    lower = words.lower() if fold else words
    return (lower if len(lower) == len(words) else words).replace("’", "'")
