"""The database of the settings, for commands; every failure is a sentence and exit status 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tutor.cli.reading import fail

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tutor.settings import Settings


@contextmanager
def database(ready: bool = True) -> "Iterator[tuple[Engine, Settings]]":
    """With `ready` its tables are those of this version."""
    from sqlalchemy.exc import SQLAlchemyError

    from tutor.settings import SettingsError, load, masked
    from tutor.store import SchemaError, make_engine, make_ready
    from workers.errors import WorkersError

    try:
        settings = load().settings
        engine = make_engine(settings.database_url)
    except (SettingsError, ValueError, OSError) as error:
        fail(str(error))
    where = masked(settings.database_url)
    try:
        if ready:
            make_ready(engine)
        yield engine, settings
    except (SchemaError, ValueError) as error:
        fail(str(error))
    except WorkersError as error:
        fail(f"{error}: {where}")
    except SQLAlchemyError as error:
        fail(f"the database {where} cannot be used: {getattr(error, 'orig', None) or error}")
    finally:
        engine.dispose()
