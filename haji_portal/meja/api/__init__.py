"""The API at /api/v1/: a door like the pages, not a way around them.

Every change goes through the same forms and ends in `jalankan()` or `buka()` with a Petugas. A service joins with an
`api.py` of a few lines that names its `LayananApi`; docs/api.md explains the rest to those who write programs for it.
"""
