"""Questions over the register: which, how many, who most, earliest, a value for each document; one cited row each."""

from retrieval.aggregate.answer import answer_aggregate

__all__ = ["answer_aggregate"]
