#!/usr/bin/env python3
"""Makes docs/picture.png, the picture of the READMEs, from the sample county: a sheet as a town sent it, what it
gets back, and the ranking.

    python3 docs/picture.py target/release/wuzhang

Asks for LibreOffice (soffice), poppler (pdftoppm, pdftotext), a Chinese font (Noto Sans CJK) and Pillow. It runs the
program over a copy of sample-data/yunshan in a temporary folder, has LibreOffice print the three workbooks, cuts each
page to what stands on it and puts one below the other.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "sample-data" / "yunshan"
PERIOD = "2026-05"
# The town whose sheet shows: about three projects, one amount that says 约.
TOWN = "白沙镇"
WIDTH = 1500
MARGIN = 24
GREY, INK = "#f2f2f2", "#1f2937"


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def printed(workbook, says, folder):
    """The first page of a printed workbook that says all of something, cut to what stands on it."""
    run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "pdf",
        "--outdir", folder, workbook)
    pdf = folder / f"{workbook.stem}.pdf"
    for page in range(1, 100):
        text = run("pdftotext", "-f", page, "-l", page, pdf, "-")
        if all(word in text for word in says):
            run("pdftoppm", "-r", "200", "-f", page, "-l", page, "-singlefile", "-png", pdf, folder / "page")
            return cut(Image.open(folder / "page.png").convert("RGB"))
    raise SystemExit(f"{workbook.name} has no page with {says}")


def cut(page):
    """Without its footer and its empty margins, as wide as the picture."""
    body = page.crop((0, 0, page.width, int(page.height * 0.93)))
    box = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    body = body.crop(box)
    inner = WIDTH - 2 * MARGIN
    return body.resize((inner, body.height * inner // body.width), Image.LANCZOS)


def font(size):
    """A Chinese font, wherever the system keeps it."""
    return ImageFont.truetype(run("fc-match", "-f", "%{file}", "Noto Sans CJK SC:bold").strip(), size)


def put_together(panels):
    """Panels below one another, each under its caption."""
    head = 46
    height = MARGIN + sum(head + panel.height + 2 * MARGIN for _, panel in panels) - MARGIN
    picture = Image.new("RGB", (WIDTH, height), GREY)
    draw, top = ImageDraw.Draw(picture), MARGIN // 2
    for caption, panel in panels:
        draw.text((MARGIN, top), caption, fill=INK, font=font(26))
        top += head
        draw.rectangle((MARGIN // 2, top, WIDTH - MARGIN // 2, top + panel.height + MARGIN), fill="white", outline="#cbd5e1")
        picture.paste(panel, (MARGIN, top + MARGIN // 2))
        top += panel.height + 2 * MARGIN
    return picture


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        county = folder / "yunshan"
        shutil.copytree(SAMPLE, county, ignore=shutil.ignore_patterns("out", "ledger", "sent", "forms", ".*"))
        # It ends with 1, since the sample holds faults on purpose.
        done = subprocess.run([program, "run", county, "--period", PERIOD, "--quiet"], capture_output=True)
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr.decode())
        inbox, out = county / "inbox" / PERIOD, county / "out" / PERIOD
        sent = next(path for path in sorted(inbox.rglob("*.xlsx")) if TOWN in path.name)
        back = out / "returns" / f"{TOWN}退改单.xlsx"
        ranking = next(out.glob("*重点项目排名.xlsx"))
        panels = [
            ("1  一个镇报来的表　as a town sent it", printed(sent, ["月报表"], folder)),
            ("2  退给它的：要改什么、在哪一格　what it gets back: what to mend, and where",
             printed(back, ["需修改事项"], folder)),
            ("　  同一张表，存疑的格子涂了色　its own sheet, the doubtful cells coloured", printed(back, ["月报表", "挂钩责任单位"], folder)),
            ("3  全县排名，每个数都能追到单元格　the ranking, each figure traceable to its cells",
             printed(ranking, ["乡镇（街道）排名", "名次"], folder)),
        ]
        picture = put_together(panels).quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        picture.save(HERE / "picture.png", optimize=True)
    print(f"docs/picture.png, {picture.width} x {picture.height}, {(HERE / 'picture.png').stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
