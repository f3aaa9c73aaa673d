"""Readers of other projects' logic dialects, for measuring; the product reads notation, JSON and SMT-LIB."""
