"""`pramana compare`: are two final answers the same?"""


def compare() -> None:
    """Compares two final answers."""
