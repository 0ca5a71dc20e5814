"""Start Borne from a checkout; the installed console script is ``borne``."""

from ui.commands import main

if __name__ == "__main__":
    main()
