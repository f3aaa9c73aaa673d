"""Figures that a question determines, in coordinates, and what an answer says of their points."""
