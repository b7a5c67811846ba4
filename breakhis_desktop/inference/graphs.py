"""The graph for ONNX Runtime, checked as data before the runtime opens it: known operators, run once each, with all weights inside.

The package that reads the format is none of the program's, so its fields are walked here: a field that no graph of this program has is
refused, and so nothing is left in which another reader of the same bytes could see something else.
"""

from collections.abc import Iterator, Mapping

from breakhis_desktop.errors import ClauseError
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

OPERATORS = frozenset(
    {
        "Add",
        "AveragePool",
        "BatchNormalization",
        "Cast",
        "Clip",
        "Concat",
        "Conv",
        "Div",
        "Flatten",
        "Gemm",
        "GlobalAveragePool",
        "Identity",
        "MatMul",
        "Max",
        "MaxPool",
        "Min",
        "Mul",
        "Pad",
        "ReduceMean",
        "Relu",
        "Reshape",
        "Sigmoid",
        "Slice",
        "Softmax",
        "Squeeze",
        "Sub",
        "Transpose",
        "Unsqueeze",
    }
)
"""What the networks of a bundle become in a graph; none of these repeats a part of it, branches, or draws at random."""

_STANDARD = frozenset({"", "ai.onnx"})
_DECLARED = _STANDARD | {"ai.onnx.ml"}
"""The sets of operators that a graph may be said to need; the converter names the latter, of which no node may be."""

_FIXED = {1: 8, 5: 4}
"""How many bytes the fields of fixed length take, by the type that their tag names."""
_NUMBER, _LENGTH_FIRST = 0, 2
"""The other types: a number, and bytes after their length. There is no other in a graph."""

_OPAQUE = ""
"""A field that is skipped: a number, a name, or a description of shapes."""
_OPERATOR, _DOMAIN, _DECLARED_DOMAIN, _PLACE = "operator", "domain", "declared domain", "place"

_FIELDS: Mapping[str, Mapping[int, str]] = {
    "model": {**dict.fromkeys((1, 2, 3, 4, 5, 6, 14), _OPAQUE), 7: "graph", 8: "operator set"},
    "operator set": {1: _DECLARED_DOMAIN, 2: _OPAQUE},
    "graph": {**dict.fromkeys((2, 10, 11, 12, 13, 16), _OPAQUE), 1: "node", 5: "tensor"},
    "node": {**dict.fromkeys((1, 2, 3, 6, 9), _OPAQUE), 4: _OPERATOR, 5: "attribute", 7: _DOMAIN},
    "attribute": {**dict.fromkeys((1, 2, 3, 4, 7, 8, 9, 13, 20), _OPAQUE), 5: "tensor"},
    "tensor": {**dict.fromkeys((1, 2, 4, 5, 7, 8, 9, 10, 11, 12), _OPAQUE), 13: _PLACE, 14: _PLACE},
}
"""The fields of each message of the format (onnx.proto) that a graph may have, and what each holds."""

_KINDS: Mapping[str, BundleCode] = {
    "model": BundleCode.GRAPH_MODEL,
    "operator set": BundleCode.GRAPH_OPERATOR_SET,
    "graph": BundleCode.GRAPH_GRAPH,
    "node": BundleCode.GRAPH_NODE,
    "attribute": BundleCode.GRAPH_ATTRIBUTE,
    "tensor": BundleCode.GRAPH_TENSOR,
}
"""What users are told that these messages are."""

_INPUTS, _OUTPUTS, _OPERATOR_NAME, _WEIGHTS_NAME = 1, 2, 4, 8
_NODES, _WEIGHTS, _GRAPH = 1, 5, 7
"""The numbers of the fields that tell what is computed from what."""

_TO_OTHER_PRECISION = [b"Cast"]
_MOST_NODES = 5000


class GraphError(ClauseError):
    """A graph must not be opened; the clause follows the name of its file."""


