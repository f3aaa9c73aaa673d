"""Statements of fact held against passages: what a sentence says, slot by slot, and whether another says the same.

Nothing here measures likeness. A statement is read into a clause (polarity, modal, verb, who does what to whom, and
slots that compare exactly), so is every sentence of a passage, and `alignment` says whether the passage's clause says
the statement's, says something else in one slot, or says neither.
"""
