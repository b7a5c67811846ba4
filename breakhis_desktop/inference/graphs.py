"""Checks the ONNX graph as data before the runtime opens it: it must consist of known operators, and contain all its weights.

The program does not include the package that reads this format, so the fields are parsed here. Any field that the program's own graphs do
not need is refused, so that no other parser can interpret the same bytes differently.
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
"""The operators that converted networks consist of; none of them loops, branches or draws random numbers."""

_STANDARD = frozenset({"", "ai.onnx"})
_DECLARED = _STANDARD | {"ai.onnx.ml"}
"""The operator sets that a graph may declare; the converter declares `ai.onnx.ml`, but no node may use it."""

_FIXED = {1: 8, 5: 4}
"""Byte lengths of the fixed-length wire types of Protocol Buffers."""
_NUMBER, _LENGTH_FIRST = 0, 2
"""The other wire types: a variable-length number, and length-prefixed bytes. Graphs use no others."""

_OPAQUE = ""
"""A field whose content is not checked: a number, a name or a shape description."""
_OPERATOR, _DOMAIN, _DECLARED_DOMAIN, _PLACE = "operator", "domain", "declared domain", "place"

_FIELDS: Mapping[str, Mapping[int, str]] = {
    "model": {**dict.fromkeys((1, 2, 3, 4, 5, 6, 14), _OPAQUE), 7: "graph", 8: "operator set"},
    "operator set": {1: _DECLARED_DOMAIN, 2: _OPAQUE},
    "graph": {**dict.fromkeys((2, 10, 11, 12, 13, 16), _OPAQUE), 1: "node", 5: "tensor"},
    "node": {**dict.fromkeys((1, 2, 3, 6, 9), _OPAQUE), 4: _OPERATOR, 5: "attribute", 7: _DOMAIN},
    "attribute": {**dict.fromkeys((1, 2, 3, 4, 7, 8, 9, 13, 20), _OPAQUE), 5: "tensor"},
    "tensor": {**dict.fromkeys((1, 2, 4, 5, 7, 8, 9, 10, 11, 12), _OPAQUE), 13: _PLACE, 14: _PLACE},
}
"""The fields that each message type of onnx.proto may have in a graph, and what each field holds."""

_KINDS: Mapping[str, BundleCode] = {
    "model": BundleCode.GRAPH_MODEL,
    "operator set": BundleCode.GRAPH_OPERATOR_SET,
    "graph": BundleCode.GRAPH_GRAPH,
    "node": BundleCode.GRAPH_NODE,
    "attribute": BundleCode.GRAPH_ATTRIBUTE,
    "tensor": BundleCode.GRAPH_TENSOR,
}
"""The names of these message types in error messages."""

_INPUTS, _OUTPUTS, _OPERATOR_NAME, _WEIGHTS_NAME = 1, 2, 4, 8
_NODES, _WEIGHTS, _GRAPH = 1, 5, 7
"""Numbers of the fields that define the data flow."""

_TO_OTHER_PRECISION = [b"Cast"]
_MOST_NODES = 5000


class GraphError(ClauseError):
    """A graph must not be opened; the message is a clause to be put after the file's name."""


class MalformedError(GraphError):
    """The bytes are not a graph."""

    def __init__(self) -> None:
        """Set the clause."""
        super().__init__(Message.of(BundleCode.CONTENT_NO_GRAPH))


def check_graph(content: bytes) -> None:
    """Check that a graph has known operators only, contains its weights, and opens without lengthy computation.

    Raises:
        GraphError: The graph fails the check.
    """
    model = memoryview(content)
    _check(model, "model")
    graphs = _parts(model, _GRAPH)
    if len(graphs) != 1:
        raise MalformedError
    _check_constants(graphs[0])


def _check_constants(graph: memoryview) -> None:
    """Check that constant folding, during which the runtime ignores signals, only casts weights to another precision."""
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
    """Yield the number and value of each field in a Protocol Buffers message; fixed-length numbers as bytes."""
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
    """Return a variable-length number, stored seven bits to a byte, and the position after it."""
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
