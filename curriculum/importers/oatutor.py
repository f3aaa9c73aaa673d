"""OATutor's problems (github.com/CAHLR/OATutor-Content), one JSON object a line or a list of them.

A problem of one step becomes an item, one of several an item of type steps. Hints come along in their order.
"""

import re
from typing import Any, Final

import msgspec

from curriculum.importers.answer_types import written
from curriculum.importers.draft import Draft, Drafting, clean, distinct_options, flat
from curriculum.items import Item, Part, SingleChoice, Steps

_FIGURE: Final = re.compile(r"##\S+?\.(?:gif|png|jpe?g|svg)|\.(?:gif|png|jpe?g)\b", re.IGNORECASE)
_BLANKS: Final = re.compile(r"(?:\$\$)?_{3,}(?:\$\$)?")
_CALL: Final = re.compile(r"(?<![A-Za-z\\])([fghFGHpPqQ])\{(\\left\([^{}]*?\\right\))\}")
"""`f{\\left(x\\right)}`, as its editor writes f(x)."""
MOST_HINTS: Final = 60


class _Hint(msgspec.Struct, frozen=True):
    title: str = ""
    text: str = ""
    type: str = ""


class _Step(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    step_answer: list[str]
    problem_type: str
    step_title: str = ""
    step_body: str = ""
    answer_type: str = ""
    variabilization: dict[str, Any] = {}
    choices: list[str] | None = None
    skills: list[str] = []
    pathways: dict[str, list[_Hint]] = {}


class _Problem(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    steps: list[_Step]
    title: str = ""
    body: str = ""
    variabilization: dict[str, Any] = {}
    oer: str = ""
    license: str = ""
    lesson: str = ""
    course_name: str = ""


def read_oatutor(text: str, file: str) -> Draft:
    """The problems of a file. What has a figure, variables or no answer is left out."""
    drafting = Drafting(file)
    for line, raw in _objects(text):
        try:
            problem = msgspec.json.decode(raw, type=_Problem)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
            drafting.leave(line, "", f"is no problem of OATutor: {error}")
            continue
        _problem(drafting, line, problem)
    return drafting.done()


def _objects(text: str) -> list[tuple[int, bytes]]:
    if text.lstrip().startswith("["):
        try:
            found = msgspec.json.decode(text.encode("utf-8", "replace"), type=list[msgspec.Raw])
        except (msgspec.DecodeError, RecursionError):
            return [(1, text[:1_000].encode("utf-8", "replace"))]
        return [(0, bytes(one)) for one in found]
    lines = enumerate(text.split("\n"), 1)
    return [(number, line.encode("utf-8", "replace")) for number, line in lines if line.strip()]


def _problem(drafting: Drafting, line: int, problem: _Problem) -> None:
    what = flat(problem.id)
    reading = problem.title + problem.body + "".join(step.step_title + step.step_body for step in problem.steps)
    if _FIGURE.search(reading):
        return drafting.leave(line, what, "needs a figure")
    if problem.variabilization or any(step.variabilization for step in problem.steps):
        return drafting.leave(line, what, "has variables; write it as a template")
    if not problem.steps:
        return drafting.leave(line, what, "has no step")
    taken = drafting.name(problem.id, "problem")
    parts: list[Part] = []
    for number, step in enumerate(problem.steps, 1):
        name = taken if len(problem.steps) == 1 else f"{taken}/{number}"
        part = _step(drafting, problem, step, name, alone=len(problem.steps) == 1)
        if isinstance(part, str):
            return drafting.leave(line, flat(step.id), part)
        parts.append(part)
    item: Item = parts[0]
    if len(parts) > 1:
        skills = tuple(dict.fromkeys(name for part in parts for name in part.skills))
        stem = _tex("\n".join((problem.title, problem.body)))
        inherited = tuple(msgspec.structs.replace(part, skills=part.skills or skills) for part in parts)
        item = Steps(id=taken, stem=stem, skills=skills, source=_source(problem), parts=inherited)
    return drafting.item(item)


def _step(drafting: Drafting, problem: _Problem, step: _Step, name: str, *, alone: bool) -> Part | str:
    """The item of a step, or why there is none."""
    texts = (problem.body, step.step_title, step.step_body) if alone else (step.step_title, step.step_body)
    stem = _tex("\n".join(text for text in texts if text.strip()))
    if not re.search(r"[A-Za-z]{3}", re.sub(r"\$.*?\$", "", stem, flags=re.DOTALL)):
        stem = _tex(f"{problem.title}\n{stem}")
    if not stem:
        return "has no question"
    common: dict[str, Any] = {
        "id": name,
        "stem": stem,
        "skills": tuple(dict.fromkeys(one for title in step.skills for one in drafting.skill(title))),
        "hints": tuple(text for hint in _hints(step) if (text := _hint(hint)))[:MOST_HINTS],
        "source": _source(problem) if alone else "",
    }
    if len(step.step_answer) != 1:
        return f"has {len(step.step_answer)} answers"
    answer = _tex(step.step_answer[0])
    if step.problem_type == "MultipleChoice":
        texts_of = list(dict.fromkeys(_tex(choice) for choice in step.choices or ()))
        options = distinct_options(texts_of)
        if options is None or not 2 <= len(options) <= 12:
            return "has fewer than two options, or two that say the same"
        if answer not in texts_of:
            return "its answer is none of its options"
        return SingleChoice(**common, options=options, key="abcdefghijkl"[texts_of.index(answer)])
    item = written(common, answer, formula=step.answer_type == "arithmetic")
    if item is None or isinstance(item, Steps):
        return "has no answer"
    return item


def _hints(step: _Step) -> list[_Hint]:
    return next(iter(step.pathways.values()), [])


def _hint(hint: _Hint) -> str:
    return _tex("\n".join(text for text in (hint.title, hint.text) if text.strip()))


def _source(problem: _Problem) -> str:
    """Where it comes from and under which licence, as its authors ask."""
    licence = " ".join(re.sub(r"<([^>]*)>", r"(\1)", problem.license).split())
    known = "OATutor" if problem.course_name or problem.oer or problem.license else ""
    return flat(", ".join(part for part in (known, problem.course_name, problem.lesson, problem.oer, licence) if part))


def _tex(text: str) -> str:
    """OATutor writes `\\n` as two characters, `$$…$$` for mathematics in a line and `___` for a blank to fill."""
    plain = re.sub(r"\\n(?![a-z]{2})", "\n", text)
    plain = _CALL.sub(r"\1\2", plain)
    return clean(_BLANKS.sub("___", plain).replace("$$", "$"))
