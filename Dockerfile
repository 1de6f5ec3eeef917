# Built by the code that `make` uses (alat/siapkan.py): the same hashed lock, the same list of Debian packages.
FROM python:3.11-slim-bookworm AS lingkungan
ENV PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY alat alat
COPY requirements.txt .
RUN python -m alat.siapkan --hanya-venv

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 haji && useradd --uid 10001 --gid haji --no-create-home --home-dir /tmp haji \
    && install -d -o haji -g haji -m 0700 /data /segel /cadangan
WORKDIR /app
COPY alat alat
RUN python -m alat.siapkan --hanya-pustaka && rm -rf /var/lib/apt/lists/*
COPY --from=lingkungan /app/.venv .venv
COPY . .
RUN .venv/bin/python -m compileall -q alat haji_portal pendaftaran pembatalan pelimpahan pengaktifan rekomendasi perangkat

ENV PATH=/app/.venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=haji_portal.settings.produksi \
    HAJI_DATA=/data \
    SEGEL_DIR=/segel \
    CADANGAN_DIR=/cadangan \
    HAJI_LOG_FORMAT=json \
    XDG_CACHE_HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
VOLUME ["/data", "/segel", "/cadangan"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["python", "-m", "alat.sehat"]

# One granian worker stalls under load, so never fewer than two.
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--log-level", "warning", "haji_portal.wsgi:application"]
