"""Ten thousand different items drawn from the templates of a pack: every key proved, every distractor proved wrong.

    python -m tests.bench.templates [FOLDER] [COUNT]

Each item's shown texts are read back and compared with the template's key, recomputed at the drawn values by the exact
evaluator. What fails is printed; the exit status is 1 then.
"""

import sys
import time
from itertools import count
from pathlib import Path

from curriculum.generation import Drawn, draw
from curriculum.installed import BUILT_IN
from curriculum.items import SingleChoice
from curriculum.packs import Pack, load_pack
from tests.bench.table import print_table
from tests.unit.curriculum.drawn import faults


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else BUILT_IN / "algebra_arithmetic"
    wanted = int(arguments[1]) if len(arguments) > 1 else 10_000
    pack = load_pack(folder)
    assert isinstance(pack, Pack), pack
    seen: set[str] = set()
    failed = options = repeated = 0
    spent = 0.0
    for seed in count():
        for template in pack.templates.values():
            start = time.perf_counter()
            drawn = draw(template, seed)
            spent += time.perf_counter() - start
            assert isinstance(drawn, Drawn), (template.id, seed, drawn)
            if drawn.item.stem in seen:
                repeated += 1
                continue
            seen.add(drawn.item.stem)
            for fault in faults(template, drawn):
                failed += 1
                print(f"{drawn.item.id}: {fault}: {drawn.item.stem}")
            options += len(drawn.item.options) - 1 if isinstance(drawn.item, SingleChoice) else 0
            if len(seen) == wanted:
                rows = [
                    ("templates", len(pack.templates)),
                    ("different items", len(seen)),
                    ("draws that gave an item again", repeated),
                    ("distractors proved wrong", options),
                    ("failures", failed),
                    ("items drawn a second", (len(seen) + repeated) / spent),
                ]
                print_table(("drawn", "number"), rows)
                return 1 if failed else 0
        if seed > 20 * wanted:
            break
    print(f"only {len(seen):,} different items")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
