"""One small router for each part of the HTTP contract."""
