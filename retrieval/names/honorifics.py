"""The titles that people are called by, which are no part of their names."""

from __future__ import annotations

import re

HONORIFICS = frozenset("mr mrs ms miss dr prof professor cllr councillor sir dame lord lady rev".split())

MOST_TITLES = 2  # titles that lead one name: "the Rev Dr Bell"

_LEADING = re.compile(rf"^(?:(?:{'|'.join(sorted(HONORIFICS))})\.?\s+){{1,{MOST_TITLES}}}", re.I)


def without_honorific(name: str) -> str:
    """A name as it is without the titles that lead it ("Ms Jo Bell", "Jo Bell")."""
    return _LEADING.sub("", name)
