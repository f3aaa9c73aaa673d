"""Items as problems of OATutor, one JSON object a line."""

import json
from collections.abc import Iterable
from typing import Any

from curriculum.choices import LETTERS
from curriculum.exporters.exported import Exported
from curriculum.items import Expression, Item, Numeric, Part, ShortAnswer, SingleChoice, Steps


def write_oatutor(items: Iterable[Item]) -> Exported:
    """Single choices, numbers without tolerance and unit, expressions, short answers, and steps of these."""
    lines: list[str] = []
    left: list[tuple[str, str]] = []
    for item in items:
        parts = item.parts if isinstance(item, Steps) else (item,)
        steps = [_step(part) for part in parts]
        if not all(steps):
            left.append((item.id, "OATutor has no questions of this type"))
            continue
        problem = {
            "id": item.id,
            "title": "",
            "body": item.stem if isinstance(item, Steps) else item.context,
            "variabilization": {},
            "oer": "",
            "license": "",
            "lesson": item.source,
            "courseName": "",
            "steps": steps,
        }
        lines.append(json.dumps(problem, ensure_ascii=False))
    return Exported("".join(f"{line}\n" for line in lines), tuple(left))


def _step(part: Part) -> dict[str, Any] | None:
    choices: list[str] | None = None
    match part:
        case SingleChoice():
            choices = [option.text for option in part.options]
            answer, formula = choices[LETTERS.index(part.key)], False
        case Numeric() if part.tolerance is None and not part.unit:
            answer, formula = part.value, True
        case Expression():
            answer, formula = part.value, True
        case ShortAnswer() if len(part.accepted) == 1:
            answer, formula = part.accepted[0], False
        case _:
            return None
    hints = [
        {"id": f"{part.id}-h{n}", "type": "hint", "dependencies": [], "title": "", "text": _tex(hint)}
        for n, hint in enumerate(part.hints, 1)
    ]
    step: dict[str, Any] = {
        "id": part.id,
        "stepAnswer": [_tex(answer)],
        "problemType": "TextBox" if choices is None else "MultipleChoice",
        "stepTitle": _tex(part.stem),
        "stepBody": "",
        "answerType": "arithmetic" if formula else "string",
        "variabilization": {},
        "skills": list(part.skills),
        "pathways": {"DefaultPathway": hints},
    }
    return step if choices is None else step | {"choices": [_tex(choice) for choice in choices]}


def _tex(text: str) -> str:
    return text.replace("$", "$$").replace("\n", "\\n")
