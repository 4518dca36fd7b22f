"""Sheets as a PDF: A4, one document after the other, each with its bookmark and the QR of its public check."""

from __future__ import annotations

from io import BytesIO
from unicodedata import normalize

import segno
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from bebeli.orders.documents.layout import Sheet

WIDTH, HEIGHT = A4
LEFT, RIGHT, BOTTOM = 18 * mm, WIDTH - 18 * mm, 20 * mm
FOOT = 32 * mm  # the QR and its words
PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
FONT = "cp1252"
INDIGO, GOLD, INK, GREY, RULE = (HexColor(code) for code in ("#27327a", "#f3b62f", "#1f2333", "#5b6070", "#c9cbd6"))
AMOUNT = 26 * mm  # the width of a column of amounts, while that leaves room for the first
FIRST = 42 * mm  # the room that the first column needs


def written(text: str) -> str:
    """Return text in the letters the built-in fonts have: others lose their marks, what is left over becomes a question mark."""
    return "".join(map(_had, normalize("NFC", text)))


def _had(letter: str) -> str:
    bare = letter if letter.encode(FONT, "ignore") else normalize("NFKD", letter)
    return bare.encode(FONT, "ignore").decode(FONT) or "?"


class Press:
    """Draws sheets one after the other; `y` is where the next line stands."""

    def __init__(self) -> None:
        self._out = BytesIO()
        self._canvas = Canvas(self._out, pagesize=A4, invariant=1)
        self._canvas.setAuthor("BEBELI")
        self._y = 0.0
        self._code = ""

    def add(self, sheet: Sheet) -> None:
        """Draw one document on pages of its own."""
        self._code = sheet.code
        self._canvas.bookmarkPage(sheet.code)
        self._canvas.addOutlineEntry(f"{sheet.title} {sheet.code}", sheet.code)
        self._canvas.setTitle(f"{sheet.title} {sheet.code}")
        self._head(sheet)
        self._facts(sheet.facts)
        self._parties(sheet.parties)
        self._table(sheet.columns, sheet.rows)
        self._totals(sheet)
        self._foot(sheet)
        self._canvas.showPage()

    def end(self) -> bytes:
        """Return the whole file."""
        self._canvas.save()
        return self._out.getvalue()

    def _say(self, x: float, text: str, size: float = 9.5, font: str = PLAIN, colour: HexColor = INK) -> None:
        self._canvas.setFont(font, size)
        self._canvas.setFillColor(colour)
        self._canvas.drawString(x, self._y, written(text))

    def _say_right(self, x: float, text: str, size: float = 9.5, font: str = PLAIN, colour: HexColor = INK) -> None:
        self._canvas.setFont(font, size)
        self._canvas.setFillColor(colour)
        self._canvas.drawRightString(x, self._y, written(text))

    def _rule(self, thickness: float = 0.5, colour: HexColor = RULE) -> None:
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(thickness)
        self._canvas.line(LEFT, self._y, RIGHT, self._y)

    def _room(self, height: float) -> bool:
        """Begin another page when so much does not fit; tell whether it did begin one."""
        if self._y - height > BOTTOM:
            return False
        self._canvas.showPage()
        self._y = HEIGHT - 22 * mm
        self._say_right(RIGHT, self._code, 8.5, colour=GREY)
        self._y -= 8 * mm
        return True

    def _head(self, sheet: Sheet) -> None:
        self._y = HEIGHT - 24 * mm
        _mark(self._canvas, LEFT, self._y - 2)
        self._say(LEFT + 15 * mm, "BEBELI", 17, BOLD, INDIGO)
        self._say_right(RIGHT, sheet.title, 17, BOLD, INDIGO)
        self._y -= 5 * mm
        self._say(LEFT + 15 * mm, "Bekasi Berani Beli · Kabupaten Bekasi", 8, colour=GREY)
        self._say_right(RIGHT, sheet.code, 9.5, BOLD)
        self._y -= 5 * mm
        self._rule(1.2, GOLD)
        if sheet.stamp:
            self._y -= 8 * mm
            self._say(LEFT, sheet.stamp, 12, BOLD, HexColor("#a4133c"))
        self._y -= 8 * mm

    def _facts(self, facts: list[tuple[str, str]]) -> None:
        for label, value in facts:
            self._say(LEFT, label, 9, colour=GREY)
            self._say(LEFT + 32 * mm, value)
            self._y -= 5 * mm
        self._y -= 3 * mm

    def _parties(self, parties: list[tuple[str, list[str]]]) -> None:
        top, lowest, width = self._y, self._y, (RIGHT - LEFT) / 2 - 6 * mm
        for number, (label, lines) in enumerate(parties):
            self._y, x = top, LEFT + number * (width + 12 * mm)
            self._say(x, label, 8.5, colour=GREY)
            for place, line in enumerate(lines):
                font = BOLD if place == 0 else PLAIN
                for part in simpleSplit(written(line), font, 9.5, width):
                    self._y -= 4.6 * mm
                    self._say(x, part, 9.5, font)
            lowest = min(lowest, self._y)
        self._y = lowest - 10 * mm

    def _columns(self, columns: list[str]) -> None:
        size = 8.5 if _amount(columns) == AMOUNT else 7.5
        for number, column in enumerate(columns):
            if number == 0:
                self._say(LEFT, column, size, BOLD, GREY)
            else:
                self._say_right(_edge(number, columns), column, size, BOLD, GREY)
        self._y -= 2 * mm
        self._rule(0.8)
        self._y -= 4.8 * mm

    def _table(self, columns: list[str], rows: list[list[str]]) -> None:
        self._columns(columns)
        each = _amount(columns)
        size = 9 if each == AMOUNT else 8
        width = RIGHT - LEFT - each * (len(columns) - 1) - 2 * mm
        for row in rows:
            parts = simpleSplit(written(row[0]), PLAIN, size, width) or [""]
            if self._room(4.4 * mm * len(parts) + 2 * mm):
                self._columns(columns)
            for number, cell in enumerate(row[1:], start=1):
                self._say_right(_edge(number, columns), cell, size)
            for part in parts:
                self._say(LEFT, part, size)
                self._y -= 4.4 * mm
            self._y += 2.4 * mm
            self._rule(0.3)
            self._y -= 4.6 * mm

    def _totals(self, sheet: Sheet) -> None:
        self._room(6 * mm * len(sheet.totals) + 24 * mm + FOOT)
        for total in sheet.totals:
            size, font = (11.5, BOLD) if total.is_last else (9.5, PLAIN)
            self._say_right(RIGHT - AMOUNT - 6 * mm, total.label, size, font)
            self._say_right(RIGHT, total.value, size, font, INDIGO if total.is_last else INK)
            self._y -= 5.8 * mm
        self._y -= 3 * mm
        for part in simpleSplit(written(_("Terbilang: %(words)s") % {"words": sheet.words}), PLAIN, 9.5, RIGHT - LEFT):
            self._say(LEFT, part)
            self._y -= 4.8 * mm
        for note in sheet.notes:
            for part in simpleSplit(written(note), PLAIN, 8.5, RIGHT - LEFT):
                self._say(LEFT, part, 8.5, colour=GREY)
                self._y -= 4.4 * mm

    def _foot(self, sheet: Sheet) -> None:
        self._room(FOOT)
        self._y = BOTTOM
        side = _qr(self._canvas, sheet.check_url, LEFT, BOTTOM, 27 * mm)
        x = LEFT + side + 5 * mm
        self._y = BOTTOM + 20 * mm
        self._say(x, _("Periksa keaslian dokumen ini"), 9.5, BOLD)
        address = simpleSplit(sheet.check_url, PLAIN, 8.5, RIGHT - x)
        fingerprint = _("Sidik jari (SHA-256): %(hash)s") % {"hash": sheet.sha256}
        for text in (_("Pindai kode QR, atau buka:"), *address, fingerprint):
            self._y -= 4.6 * mm
            self._say(x, text, 7 if text is fingerprint else 8.5, colour=GREY)


