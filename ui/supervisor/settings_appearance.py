"""How the section « Réglages » looks, above what the whole staff screen has."""

from typing import Final

SETTINGS_STYLE: Final = """
QListWidget#settingsGroups, QListWidget#settingsProcedures, QListWidget#settingsVersions {
    background: #ffffff; color: #14213d; border: 1px solid #c9d1e0; border-radius: 10px; font-size: 16px; outline: 0;
    padding: 4px;
}
QListWidget::item { padding: 9px 10px; border-radius: 6px; }
QListWidget#settingsProcedures::item { padding: 6px 8px; }
QListWidget::item:selected { background: #cfdff7; color: #14213d; }
QListWidget:focus { border: 2px solid #0a58ca; }
QPlainTextEdit {
    background: #ffffff; color: #14213d; border: 1px solid #6f7f9f; border-radius: 6px; font-size: 17px; padding: 4px;
}
QPlainTextEdit:focus { border: 2px solid #0a58ca; padding: 3px; }
QPlainTextEdit:disabled, QLineEdit:disabled { background: #eef1f6; color: #42506b; }
QCheckBox { color: #14213d; font-size: 16px; spacing: 10px; padding: 4px; border: 2px solid transparent; }
QCheckBox:focus { border: 2px solid #0a58ca; border-radius: 6px; }
QCheckBox:disabled { color: #42506b; }
QCheckBox::indicator { width: 22px; height: 22px; image: url("@BOX@"); }
QCheckBox::indicator:checked { image: url("@TICKED@"); }
QLabel[role="settingCaption"] { font-size: 16px; padding-top: 8px; }
QLabel[role="settingMark"] { font-size: 14px; font-weight: bold; color: #7a3e00; }
QLabel[role="settingAllowed"] { font-size: 14px; color: #42506b; }
QLabel[role="settingError"] { font-size: 15px; font-weight: bold; color: #9b1111; }
QLabel[role="settingHead"] { font-size: 16px; }
QLabel[role="settingOld"] { font-size: 15px; color: #42506b; }
QLabel[role="settingNew"] { font-size: 16px; font-weight: bold; }
QFrame#settingsBar { background: #ffffff; border: 1px solid #c9d1e0; border-radius: 10px; }
QFrame#settingsBar[tone="bad"] { background: #fbe3e3; }
QFrame#settingsBar[tone="said"] { background: #dfe7f5; }
QFrame#settingsBar QLabel { background: transparent; font-size: 16px; }
QScrollArea:focus { border: 2px solid #0a58ca; }
QLabel#ticketPicture { background: #ffffff; border: 1px solid #c9d1e0; }
"""
