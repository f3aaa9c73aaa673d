"""One example of every kind of claim: a question, where one is needed, and an answer that holds such a claim.

`pramana kinds` runs them; they are also what a newcomer reads first to see what can be checked.
"""

from collections.abc import Mapping
from typing import Final

EXAMPLES: Final[Mapping[str, tuple[str, str]]] = {
    "arithmetic": ("", "There are 16 - 3 = 14 eggs left."),
    "identity": ("", "Expanding, we get $(a + b)^2 = a^2 + b^2$."),
    "rewrite": ("", "Factoring, $x^2 - 5x + 6 = (x - 2)(x - 4)$."),
    "derivation": ("Solve $3(x - 4) = 5x$.", "Expanding the left side gives\n\\[ 3x - 4 = 5x \\]"),
    "solution": ("Solve $x^2 = 7x$.", "The only solution is $x = 7$."),
    "calculus": ("", "$\\frac{d}{dx} x^3 = 3x$"),
    "matrix": ("", "$\\det \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} = 2$"),
    "number": ("", "The number 91 is prime."),
    "counting": ("", "The number of ways to choose 3 of 10 books is 720."),
    "statistics": ("", "The median of 3, 1, 7 and 9 is 7."),
    "geometry": ("", "The area of a circle with radius 5 is $10\\pi$."),
    "quantity": ("", "A lesson of 90 minutes = 5,400 seconds, and 5 km = 500 m."),
    "percentage": ("", "An increase from 50 to 60 is an increase of 10%."),
    "calendar": ("", "15 August 1947 was a Monday."),
    "plan": ("Today is Monday. Algebra needs 5 hours.", "You can finish algebra by Friday on 40 minutes a day."),
    "result": ("How many integers from 1 to 100 are divisible by 7?", "The answer is $\\boxed{15}$."),
    "functional_equation": (
        "Find all functions $f: \\mathbb{R} \\to \\mathbb{R}$ such that $f(x f(x) + y) = f(y) + x^2$ for all $x, y$.",
        "The only solution is \\(\\boxed{f(x) = x}\\).",
    ),
    "construction": (
        "In triangle $ABC$, $AB = 13$, $BC = 14$ and $CA = 15$. Let $M$ be the midpoint of $BC$. Find $AM$.",
        "The median is $AM = 12$.",
    ),
    "word_problem": (
        "Meena has 12 marbles. Ravi has 3 times as many marbles as Meena. How many marbles does Ravi have?",
        "Ravi has 12 + 3 = 15 marbles.",
    ),
    "sorting": ("Sort these words alphabetically: plum, fig, pear", "The sorted list is fig, plum, pear."),
    "tracking": (
        "Asha has a red kite, Bilal has a blue kite and Chen has a green kite. First, Asha and Bilal swap kites. Then,"
        " Bilal and Chen swap kites. At the end, which kite does Bilal have?",
        "After Asha and Bilal swap, Asha has the blue kite and Bilal has the red kite. Bilal and Chen swap: Bilal has"
        " the blue kite, Chen has the red kite.",
    ),
    "logic": (
        "Three runners, Ida, Jo and Kim, ran a race. Ida finished before Jo. Kim finished last. Who finished second?",
        "Ida finished before Jo, so Ida must be second.",
    ),
    "consistency": (
        "Three people, A, B and C, are sitting in a row.\n1. A is to the left of B.\n2. B is at the left end.\n"
        "3. C is next to B.\nIs this possible?",
        "Statement 2 contradicts statement 1.",
    ),
    "statements": (
        "Consider the following statements:\n1. 91 is a prime number.\n2. √2 is irrational.\n3. 15% of 200 is 30.\n"
        "How many of the above statements are correct?\n(a) Only one\n(b) Only two\n(c) All three\n(d) None",
        "All three statements are correct, so the answer is (c).",
    ),
    "arrangements": (
        "Three runners, Ida, Jo and Kim, ran a race. Ida finished before Jo. Kim finished before Jo. Who was last?",
        "There is only one possible order.",
    ),
    "fact": (
        "Passage (Constitution of India, Article 56): The President shall hold office for a term of five years.\n"
        "For how long does the President hold office?",
        "The President serves a term of six years.",
    ),
}
