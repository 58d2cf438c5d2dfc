"""`python -m pswkdocs` is the command line."""

from .cli import main

main()
