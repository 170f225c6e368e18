"""`python -m houndsight` is the command `houndsight`."""

from houndsight.cli.main import run

if __name__ == "__main__":
    run()
