"""`python -m gui [FILE]`."""
import sys

from gui.app import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
