"""Operator's command: would the server start with these settings? Reads them as the server does, starts nothing."""

import argparse
import sys
from collections.abc import Sequence

from config.settings import Settings


def main(arguments: Sequence[str] | None = None, settings: Settings | None = None) -> int:
    """Name what production refuses and what is unusual there; 1 when the server would refuse to start, else 0."""
    argparse.ArgumentParser(prog="python -m scripts.check_settings", description=__doc__).parse_args(arguments)
    settings = settings or Settings()
    if not settings.is_production:
        return 0
    faults, warnings = settings.production_faults(), settings.production_warnings()
    for sentence in (*(f"refused: {fault}" for fault in faults), *(f"unusual: {warning}" for warning in warnings)):
        print(sentence, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
