"""Packs of a batch."""

from hypothesis import given
from hypothesis import strategies as st

from verifiers.cost import answer_ms
from workers.packing import MOST_ANSWERS, PACK_MS, packs
from workers.work import Answer

answers = st.lists(st.integers(0, 20_000).map(lambda n: Answer(steps=("x" * n,))), max_size=200)


@given(answers)
def test_every_answer_is_in_one_pack_in_order_and_no_pack_is_too_much(many: list[Answer]) -> None:
    packed = list(packs(list(enumerate(many))))
    assert [n for pack in packed for n, _ in pack] == list(range(len(many)))
    for pack in packed:
        load = sum(answer_ms(a.question, a.steps) for _, a in pack)
        assert len(pack) == 1 or (load <= PACK_MS and len(pack) <= MOST_ANSWERS)
