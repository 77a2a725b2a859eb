"""The command as ``python -m retriever.cli``."""

from retriever.cli import main

main(prog_name="quotidian")
