from tests.perkara import pelaksana, sampai  # noqa: F401  (fixtures)
