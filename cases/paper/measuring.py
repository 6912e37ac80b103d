"""What a door list costs beside the bare compile of the same JSON, which runs alone in a fresh process: Typst remembers."""

import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from cases.paper import typesetting
from cases.paper.pages import font_folders
from cases.paper.sheets import Content

# The same two compiles as typesetting.render_pdf makes, and nothing else: no Django, no rows, no sizes to decide.
BARE = """
import json, sys, time
from pathlib import Path
import typst
folder, root, *fonts = sys.argv[1:]
files = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
begun, worked = time.perf_counter(), time.process_time()
faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=fonts)
def make(call):
    main = '#import "door_list.typ": *\\n#' + call.format('json("data.json"), json("paper.json")')
    compiler = typst.Compiler(root=root, font_paths=faces, ignore_system_fonts=True)
    return compiler.compile({"main.typ": main.encode(), **files}, format="pdf", pdf_tags=False)
files["form.json"] = json.dumps(list(make("form-of({})"))).encode()
make('document-of({}, made: json("form.json"))')
print(time.perf_counter() - begun, time.process_time() - worked)
"""


def bare_seconds(content: Content, paper: str) -> tuple[float, float]:
    """Seconds by the clock and of work for a bare compile; loading the fonts is in them, the start of Python not.

    On a machine that does other things as well only the seconds of work compare.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, made in typesetting._files("door_list", content, paper).items():
            (Path(folder) / name).write_bytes(made)
        root = settings.BASE_DIR / "templates" / "print"
        command = [sys.executable, "-c", BARE, folder, str(root), *map(str, font_folders())]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)  # noqa: S603
    wall, worked = map(float, done.stdout.split())
    return wall, worked
