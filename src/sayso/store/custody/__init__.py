"""Custody: where each input came from, when and as which bytes, in a log that shows any change."""

from sayso.store.custody.copying import copy_custody
from sayso.store.custody.keeping import Custody, folder_of
from sayso.store.custody.verifying import verify

__all__ = ["Custody", "copy_custody", "folder_of", "verify"]
