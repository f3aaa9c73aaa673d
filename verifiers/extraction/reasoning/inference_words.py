"""How written deductions lead from one statement to the next: words of inference, supposition, doubt and retraction."""

import re
from collections.abc import Iterator
from typing import Final

SILENT: Final = re.compile(
    r"\?\W*$|\b(?:asks?|asked|whether|would|let['’]?s|let us|try(?:ing)?|check(?:ing)?|need to|want|unless"
    r"|otherwise|suppos\w*"
    r"|assum\w*|impossib\w*|contradict\w*|not possible|false|incorrect|wrong|mistake\w*|however|instead|maybe|perhaps"
    r"|option|choice|when|before we|given the above|cannot tell|not enough|statements? says?)\b",
    re.IGNORECASE,
)
"""Sentences with these are no plain conclusions."""

SUPPOSED: Final = re.compile(
    r"\b(?:suppos\w+|assum(?:e|ing|ption)|case (?:\d|[ivx]+|[a-c])\b|scenario"
    r"|(?:plac|putt|fix|sett)ing (?!these|this|it\b|all|them|everything|the (?:clues|facts|statements)"
    r"|together)|attempt\w*|consider\w*|arrangement \d|order \d|if we"
    r"|let['’]?s (?:try|say|assume|test|put|place)|try(?:ing)? (?:to |the |with |out )?|(?:first|second|third"
    r"|another|other|each) possibility|possibility \d|hypothe\w+"
    r"|if we (?:put|place|let|try))",
    re.IGNORECASE,
)
"""From here on the writer may speak of a case only."""

RETRACTING: Final = re.compile(
    r"\b(?:wait|oops|correction|mistake\w*|scratch that|let me (?:re|correct|fix|try again|start over)\w*"
    r"|that(?:['’]s| is) (?:not right|wrong)|i (?:was wrong|misread))\b|(?:^|\n)\W*(?:actually|no),",
    re.IGNORECASE,
)

TAKEN_BACK: Final = re.compile(
    r"\W*(?:but|however|yet|and|so)?,?\s*(?:this|that|it|which)\b[^.]{0,60}?\b(?:contradict\w*|violat\w*|impossible"
    r"|not possible|cannot (?:be|hold|work)|can['’]t (?:be|hold|work)|conflict\w*|not allowed|(?:not"
    r"|n['’]t) work|wrong|false"
    r"|incorrect)",
    re.IGNORECASE,
)
"""The sentence before this one was no conclusion."""

HEDGE: Final = re.compile(
    r"\b(?:not|no|never|if|unless|but|except|either|or|could|can|may|might|false|wrong|only|than|neither|nor)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
"""A part of a sentence with these, not understood, may turn the part that is."""

_NTH: Final = r"(?:(?:first|second|third|fourth|fifth|sixth|last|next|previous) )?"
_CLUE: Final = r"(?:clue|statement|fact|premise|condition|rule|constraint|hint|sentence|point|step)s?"
_CITED: Final = rf"{_CLUE}(?: \(?[\divx]+\)?)?(?:(?:,| and|, and) \(?[\divx]+\)?)*"
_KNOWING: Final = (
    r"(?:concluded|know|knew|see|get|have|found|conclude|deduce|deduced|can conclude|can see|can deduce|can infer|infer"
    r"|established|are (?:given|told)|read)"
)
_LEADS: Final = (
    r"so|then|and|but|therefore|thus|hence|(?:next|finally|first|second|lastly)(?=,)|also|again|now|since"
    r"|because|as|given(?: that)?",
    r"in the end|overall|altogether|in total|at this point|so far|here|this leaves us with|similarly|likewise|in fact",
    r"consequently|as a result|in conclusion|clearly|also|in other words|that is|i\.e\.",
    r"by (?:the )?(?:process of )?(?:elimination|deduction|transitivity)",
    r"according to (?:this|the) (?:ordering|order|arrangement|list|puzzle)|in (?:this|the) (?:ordering|order"
    r"|arrangement)",
    rf"(?:previously,? )?(?:we|i) (?:also |now |then )?(?:previously |already )?{_KNOWING}(?: that)?",
    r"it follows(?: that)?|(?:this|that|which) (?:means|implies|tells us|shows|gives|leaves us with|forces)(?: that)?",
    r"meaning(?: that)?|implying(?: that)?|which means(?: that)?",
    rf"(?:from|by|using|per|with|combining|applying|looking at) (?:the )?{_NTH}{_CITED}",
    rf"(?:the )?{_CLUE} \(?[\divx]+\)?(?: (?:says|tells us|states|gives|means|implies)(?: that)?)?",
    rf"(?:the )?{_NTH}(?:{_CLUE}|puzzle|question) (?:says|tells us|states)(?: that)?",
    r"we(?:['’]re| are) told(?: that)?|remember(?: that)?|note(?: that)?|recall(?: that)?",
    r"[-*•>]+|\(?\d{1,2}[.)]|\*\*[^*\n]{1,40}:\*\*|step \d+",
)
_LEAD: Final = re.compile(rf"(?:{'|'.join(_LEADS)})[,:]?\s+", re.IGNORECASE)
_JOINT: Final = re.compile(
    r",? (?:and )?(?:so|therefore|thus|hence|which means|which implies|meaning|implying|because|since"
    r"|as)(?: that)?,? (?=\S)"
    r"|;\s*|\s*(?:→|⇒|⟹|=>|->)\s*|\. ",
    re.IGNORECASE,
)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """The clauses between words of inference."""
    at = 0
    for joint in _JOINT.finditer(text):
        yield at, joint.start()
        at = joint.end()
    yield at, len(text)


def led(text: str, left: int, right: int) -> int:
    """Where a clause begins behind its introductory words."""
    while (found := _LEAD.match(text, left, right)) is not None:
        left = found.end()
    while left < right and text[left] in " ,\t":
        left += 1
    return left
