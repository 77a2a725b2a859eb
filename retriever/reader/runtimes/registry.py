"""The runtimes of the bundled reader's network, and which of them runs it.

To add one, write its file and enter it here; tests/reader/test_runtimes.py then tries it.
"""

from retriever.encoders.runtimes.bert import BertWeights
from retriever.reader.runtimes.numpy_network import NumpyNetwork
from retriever.reader.runtimes.openvino_network import load_openvino
from retriever.reader.runtimes.protocol import LoadReaderRuntime, ReaderRuntime

# In the order of preference.
READER_RUNTIMES: dict[str, LoadReaderRuntime] = {
    "openvino": load_openvino,
    "numpy": NumpyNetwork,
}


def load_runtime(model: BertWeights) -> ReaderRuntime:
    """Return the first runtime that runs here; the last one runs everywhere."""
    return next(found for load in READER_RUNTIMES.values() if (found := load(model)))
