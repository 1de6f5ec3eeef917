"""Settings: `dasar` is the embedded default, `produksi` the hardened one, `uji` the test suite's."""
