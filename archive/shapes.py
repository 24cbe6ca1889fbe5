"""The JSON of the contract, section 2, made from the values of `archive.model` and read back into them.

One rule serves all: a value's fields are its keys, in order; an enum is its word, a date and time its ISO form, a
tuple a list. A trailing underscore (`for_`) exists only in Python, and a `SPARSE` field only where it is set and not
empty.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from archive.model import LONDON, Meeting

Json = dict[str, Any] | list[Any] | str | int | float | bool | None
Decoder = Callable[[Any], Any]
Encoder = Callable[[Any], Any]

_PLAIN = frozenset((str, int, float, bool, type(None)))    # what is JSON as it is


def as_json(value: Any) -> Any:
    """`value` (a value of the model, or a tuple of them) as what `json.dumps` takes."""
    shape: Any = type(value)
    return _encoder(shape)(value)


@cache
def _encoder(shape: Any) -> Encoder:
    """The function from a value of that very type to JSON; found once each, since a meeting has hundreds of values."""
    if dataclasses.is_dataclass(shape):
        return _dataclass_encoder(typing.cast("type", shape))
    if issubclass(shape, tuple | list):
        return lambda value: [each if type(each) in _PLAIN else as_json(each) for each in value]
    if issubclass(shape, Enum):
        return lambda value: value.value
    if issubclass(shape, date):
        return lambda value: value.isoformat()
    return _as_it_is


def _dataclass_encoder(shape: type) -> Encoder:
    keys, sparse = _keys(shape), _sparse(shape)

    def encode(value: Any) -> Any:
        data = {}
        for name, key in keys:
            part = getattr(value, name)
            kind: Any = type(part)
            data[key] = part if kind in _PLAIN else _encoder(kind)(part)
        for key in sparse:
            if data[key] is None or data[key] == []:
                del data[key]
        return data

    return encode


@cache
def _sparse(shape: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(shape) if field.metadata.get("sparse"))


@cache
def _keys(shape: type) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, field.name.rstrip("_")) for field in dataclasses.fields(shape))


def meeting_from_json(data: Any) -> Meeting:
    """The meeting that `as_json` made `data` of; `KeyError`, `TypeError` or `ValueError` on anything else."""
    return typing.cast("Meeting", decoder(Meeting)(data))


@cache
def decoder(shape: Any) -> Decoder:
    """The function from JSON to `shape`, a dataclass of the model or a field's type; built once each."""
    if dataclasses.is_dataclass(shape):
        return _dataclass_decoder(typing.cast("type", shape))
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if origin in (typing.Union, types.UnionType):
        inner = decoder(next(each for each in arguments if each is not type(None)))
        return lambda data: None if data is None else inner(data)
    if origin is tuple:
        each = decoder(arguments[0])
        return lambda data: tuple([each(one) for one in data])
    if shape in _TIMES:
        return _TIMES[shape]
    if isinstance(shape, type) and issubclass(shape, Enum):
        return {each.value: each for each in shape}.__getitem__    # three times as fast as asking the enum
    return _as_it_is


_TIMES: Mapping[Any, Decoder] = MappingProxyType({
    datetime: lambda data: datetime.fromisoformat(data).astimezone(LONDON), date: date.fromisoformat,
})


def _as_it_is(data: Any) -> Any:
    return data


def _parts_of(keys: Sequence[str]) -> Callable[[Any], Sequence[Any]]:
    """What stands at all of `keys`, in order; `itemgetter` gives no tuple of a single one."""
    if len(keys) == 1:
        return lambda data: (data[keys[0]],)
    return itemgetter(*keys) if keys else lambda _: ()


def _dataclass_decoder(shape: type) -> Decoder:
    @cache    # made at first use: a clause holds clauses
    def fields() -> tuple[tuple[str, Decoder], ...]:
        hints = typing.get_type_hints(shape)
        return tuple((key, decoder(hints[name])) for name, key in _keys(shape))

    sparse = frozenset(_sparse(shape))

    def decode(data: Any) -> Any:
        if sparse and not sparse.isdisjoint(data):
            return lenient(data)
        parts_of, read_at = always()
        try:
            parts = [*parts_of(data)]
        except KeyError:
            return lenient(data)
        for at, read in read_at:
            parts[at] = read(parts[at])
        return shape(*parts)

    @cache
    def always() -> tuple[Callable[[Any], Sequence[Any]], tuple[tuple[int, Decoder], ...]]:
        """The fields that are keys in any case, as they are, and how to read those of them that are not JSON as it is.

        Those that need not be keys are the last ones of their value.
        """
        these = [(key, read) for key, read in fields() if key not in sparse]
        read_at = tuple((at, read) for at, (_, read) in enumerate(these) if read is not _as_it_is)
        return _parts_of([key for key, _ in these]), read_at

    def lenient(data: Any) -> Any:
        """What was written before a field existed takes the field's default; `TypeError` where there is none."""
        names = (name for name, _ in _keys(shape))
        known = zip(names, fields(), strict=True)
        return shape(**{name: read(data[key]) for name, (key, read) in known if key in data})

    return decode
