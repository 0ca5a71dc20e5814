"""Make the bundled font files from full Noto fonts: ``python -m printing.render.make_font_subsets``.

A developer runs it when a script is added or Noto is renewed; the kiosk only reads its output. It needs fontTools
with Brotli (development dependency) and the Debian packages ``fonts-noto-core`` and ``fonts-noto-cjk``.
"""

import argparse
import importlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.resource_files import resource_path

TRUETYPE = Path("/usr/share/fonts/truetype/noto")
OPENTYPE = Path("/usr/share/fonts/opentype/noto")

LATIN_GREEK_CYRILLIC = (
    "0020-007E 00A0-02AF 02B0-036F 0370-03FF 0400-052F 1E00-1EFF 2000-2064 2066-206F 2070-209F 20A0-20BF "
    "2100-214F 2150-218F 2190-21FF 2212 2248 2260 2264 2265 25CC FB00-FB06 FFFD"
)
# Latin digits and punctuation go into every script's file too: a line that mixes a name with a number must not jump
# between two fonts of different weight and height.
COMMON = "0020-007E 00A0 00AB 00BB 2010-2015 2018-201F 2026 200B-200F 202A-202E 2066-2069 25CC"


@dataclass(frozen=True, slots=True)
class Script:
    """One family to bundle.

    Attributes:
        family: file stem, ``NotoSansArabic``.
        ranges: Unicode ranges in hexadecimal.
        weights: styles to keep; Qt makes the other one when it is missing.
        room: above and below the baseline that a line takes, in thousandths of the em; None as published.
    """

    family: str
    ranges: str
    weights: tuple[str, ...] = ("Regular",)
    room: tuple[int, int] | None = None

    @property
    def bundled(self) -> str:
        """File stem of the subset, ``BorneSansArabic``."""
        return self.family.replace("Noto", "Borne")


_SANS_ROOM = (1069, 293)  # that of Noto Sans

SCRIPTS = (
    Script("NotoSans", LATIN_GREEK_CYRILLIC, ("Regular", "Bold")),
    # As published a line takes twice its em, for marks of the Quran; letters with vowels and the dots below need this.
    Script(
        "NotoSansArabic",
        f"{COMMON} 0600-06FF 0750-077F 08A0-08FF FB50-FDFF FE70-FEFF",
        ("Regular", "Bold"),
        room=(1080, 560),
    ),
    Script("NotoSansBengali", f"{COMMON} 0964-0965 0980-09FF"),
    Script("NotoSansTamil", f"{COMMON} 0964-0965 0B80-0BFF"),
    Script("NotoSansDevanagari", f"{COMMON} 0900-097F 1CD0-1CFF A8E0-A8FF"),
    Script("NotoSansHebrew", f"{COMMON} 0590-05FF FB1D-FB4F"),
    Script("NotoSansGeorgian", f"{COMMON} 10A0-10FF 1C90-1CBF 2D00-2D2F"),
    Script("NotoSansArmenian", f"{COMMON} 0530-058F FB13-FB17"),
    Script("NotoSansEthiopic", f"{COMMON} 1200-139F 2D80-2DDF"),
    Script("NotoSansThai", f"{COMMON} 0E00-0E7F"),
    Script("NotoSansSinhala", f"{COMMON} 0D80-0DFF"),
    Script("NotoSansGurmukhi", f"{COMMON} 0964-0965 0A00-0A7F"),
    Script("NotoSansGujarati", f"{COMMON} 0964-0965 0A80-0AFF"),
    Script("NotoSansTelugu", f"{COMMON} 0964-0965 0C00-0C7F"),
    Script("NotoSansMalayalam", f"{COMMON} 0964-0965 0D00-0D7F"),
    Script("NotoSansKhmer", f"{COMMON} 1780-17FF 19E0-19FF"),
    Script("NotoSansLao", f"{COMMON} 0E80-0EFF"),
    Script("NotoSansMyanmar", f"{COMMON} 1000-109F"),
    Script("NotoSansTifinagh", f"{COMMON} 2D30-2D7F"),
    Script("NotoSansNKo", f"{COMMON} 07C0-07FF"),
    # Arrows, mathematical signs and key caps, which Noto Sans itself lacks; in the room of its own lines, so that a
    # sign among letters does not lift them.
    Script("NotoSansMath", "2190-21FF 2200-22FF", room=_SANS_ROOM),
    Script("NotoSansSymbols2", "2300-23FF 2423 25A0-25FF 2600-27BF", room=_SANS_ROOM),
)

