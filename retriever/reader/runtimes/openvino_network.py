"""The reader's network in OpenVINO: built from the weights, compiled for this processor.

Neither torch nor a file in a format of its own is needed for it. Each pair is read by itself, as
many at a time as the processor has streams for: eight pairs of 120 to 205 tokens take two cores
52 ms in bfloat16, in batches of four 56; in 32 bits it is 85 and 95.

OpenVINO is imported without its tools of conversion: a program that loads a reader before it
imports OpenVINO itself has no ``openvino.convert_model``.
"""

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from retriever.reader.pairs import TokenPair
from retriever.reader.runtimes.protocol import PairLogits
from retriever.reader.weights import ReaderModel
from retriever.records.arrays import AnyArray

if TYPE_CHECKING:
    from openvino import CompiledModel, InferRequest

# Without a processor's own bfloat16 the plugin would count in 32 bits and round in between.
_NATIVE = "BF16"
# Code is made for each length that comes; so few lengths that it is soon made for all of them: the
# first questions take 81 ms for 13 pairs, not 97, and later ones no longer than without padding.
_STEP = 16
_TELLING = "openvino.tools.ovc"
_TOGETHER = 8  # pairs that a question gives; no more streams are made than that
# What is raised by an installation that is incomplete, damaged, of another version, or built for
# another processor, system or NumPy: by its import as well as by its first use.
_BROKEN = (
    ImportError,
    OSError,
    RuntimeError,
    AttributeError,
    TypeError,
    ValueError,
    EOFError,
    SyntaxError,
    SystemError,
)


class OpenvinoNetwork:
    """The compiled network."""

    def __init__(self, compiled: "CompiledModel", model: ReaderModel) -> None:
        """Run ``compiled``, which reads the weights of ``model`` where they stand."""
        from openvino import AsyncInferQueue  # noqa: PLC0415  # loaded by now

        self._model = model
        self._queue = AsyncInferQueue(compiled)

    def run(self, pairs: Sequence[TokenPair]) -> list[PairLogits]:
        """Return the logits of each pair, in the order given; the longest are begun first."""
        found: dict[int, PairLogits] = {}
        self._queue.set_callback(lambda request, n: found.update({n: _logits(request)}))
        for n in sorted(range(len(pairs)), key=lambda n: -len(pairs[n].ids)):
            self._queue.start_async(_inputs(pairs[n]), n)
        self._queue.wait_all()
        return [found[n] for n in range(len(pairs))]


def load_openvino(model: ReaderModel, *, precision: str = "") -> OpenvinoNetwork | None:
    """Return the network, compiled; ``None`` where OpenVINO is not installed or does not run.

    It counts in bfloat16 where the processor does, else in 32 bits, unless told which (``bf16``,
    ``f32``).
    """
    try:
        return OpenvinoNetwork(_compiled(_imported_openvino(), model, precision), model)
    except _BROKEN:  # another runtime gives the same logits
        return None


def _compiled(openvino: ModuleType, model: ReaderModel, precision: str) -> "CompiledModel":
    core = openvino.Core()
    native = _NATIVE in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    options = {
        "INFERENCE_PRECISION_HINT": precision or ("bf16" if native else "f32"),
        "PERFORMANCE_HINT": "THROUGHPUT",
        "PERFORMANCE_HINT_NUM_REQUESTS": str(_TOGETHER),
    }
    compiled: CompiledModel = core.compile_model(_Graph(model).network(), "CPU", options)
    return compiled


def _imported_openvino() -> ModuleType:
    """Return OpenVINO, imported without its tools of conversion, or raise what its import raises.

    Those tools tell Google Analytics of every import. The package goes without where they fail.
    """
    modules = cast("dict[str, ModuleType | None]", sys.modules)
    if "openvino" not in modules:
        modules.setdefault(_TELLING, None)  # what makes its import fail
    try:
        import openvino  # noqa: PLC0415  # not on every platform
    finally:
        if _TELLING in modules and modules[_TELLING] is None:
            del modules[_TELLING]
    return cast("ModuleType", openvino)


def _inputs(pair: TokenPair) -> list[AnyArray]:
    """Return numbers and kinds of tokens and which are present, ``(1, length)``, padded."""
    padding = ((0, 0), (0, -len(pair.ids) % _STEP))
    present = np.ones(len(pair.ids), dtype=np.float32)
    return [np.pad(row[None], padding) for row in (pair.ids, pair.kinds, present)]


