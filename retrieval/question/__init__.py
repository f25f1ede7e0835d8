"""Understanding a question: names, clause references, dates, kinds of document, what is asked for, the topic left."""

from retrieval.question.question import Question, Term
from retrieval.question.understand import understand

__all__ = ["Question", "Term", "understand"]
