"""`python -m listinglint.cli`."""

from listinglint.cli import main

main()
