"""What every finished file is held to before anybody is given it: a module a format, which says what is wrong."""

from . import odt, pages, pdf, word

__all__ = ["odt", "pages", "pdf", "word"]