# Characters of names that GB 2312 (1980) lacks.
CHINESE_NAMES = (
    "喆堃玥昇珺璟镕垚犇翀赟祎珮瑄玹珣禤曌奡彧昉晞暐炘焜燊珅瑀璠祐禛竑翚芃莀訫霨頔颋馡鹍龑龢偲凃勍叡啟堉墘姞嫄嫚嬿孃"
    "峣廼徯惇愔慜敔燚骉龘叕妘赑屃翾翯翛燏玙琲瑨璘畯睎祾禔秾窅竤筼紘絜绖缊羑荍萩蒨虓衎袆訚詝諲譞贇釐锜锳镠陞霂颙飏骎骕"
)
CHINESE_SINGLES = "3001-3003 3005-3011 3014-301F 3040-30FF FF00-FF65 FFE0-FFE6 3007 30FB"
# Index of the simplified Chinese face in the Debian collection: 0 JP, 1 KR, 2 SC, 3 TC, 4 HK.
CJK_SC_FACE = 2


def code_points(ranges: str) -> set[int]:
    """Return the code points of ranges such as ``0020-007E 25CC``."""
    points: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def gb2312_hanzi() -> Iterable[str]:
    """Return the 6763 hanzi of GB 2312, rows 16 to 87."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield bytes((row, cell)).decode("gb2312", errors="ignore")


def chinese_code_points() -> set[int]:
    """Return what a Chinese name or text needs."""
    hanzi = "".join(gb2312_hanzi()) + CHINESE_NAMES
    return {ord(ch) for ch in hanzi} | code_points(f"{COMMON} {CHINESE_SINGLES}")


def make_subset(source: Path, face: int, points: set[int], target: Path, room: tuple[int, int] | None = None) -> None:
    """Write one subset, with all layout features, without hinting, under a family name of our own.

    Not packed: Qt would unpack each file at every start, the Chinese one alone for a tenth of a second.

    Hinting goes because Qt draws tickets and screens unhinted; without it the dots do not depend on the rasteriser.
    The name changes because Qt prefers a Noto of the machine to a bundled font of the same name.
    """
    subset = importlib.import_module("fontTools.subset")  # a development tool, absent from a kiosk
    options = subset.Options(layout_features=["*"], hinting=False, notdef_outline=True)
    options.font_number = face
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 6}:
            record.string = record.toUnicode().replace("Noto", "Borne")
    if room is not None:
        give_room(font, *room)
    subset.save_font(font, str(target), options)


def give_room(font: Any, above: int, below: int) -> None:
    """Set how much room a line of a font takes, wherever a system may look for it."""
    font["hhea"].ascent, font["hhea"].descent = above, -below
    font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender = above, -below
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = above, below


def make_all(target: Path) -> list[Path]:
    """Write every subset into a folder and return the files."""
    made = []
    for script in SCRIPTS:
        for weight in script.weights:
            path = target / f"{script.bundled}-{weight}.ttf"
            source = TRUETYPE / f"{script.family}-{weight}.ttf"
            make_subset(source, -1, code_points(script.ranges), path, script.room)
            made.append(path)
    chinese = target / "BorneSansCJKsc-Regular.otf"
    make_subset(OPENTYPE / "NotoSansCJK-Regular.ttc", CJK_SC_FACE, chinese_code_points(), chinese)
    return [*made, chinese]


def main() -> None:
    """Make the subsets and say how large they are."""
    parser = argparse.ArgumentParser(description="Make the bundled font subsets.")
    parser.add_argument("--out", type=Path, default=resource_path("fonts"))
    out: Path = parser.parse_args().out
    for path in make_all(out):
        sys.stdout.write(f"{path.stat().st_size:>9} {path.name}\n")


if __name__ == "__main__":
    main()