class MalformedError(GraphError):
    """The bytes are no graph at all."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(Message.of(BundleCode.CONTENT_NO_GRAPH))


def check_graph(content: bytes) -> None:
    """Check that a graph is built from known operators alone, holds its weights itself and is opened at once.

    Raises:
        GraphError: It is not.
    """
    model = memoryview(content)
    _check(model, "model")
    graphs = _parts(model, _GRAPH)
    if len(graphs) != 1:
        raise MalformedError
    _check_constants(graphs[0])


def _check_constants(graph: memoryview) -> None:
    """Check that the runtime has nothing to compute beforehand but weights in another precision: it hears no signal until it is done."""
    nodes = [{number: _names(node, number) for number in (_INPUTS, _OUTPUTS, _OPERATOR_NAME)} for node in _parts(graph, _NODES)]
    if len(nodes) > _MOST_NODES:
        raise GraphError(Message.of(BundleCode.CONTENT_GRAPH_TOO_LONG))
    weights = {name for tensor in _parts(graph, _WEIGHTS) for name in _names(tensor, _WEIGHTS_NAME)}
    casts = [node for node in nodes if node[_OPERATOR_NAME] == _TO_OTHER_PRECISION and weights.issuperset(node[_INPUTS])]
    constants = {b"", *weights, *(name for node in casts for name in node[_OUTPUTS])}
    computed = [node for node in nodes if constants.issuperset(node[_INPUTS])]
    if computed != casts or len({name for node in casts for name in node[_INPUTS]}) != len(casts):
        raise GraphError(Message.of(BundleCode.CONTENT_GRAPH_COMPUTES_WEIGHTS))


def _parts(message: memoryview, wanted: int) -> list[memoryview]:
    return [value for number, value in _fields(message) if number == wanted and isinstance(value, memoryview)]


def _names(message: memoryview, wanted: int) -> list[bytes]:
    return [bytes(name) for name in _parts(message, wanted)]


def _check(message: memoryview, kind: str) -> None:
    for number, value in _fields(message):
        holds = _FIELDS[kind].get(number)
        if holds is None:
            raise GraphError(Message.of(BundleCode.CONTENT_GRAPH_FIELDS, kind=Message.of(_KINDS[kind])))
        if holds == _PLACE and (number, value) != (14, 0):
            raise GraphError(Message.of(BundleCode.CONTENT_GRAPH_WEIGHTS_ELSEWHERE))
        if holds not in {_OPAQUE, _PLACE}:
            _check_part(value, holds)


def _check_part(value: memoryview | int, holds: str) -> None:
    if isinstance(value, int):
        raise MalformedError
    if holds in _FIELDS:
        _check(value, holds)
        return
    name = ascii(bytes(value[:80]).decode(errors="replace"))[1:-1]
    known = {_OPERATOR: OPERATORS, _DOMAIN: _STANDARD, _DECLARED_DOMAIN: _DECLARED}[holds]
    if name not in known or len(value) > len(name):
        raise GraphError(Message.of(BundleCode.CONTENT_OF_UNKNOWN_PART, part=name))


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview | int]]:
    """Yield number and value of each field of a message in the encoding of Protocol Buffers; a fixed number as its bytes."""
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        number, kind = tag >> 3, tag & 7
        if number == 0:
            raise MalformedError
        if kind == _NUMBER:
            value, place = _varint(message, place)
            yield number, value
            continue
        if kind == _LENGTH_FIRST:
            length, place = _varint(message, place)
        elif kind in _FIXED:
            length = _FIXED[kind]
        else:
            raise MalformedError
        if length > len(message) - place:
            raise MalformedError
        yield number, message[place : place + length]
        place += length


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    """Return a number of variable length, of which each byte holds seven bits, and the place after it."""
    value = 0
    for shift in range(0, 64, 7):
        if place >= len(message):
            raise MalformedError
        byte = message[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            if value >> 64:
                break
            return value, place
    raise MalformedError
