"""Health check of the web container: asks /sehat/ under the site's own host name."""

import os
import sys
import urllib.error
import urllib.request


def main() -> int:
    """0 when /sehat/ answers 200, otherwise 1."""
    host = os.environ.get("HAJI_HOST", "localhost").split(",")[0].strip()
    permintaan = urllib.request.Request("http://127.0.0.1:8000/sehat/", headers={"Host": host})
    try:
        with urllib.request.urlopen(permintaan, timeout=8) as jawaban:
            return 0 if jawaban.status == 200 else 1
    except OSError as galat:
        print(galat)
        return 1


if __name__ == "__main__":
    sys.exit(main())
