"""The words a state machine is written in: who (`oleh`), whether (`syarat`), what is asked and follows (`langkah`)."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from django_fsm import Transition

if TYPE_CHECKING:
    from .models import Permohonan

Kalimat = str | Callable[[Any], str]


class Kondisi(Protocol):
    """A condition that can say why it is not met."""

    kalimat: Kalimat

    def __call__(self, perkara: Any, /) -> bool: ...


class oleh:  # noqa: N801  (reads as a word of the declaration)
    """`permission=oleh(Peran.JFU, ...)`: the default roles of a step; the row of the office's SOP narrows them.

    `pihak` adds doors for those who are not staff: `"pemohon"`, `"bpkh"`, `"bps"`, `"sistem"`.
    """

    def __init__(self, *peran: str, pihak: tuple[str, ...] = ()) -> None:
        if not peran and not pihak:
            raise ValueError("oleh() needs at least one role: a step that everyone may take does not exist")
        self.peran = frozenset(str(p) for p in peran)
        self.pihak = frozenset(pihak)

    def __call__(self, instance: Any, user: Any) -> bool:
        return any(t.peran in self.peran for t in user.penugasan_berlaku())


def syarat(kalimat: Kalimat) -> Callable[[Callable[[Any], bool]], Kondisi]:
    """A condition with its own sentence (text, or a function of the case): a closed button can say why.

    Conditions are pure: they read the case and write nothing.
    """

    def hias(fn: Callable[[Any], bool]) -> Kondisi:
        fn.kalimat = kalimat  # type: ignore[attr-defined]
        return cast(Kondisi, fn)

    return hias


def gagal(perkara: Any, kondisi: Iterable[Callable[[Any], bool]]) -> list[str]:
    """The sentences of those conditions (made with `syarat`) that the case does not meet, in the given order."""
    kalimat = [satu.kalimat for satu in kondisi if not satu(perkara)]  # type: ignore[attr-defined]
    return [isi(perkara) if callable(isi) else isi for isi in kalimat]


def langkah(
    *,
    label: str,
    form: str = "",
    cabang: bool = False,
    sebagai: str = "",
    kendali: str = "",
    tanda_tangan: str = "",
    efek: tuple[tuple[str, str], ...] = (),
    putaran_baru: bool = False,
    keterangan: str = "",
    bahaya: bool = False,
    ulang: bool = False,
    ulangi: tuple[str, ...] = (),
    selama: Kondisi | None = None,
    sandi: bool = False,
) -> dict[str, Any]:
    """What is asked and what follows, as the plain dict that django-fsm keeps in `custom`.

    label: the verb on the button. form: dotted path of the form class, "" when nothing is asked.
    cabang: a branch outside the printed rows (return, reject, withdraw). sebagai: take the roles of that step.
    kendali: four-eyes group. tanda_tangan: kind of letter signed by this step (office data narrows the role).
    efek: (jenis, kunci) of each Efek that follows. putaran_baru: a return; control steps start over.
    ulang: a fact that may be recorded again while its status lasts (the last record counts).
    ulangi: facts that no longer count after this step and must be recorded anew (documents that came back).
    sandi: a release of money; the page asks for the password unless it was given in the last five minutes.
    selama: a fact that counts only as long as this condition holds (a comparison of photos until one is replaced).
    """
    return {
        "label": label,
        "form": form,
        "cabang": cabang,
        "sebagai": sebagai,
        "kendali": kendali,
        "tanda_tangan": tanda_tangan,
        "efek": tuple(efek),
        "putaran_baru": putaran_baru,
        "keterangan": keterangan,
        "bahaya": bahaya,
        "ulang": ulang,
        "ulangi": ulangi,
        "selama": selama,
        "sandi": sandi,
    }


@dataclass(frozen=True)
class Langkah:
    """One step of a machine from one status, read from its `@transition` declaration."""

    nama: str
    sumber: str
    target: str | None
    transisi: Transition
    baris: int

    def __getattr__(self, nama: str) -> Any:
        try:
            return self.transisi.custom[nama]
        except KeyError:
            raise AttributeError(nama) from None

    @property
    def fakta(self) -> bool:
        """True for work inside one actor's turn: it records and does not move the case."""
        return self.target is None

    @property
    def oleh(self) -> oleh:
        return cast("oleh", self.transisi.permission)

    def syarat_gagal(self, perkara: Any) -> list[str]:
        """The sentences of the unmet conditions, in order of declaration; [] when the way is free."""
        return gagal(perkara, self.transisi.conditions)


@cache
def mesin(model: type[Permohonan]) -> tuple[Langkah, ...]:
    """All steps of a model in the order of the source, one per (name, source status).

    django-fsm lists them alphabetically; the declaration order is the order of the SOP.
    """
    meta: Any = model._meta
    field = meta.get_field("status")
    semua = []
    for transisi in field.get_all_transitions(model):
        fn = inspect.unwrap(getattr(model, transisi.name))
        semua.append(Langkah(transisi.name, transisi.source, transisi.target, transisi, fn.__code__.co_firstlineno))
    return tuple(sorted(semua, key=lambda langkah: (langkah.baris, langkah.sumber)))


def langkah_dari(model: type[Permohonan], status: str) -> list[Langkah]:
    return [langkah for langkah in mesin(model) if langkah.sumber == status]


def cari_langkah(model: type[Permohonan], nama: str) -> list[Langkah]:
    """Every declaration of a step name (one per source status); [] for an unknown name."""
    return [langkah for langkah in mesin(model) if langkah.nama == nama]


@cache
def peran_mesin(model: type[Permohonan]) -> frozenset[str]:
    """The staff roles that have a part in this kind of case, by its declaration: whoever opens it or takes a step."""
    return model.PEMBUKA.peran.union(*(langkah.oleh.peran for langkah in mesin(model)))
