"""What Qt itself says, in French: the buttons of its file dialog, the menu of a text box."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

_FRENCH = QLocale(QLocale.Language.French, QLocale.Country.France)


def use_french(application: QApplication) -> None:
    """Have Qt speak French in this program; without its texts it stays English."""
    translator = QTranslator(application)
    if translator.load(_FRENCH, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
