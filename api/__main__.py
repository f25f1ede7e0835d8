"""`python -m api` is `clausewise`."""

import sys

from api.cli import main

sys.exit(main())