def _amount(columns: list[str]) -> float:
    return float(min(AMOUNT, (RIGHT - LEFT - FIRST) / max(len(columns) - 1, 1)))


def _edge(number: int, columns: list[str]) -> float:
    return float(RIGHT - _amount(columns) * (len(columns) - 1 - number))


def _mark(canvas: Canvas, x: float, y: float) -> None:
    """Draw the three leaves of the mark; the numbers are those of static/img/mark.svg."""
    canvas.saveState()
    canvas.translate(x, y + 22)
    canvas.scale(0.78, -0.78)
    canvas.setStrokeColor(INDIGO)
    canvas.setLineWidth(2.6)
    canvas.setLineJoin(1)
    canvas.setFillColor(GOLD)
    for is_filled, start, *curves in (
        (1, (24, 4), (30, 11, 30, 21, 24, 28), (18, 21, 18, 11, 24, 4)),
        (0, (5, 13), (14, 13, 20, 19, 24, 28), (15, 30, 7, 25, 5, 13)),
        (0, (43, 13), (34, 13, 28, 19, 24, 28), (33, 30, 41, 25, 43, 13)),
    ):
        path = canvas.beginPath()
        path.moveTo(*start)
        for curve in curves:
            path.curveTo(*curve)
        path.close()
        canvas.drawPath(path, stroke=1, fill=is_filled)
    canvas.line(10, 33, 38, 33)
    canvas.restoreState()


def _qr(canvas: Canvas, text: str, x: float, y: float, side: float) -> float:
    """Draw a QR as one path of runs of dark modules; returns its side."""
    matrix = segno.make(text, error="m", micro=False).matrix
    module = side / len(matrix)
    path = canvas.beginPath()
    for row, line in enumerate(matrix):
        column = 0
        while column < len(line):
            begin = column
            while column < len(line) and line[column]:
                column += 1
            if column > begin:
                path.rect(x + begin * module, y + side - (row + 1) * module, (column - begin) * module, module)
            column += 1
    canvas.setFillColor(INK)
    canvas.drawPath(path, stroke=0, fill=1)
    return side
