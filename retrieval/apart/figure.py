"""The one figure that an answer gives, with its unit, so that two answers can be measured against one another."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.facts.dates import find_dates
from ingest.facts.quantities import Quantity, find_quantities
from retrieval.draft import Draft
from retrieval.due import period_of
from retrieval.extreme import days_of

Figure = tuple[str, float]  # unit ("share" in per cent, "day" as an ordinal, "days", a currency, "number"), amount


def comparable(drafts: Sequence[Draft], unit: str = "") -> tuple[float, ...]:
    """One figure for each answer, all of one unit (of `unit`, where given); empty where any gives none, or two."""
    each = [_figures(draft) for draft in drafts]
    for known in dict.fromkeys(u for u, _ in each[0]) if each else ():
        amounts = [{amount for u, amount in figures if u == known} for figures in each]
        if (not unit or known == unit) and all(len(found) == 1 for found in amounts):
            return tuple(found.pop() for found in amounts)
    return ()


def _figures(draft: Draft) -> tuple[Figure, ...]:
    """The figures of the bare value, else of the first line."""
    if not draft.lines:
        return ()
    return _read(draft.value or "") or _read(draft.lines[0].text)


def _read(text: str) -> tuple[Figure, ...]:
    days = [period[0].toordinal() for m in find_dates(text) if (period := period_of(m.iso)) is not None]
    found: list[Figure] = [("day", float(day)) for day in days]
    found += [figure for q in find_quantities(text) if (figure := _of(q)) is not None]
    return tuple(found)


def _of(quantity: Quantity) -> Figure | None:
    if quantity.kind == "percentage" and quantity.number is not None:
        return "share", quantity.number
    for between in (" per ", " of "):
        part, found, whole = quantity.normalised.partition(between)
        if found and quantity.kind in ("rate", "number"):
            return ("share", 100 * float(part) / float(whole)) if float(whole) else None
    if quantity.kind == "duration":
        days = days_of(quantity.normalised)
        return ("days", float(days)) if days is not None else None
    if quantity.number is None:
        return None
    if quantity.kind == "amount":
        return quantity.normalised.rpartition(" ")[2], quantity.number
    return ("number", quantity.number) if quantity.kind == "number" else None