def _logits(request: "InferRequest") -> PairLogits:
    spans, relevance = (request.get_output_tensor(n).data for n in range(2))
    # The memory is the request's own, which the next pair writes over.
    return PairLogits(spans=np.array(spans[0]), relevance=float(relevance[0, 0]))


class _Graph:
    """Builds the network node by node; a node is what OpenVINO calls an output of an operation."""

    def __init__(self, model: ReaderModel) -> None:
        from openvino import opset13  # noqa: PLC0415  # loaded by now

        self._op: Any = opset13  # its functions have no types
        self._model = model

    def network(self) -> Any:  # noqa: ANN401
        """Return the network as OpenVINO has it: numbers and kinds of tokens in, logits out."""
        from openvino import Model  # noqa: PLC0415  # loaded by now

        ids, kinds = (self._op.parameter([1, -1], np.int64, name=name) for name in ("ids", "kinds"))
        present = self._op.parameter([1, -1], np.float32, name="present")
        # Padding gets no attention: its share is e to the -10,000.
        absent = self._op.subtract(
            self._op.unsqueeze(present, self._whole([1, 2])), self._op.constant(np.float32(1))
        )
        bias = self._op.multiply(absent, self._op.constant(np.float32(10_000)))
        states = self._embedded(ids, kinds)
        for number in range(self._model.layers):
            states = self._layer(states, f"encoder.layer.{number}", bias)
        first = self._op.gather(states, self._whole(0), self._whole(1))
        logits = [self._linear(states, "span"), self._linear(first, "relevance")]
        return Model(logits, [ids, kinds, present], "reader")

    def _embedded(self, ids: Any, kinds: Any) -> Any:  # noqa: ANN401
        op = self._op
        length = op.gather(op.shape_of(ids, "i64"), self._whole(1), self._whole(0))
        places = op.range(self._whole(0), length, self._whole(1), "i64")
        total = op.add(self._rows("word", ids), self._rows("position", places))
        return self._normal(op.add(total, self._rows("token_type", kinds)), "embeddings.LayerNorm")

    def _rows(self, table: str, numbers: Any) -> Any:  # noqa: ANN401
        weight = self._constant(f"embeddings.{table}_embeddings.weight")
        return self._op.gather(weight, numbers, self._whole(0))

    def _layer(self, states: Any, name: str, bias: Any) -> Any:  # noqa: ANN401
        op = self._op
        mixed = self._linear(self._attention(states, name, bias), f"{name}.attention.output.dense")
        states = self._normal(op.add(states, mixed), f"{name}.attention.output.LayerNorm")
        wide = op.gelu(self._linear(states, f"{name}.intermediate.dense"), "erf")
        added = op.add(states, self._linear(wide, f"{name}.output.dense"))
        return self._normal(added, f"{name}.output.LayerNorm")

    def _attention(self, states: Any, name: str, bias: Any) -> Any:  # noqa: ANN401
        op, heads = self._op, self._model.heads
        swapped = self._whole([0, 2, 1, 3])
        query, key, value = (
            op.transpose(
                op.reshape(
                    self._linear(states, f"{name}.attention.self.{part}"),
                    self._whole([0, 0, heads, -1]),
                    special_zero=True,
                ),
                swapped,
            )
            for part in ("query", "key", "value")
        )
        mixed = op.transpose(op.scaled_dot_product_attention(query, key, value, bias), swapped)
        return op.reshape(mixed, self._whole([0, 0, -1]), special_zero=True)

    def _linear(self, states: Any, name: str) -> Any:  # noqa: ANN401
        product = self._op.matmul(
            states, self._constant(f"{name}.weight"), transpose_a=False, transpose_b=True
        )
        return self._op.add(product, self._constant(f"{name}.bias"))

    def _normal(self, states: Any, name: str) -> Any:  # noqa: ANN401
        """Return the rows at mean 0 and variance 1, scaled and shifted as was learnt."""
        even = self._op.mvn(
            states,
            self._whole([-1]),
            normalize_variance=True,
            eps=self._model.epsilon,
            eps_mode="inside_sqrt",
        )
        scaled = self._op.multiply(even, self._constant(f"{name}.weight"))
        return self._op.add(scaled, self._constant(f"{name}.bias"))

    def _constant(self, name: str) -> Any:  # noqa: ANN401
        # A copy would take 0.04 s and 160 MB at the most.
        return self._op.constant(self._model.weights[name], shared_memory=True)

    def _whole(self, numbers: int | list[int]) -> Any:  # noqa: ANN401
        return self._op.constant(np.array(numbers, dtype=np.int64))
