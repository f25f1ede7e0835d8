"""Several subjects in one question: each asked alone, their answers side by side, and which of them comes first."""

from retrieval.apart.answer import answer_apart, of_every_subject

__all__ = ["answer_apart", "of_every_subject"]
