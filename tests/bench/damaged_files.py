"""Two thousand damaged files for every importer and every file of a pack: errors, and never a crash or half a pack.

    python -m tests.bench.damaged_files [COUNT]
"""

import sys
import time

from tests.bench.table import print_table
from tests.unit.curriculum.small_pack import FILES
from tests.unit.curriculum.test_formats import SOURCES, damage, damage_pack


def main(arguments: list[str]) -> None:
    count = int(arguments[0]) if arguments else 2_000
    rows = []
    for name in (*SOURCES, *FILES):
        start = time.perf_counter()
        (damage_pack if name in FILES else damage)(name, count)
        rows.append((name, count, time.perf_counter() - start))
    print_table(("format or file", "damaged files", "seconds"), rows)


if __name__ == "__main__":
    main(sys.argv[1:])
