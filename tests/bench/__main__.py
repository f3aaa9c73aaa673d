"""`make bench`: every bench on the project's own cases; each takes data files of its own when run by itself."""

from tests.bench import answer_speed, compare_speed, entailment_cost, folio, kill_margin, logic_lm, throughput


def main() -> None:
    for bench in (compare_speed, answer_speed, throughput, kill_margin, entailment_cost, folio, logic_lm):
        print(f"\n## {bench.__name__.rpartition('.')[2]}")
        bench.main([])


if __name__ == "__main__":
    main()
