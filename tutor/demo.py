"""`make demo`: answers with the kinds of mistakes that language models make, next to right ones, checked."""

from typing import Final, NamedTuple

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from tutor.cli.annotated import print_report
from verifiers import Checker


class Answer(NamedTuple):
    title: str
    question: str
    text: str


ANSWERS: Final = (
    Answer(
        "Wrong arithmetic in a chain",
        "A school orders 37 boxes of 48 pencils and hands out 1,250 of them. How many are left?",
        "The school has 37 × 48 = 1,776 pencils.\n"
        "After handing out 1,250 there are 1,776 - 1,250 = 536 pencils left.\n"
        "The answer is **536**.",
    ),
    Answer(
        "A lost root",
        "Solve the equation $x^2 = 7x$.",
        "We divide both sides by $x$ and get $x = 7$.\nSo the only solution is $x = 7$.",
    ),
    Answer(
        "The same equation, solved rightly",
        "Solve the equation $x^2 = 7x$.",
        "Bring everything to one side: $x^2 - 7x = 0$, so $x(x - 7) = 0$.\nThe solutions are $x = 0$ and $x = 7$.",
    ),
    Answer(
        "A slip from one display to the next",
        "Solve $3(x - 4) = 5x + 2$.",
        "Expanding the left side, we get\n\\[ 3x - 4 = 5x + 2 \\]\n"
        "Subtracting $3x$ from both sides gives\n\\[ -4 = 2x + 2 \\]\nso \\[ x = -3. \\]",
    ),
    Answer(
        "A slip with units",
        "How many seconds is a lesson of 1.5 hours?",
        "1.5 hours = 90 minutes, and 90 minutes = 540 seconds.",
    ),
    Answer(
        "A wrong derivative",
        "Differentiate $f(x) = x^2 \\sin x$.",
        "By the product rule, $\\frac{d}{dx}\\left(x^2 \\sin x\\right) = 2x \\cos x$.",
    ),
    Answer(
        "Dates",
        "",
        "15 August 1947 was a Friday. 26 January 1950 was a Monday. From 1857 to 1947 is 80 years.",
    ),
    Answer(
        "Statistics",
        "",
        "The mean of 4, 8, 6, 5 and 3 is 5.2. The median of 4, 8, 6, 5 and 3 is 6.",
    ),
    Answer(
        "A word problem: nothing miscalculated, and yet wrong",
        "Meena has 12 marbles. Ravi has 3 times as many marbles as Meena. How many marbles do they have together?",
        "Ravi has 12 + 3 = 15 marbles.\nTogether they have 12 + 15 = 27 marbles.",
    ),
    Answer(
        "Seats: the clues exclude it",
        "Five friends, Arun, Bela, Chitra, Dev and Esha, sit in a row. Chitra is exactly in the middle. Arun is"
        " immediately to the left of Chitra. Bela is at the right end. Dev is to the left of Arun. Who is at the left"
        " end?",
        "Arun is second from the left, next to Chitra.\nSo Esha must be at the left end.",
    ),
    Answer(
        "A syllogism: one conclusion follows, the other need not",
        "Statements: All poets are dreamers. No dreamer is a banker.\nConclusions: I. No poet is a banker. II. All"
        " dreamers are poets.\nWhich of the conclusions follow?",
        "Conclusion I follows. Conclusion II follows as well, so both follow.",
    ),
    Answer(
        "A study plan that cannot be kept",
        "Today is Monday. Algebra needs 5 hours.",
        "You can finish algebra by Friday on 40 minutes a day.",
    ),
    Answer(
        "What nobody can check is never taken for right",
        "",
        "Fibonacci numbers keep divisors: $\\gcd(F_m, F_n) = F_{\\gcd(m, n)}$. It is the most beautiful formula.",
    ),
)


def main() -> None:
    """Checks every answer of the demo in one sandbox process and prints the annotated reports."""
    console = Console(highlight=False, soft_wrap=True)
    labels: dict[str, int] = {}
    with Checker() as checker:
        for answer in ANSWERS:
            console.print(Rule(f"[bold]{answer.title}"))
            if answer.question:
                console.print(Text(f"Question: {answer.question}\n", "dim"))
            report = checker.check_answer(answer.question, [answer.text])
            print_report(answer.text, report, console)
            console.print()
            labels[report.label.value] = labels.get(report.label.value, 0) + 1
    console.print(Rule())
    console.print(f"{len(ANSWERS)} answers: " + ", ".join(f"{count} {label}" for label, count in labels.items()) + ".")
    console.print("Check your own: pramana check answer.txt --question 'What is …?'")


if __name__ == "__main__":
    main()
