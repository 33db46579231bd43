# syntax=docker/dockerfile:1

# The packages are installed where pip is, and copied to where it is not needed any more.
FROM python:3.13-slim-trixie AS packages
WORKDIR /build
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN --mount=type=cache,target=/root/.cache/pip \
    /opt/venv/bin/pip install --disable-pip-version-check --only-binary=:all: -r requirements.txt


FROM python:3.13-slim-trixie

# LibreOffice Writer without a screen, and fonts as wide as those of Word: without them lines break elsewhere and a
# page more comes out. tini reaps the processes that a killed LibreOffice leaves behind.
# hadolint ignore=DL3008 # Debian keeps one version of each, the one with the security fixes
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-crosextra-caladea \
        fonts-crosextra-carlito \
        fonts-dejavu-core \
        fonts-liberation \
        fonts-noto-cjk \
        fonts-noto-core \
        libreoffice-writer-nogui \
        tini \
    && rm -rf /var/lib/apt/lists/*

# A number, so that Kubernetes' runAsNonRoot can see that it is not root; a home, because LibreOffice fails without.
RUN useradd --uid 10001 --create-home skillmap \
    && install --directory --owner=skillmap --group=skillmap --mode=700 /data /data/uploads

COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1
RUN python -m compileall -q .

# Everything that has to stay lies in /data. Weak settings are refused, unless somebody says that this is no production.
ENV ENVIRONMENT=production \
    DATABASE_URL=sqlite:////data/skillmap.db \
    UPLOAD_DIR=/data/uploads \
    HOST=0.0.0.0 \
    PORT=8000 \
    WEB_CONCURRENCY=2
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/live', timeout=4)"]
ENTRYPOINT ["tini", "--"]
CMD ["scripts/serve"]
