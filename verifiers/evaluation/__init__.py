"""The parts of the exact evaluator; `verifiers.exact` is its door."""
