"""Fuzzing the readers: `python -m tests.fuzz GROUP --minutes 10`.  What it finds is kept in `found/` for the suite."""
