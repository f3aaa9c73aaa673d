"""Equations that a question or an answer poses, and the values, lists and functions offered as their solutions."""
