"""The embedded default: SQLite, a file broker and local e-mail, all inside the data folder.

`make run` uses it as it is. DEBUG stays off here too, so the error pages are ours.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.contrib.messages import constants as tingkat

from . import env
from .jadwal import JADWAL

BASE_DIR = Path(__file__).resolve().parents[2]
HAJI_DATA = Path(env.teks("HAJI_DATA", str(BASE_DIR / "var"))).resolve()
HAJI_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
HAJI_PRIVAT = HAJI_DATA / "privat"
# The daily seals of the history; better on another machine's disk than beside the database they watch.
SEGEL_DIR = Path(env.teks("SEGEL_DIR", str(HAJI_DATA / "segel"))).resolve()
# Where `manage.py cadangkan` puts its archives; in production another disk than HAJI_DATA.
CADANGAN_DIR = Path(env.teks("CADANGAN_DIR", str(HAJI_DATA / "cadangan"))).resolve()
CADANGAN_FRASA = env.frasa("CADANGAN_FRASA")
HAJI_DEMO = env.ya_tidak("HAJI_DEMO", True)
HAJI_DEMO_SANDI = env.teks("HAJI_DEMO_SANDI", "haji-demo")
HAJI_WAJIB_2FA = env.ya_tidak("HAJI_WAJIB_2FA", False)
HAJI_PROKSI = env.bilangan("HAJI_PROKSI", 0, 0, 5)
PORT = env.bilangan("PORT", 8000, 1, 65535)
SITUS_URL = env.alamat_situs("SITUS_URL", f"http://localhost:{PORT}")
# Key of /metrik/; without it the address does not exist.
HAJI_METRIK_KUNCI = env.frasa("HAJI_METRIK_KUNCI")
REDIS_URL = env.redis(env.teks("REDIS_URL"), env.teks("REDIS_SANDI"))
DATABASE_URL = env.teks("DATABASE_URL")

SECRET_KEY = env.rahasia("SECRET_KEY", HAJI_DATA / "rahasia")
# Keys that were replaced: what they signed stays valid until they are taken out.
SECRET_KEY_FALLBACKS = env.daftar("SECRET_KEY_LAMA")
KUNCI_HASH = env.rahasia("KUNCI_HASH", HAJI_DATA / "rahasia")

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.daftar("HAJI_HOST")]
ROOT_URLCONF = "haji_portal.urls"
WSGI_APPLICATION = "haji_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "haji_portal.akun.situs.AdminPortal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "axes",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "haji_portal.akun",
    "haji_portal.jemaah",
    "haji_portal.alur",
    "haji_portal.berkas",
    "haji_portal.surat",
    "haji_portal.kabar",
    "haji_portal.dana",
    "haji_portal.meja",
    "haji_portal.ptsp",
    "haji_portal.laporan",
    "haji_portal.rawat",
    "pendaftaran",
    "pembatalan",
    "pelimpahan",
    "pengaktifan",
    "rekomendasi",
    "perangkat",
]

MIDDLEWARE = [
    "haji_portal.tanda.TandaPermintaan",
    "haji_portal.rawat.metrik.UkurPermintaan",
    "haji_portal.proksi.AlamatPengunjung",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "haji_portal.sesi.BatasSesi",
    "django_otp.middleware.OTPMiddleware",
    "haji_portal.akun.dua_faktor.WajibDuaFaktor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "haji_portal.meja.konteks.meja",
                "haji_portal.ptsp.tampilan.tampilan",
            ],
        },
    },
]
MESSAGE_TAGS = {tingkat.ERROR: "danger", tingkat.DEBUG: "secondary"}

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.basis_data(DATABASE_URL, env.teks("DATABASE_SANDI"))
    if DATABASE_URL
    else env.sqlite(HAJI_DATA / "haji.sqlite3"),
}
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": HAJI_DATA / "tembolok"},
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = HAJI_DATA / "staticfiles"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HAJI_PRIVAT
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES: dict[str, dict[str, Any]] = {
    # No base_url: private files have no address, they leave only through an authorised view.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HAJI_PRIVAT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CSRF_FAILURE_VIEW = "haji_portal.ptsp.galat.formulir_kedaluwarsa"
AUTH_USER_MODEL = "akun.Pengguna"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "haji_portal.akun.backends.BackendPenugasan"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/masuk/"
LOGIN_REDIRECT_URL = "/kerja/"
LOGOUT_REDIRECT_URL = "/"

# One person at one address is locked, never an account everywhere: otherwise anybody could lock out
# an officer by typing wrong passwords.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_CALLABLE = "haji_portal.akun.views.terkunci"
# Ten minutes are ten minutes: trying during the lock does not prolong it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False
AXES_CLIENT_STR_CALLABLE = "haji_portal.log.klien_masuk"
AXES_ENABLE_ADMIN = False
OTP_TOTP_ISSUER = "Portal Haji"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True

AMAN = SITUS_URL.startswith("https://")
SESSION_COOKIE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = AMAN
SESSION_COOKIE_NAME = "__Host-sesi" if AMAN else "sesi"
CSRF_COOKIE_NAME = "__Host-csrf" if AMAN else "csrf"
CSRF_TRUSTED_ORIGINS = [SITUS_URL]
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
PERMISSIONS_POLICY: dict[str, str | list[str]] = {
    "camera": "self",
    "display-capture": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["haji_portal.meja.api.pengurai.JsonKetat"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "haji_portal.meja.api.autentikasi.KunciPembawa",
        "haji_portal.meja.api.autentikasi.Sesi",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["haji_portal.meja.api.autentikasi.Bertugas"],
    "DEFAULT_SCHEMA_CLASS": "haji_portal.meja.api.skema.SkemaOperasi",
    "EXCEPTION_HANDLER": "haji_portal.meja.api.galat.tangani",
    "SCHEMA_COERCE_PATH_PK": False,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Portal layanan haji",
    "DESCRIPTION": "Pintu program ke layanan haji. Panduan dengan contoh: docs/api.md.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "haji_portal.meja.api.skema.lengkapi",
        "haji_portal.dana.mitra.uraian.lengkapi",
    ],
}
# Requests per minute and bytes; an office of twenty people behind one address stays far below.
API_BATAS = {"alamat": 1200, "pemakai": 600, "tulis": 120}
API_BATAS_JSON = 256 * 1024
API_BATAS_UNGGAHAN = 40 * 1024 * 1024

EMAIL_HOST = env.teks("EMAIL_HOST")
EMAIL_PORT = env.bilangan("EMAIL_PORT", 587, 1, 65535)
EMAIL_HOST_USER = env.teks("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.teks("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.ya_tidak("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 15
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = HAJI_DATA / "surel"
# Working days without any step after which the applicant gets news all the same.
INFORMASI_BERKALA_HARI = env.bilangan("INFORMASI_BERKALA_HARI", 3, 1, 30)
# And again after each so many working days, while nothing moves: BPKH and banks have no limit.
INFORMASI_BERKALA_ULANG = env.bilangan("INFORMASI_BERKALA_ULANG", 10, 1, 60)
# Files that go along with one e-mail, in MB; the mail server's own limit counts their encoding, a third more.
SUREL_LAMPIRAN_MB = env.bilangan("SUREL_LAMPIRAN_MB", 15, 1, 40)
DEFAULT_FROM_EMAIL = env.teks("EMAIL_PENGIRIM", "layanan-haji@localhost")

# One adapter per channel; SMS and WhatsApp are off until a gateway has an address.
PESAN_SALURAN = {
    "aplikasi": "haji_portal.kabar.saluran.SaluranAplikasi",
    "email": "haji_portal.kabar.surel.SaluranSurel",
    "sms": "haji_portal.kabar.gerbang.GerbangHttp",
    "wa": "haji_portal.kabar.gerbang.GerbangHttp",
}
PESAN_GERBANG = {saluran: env.gerbang(f"PESAN_{saluran.upper()}") for saluran in ("sms", "wa")}
# One-time codes leave from a thread of the web server, not first at the next sweep.
PESAN_SEGERA = env.ya_tidak("PESAN_SEGERA", True)

# BPKH's interface for refunds (docs/mitra-dana.md); without an address people and files carry the orders.
BPKH_URL = env.alamat_layanan("BPKH_URL")
# How long after a transfer, or an answer that nobody understood, the portal asks how it stands (seconds).
MITRA_TANYA_SESUDAH = env.bilangan("MITRA_TANYA_SESUDAH", 600, 1, 86400)
# The banks' common interface: asked for statements only.
BPS_URL = env.alamat_layanan("BPS_URL")
# They sign what goes out and what comes in; BPS_KUNCI_<SLUG> belongs to one bank's office.
BPKH_KUNCI = env.kunci_mitra("BPKH_KUNCI", wajib=bool(BPKH_URL))
BPS_KUNCI = env.kunci_mitra("BPS_KUNCI", wajib=bool(BPS_URL))
BPS_KUNCI_BANK = env.kunci_bank("BPS_KUNCI")
env.pastikan_kunci_beda(
    BPKH_KUNCI=BPKH_KUNCI, BPS_KUNCI=BPS_KUNCI, **{f"BPS_KUNCI_{slug}": k for slug, k in BPS_KUNCI_BANK.items()}
)

# Electronic signatures by BSrE (docs/bsre.md); without an address the portal's own authority signs.
BSRE_URL = env.alamat_layanan("BSRE_URL")
BSRE_PENGGUNA, BSRE_SANDI, BSRE_AKAR = (
    (env.wajib if BSRE_URL else env.teks)(nama) for nama in ("BSRE_PENGGUNA", "BSRE_SANDI", "BSRE_AKAR")
)
BSRE_VERIFIKASI = env.ya_tidak("BSRE_VERIFIKASI", False)

# No report of an error shows what was sent or what a function held: passphrases pass through both.
DEFAULT_EXCEPTION_REPORTER_FILTER = "haji_portal.laporan_galat.SaringLaporan"

# How answers of Siskohat come in: files beside the case page, or the case page alone (jemaah/siskohat.py).
SISKOHAT = {
    "berkas": "haji_portal.jemaah.siskohat.SiskohatBerkas",
    "manual": "haji_portal.jemaah.siskohat.SiskohatManual",
}[env.pilihan("SISKOHAT", "berkas", {"berkas", "manual"})]

CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONSUMER = "haji_portal.konsumen:SafeConsumer"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Publishing is only a doorbell: the sweeper finds what the doorbell missed, so never wait for Redis.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE_FILENAME = str(HAJI_DATA / "beat")
# Written after every bell, at least each minute: the health check of the scheduler reads the age of this file.
CELERY_BEAT_SYNC_EVERY = 1
CELERY_BEAT_SCHEDULE = JADWAL
# Off where no Celery worker listens (`manage.py sapu --terus` instead): bells would pile up in the broker.
EFEK_BEL = env.ya_tidak("EFEK_BEL", True)
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "visibility_timeout": 900,
        "unacked_restore_interval": 15,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
    }
else:
    for _nama in ("antrean", "kendali"):
        (HAJI_DATA / "broker" / _nama).mkdir(mode=0o700, parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(HAJI_DATA / "broker" / "antrean"),
        "data_folder_out": str(HAJI_DATA / "broker" / "antrean"),
        "control_folder": str(HAJI_DATA / "broker" / "kendali"),
        "polling_interval": 0.1,
    }

LOG_FORMAT = env.pilihan("HAJI_LOG_FORMAT", "teks", {"teks", "json"})
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "samar": {
            "()": "haji_portal.log.FormatterSamar",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "haji_portal.log.FormatterJson"},
    },
    "handlers": {
        "layar": {"class": "logging.StreamHandler", "formatter": "json" if LOG_FORMAT == "json" else "samar"},
    },
    "root": {"handlers": ["layar"], "level": env.teks("HAJI_LOG", "INFO").upper()},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "celery": {"handlers": [], "propagate": True},
        "kombu.connection": {"level": "ERROR"},
        # One line per request is for machines that collect them, not for the console of `make run`.
        "haji_portal.akses": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
        "pyhanko": {"level": "ERROR"},
        "pyhanko_certvalidator": {"level": "ERROR"},
    },
}
