from tests.alur.jam import jam  # noqa: F401  (fixture)
from tests.batal import batal  # noqa: F401  (fixture)
