"""Models that others made and that cannot be loaded or do not run: one clear line about each."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pickle import UnpicklingError

from retriever.errors import EncoderError

# What the libraries raise of damaged files, impossible settings, and parts that do not fit each
# other: found by giving each setting of three models eleven wrong values, and cutting each file.
_RAISED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    UnpicklingError,
    ValueError,
)


@contextmanager
def naming_unusable(folder: Path) -> Iterator[None]:
    """Raise what loading or running the model in ``folder`` raises as an :class:`EncoderError`."""
    from huggingface_hub.errors import StrictDataclassError  # noqa: PLC0415  # only for such models
    from safetensors import SafetensorError  # noqa: PLC0415

    try:
        yield
    except (*_RAISED, SafetensorError, StrictDataclassError) as error:
        reason = str(error).partition("\n")[0][:200] or type(error).__name__
        message = f"cannot use the reader in {folder}: {reason}; name another model"
        raise EncoderError(message) from error
