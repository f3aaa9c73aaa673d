"""Imported by the fork server where a pool is to be warm: one example of every kind is checked there, so that each
process forked from it has the engines' tables filled, most of them in memory shared with its neighbours.
"""

from verifiers.check import perform
from verifiers.examples import EXAMPLES
from verifiers.protocol import QUICK
from verifiers.requests import AnswerRequest
from verifiers.verdicts import encode

_MORE = (
    ("", r"$\int_0^1 x^2 \, dx = \frac{1}{3}$ and $\int \cos x \, dx = \sin x + C$"),
    ("", r"$\lim_{x \to 0} \frac{\sin x}{x} = 1$ and $\frac{d}{dx} \ln(x^2 + 1) = \frac{2x}{x^2 + 1}$"),
    ("Solve $x^2 - 5x + 6 = 0$.", r"$x = 2$ or $x = 3$. Always $\sin^2 t + \cos^2 t = 1$."),
    ("Solve $|2x - 1| < 3$.", "The solution is $-1 < x < 2$."),
)
"""What the examples leave cold."""


def check_examples() -> int:
    """Checks every example once; returns how many claims they held. What goes wrong here goes wrong again, and with a
    reason, where somebody asks for it.
    """
    claims = 0
    for question, answer in (*EXAMPLES.values(), *_MORE):
        frames = list(perform("answer", encode(AnswerRequest(question, (answer,), QUICK))))
        claims += len(frames) - 1
    return claims


check_examples()
