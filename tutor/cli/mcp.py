"""`pramana mcp`: the checker as tools for a language model."""

from tutor.cli.reading import fail


def mcp() -> None:
    """Offers check, compare and entail as tools of the Model Context Protocol, over standard input and output.

    For programs that start it themselves: give them `pramana` as the command and `mcp` as its argument.
    """
    from tutor.logs import configure
    from tutor.settings import SettingsError, load

    try:
        settings = load().settings
    except SettingsError as error:
        fail(str(error))
    configure(settings.log_level, settings.log_format, text=settings.log_text)

    from tutor.mcp import make_server

    make_server(settings).run("stdio")
