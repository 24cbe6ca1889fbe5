"""The JSON of the contract, section 2, made from the values of `archive.model` and read back into them.

One rule serves all: a value's fields are its keys, in order; an enum is its word, a date and time its ISO form, a
tuple a list. A trailing underscore (`for_`) exists only in Python.
"""

import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any

from archive.model import LONDON, Meeting

Json = dict[str, Any] | list[Any] | str | int | float | bool | None
Decoder = Callable[[Any], Any]


def as_json(value: Any) -> Any:
    """`value` (a value of the model, or a tuple of them) as what `json.dumps` takes."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {key: as_json(getattr(value, name)) for name, key in _keys(type(value))}
    if isinstance(value, tuple | list):
        return [as_json(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    return value


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
    if shape is datetime:
        return lambda data: datetime.fromisoformat(data).astimezone(LONDON)
    if isinstance(shape, type) and issubclass(shape, Enum):
        return {each.value: each for each in shape}.__getitem__    # three times as fast as asking the enum
    return _as_it_is


def _as_it_is(data: Any) -> Any:
    return data


def _dataclass_decoder(shape: type) -> Decoder:
    @cache    # made at first use: a clause holds clauses
    def fields() -> tuple[tuple[str, Decoder], ...]:
        hints = typing.get_type_hints(shape)
        return tuple((key, decoder(hints[name])) for name, key in _keys(shape))

    def decode(data: Any) -> Any:
        try:
            return shape(*[data[key] if read is _as_it_is else read(data[key]) for key, read in fields()])
        except KeyError:
            return lenient(data)

    def lenient(data: Any) -> Any:
        """What was written before a field existed takes the field's default; `TypeError` where there is none."""
        names = (name for name, _ in _keys(shape))
        known = zip(names, fields(), strict=True)
        return shape(**{name: read(data[key]) for name, (key, read) in known if key in data})

    return decode
