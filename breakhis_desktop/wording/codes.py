"""All codes, keyed by name; stores and cards keep the names."""

from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.cards import CardCode
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Code
from breakhis_desktop.wording.plain_limits import PlainLimitCode
from breakhis_desktop.wording.runs import RunCode
from breakhis_desktop.wording.stores import StoreCode
from breakhis_desktop.wording.texts import TextCode

TABLES: tuple[type[Code], ...] = (BundleCode, CardCode, FileCode, ImageCode, PlainLimitCode, RunCode, StoreCode, TextCode)
CODES = {code.name: code for table in TABLES for code in table}
