"""Facts: typed values that the register holds, found by rule with their exact spans."""

from ingest.facts.find import find_facts

__all__ = ["find_facts"]
