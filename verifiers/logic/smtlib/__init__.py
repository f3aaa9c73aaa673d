"""SMT-LIB 2.6: problems out, as certificates that any solver can check, and in."""

from verifiers.logic.smtlib.reader import Script, read_script
from verifiers.logic.smtlib.writer import write_script

__all__ = ["Script", "read_script", "write_script"]
