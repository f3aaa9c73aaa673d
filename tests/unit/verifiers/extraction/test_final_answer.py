"""Where the final answer of a text is found."""

import time

import pytest

from verifiers.extraction.final_answer import candidates


def first(text: str) -> tuple[str, ...]:
    return next(candidates(text)).texts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"So we get $\boxed{12}$.", ("12",)),
        (r"First \boxed{3} was tried and failed badly. In the end \boxed{4}", ("4",)),
        (r"The roots are $\boxed{2}$ and $\boxed{-5}$.", ("2", "-5")),
        (r"\boxed{2}, \boxed{3}; \boxed{7}", ("2", "3", "7")),
        (r"$\boxed{4}$ cars and $\boxed{6}$ vans", ("4", "6")),
        (r"\boxed{4} then we look at it again \boxed{6}", ("6",)),
        (r"\(u = \boxed{3}\) and \(v = \boxed{8}\)", ("3", "8")),
        (r"\boxed{9}, that is \boxed{9}", ("9",)),
        (r"\boxed{\frac{a}{\sqrt{b}}}", (r"\frac{a}{\sqrt{b}}",)),
        (r"$\boxed{x = 7", ("x = 7",)),
        (r"\boxed 8", ("8",)),
        (r"a loss of $\boxed{15}$ percent", (r"15\%",)),
        (r"it takes $\boxed{15}\text{ km}$", (r"15\text{ km}",)),
        ("\\\\boxed{\\\\frac{3}{4}}", (r"\frac{3}{4}",)),
        (r"done\n\n\boxed{17}", ("17",)),
    ],
)
def test_boxes(text: str, found: tuple[str, ...]) -> None:
    assert first(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Final Answer: The final answer is $7$. I hope it is right.", "7"),
        (r"We had \boxed{3} cats. Final Answer: The final answer is $11$.", "11"),
        ("Long work here with 12 and 13.\n#### 42", "42"),
        ("The cat sat on 3 mats, so the answer is 17.", "17"),
        ("Reasoning about 5 things.\nAnswer: 45 km", "45 km"),
        ("Q: how many?\nA: 45", "45"),
        ("We know 3 < 4. The answer is (C).", "(C)"),
        ("Therefore $x \\geq 5$ is the solution.", r"x \geq 5"),
        ("There were 3 of 8. Final Answer: The largest prime below it is 19.", "19"),
        ("We start with $a = 3$. Hence the pair is $(3, 4)$, as wanted.", "(3, 4)"),
        ("We start at 3. Therefore, there are 12 such numbers.", "12"),
        ("The sum is $1 + 2$", "1 + 2"),
        ("It went up by 3 and then came down by 8", "8"),
        ("it is not 10 but 1,000.99€", "1,000.99"),
    ],
)
def test_markers_and_endings(text: str, found: str) -> None:
    assert first(text) == (found,)


@pytest.mark.parametrize("text", ["-5", "3x + 1 = 0", "5 kg", "x² − 1", "2 or 3", "9%", "The sum of the angles", "1/2"])
def test_a_bare_answer_is_taken_whole(text: str) -> None:
    assert first(text) == (text,)


def test_thoughts_and_chat_tokens_are_skipped() -> None:
    assert first(r"<think> maybe \boxed{5}? </think> It is \boxed{6}.") == ("6",)
    assert first("The answer is 6. <|im_start|>user what about 7") == ("6",)
    assert first(r"<think> so \boxed{5}") == ("5",)


def test_money_is_no_formula() -> None:
    found = [c.texts for c in candidates("It costs $10,200 and the other one costs $255 more, so they pay $10,455.")]
    assert ("$10,455",) in found
    assert found[0] != ("10,200 and the other one costs",)


@pytest.mark.parametrize("text", ["", " ", "$", "\\boxed{", "\\boxed", "####", "answer:", "\x00", "<think>", "\\["])
def test_nothing_raises(text: str) -> None:
    assert all(candidate.texts for candidate in candidates(text))


@pytest.mark.parametrize(
    "piece", ["\\n", "\n", "$", "\\[", "\\boxed{", "1/", "1,111", "so is ", "final answer *", "\\text{"]
)
def test_long_lines_take_linear_time(piece: str) -> None:
    began = time.process_time()
    list(candidates(piece * (500_000 // len(piece))))
    assert time.process_time() - began < 5
