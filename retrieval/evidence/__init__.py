"""Evidence: the sentences of the documents in scope, scored against the question by a few honest features."""
