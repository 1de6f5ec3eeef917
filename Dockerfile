FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 haji \
    && install -d -o haji -g haji -m 0700 /data

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .

ENV DJANGO_SETTINGS_MODULE=haji_portal.settings.produksi \
    HAJI_DATA=/data \
    PYTHONUNBUFFERED=1
USER haji
VOLUME /data
EXPOSE 8000

CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--log-level", "warning", "haji_portal.wsgi:application"]
