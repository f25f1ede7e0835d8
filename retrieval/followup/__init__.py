"""Follow-ups: what a question lacks (subject, document, what is asked, topic) is filled from the last turns.

Filling happens before search, never by gluing texts together.  A named subject always wins over the remembered one.
"""

from retrieval.followup.fill import fill
from retrieval.followup.filled import Filled

__all__ = ["Filled", "fill"]
