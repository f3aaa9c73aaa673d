"""A pack with one of everything."""

from pathlib import Path
from typing import Final

FILES: Final = {
    "pack.toml": """id = "trial"
title = "Trial pack"
version = "1.2.0"
language = "en"
licence = "CC0-1.0"
authors = ["A teacher"]
""",
    "skills.yaml": """- {id: fractions.add, title: Adding fractions}
- {id: fractions.multiply, title: Multiplying fractions, requires: [fractions.add]}
- {id: polity.president, title: The President}
""",
    "glossary.yaml": """- {term: Denominator, meaning: "The number below the line.", skills: [fractions.add]}
""",
    "passages/polity.md": """---
id: polity/president-term
title: Term of the President
skills: [polity.president]
source: "Constitution of India, Article 56"
licence: CC0-1.0
valid_from: 1950-01-26
---
The President holds office for a term of five years.

---
A line after a rule.
---
id: polity/two
title: Election of the President
skills: [polity.president]
source: "Constitution of India, Article 54"
licence: CC0-1.0
---
The President is elected by an electoral college.
""",
    "items/all.yaml": """- id: i/sum
  type: single_choice
  stem: |
    What is 1/2 + 1/3?
  skills: [fractions.add]
  options:
    - {text: "5/6"}
    - {text: "2/5", misconception: adds the denominators}
    - "1/6"
  key: a

- id: i/statements
  type: statement_set
  stem: Which of the statements given above is/are correct?
  skills: [polity.president]
  passages: [polity/president-term]
  statements:
    - {text: "The President holds office for five years.", holds: true}
    - {text: "The President is elected by the Prime Minister.", holds: false}
- {id: i/speed, type: numeric, stem: "How fast?", value: 3/4, tolerance: 2%, unit: m/s}
- id: i/reason
  type: assertion_reason
  assertion: {text: "Seven is prime.", holds: true}
  reason: {text: "Six is even.", holds: true}
- id: i/match
  type: matching
  stem: Match each capital with its country.
  left: [Delhi, Paris]
  right: [France, India]
  pairs: [[1, b], [2, a]]
- {id: i/order, type: ordering, stem: "From the smallest to the largest", entries: [1/4, 1/3, 1/2]}
- {id: i/many, type: multiple_choice, stem: "Which are prime?", options: ["2", "4", "5"], keys: [a, c]}
- id: i/steps
  type: steps
  skills: [fractions.multiply]
  parts:
    - {type: numeric, stem: "What is 2/3 × 3/4?", value: 1/2}
    - {type: expression, stem: "Expand (x + 1)^2.", value: x^2 + 2x + 1}
    - {type: short_answer, stem: "What is the number above the line called?", accepted: [numerator, the numerator]}
""",
    "templates/fractions.yaml": """- id: t/add
  type: single_choice
  stem: "What is $\\\\frac{{a}}{{b}} + \\\\frac{{c}}{{d}}$?"
  skills: [fractions.add]
  parameters:
    a: {integers: [1, 9]}
    b: {integers: [2, 12]}
    c: {integers: [1, 9]}
    d: {integers: [2, 12]}
    where: ["b != d"]
  key: a/b + c/d
  distractors:
    - {value: "(a + c)/(b + d)", misconception: adds the denominators}
    - {value: "(a + c)/(b*d)", misconception: adds the numerators over the product}
    - {value: "a*c/(b*d)", misconception: multiplies}
""",
}


def write(folder: Path) -> Path:
    """The pack in a folder."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
