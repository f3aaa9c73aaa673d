"""What Schemathesis does not know by itself."""

from typing import Any

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(_context: Any, value: Any) -> Any:
    return str(value).encode("utf-8", "replace")
