"""The HTTP API as its callers meet it: a real server process, called over loopback."""

import json
import socket
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api_server import PRAMANA, ApiServer, api_server, events
from tests.batches import made_answers
from tests.services import wait_until

WRONG = "There are 37 × 48 = 1,776 pencils. Then 1,776 - 1,250 = 536 are left."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    with api_server(tmp_path_factory.mktemp("api"), rate_limit="none") as running:
        yield running


@pytest.fixture
def client(server: ApiServer) -> httpx.Client:
    return server.client


def command_line(stdin: str, *options: str) -> bytes:
    done = subprocess.run([PRAMANA, "check", *options], input=stdin.encode(), capture_output=True, timeout=120)
    return done.stdout


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and name of a problem document, which is what every error is."""
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["request_id"] == answer.headers["x-request-id"]
    assert told["title"]
    assert told["detail"]
    return answer.status_code, told["type"].removeprefix("/problems/")


def lines_of(answers: list[Any]) -> str:
    rows = ({"id": a.id, "question": a.question, "steps": a.steps} for a in answers)
    return "".join(json.dumps(row) + "\n" for row in rows)


def submit(client: httpx.Client, lines: str) -> str:
    answer = client.post("/v1/check/batch", content=lines.encode(), headers={"content-type": "application/x-ndjson"})
    assert answer.status_code == 202, answer.text
    job: str = answer.json()["id"]
    assert answer.headers["location"] == f"/v1/jobs/{job}"
    return job


def finished(client: httpx.Client, job: str) -> dict[str, Any]:
    wait_until(lambda: client.get(f"/v1/jobs/{job}").json()["state"] != "open", "the batch is done", 120)
    row: dict[str, Any] = client.get(f"/v1/jobs/{job}").json()
    return row


def test_a_report_is_byte_for_byte_that_of_the_command_line(client: httpx.Client) -> None:
    question = "How many are left?"
    line = json.dumps({"id": "a", "question": question, "answer": WRONG})
    answer = client.post("/v1/check", json={"id": "a", "question": question, "answer": WRONG})
    assert answer.headers["content-type"] == "application/json"
    assert answer.content + b"\n" == command_line(line, "--jsonl")
    whole = json.loads(command_line(WRONG, "--json"))
    assert client.post("/v1/check", json={"answer": WRONG}).json() == whole


def test_steps_are_counted_from_nought(client: httpx.Client) -> None:
    report = client.post("/v1/check", json={"steps": ["2 + 2 = 4", "2 + 2 = 5"]}).json()
    assert report["first_refuted_step"] == 1


def test_verdicts_come_as_events_and_the_report_last(client: httpx.Client) -> None:
    with client.stream("POST", "/v1/check", json={"answer": WRONG}, headers={"accept": "text/event-stream"}) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        said = list(events(answer.iter_lines()))
    assert [name for _, name, _ in said] == ["claim", "claim", "verdict", "verdict", "report"]
    assert json.loads(said[-1][2])["row"] == client.post("/v1/check", json={"answer": WRONG}).json()
    assert json.loads(said[3][2])["row"] == json.loads(said[-1][2])["row"]["claims"][1]


@pytest.mark.parametrize(
    ("body", "kind", "told"),
    [
        (b'{"answer": ', "application/json", (400, "malformed-body")),
        (b"\xff\xfe", "application/json", (400, "malformed-body")),
        (b"[" * 100_000, "application/json", (422, "invalid-request")),
        (b'{"answer": "x", "deep": ' + b"[" * 100_000, "application/json", (422, "invalid-request")),
        (b'{"answer": "2 + 2 = 5", "steps": []}', "application/json", (422, "invalid-request")),
        (b'{"question": "What is 2 + 2?"}', "application/json", (422, "invalid-request")),
        (b'{"answr": "2 + 2 = 5"}', "application/json", (422, "invalid-request")),
        (b'{"answer": "2 + 2 = 5", "options": {"colour": 1}}', "application/json", (422, "invalid-request")),
        (b'{"answer": 5}', "application/json", (422, "invalid-request")),
        (b'{"answer": "2 + 2 = 5"}', "text/plain", (415, "unsupported-media-type")),
        (b'{"answer": "2 + 2 = 5"}', "application/x-www-form-urlencoded", (415, "unsupported-media-type")),
        (b'{"answer": "' + b"1 + " * 600_000 + b'"}', "application/json", (413, "body-too-large")),
    ],
)
def test_a_bad_body_is_a_problem(client: httpx.Client, body: bytes, kind: str, told: tuple[int, str]) -> None:
    assert problem(client.post("/v1/check", content=body, headers={"content-type": kind})) == told


def test_a_body_that_does_not_say_its_length_is_read_no_further_than_the_limit(client: httpx.Client) -> None:
    def long() -> Iterator[bytes]:
        yield b'{"answer": "'
        for _ in range(200):
            yield b"1 + " * 10_000

    answer = client.post("/v1/check", content=long(), headers={"content-type": "application/json"})
    assert problem(answer) == (413, "body-too-large")


def test_unknown_places_and_methods_are_problems(client: httpx.Client) -> None:
    assert problem(client.get("/v1/nothing")) == (404, "not-found")
    wrong = client.get("/v1/check")
    assert problem(wrong) == (405, "method-not-allowed")
    assert wrong.headers["allow"] == "POST"
    assert problem(client.get("/v1/jobs/none")) == (404, "not-found")
    assert problem(client.get("/v1/jobs/none/reports")) == (404, "not-found")
    assert problem(client.post("/v1/jobs/none/cancel")) == (404, "not-found")
    assert problem(client.get("/v1/checks/none/events")) == (404, "not-found")
    assert problem(client.post("/v1/checks/none/chunks", json={"seq": 0, "text": ""})) == (404, "not-found")
    assert problem(client.get("/v1/jobs?limit=0")) == (422, "invalid-request")


def test_request_ids_are_taken_given_back_and_never_trusted(client: httpx.Client) -> None:
    assert client.get("/healthz", headers={"x-request-id": "abc-1.2_3"}).headers["x-request-id"] == "abc-1.2_3"
    for bad in ("a" * 65, "a b", "a\tb", "é".encode().decode("latin-1"), ""):
        made = client.get("/healthz", headers=[(b"x-request-id", bad.encode("latin-1"))]).headers["x-request-id"]
        assert len(made) == 32


def test_a_page_of_another_origin_and_another_host_name_are_turned_away(server: ApiServer) -> None:
    client = server.client
    assert problem(client.get("/healthz", headers={"host": "evil.example"})) == (421, "misdirected")
    assert problem(client.get("/healthz", headers={"host": "127.0.0.1.evil.example"})) == (421, "misdirected")
    assert client.get("/healthz", headers={"host": f"localhost:{server.port}"}).status_code == 200
    foreign = {"origin": "https://evil.example"}
    assert problem(client.post("/v1/check", json={"answer": "x"}, headers=foreign)) == (403, "not-allowed")
    assert problem(client.post("/v1/check", json={"answer": "x"}, headers={"origin": "null"})) == (403, "not-allowed")
    own = client.post("/v1/check", json={"answer": "x"}, headers={"origin": server.url})
    assert own.status_code == 200
    assert not [name for name in own.headers if name.startswith("access-control")]


def test_an_unknown_key_is_refused_even_where_none_is_needed(client: httpx.Client) -> None:
    for header in ({"authorization": "Bearer nonsense"}, {"x-api-key": "nonsense"}):
        answer = client.post("/v1/check", json={"answer": "x"}, headers=header)
        assert problem(answer) == (401, "key-needed")
        assert answer.headers["www-authenticate"] == "Bearer"


def test_final_answers_are_compared(client: httpx.Client) -> None:
    assert client.post("/v1/compare", json={"gold": "\\frac{1}{2}", "pred": "0.5"}).json()["label"] == "equal"
    other = client.post("/v1/compare", json={"id": 7, "gold": "x^2", "pred": "x^3"}).json()
    assert (other["id"], other["label"]) == (7, "different")
    renamed = {"gold": "x + 1", "pred": "y + 1", "options": {"renaming": True}}
    assert client.post("/v1/compare", json=renamed).json()["label"] == "equal"
    assert problem(client.post("/v1/compare", json={**renamed, "options": {"strict": False}}))[0] == 422


def test_deductions_are_decided_as_on_the_command_line(client: httpx.Client, tmp_path: Path) -> None:
    document = {"premises": ["forall x (Poet(x) -> Dreamer(x))", "Poet(arun)"], "conclusion": "Dreamer(arun)"}
    path = tmp_path / "premises.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    said = client.post("/v1/entail", json=document)
    done = subprocess.run([PRAMANA, "entail", str(path), "--json"], capture_output=True, text=True, timeout=120)
    assert said.json() == json.loads(done.stdout)
    assert said.json()["verdict"]["label"] == "supported"
    lines = "forall x (Poet(x) -> Dreamer(x))\nPoet(arun)\ntherefore ~Dreamer(arun)\n"
    plain = client.post("/v1/entail", content=lines, headers={"content-type": "text/plain"})
    assert plain.json()["verdict"]["label"] == "refuted"
    wrong = client.post("/v1/entail", json={"premises": ["All poets are dreamers."], "conclusion": "("})
    assert problem(wrong) == (422, "invalid-request")
    assert wrong.json()["errors"]
    assert len(client.post("/v1/entail", json={"premises": ["(" * 100_000]}).content) < 3_000


def test_an_answer_is_checked_while_it_is_written(client: httpx.Client) -> None:
    check = client.post("/v1/checks", json={"question": "What is 2 + 2?"}).json()["id"]
    pieces = ["First, 2 + 2 = 4. ", "Then 3 * 3 ", "= 6. ", "So 4 + 4 = 8."]
    heard: list[tuple[str, str, str]] = []

    def listen() -> None:
        with client.stream("GET", f"/v1/checks/{check}/events") as answer:
            heard.extend(events(answer.iter_lines()))

    listener = threading.Thread(target=listen)
    listener.start()
    counts = []
    for seq in (0, 0, 2, 1, 3):
        piece = {"seq": seq, "text": pieces[seq], "final": seq == 3}
        counts.append(client.post(f"/v1/checks/{check}/chunks", json=piece).json()["received"])
    listener.join(60)
    assert counts == [1, 1, 1, 3, 4]
    whole = client.post("/v1/check", json={"question": "What is 2 + 2?", "answer": "".join(pieces)}).json()
    assert heard[-1][1] == "report"
    assert json.loads(heard[-1][2])["row"] == whole
    ids = [int(at) for at, _, _ in heard]
    assert ids == list(range(ids[0], ids[0] + len(ids)))
    with client.stream("GET", f"/v1/checks/{check}/events", headers={"last-event-id": str(ids[2])}) as answer:
        assert list(events(answer.iter_lines())) == heard[3:]
    late = client.post(f"/v1/checks/{check}/chunks", json={"seq": 4, "text": "More."})
    assert problem(late) == (409, "conflict")


def test_a_batch_gives_the_lines_of_the_command_line(client: httpx.Client) -> None:
    lines = lines_of(made_answers(30))
    job = submit(client, lines)
    row = finished(client, job)
    assert (row["state"], row["done"], row["total"]) == ("done", 30, 30)
    assert sum(row["labels"].values()) == 30
    reports = client.get(f"/v1/jobs/{job}/reports")
    assert reports.headers["content-type"] == "application/x-ndjson"
    assert reports.content == command_line(lines, "--jsonl")
    page = client.get(f"/v1/jobs/{job}/reports", params={"start": 10, "limit": 5}).text
    assert page.splitlines() == reports.text.splitlines()[10:15]
    assert job in {known["id"] for known in client.get("/v1/jobs").json()["jobs"]}


def test_a_batch_is_taken_whole_or_not_at_all(client: httpx.Client) -> None:
    before = len(client.get("/v1/jobs", params={"limit": 500}).json()["jobs"])
    lines = '{"answer": "2 + 2 = 4"}\nnot json\n{"answer": "x", "steps": []}\n'
    refused = client.post("/v1/check/batch", content=lines, headers={"content-type": "application/x-ndjson"})
    assert problem(refused) == (422, "invalid-request")
    assert [fault["line"] for fault in refused.json()["errors"]] == [2, 3]
    listed = client.post("/v1/check/batch", json=[{"answer": "2 + 2 = 4"}, {"id": 1}])
    assert problem(listed) == (422, "invalid-request")
    assert len(client.get("/v1/jobs", params={"limit": 500}).json()["jobs"]) == before
    empty = client.post("/v1/check/batch", json=[])
    assert (empty.status_code, empty.json()["state"]) == (202, "done")


def test_a_cancelled_batch_keeps_what_it_has(client: httpx.Client) -> None:
    job = submit(client, lines_of(made_answers(2_000)))
    row = client.post(f"/v1/jobs/{job}/cancel").raise_for_status().json()
    assert row["state"] == "cancelled"
    assert row["done"] < 2_000
    assert problem(client.post(f"/v1/jobs/{job}/cancel")) == (409, "conflict")
    assert client.get(f"/v1/jobs/{job}/reports").status_code == 200


def test_one_student_does_not_see_the_jobs_of_another(client: httpx.Client) -> None:
    asha, bilal = ({"x-pramana-student": name} for name in ("asha", "bilal"))
    job = client.post("/v1/check/batch", json=[{"answer": "2 + 2 = 4"}], headers=asha).json()["id"]
    assert client.get(f"/v1/jobs/{job}", headers=asha).status_code == 200
    assert problem(client.get(f"/v1/jobs/{job}", headers=bilal)) == (404, "not-found")
    assert problem(client.get("/v1/jobs", headers={"x-pramana-student": "a" * 300})) == (422, "invalid-request")


def test_kinds_health_and_metrics(client: httpx.Client) -> None:
    from verifiers.examples import EXAMPLES

    assert [row["kind"] for row in client.get("/v1/kinds").json()["kinds"]] == list(EXAMPLES)
    assert client.get("/healthz").json() == {"ready": True, "missing": []}
    assert client.get("/readyz").json() == {"ready": True, "missing": []}
    client.post("/v1/check", json={"answer": "2 + 2 = 5"})
    counted = client.get("/metrics")
    assert counted.headers["content-type"].startswith("text/plain")
    assert 'pramana_claims_total{kind="arithmetic",label="refuted"}' in counted.text
    assert "pramana_check_seconds_bucket" in counted.text
    assert 'pramana_queue_depth{queue="checks.quick"}' in counted.text


def test_every_example_of_the_openapi_document_works(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    tried = Counter[str]()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for kind, content in operation.get("requestBody", {}).get("content", {}).items():
                examples = [e["value"] for e in content.get("examples", {}).values()]
                examples += [content["example"]] if "example" in content else []
                assert examples, f"{path} shows no example of {kind}"
                for example in examples:
                    place = path.replace("{check_id}", client.post("/v1/checks", json={}).json()["id"])
                    body = example if isinstance(example, str) else json.dumps(example)
                    answer = client.request(method, place, content=body, headers={"content-type": kind})
                    assert answer.is_success, (path, answer.text)
                    tried[path] += 1
    assert tried.total() >= 8


@pytest.mark.parametrize("end", ["terminate", "kill"])
def test_a_batch_survives_the_end_of_its_server(tmp_path: Path, end: str) -> None:
    answers = made_answers(600)
    clocks = {"lease_seconds": "1", "renewal_seconds": "0.3"}
    with api_server(tmp_path, **clocks) as server:
        job = submit(server.client, lines_of(answers))
        wait_until(lambda: server.client.get(f"/v1/jobs/{job}").json()["done"] > 0, "the batch is under way")
        if end == "kill":
            server.kill()
        else:
            assert server.terminate() == 0
        server.start()
        row = finished(server.client, job)
        assert (row["state"], row["done"], sum(row["labels"].values())) == ("done", 600, 600)
        reports = server.client.get(f"/v1/jobs/{job}/reports").text.splitlines()
        assert [json.loads(line)["id"] for line in reports] == [answer.id for answer in answers]


def test_what_is_under_way_is_answered_before_the_server_ends(tmp_path: Path) -> None:
    slow = "The number 100895598169 is prime. " + " ".join(f"Then {n} * {n} = {n * n}." for n in range(400))
    with api_server(tmp_path, log_level="debug") as server:
        answers: list[httpx.Response] = []
        callers = [
            threading.Thread(
                target=lambda: answers.append(httpx.post(f"{server.url}/v1/check", json={"answer": slow}, timeout=60))
            )
            for _ in range(4)
        ]
        for caller in callers:
            caller.start()
        wait_until(lambda: len(server.client.get("/v1/jobs").json()["jobs"]) == 4, "all four are accepted")
        assert server.terminate() == 0
        for caller in callers:
            caller.join(60)
        assert [answer.status_code for answer in answers] == [200] * 4
        assert all(len(answer.json()["claims"]) >= 400 for answer in answers)


def test_a_live_check_goes_on_after_a_restart(tmp_path: Path) -> None:
    with api_server(tmp_path) as server:
        check = server.client.post("/v1/checks", json={}).json()["id"]
        server.client.post(f"/v1/checks/{check}/chunks", json={"seq": 0, "text": "2 + 2 = 5. "})
        with server.client.stream("GET", f"/v1/checks/{check}/events") as answer:
            stream = events(answer.iter_lines())
            at, name, _ = next(stream)
            assert name == "claim"
            assert server.terminate() == 0
        server.start()
        server.client.post(f"/v1/checks/{check}/chunks", json={"seq": 1, "text": "3 + 3 = 6.", "final": True})
        with server.client.stream("GET", f"/v1/checks/{check}/events", headers={"last-event-id": at}) as answer:
            names = [name for _, name, _ in events(answer.iter_lines())]
        assert names[0] == "restart"
        assert names[-1] == "report"


def test_several_processes_serve_one_live_check(tmp_path: Path) -> None:
    with api_server(tmp_path, "--processes", "3") as server:
        owners = set()
        for _ in range(12):
            with httpx.Client(base_url=server.url, timeout=60) as fresh:
                check = fresh.post("/v1/checks", json={}).json()["id"]
            owners.add(check.partition("-")[0])
            for seq, text in enumerate(("2 + 2 = 5. ", "3 + 3 = 6.")):
                with httpx.Client(base_url=server.url, timeout=60) as fresh:
                    piece = {"seq": seq, "text": text, "final": seq == 1}
                    assert fresh.post(f"/v1/checks/{check}/chunks", json=piece).json() == {"received": seq + 1}
            with (
                httpx.Client(base_url=server.url, timeout=60) as fresh,
                fresh.stream("GET", f"/v1/checks/{check}/events") as answer,
            ):
                assert [name for _, name, _ in events(answer.iter_lines())][-1] == "report"
        assert owners <= {"0", "1", "2"}
        assert server.client.get("/metrics").text.count("process_start_time_seconds{") == 3
        assert problem(server.client.get("/v1/checks/0-none/events")) == (404, "not-found")
        assert server.terminate() == 0


def test_a_process_that_is_killed_is_started_again_and_its_live_check_goes_on(tmp_path: Path) -> None:
    clocks = {"lease_seconds": "1", "renewal_seconds": "0.3"}
    with api_server(tmp_path, "--processes", "2", **clocks) as server:
        client = server.client
        check = client.post("/v1/checks", json={}).json()["id"]
        client.post(f"/v1/checks/{check}/chunks", json={"seq": 0, "text": "2 + 2 = 5. "}).raise_for_status()
        children = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(server.process.pid)], capture_output=True, text=True
        ).stdout.splitlines()
        (owner,) = [line.split()[0] for line in children if f"main() {check.partition('-')[0]} " in line]
        subprocess.run(["kill", "-9", owner], check=True)
        piece = {"seq": 1, "text": "3 + 3 = 6.", "final": True}

        def taken() -> bool:
            try:
                answer = client.post(f"/v1/checks/{check}/chunks", json=piece)
            except httpx.TransportError:
                return False
            assert answer.status_code in (200, 503), answer.text
            return answer.status_code == 200

        wait_until(taken, "the check is taken over")
        with client.stream("GET", f"/v1/checks/{check}/events") as answer:
            *_, (_, name, data) = events(answer.iter_lines())
        assert name == "report"
        assert [claim["label"] for claim in json.loads(data)["row"]["claims"]] == ["refuted", "supported"]
        wait_until(lambda: "is started again" in server.log.read_text("utf-8"), "it is started again")
        assert server.terminate() == 0
        assert "Warning" not in server.log.read_text("utf-8")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_server_that_others_can_reach_does_not_start_without_keys(tmp_path: Path, host: str) -> None:
    done = subprocess.run(
        [PRAMANA, "serve", "--host", host, "--port", "0"],
        env={"PRAMANA_HOME": str(tmp_path), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "pramana key create" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = subprocess.run(
            [PRAMANA, "serve", "--port", str(taken.getsockname()[1])],
            env={"PRAMANA_HOME": str(tmp_path), "PATH": "/usr/bin"},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 2
    assert "choose another with --port" in done.stderr
    assert "Traceback" not in done.stderr


def test_logs_hold_request_ids_and_no_text(tmp_path: Path) -> None:
    secret = "Zwetschgenkuchen: 2 + 2 = 5"
    with api_server(tmp_path) as server:
        server.client.post("/v1/check", json={"answer": secret}, headers={"x-request-id": "known-1"})
        server.client.post("/v1/check", json={"answr": secret})
        server.client.get(f"/v1/jobs/{secret}")
        server.client.post("/v1/entail", json={"premises": [secret]})
        submit(server.client, json.dumps({"answer": secret}) + "\n")
        server.terminate()
        lines = [json.loads(line) for line in server.log.read_text("utf-8").splitlines()]
    assert [line for line in lines if line.get("request_id") == "known-1" and line["status"] == 200]
    assert "Zwetschgen" not in server.log.read_text("utf-8")


def test_logs_hold_texts_where_that_is_asked_for(tmp_path: Path) -> None:
    with api_server(tmp_path, log_text="true") as server:
        server.check("Zwetschgenkuchen: 2 + 2 = 5")
        server.terminate()
    assert "Zwetschgen" in server.log.read_text("utf-8")


def make_key(server: ApiServer, *options: str) -> str:
    done = subprocess.run(
        [PRAMANA, "key", "create", "a test", *options],
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_server_that_others_can_reach_asks_for_keys(tmp_path: Path) -> None:
    with api_server(tmp_path) as local:
        keys = {
            "tenant": make_key(local, "--tenant", "school", "--scopes", "check,erase"),
            "asha": make_key(local, "--tenant", "school", "--student", "asha"),
            "other": make_key(local, "--tenant", "college"),
        }
        local.terminate()
        bearing = {name: {"authorization": f"Bearer {key}"} for name, key in keys.items()}
        with api_server(tmp_path, "--host", "0.0.0.0", rate_limit="12/minute") as server:
            client = server.client
            assert problem(client.post("/v1/check", json={"answer": "2 + 2 = 5"})) == (401, "key-needed")
            assert client.get("/healthz").status_code == 200
            job = client.post("/v1/check/batch", json=[{"answer": "2 + 2 = 4"}], headers=bearing["asha"]).json()["id"]
            wait_until(lambda: "supported" in client.get("/metrics").text, "the answer is checked")
            assert client.get(f"/v1/jobs/{job}", headers={"x-api-key": keys["tenant"]}).status_code == 200
            assert problem(client.get(f"/v1/jobs/{job}", headers=bearing["other"])) == (404, "not-found")
            for name, told in (("asha", 200), ("bilal", 403)):
                answer = client.get(f"/v1/jobs/{job}", headers={**bearing["asha"], "x-pramana-student": name})
                assert answer.status_code == told
            assert problem(client.delete("/v1/students/asha", headers=bearing["asha"])) == (403, "not-allowed")
            assert client.delete("/v1/students/asha", headers=bearing["tenant"]).json()["texts"] >= 1
            report = client.get(f"/v1/jobs/{job}/reports", headers=bearing["tenant"]).json()
            assert report == {"n": 0, "label": "supported", "erased": True}
            asked = [client.get("/v1/kinds", headers=bearing["other"]) for _ in range(12)]
            assert problem(asked[-1]) == (429, "too-many-requests")
            assert 1 <= int(asked[-1].headers["retry-after"]) <= 60
            assert client.get("/v1/kinds", headers=bearing["tenant"]).status_code == 200
