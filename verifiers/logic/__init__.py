"""What can be said: sentences of first-order logic, the problems made of them, and models to evaluate them in."""

from verifiers.logic.models import Model, holds
from verifiers.logic.problems import Problem, Statement, untyped
from verifiers.logic.signature import LogicError, Signature, Sort, Symbol

__all__ = ["LogicError", "Model", "Problem", "Signature", "Sort", "Statement", "Symbol", "holds", "untyped"]
