"""Deductions and puzzles in words: each file reads one sort of problem and the written steps of its solutions."""
