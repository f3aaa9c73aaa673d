"""`make bench`: every bench on the project's own cases; each takes data files of its own when run by itself."""

import shutil

from tests.bench import (
    answer_speed,
    compare_speed,
    entailment_cost,
    folio,
    kill_margin,
    logic_lm,
    service_faults,
    service_latency,
    service_throughput,
    throughput,
)

ALONE = (compare_speed, answer_speed, throughput, kill_margin, entailment_cost, folio, logic_lm)
OVER_REDIS = (service_throughput, service_latency, service_faults)


def main() -> None:
    redis = shutil.which("redis-server")
    for bench in (*ALONE, *(OVER_REDIS if redis else ())):
        print(f"\n## {bench.__name__.rpartition('.')[2]}")
        bench.main([])
    if redis is None:
        print("\nredis-server is not installed: nothing over Redis was measured")


if __name__ == "__main__":
    main()
