"""When two answers are the same: one sort of answer a file, `judge.py` says which is asked."""
