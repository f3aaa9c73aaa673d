"""A pack as the texts of its folder. What `pack_of` reads from them is the pack again.

Texts are written in double quotes, so that nothing in them is taken for YAML.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import msgspec

from curriculum.glossary import Term
from curriculum.importers.draft import Draft
from curriculum.items import Item, Tolerance
from curriculum.packs import Manifest, Pack
from curriculum.passages import Passage
from curriculum.skills import Skill
from curriculum.templates import Template

ITEMS_IN_A_FILE: Final = 200
PASSAGES_IN_A_FILE: Final = 100


def pack_files(pack: Pack) -> dict[str, str]:
    """The texts by path."""
    return _files(
        pack.manifest,
        tuple(pack.skills.values()),
        tuple(pack.passages.values()),
        tuple(pack.items.values()),
        tuple(pack.templates.values()),
        pack.glossary,
    )


def draft_files(manifest: Manifest, draft: Draft) -> dict[str, str]:
    """The texts of a pack that is made of a draft."""
    return _files(manifest, draft.skills, draft.passages, draft.items, (), ())


def _files(
    manifest: Manifest,
    skills: Sequence[Skill],
    passages: Sequence[Passage],
    items: Sequence[Item],
    templates: Sequence[Template],
    glossary: Sequence[Term],
) -> dict[str, str]:
    files = {"pack.toml": _toml(manifest)}
    if skills:
        files["skills.yaml"] = "".join(f"- {_flow(_plain(skill))}\n" for skill in skills)
    if glossary:
        files["glossary.yaml"] = "".join(f"- {_flow(_plain(term))}\n" for term in glossary)
    for name, part in _parts("passages/passages", "md", passages, PASSAGES_IN_A_FILE):
        files[name] = "\n".join(map(_passage, part))
    for name, part in _parts("items/items", "yaml", items, ITEMS_IN_A_FILE):
        files[name] = "\n".join(_entry(_item(item)) for item in part)
    for name, part in _parts("templates/templates", "yaml", templates, ITEMS_IN_A_FILE):
        files[name] = "\n".join(_entry(_template(template)) for template in part)
    return files


def _parts(name: str, ending: str, values: Sequence[Any], most: int) -> Iterator[tuple[str, Sequence[Any]]]:
    if len(values) <= most:
        if values:
            yield f"{name}.{ending}", values
        return
    digits = len(str(-(-len(values) // most)))
    for number, at in enumerate(range(0, len(values), most), 1):
        yield f"{name}-{number:0{digits}d}.{ending}", values[at : at + most]


def _toml(manifest: Manifest) -> str:
    lines = []
    for key, value in _plain(manifest).items():
        lines.append(f"{key} = {_quoted(value) if isinstance(value, str) else _flow(value)}")
    return "\n".join(lines) + "\n"


def _passage(passage: Passage) -> str:
    head = _plain(passage)
    text = head.pop("text")
    keys = "".join(f"{key}: {_flow(value)}\n" for key, value in head.items())
    return f"---\n{keys}---\n{text}\n"


def _item(item: Item) -> dict[str, Any]:
    fields: dict[str, Any] = _plain(item)
    return _named(fields, item)


def _named(fields: dict[str, Any], item: Any) -> dict[str, Any]:
    """The fields as an items file has them."""
    if fields.get("stem") == "":
        del fields["stem"]
    if "options" in fields:
        fields["options"] = [one if set(one) - {"text"} else one["text"] for one in fields["options"]]
        if not fields["options"]:
            del fields["options"]
    if "pairs" in fields:
        fields["pairs"] = [list(pair) for pair in fields["pairs"]]
    if getattr(item, "tolerance", None) is not None:
        fields["tolerance"] = _tolerance(item.tolerance)
    if "parts" in fields:
        fields["parts"] = [
            _without(_named(one, part), ("id", *(("skills",) if part.skills == item.skills else ())))
            for one, part in zip(fields["parts"], item.parts, strict=True)
        ]
    return fields


def _without(fields: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key not in keys}


def _template(template: Template) -> dict[str, Any]:
    fields: dict[str, Any] = _plain(template)
    fields["parameters"] = {name: _parameter(one) for name, one in fields.get("parameters", ())}
    if "let" in fields:
        fields["let"] = dict(fields["let"])
    if template.type != "single_choice":
        fields.pop("shown", None)
    else:
        fields["shown"] = template.shown
    if template.tolerance is not None:
        fields["tolerance"] = _tolerance(template.tolerance)
    return fields


def _parameter(fields: Mapping[str, Any]) -> dict[str, Any]:
    kind = fields["draw"]
    return {kind: [fields["least"], fields["most"]] if kind == "integers" else fields[kind]}


def _tolerance(tolerance: Tolerance) -> str:
    return f"{tolerance.amount * 100}%" if tolerance.relative else str(tolerance.amount)


def _plain(value: Any) -> Any:
    """Mappings, lists and texts, with what has its default left out."""
    return msgspec.to_builtins(value, enc_hook=_fraction)


def _fraction(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(type(value).__name__)


def _entry(fields: Mapping[str, Any]) -> str:
    """One entry of a list, a line for each key; entries of lists below it in flow style."""
    order = ("id", "type", *(key for key in fields if key not in ("id", "type")))
    lines: list[str] = []
    for key in order:
        value = fields[key]
        if isinstance(value, list) and value and not all(isinstance(one, str | int) for one in value):
            lines.append(f"{key}:")
            lines += [f"  - {_flow(one)}" for one in value]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "- " + "\n  ".join(lines) + "\n"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """A text in double quotes, for YAML and TOML alike."""
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(one if one.isprintable() else _escape(one) for one in escaped)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
