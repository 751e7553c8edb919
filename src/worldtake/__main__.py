"""Run worldtake as `python -m worldtake`."""

from worldtake.cli import main

if __name__ == "__main__":
    main()
