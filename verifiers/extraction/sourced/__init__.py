"""Statements of fact where the question brings its source."""
