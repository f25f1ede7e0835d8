"""Yes or no, only where a clause settles it; otherwise `not_found` with the nearest clause."""

from retrieval.yes_no.answer import about_the_clause, answer_yes_no, undecided
from retrieval.yes_no.collective import of_each
from retrieval.yes_no.exhaustive import answer_exhaustive
from retrieval.yes_no.register import by_register

__all__ = ["about_the_clause", "answer_exhaustive", "answer_yes_no", "by_register", "of_each", "undecided"]
