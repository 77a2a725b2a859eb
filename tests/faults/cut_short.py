"""Cuts files of an index short under whoever asks it; run as a script, which a signal would end.

    python -m tests.faults.cut_short INDEX ENGINE

opens INDEX by the vector engine ENGINE, asks it, and then for each file of the generation in use
cuts it in place, to a half and to nothing, asks again, and puts the bytes back. Prints a line of
JSON: how many questions gave an answer, how many one line of an error, and which error was none of
the program's own.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

from retriever import Index, QuotidianError, open_index
from retriever.index import faiss_quantized, vectors
from retriever.index.publishing import current_generation

QUESTIONS = ("Which storm closed the harbour?", "who opened the bridge", "What are they about?")


def main(folder: Path) -> dict[str, object]:
    """Cut every file and return what came of the questions."""
    opened, came, strange = open_index(folder), Counter[str](), list[str]()
    whole = [answered(opened, question, came, strange) for question in QUESTIONS]
    generation = current_generation(folder)
    files = [path for path in sorted(generation.rglob("*")) if path.is_file()]
    for path in files:
        kept = path.read_bytes()
        for size in (len(kept) // 2, 0):
            os.truncate(path, size)
            for question in QUESTIONS:
                answered(opened, question, came, strange)
        # Into the same file, as whoever copies it there again.
        with path.open("r+b") as file:
            file.write(kept)
    again = [answered(opened, question, came, strange) for question in QUESTIONS]
    return {**came, "files": len(files), "strange": strange, "as_before": again == whole}


def answered(index: Index, question: str, came: Counter[str], strange: list[str]) -> object:
    """Ask, count what came, and return the answer's quotes."""
    try:
        found = index.ask(question)
    except QuotidianError as error:
        came["errors"] += 1
        if "\n" in str(error):
            strange.append(str(error))
        return None
    except Exception as error:  # noqa: BLE001  # which one it is is what is asked
        strange.append(f"{type(error).__name__}: {error}")
        return None
    came["answers"] += 1
    return [quote.text for quote in found.quotes]


if __name__ == "__main__":
    if sys.argv[2] == "faiss-quantized":
        vectors.EXACT_UP_TO = 0
        faiss_quantized.SHORTLIST = 20  # of more rows codes are compared first
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))) + "\n")
