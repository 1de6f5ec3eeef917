PYTHON ?= python3

.PHONY: help run test uji-malam siapkan periksa format migrasi kunci vendor cadangkan pulihkan bench

help: ; @sed -n 's/^\.PHONY: //p' Makefile | tr ' ' '\n'
run: ; @$(PYTHON) -m alat.siapkan && exec .venv/bin/python -m alat.jalankan
test: ; @$(PYTHON) -m alat.siapkan --dev && exec .venv/bin/python -m alat.uji $(ARGS)
uji-malam: ; @$(PYTHON) -m alat.siapkan --dev && exec .venv/bin/python -m alat.uji --malam
siapkan: ; @$(PYTHON) -m alat.siapkan --dev
periksa: siapkan ; @.venv/bin/python -m alat.uji --hanya-periksa
format: siapkan ; @.venv/bin/ruff check --fix . && .venv/bin/ruff format .
migrasi: siapkan ; @.venv/bin/python manage.py makemigrations && .venv/bin/python manage.py migrate
cadangkan: ; @$(PYTHON) -m alat.siapkan && .venv/bin/python manage.py cadangkan $(ARGS)
pulihkan: ; @$(PYTHON) -m alat.siapkan && .venv/bin/python manage.py pulihkan $(DARI) $(ARGS)
bench: siapkan ; @.venv/bin/python -m bench $(ARGS)
kunci: siapkan ; @.venv/bin/python -m alat.kunci
vendor: ; @$(PYTHON) -m alat.vendor
