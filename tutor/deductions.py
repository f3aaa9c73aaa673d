"""A document of premises and a conclusion as a claim that can be checked."""

from verifiers.claims import Claim, Consistency, Deduction, Span
from verifiers.logic.documents import Document, Modality
from verifiers.logic.show import show


def claim_of(document: Document, modality: Modality) -> Claim:
    """That the conclusion is so, must be so or can be so; without one, that the premises are consistent."""
    nowhere = Span(0, 0, 0)
    conclusion = document.conclusion
    if conclusion is None:
        return Claim(span=nowhere, text="the premises are consistent", formula=Consistency(problem=document.problem))
    formula = Deduction(problem=document.problem, conclusion=conclusion, modality=modality)
    return Claim(span=nowhere, text=conclusion.text or show(conclusion.sentence), formula=formula)
