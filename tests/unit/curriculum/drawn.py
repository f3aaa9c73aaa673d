"""What is to be shown of every drawn item: its shown key has the value of the template's key, no other option has."""

from curriculum.choices import LETTERS
from curriculum.generation import Drawn, compared, different
from curriculum.items import SingleChoice
from curriculum.numbers import exact_value
from curriculum.template_file import expression
from curriculum.templates import Template
from verifiers.exact import holds
from verifiers.expr import Expr, substitute
from verifiers.notation import Unread, read


def faults(template: Template, drawn: Drawn) -> list[str]:
    """What is wrong with a drawn item, found from its texts and the template's expressions alone."""
    values = dict(drawn.values)
    key = at(template, template.key, values)
    found = [relation for relation in template.where if holds(at(template, relation, values)) is not True]
    item = drawn.item
    if not isinstance(item, SingleChoice):
        return found + ([] if same(reading(item.value, ""), key) else [f"key {item.value}"])
    trees = [reading(option.text, template.unit) for option in item.options]
    right = LETTERS.index(item.key)
    if not same(trees[right], key):
        found.append(f"key {item.options[right].text}")
    for place, tree in enumerate(trees):
        if place != right and not different(tree, key):
            found.append(f"option {item.options[place].text} is not proved wrong")
        if not all(different(tree, other) for other in trees[:place]):
            found.append(f"option {item.options[place].text} is not proved to differ from those before")
    return found


def at(template: Template, text: str, values: dict[str, Expr]) -> Expr:
    tree = expression(text, template.names | {"key"})
    assert not isinstance(tree, Unread)
    return substitute(tree, values)


def reading(text: str, unit: str) -> Expr:
    tree = read(text.removesuffix(f" {unit}") if unit else text)
    assert not isinstance(tree, Unread), text
    return tree


def same(one: Expr, other: Expr) -> bool:
    """Whether two values are proved equal."""
    numbers = exact_value(one), exact_value(other)
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0] == numbers[1]
    return compared(one, other).label == "equal"
