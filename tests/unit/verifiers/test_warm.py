"""A warm pool has been through every kind before its first request."""

from verifiers.examples import EXAMPLES
from verifiers.sandbox import PRELOAD, WARM


def test_the_examples_are_checked_when_the_module_is_imported() -> None:
    from verifiers.warm import check_examples

    assert check_examples() >= len(EXAMPLES)


def test_only_who_asks_for_it_waits_for_it() -> None:
    assert not set(WARM) & set(PRELOAD)
