"""From files to documents, clauses, facts and an index."""
