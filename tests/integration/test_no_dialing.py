"""Nothing dials out: a server, its sandboxes and a worker open no connection but to this machine, and look up no name.

Every Python process they start is watched from its first line, by an audit hook that nothing can take off again.
"""

import subprocess
import sys
from pathlib import Path

from tests.api_server import PRAMANA, api_server
from tests.services import RedisServer, wait_until

WATCH = '''
import os, sys

def watch(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        where = address[0] if isinstance(address, tuple) else address
        local = isinstance(where, (bytes, str)) and not isinstance(address, tuple)
        if local or where in ("127.0.0.1", "::1"):
            return
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        where = arguments[0]
        if where in (None, "", "127.0.0.1", "::1", "localhost", b"127.0.0.1", b"localhost"):
            return
    elif event == "socket.sendto":
        where = arguments[1]
    else:
        return
    with open(os.environ["DIALED"], "a") as told:
        told.write(f"{event} {where} by {sys.argv}\\n")

sys.addaudithook(watch)
with open(os.environ["DIALED"] + ".watched", "a") as told:
    told.write("process\\n")
'''


def test_the_watch_sees_what_it_should(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    told = tmp_path / "dialed"
    script = "import socket; s = socket.socket(); s.settimeout(0.01); s.connect_ex(('192.0.2.1', 9))"
    environment = {"PYTHONPATH": str(tmp_path), "DIALED": str(told)}
    subprocess.run([sys.executable, "-c", script], env=environment, timeout=60, check=True)
    assert "socket.connect 192.0.2.1" in told.read_text("utf-8")


def test_nothing_dials_out(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    told = tmp_path / "dialed"
    # As on a machine where other programs are traced: none of this may be picked up.
    elsewhere = {
        "FASTAPI_OTEL_AUTO_CONFIGURE": "true",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://192.0.2.1:4318",
        "LANGSMITH_TRACING": "true",
        "LANGSMITH_ENDPOINT": "http://192.0.2.1",
        "LANGSMITH_API_KEY": "nobody",
    }
    watched = {"PYTHONPATH": str(tmp_path), "DIALED": str(told), **elsewhere}
    with api_server(tmp_path, inherited=watched) as server:
        assert server.check("37 × 48 = 1,776. Solve $x^2 = 7x$, so $x = 7$. 91 is prime.")["claims"]
        client = server.client
        client.post("/v1/compare", json={"gold": "\\frac{1}{2}", "pred": "0.5"}).raise_for_status()
        document = {"premises": ["forall x (P(x) -> Q(x))", "P(a)"], "conclusion": "Q(a)"}
        client.post("/v1/entail", json=document).raise_for_status()
        check = client.post("/v1/checks", json={}).json()["id"]
        client.post(f"/v1/checks/{check}/chunks", json={"seq": 0, "text": "2 + 2 = 5.", "final": True})
        assert "event: report" in client.get(f"/v1/checks/{check}/events").text
        assert client.get("/metrics").status_code == 200
        assert server.terminate() == 0
    done = subprocess.run(
        [PRAMANA, "check", "--json"], input=b"2 + 2 = 5", env={**server.environment}, capture_output=True, timeout=60
    )
    assert done.returncode == 0
    processes = (tmp_path / "dialed.watched").read_text("utf-8").count("process")
    assert processes >= 4, "the server, its fork server, and the same for the command line"
    assert not told.exists(), told.read_text("utf-8")


def test_nothing_dials_out_with_workers_either(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    told = tmp_path / "dialed"
    watched = {"PYTHONPATH": str(tmp_path), "DIALED": str(told)}
    redis = RedisServer(tmp_path)
    try:
        with api_server(tmp_path, inherited=watched, broker_url=redis.url) as server:
            worker = subprocess.Popen([PRAMANA, "worker"], env=server.environment, stderr=subprocess.DEVNULL)
            try:
                wait_until(server.is_ready, "a worker is there")
                assert server.check("2 + 2 = 5")["label"] == "refuted"
            finally:
                worker.terminate()
                worker.wait(60)
    finally:
        redis.stop()
    assert not told.exists(), told.read_text("utf-8")
