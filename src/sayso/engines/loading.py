"""From the dotted name of a reader to the reader, in whichever process it is to work."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from sayso.errors import SettingsError
from sayso.ports import ReadsDocuments
from sayso.settings import Settings

DEFAULT_READER = "sayso.pipeline:Reader"


class _MakesReader(Protocol):
    def __call__(self, settings: Settings) -> ReadsDocuments: ...


def load_reader(name: str, settings: Settings) -> ReadsDocuments:
    """The reader named `module:class`, made from `settings`. May take seconds.

    Raises `SettingsError` if there is none of that name, and what the reader itself raises
    (`MissingExtra`, `ActorsError`).
    """
    module, _, attribute = name.partition(":")
    try:
        make = cast(_MakesReader, getattr(import_module(module), attribute))
    except (ImportError, AttributeError) as error:
        raise SettingsError(f"no reader can be made from {name!r}: {error}") from error
    reader = make(settings)
    _ = reader.made_by  # loads the models now: not on the first document's time
    return reader
