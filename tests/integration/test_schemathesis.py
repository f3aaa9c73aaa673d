"""Whatever Schemathesis makes of the OpenAPI document, the server answers as it says, and never with a 5xx."""

import os
import subprocess
import sys
from pathlib import Path

from tests.api_server import api_server

HERE = Path(__file__).parent


def test_the_server_keeps_what_its_openapi_document_says(tmp_path: Path) -> None:
    with api_server(tmp_path, rate_limit="none", log_level="error") as server:
        done = subprocess.run(
            [
                Path(sys.executable).parent / "st",
                f"--config-file={HERE / 'schemathesis.toml'}",
                "run",
                f"{server.url}/openapi.json",
                "--max-examples=15",
                "--generation-deterministic",
                "--no-color",
            ],
            cwd=tmp_path,
            env={**os.environ, "SCHEMATHESIS_HOOKS": str(HERE / "schemathesis_hooks.py"), "PYTHONPATH": str(HERE)},
            capture_output=True,
            text=True,
            timeout=580,
        )
        assert done.returncode == 0, done.stdout[-6_000:]
        assert "Tested: 16" in done.stdout
        assert server.process.poll() is None
