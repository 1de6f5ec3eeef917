"""Cancellation and the cases beside it: a bank's reversal, the Subdit's journal, the written notice."""

from .jurnal import Jurnal
from .pembatalan import Pembatalan
from .pemberitahuan import Pemberitahuan
from .reversal import Reversal

__all__ = ["Jurnal", "Pembatalan", "Pemberitahuan", "Reversal"]
