"""The words and figures that bound a quantity, and those that only look like one."""

from __future__ import annotations

import re

FLOOR = re.compile(
    r"(?:\bat least|\b(?:no|not) (?:less|fewer)(?: (?:often|frequently))? than|\b(?:a )?minimum(?: of)?|\bfrom)\s*(?:once )?(?:every |each )?$",
    re.I,
)
FLOOR_AFTER = re.compile(
    r"^\s*,?\s*(?:or (?:more|over|longer|above|later)\b|(?:at (?:the )?(?:very )?least|as a minimum|at a minimum)\b"
    r"|minimum\b|and (?:more|over|above|upwards)\b|and more regularly)",
    re.I,
)
ABOVE = re.compile(
    r"(?<!no )(?<!not )\b(?:more than|over|above|exceed(?:s|ed|ing)?|longer than|greater than|higher than|in excess of|beyond|upwards of|later than|after|more (?:often|frequently) than)\s*(?:once )?(?:every |each )?$",
    re.I,
)
CEILING = re.compile(
    r"(?:\b(?:up to|at most|(?:no|not) (?:more|longer|later|greater|higher)(?: (?:often|frequently))? than|(?:a )?maximum(?: of)?|within|inside"
    r"|not (?:to )?exceed(?:ing)?|capped at|limited to)|\bas long as)\s*(?:the |a total of )?(?:once )?(?:every |each )?$",
    re.I,
)
CEILING_AFTER = re.compile(
    r"^\s*,?\s*(?:or (?:less|fewer|under|sooner|below|shorter)\b|(?:at (?:the )?most|as a maximum)\b|maximum\b|or sooner)",
    re.I,
)
BELOW = re.compile(
    r"\b(?:less than|fewer than|under|below|shorter than|lower than|short of|less (?:often|frequently) than)\s*(?:once )?(?:every |each )?$",
    re.I,
)
ONLY = re.compile(r"\b(?:just|only|exactly|precisely|merely|no more than)\s*(?:once )?(?:every |each )?$", re.I)
LEAD = re.compile(
    r"^(?:(?:at least|at most|up to|within|in|for|over|after|during|under|no (?:later|more|longer|less|fewer) than|not (?:later|more|less) than"
    r"|less than|more than|the|every|last|past|previous|next|further|following|first|a (?:maximum|minimum) of"
    r"|no (?:less|more) (?:often|frequently) than|approximately|about|around)\s+)+",
    re.I,
)
TAIL = re.compile(r",?\s+(?:at the very least|at the least|at least|at a minimum|as a minimum)$", re.I)
ISO = re.compile(r"(?:R(?P<times>[\d.]+)/)?P(?P<time>T)?(?P<n>[\d.]+)(?P<unit>BD|[HDWMYT])$")
DAYS = {"H": 1 / 24, "D": 1.0, "W": 7.0, "M": 365.25 / 12, "Y": 365.25}
YEARLY = {
    "yearly": 1, "annual": 1, "annually": 1, "half-yearly": 2, "biannual": 2, "twice-yearly": 2, "quarterly": 4, "six-monthly": 2,
    "monthly": 12, "fortnightly": 26.09, "weekly": 52.18, "daily": 365.25, "nightly": 365.25, "termly": 3,
}  # fmt: skip
ADJECTIVE = re.compile(rf"(?<![\w-])(?:{'|'.join(YEARLY)})\b", re.I)
APART = re.compile(r"^\s*(?:between|apart|gap)\b", re.I)
SHARE = re.compile(
    r"\b(?P<share>half|(?:a|one) third|two thirds|(?:a|one) quarter|three quarters|most|(?:a|the) (?:vast )?majority|(?:a|the) minority)"
    r"(?=\s+(?:of|the|its|their|his|her|our|\w+s)\b)",
    re.I,
)
SHARES = {
    "half": 50.0, "third": 100 / 3, "two thirds": 200 / 3, "quarter": 25.0, "three quarters": 75.0,
}  # fmt: skip
LABEL = re.compile(
    r"\b(?:no|number|tank|unit|phase|stage|step|part|section|article|clause|paragraph|para|recommendation|condition|item|level|grade|line"
    r"|schedule|annex|appendix|room|floor|regulation|covid|page|rule|point|option|figure|table|class|category|zone|plot|lot|bay)s?\.?[\s-]*$",
    re.I,
)
LONG = re.compile(r"(?<!the )\b(?:last(?:s|ed|ing)?|took|takes?|taking)\s*$", re.I)  # "a two-day visit" lasts two days
ONE = re.compile(r"one$", re.I)
COUNTED_ONE = re.compile(r"\b(?:only|just|than|least|most|exactly)\s*$", re.I)
