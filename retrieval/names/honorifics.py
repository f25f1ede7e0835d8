"""The titles that people are called by, which are no part of their names."""

from __future__ import annotations

import re

HONORIFICS = frozenset("mr mrs ms miss dr prof professor cllr councillor sir dame lord lady rev".split())

_LEADING = re.compile(rf"^(?:{'|'.join(sorted(HONORIFICS))})\.?\s+", re.I)


def without_honorific(name: str) -> str:
    """A name as it is without the title that leads it ("Ms Jo Bell", "Jo Bell")."""
    return _LEADING.sub("", name)
