"""Formulas as claims: the links of a chain, one formula and the next, laws for all values."""
