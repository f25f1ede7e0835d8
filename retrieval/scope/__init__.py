"""Which documents a question is about.  A named subject never lets a neighbour's document in."""

from retrieval.scope.choose import choose
from retrieval.scope.scope import Scope

__all__ = ["Scope", "choose"]
