"""A BERT network in OpenVINO: built from its weights, compiled for this processor.

Neither torch nor a file in a format of its own is needed for it. OpenVINO is imported without its
tools of conversion: a program that loads this before it imports OpenVINO itself has no
``openvino.convert_model``.
"""

import sys
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from retriever.encoders.runtimes.bert import BertWeights
from retriever.records.arrays import AnyArray

if TYPE_CHECKING:
    from openvino import CompiledModel, InferRequest

# Without a processor's own bfloat16 the plugin would count in 32 bits and round in between.
_NATIVE = "BF16"
# Code is made for each length that comes; so few lengths that it is soon made for all of them: a
# reader's first questions take 81 ms for 13 pairs, not 97, and later ones no longer than without.
STEP = 16
# Runs that go on side by side. While one waits for the last of its inputs, and reads what came of
# them, a core would be idle; a third would only take memory.
AT_ONCE = 2
_TELLING = "openvino.tools.ovc"
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


class CompiledBert:
    """A compiled network; it reads the weights of ``network`` where they stand.

    Threads may share it: as many as :data:`AT_ONCE` run it side by side, the others wait.
    """

    def __init__(self, compiled: "CompiledModel", network: BertWeights) -> None:
        """Run ``compiled``."""
        from openvino import AsyncInferQueue  # noqa: PLC0415  # loaded by now

        self._network = network
        self._idle: SimpleQueue[AsyncInferQueue] = SimpleQueue()
        for _ in range(AT_ONCE):
            queue = AsyncInferQueue(compiled)
            # One that knew this object would keep it for ever: nobody sees the circle through C++.
            queue.set_callback(_keep)
            self._idle.put(queue)
        self._outputs = len(compiled.outputs)

    def run(self, inputs: Sequence[Sequence[AnyArray]]) -> list[list[AnyArray]]:
        """Return what the network makes of each input, side by side on all cores.

        An input is numbers and kinds of tokens and which are present, ``(texts, length)`` each.
        """
        found: dict[int, list[AnyArray]] = {}
        queue = self._idle.get()
        try:
            for n, given in enumerate(inputs):
                queue.start_async(list(given), (found, n, self._outputs))
            queue.wait_all()
        finally:
            self._idle.put(queue)
        # Emptied, since the queue knows it until the next run.
        return [found.pop(n) for n in range(len(inputs))]


def _keep(request: "InferRequest", place: tuple[dict[int, list[AnyArray]], int, int]) -> None:
    """Copy what came of an input; the memory is the request's own, which the next writes over."""
    found, n, outputs = place
    found[n] = [np.array(request.get_output_tensor(output).data) for output in range(outputs)]


def compile_bert(
    network: BertWeights,
    outputs: "Callable[[BertGraph, Any], list[Any]]",
    *,
    precision: str = "",
    together: int,
    graph: "Callable[[], BertGraph] | None" = None,
) -> CompiledBert | None:
    """Return the network with what ``outputs`` makes of its states, compiled.

    It counts in bfloat16 where the processor does, else in 32 bits, unless told which (``bf16``,
    ``f32``). ``together`` is how many inputs come at a time, at most. ``graph`` builds it another
    way. ``None`` is returned where OpenVINO is not installed or does not run.
    """
    try:
        openvino = _imported_openvino()
        core = openvino.Core()
        native = _NATIVE in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        options = {
            "INFERENCE_PRECISION_HINT": precision or ("bf16" if native else "f32"),
            "PERFORMANCE_HINT": "THROUGHPUT",
            "PERFORMANCE_HINT_NUM_REQUESTS": str(together),
        }
        model = (graph() if graph else BertGraph(network)).model(outputs)
        return CompiledBert(core.compile_model(model, "CPU", options), network)
    except _BROKEN:  # another runtime gives the same
        return None


def padded(rows: Sequence[AnyArray], length: int) -> AnyArray:
    """Return the rows with zeros behind them, ``(len(rows), length)``."""
    return np.stack([np.pad(row, (0, length - len(row))) for row in rows])


def padded_length(tokens: int) -> int:
    """Return the length to which so many tokens are padded."""
    return tokens + -tokens % STEP


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


class BertGraph:
    """Builds the network node by node; a node is what OpenVINO calls an output of an operation."""

    def __init__(self, network: BertWeights) -> None:
        """Build ``network``."""
        from openvino import opset13  # noqa: PLC0415  # loaded by now

        self._op: Any = opset13  # its functions have no types
        self._network = network

    def model(self, outputs: "Callable[[BertGraph, Any], list[Any]]") -> Any:  # noqa: ANN401
        """Return the network as OpenVINO has it: numbers and kinds of tokens in, ``outputs`` out.

        Both are ``(texts, length)``, and so is which tokens are present.
        """
        from openvino import Model  # noqa: PLC0415  # loaded by now

        ids, kinds = (
            self._op.parameter([-1, -1], np.int64, name=name) for name in ("ids", "kinds")
        )
        present = self._op.parameter([-1, -1], np.float32, name="present")
        # Padding gets no attention: its share is e to the -10,000.
        absent = self._op.subtract(
            self._op.unsqueeze(present, self._whole([1, 2])), self._op.constant(np.float32(1))
        )
        bias = self._op.multiply(absent, self._op.constant(np.float32(10_000)))
        states = self._embedded(ids, kinds)
        for number in range(self._network.layers):
            states = self._layer(states, f"encoder.layer.{number}", bias)
        return Model(outputs(self, states), [ids, kinds, present], "bert")

    def first(self, states: Any) -> Any:  # noqa: ANN401
        """Return the state of the first token of each text."""
        return self._op.gather(states, self._whole(0), self._whole(1))

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
        mixed = self.linear(self._attention(states, name, bias), f"{name}.attention.output.dense")
        states = self._normal(op.add(states, mixed), f"{name}.attention.output.LayerNorm")
        wide = op.gelu(self.linear(states, f"{name}.intermediate.dense"), "erf")
        added = op.add(states, self.linear(wide, f"{name}.output.dense"))
        return self._normal(added, f"{name}.output.LayerNorm")

    def _attention(self, states: Any, name: str, bias: Any) -> Any:  # noqa: ANN401
        op, heads = self._op, self._network.heads
        swapped = self._whole([0, 2, 1, 3])
        query, key, value = (
            op.transpose(
                op.reshape(
                    self.linear(states, f"{name}.attention.self.{part}"),
                    self._whole([0, 0, heads, -1]),
                    special_zero=True,
                ),
                swapped,
            )
            for part in ("query", "key", "value")
        )
        mixed = op.transpose(op.scaled_dot_product_attention(query, key, value, bias), swapped)
        return op.reshape(mixed, self._whole([0, 0, -1]), special_zero=True)

    def linear(self, states: Any, name: str) -> Any:  # noqa: ANN401
        """Return what the layer ``name`` makes of the states of tokens."""
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
            eps=self._network.epsilon,
            eps_mode="inside_sqrt",
        )
        scaled = self._op.multiply(even, self._constant(f"{name}.weight"))
        return self._op.add(scaled, self._constant(f"{name}.bias"))

    def _constant(self, name: str) -> Any:  # noqa: ANN401
        # A copy would take 0.04 s and 160 MB at the most.
        return self._op.constant(self._network.weights[name], shared_memory=True)

    def _whole(self, numbers: int | list[int]) -> Any:  # noqa: ANN401
        return self._op.constant(np.array(numbers, dtype=np.int64))
