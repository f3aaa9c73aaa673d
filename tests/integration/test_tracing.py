"""Traces go to the address that is configured, hold no text, and need packages of their own."""

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.api_server import PRAMANA, api_server


def installed() -> bool:
    try:
        return find_spec("opentelemetry.exporter.otlp.proto.http") is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.skipif(installed(), reason="the packages are installed")
def test_without_its_packages_the_server_says_what_to_type(tmp_path: Path) -> None:
    settings = {"PRAMANA_HOME": str(tmp_path), "PRAMANA_TRACING_ENDPOINT": "http://127.0.0.1:4318", "PATH": "/usr/bin"}
    done = subprocess.run([PRAMANA, "serve", "--port", "0"], env=settings, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "pip install 'pramana[tracing]'" in done.stderr


@pytest.mark.skipif(not installed(), reason="pramana[tracing] is not installed")
def test_each_request_is_a_span_without_text(tmp_path: Path) -> None:
    received: list[tuple[str, bytes]] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as collector:
        threading.Thread(target=collector.serve_forever, daemon=True).start()
        with api_server(tmp_path, tracing_endpoint=f"http://127.0.0.1:{collector.server_port}") as server:
            traced = {
                "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "x-request-id": "known-1",
            }
            body = {"answer": "Zwetschgenkuchen: 2 + 2 = 5"}
            server.client.post("/v1/check", json=body, headers=traced).raise_for_status()
            server.terminate()
        collector.shutdown()
    assert {path for path, _ in received} == {"/v1/traces"}
    told = b"".join(data for _, data in received)
    assert b"POST /v1/check" in told
    assert b"known-1" in told
    assert bytes.fromhex("0af7651916cd43dd8448eb211c80319c") in told
    assert b"Zwetschgen" not in told
