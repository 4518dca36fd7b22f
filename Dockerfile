# The shop's image: web, worker, beat and the one-off commands. No demo, no tests, no compiler, not root.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements-uv.lock requirements.lock ./
RUN python -m venv /opt/venv \
 && python -m venv /opt/uv \
 && /opt/uv/bin/pip install -q --require-hashes -r requirements-uv.lock \
 && /opt/uv/bin/uv pip sync --quiet --require-hashes --compile-bytecode --python /opt/venv/bin/python requirements.lock
COPY . .
# Collecting needs the settings names, not their values: deploy/collect.sh gives empty ones, nothing secret stays in the image.
RUN /opt/venv/bin/python -m compileall -q bebeli \
 && if [ -f demo/translations.py ]; then DEBUG=true /opt/venv/bin/python -m demo.translations --compile; fi \
 && sh deploy/collect.sh /opt/venv/bin/python /app/staticfiles \
 && rm -rf demo simulator tests bench static/src node_modules .git .local

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin bebeli \
 && mkdir -p /data/media /data/private /data/static && chown -R bebeli:bebeli /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 MEDIA_ROOT=/data/media PRIVATE_ROOT=/data/private
USER bebeli
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
CMD ["sh", "deploy/web.sh"]
