"""Exchange of files with systems that have no interface: what they need goes out, their answers come in, row by row.

deklarasi   what a service declares: columns out, columns in, the steps that a row completes
nilai       cells of an answer -> values
cocokkan    the file's columns -> declared columns
periksa     the dry run: what would become of every row, in a fixed number of queries per batch
terapkan    the rows that were shown, one transaction each, through jalankan()
ekspor      the files that go out, and the record of it
dana        what BPKH and the banks exchange: orders and statements
saldo       what BPKH is asked about balances, and answers
views       the pages, once for Siskohat and once for money
"""
