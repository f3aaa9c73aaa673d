"""Who asks: keys, students, scopes, host names, rates."""

import httpx
import pytest

from tests.unit.tutor.api.app import play
from tutor.api import Services
from tutor.api.hosts import LOCAL_NAMES, is_loopback
from workers.principal import LOCAL


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def make_key(services: Services, *scopes: str, student: str | None = None) -> str:
    return services.keys.create("test", 0.0, tenant="school", scopes=scopes, student=student)  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("header", ["Bearer x", "bearer x", "Basic x", "Bearer", ""])
def test_without_a_valid_key_nothing_is_told(header: str) -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        for method, path in (("GET", "/v1/kinds"), ("GET", "/v1/jobs"), ("POST", "/v1/check")):
            answer = await client.request(method, path, headers={"authorization": header})
            assert answer.status_code == 401

    play(scenario, keyless=False)


def test_scopes_are_needed() -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        erasing, checking = make_key(services, "erase"), make_key(services, "check")
        assert (await client.get("/v1/jobs", headers=bearer(erasing))).status_code == 403
        assert (await client.get("/v1/jobs", headers=bearer(checking))).status_code == 200
        assert (await client.delete("/v1/students/a", headers=bearer(checking))).status_code == 403
        assert (await client.delete("/v1/students/a", headers=bearer(erasing))).json() == {"texts": 0}

    play(scenario, keyless=False)


def test_a_key_is_its_tenants_and_speaks_for_the_student_named() -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        headers = {"x-api-key": make_key(services, "check"), "x-pramana-student": "asha"}
        await client.post("/v1/check", json={"answer": "2 + 2 = 4"}, headers=headers)
        (job,) = services.ledger.jobs("school", 9)
        assert (job.principal.tenant, job.principal.student) == ("school", "asha")
        assert job.principal.key not in (LOCAL.key, headers["x-api-key"])
        services.keys.revoke(job.principal.key, 1.0)  # type: ignore[attr-defined]
        assert (await client.get("/v1/jobs", headers=headers)).status_code == 401

    play(scenario, keyless=False)


@pytest.mark.parametrize(("named", "status"), [("asha", 200), ("bilal", 403), ("", 422)])
def test_a_students_key_speaks_for_that_student_only(named: str, status: int) -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        key = make_key(services, "check", student="asha")
        answer = await client.get("/v1/jobs", headers={**bearer(key), "x-pramana-student": named})
        assert answer.status_code == status

    play(scenario, keyless=False)


def test_rates_are_counted_by_key_and_not_for_who_sits_here() -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        one, other = (bearer(make_key(services, "check")) for _ in range(2))
        statuses = [(await client.get("/v1/kinds", headers=one)).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        assert (await client.get("/v1/kinds", headers=other)).status_code == 200
        assert {(await client.get("/v1/kinds")).status_code for _ in range(5)} == {200}

    play(scenario, rate="3/hour")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("tutor.example", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("localhost@evil.example", 421),
        ("evil.example#localhost", 421),
        ("[::1", 421),
        ("", 421),
    ],
)
def test_only_known_host_names_are_answered(host: str, status: int) -> None:
    async def scenario(client: httpx.AsyncClient, services: Services) -> None:
        assert (await client.get("/healthz", headers={"host": host})).status_code == status

    play(scenario, hosts=LOCAL_NAMES | {"tutor.example"})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_loopback_is_known(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "127.evil.example", ""])
def test_everything_else_can_be_reached_from_elsewhere(host: str) -> None:
    assert not is_loopback(host)
