from tests.alur.estafet import estafet  # noqa: F401  (fixtures)
from tests.alur.jam import jam  # noqa: F401
