"""Measured speed: fills invented cases in bulk and compares the portal with the bare work, in one run.

`python -m bench --help`; the table and how to read it are in docs/kinerja.md.
"""
