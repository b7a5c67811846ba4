"""All codes by name, as stores and cards keep them."""

from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Code
from breakhis_desktop.wording.texts import TextCode

TABLES: tuple[type[Code], ...] = (FileCode, BundleCode, TextCode)
CODES = {code.name: code for table in TABLES for code in table}
