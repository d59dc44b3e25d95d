# SPDX-License-Identifier: MIT
"""The program in a real window: driven by keys and clicks of the X server, read through AT-SPI as a screen reader does.

Widgets are found by what a screen reader calls them and clicked where it says they are, so no test knows a pixel.
"""
import json
import os
import shutil
import subprocess
import sys
import time
import unittest
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

SKIPPED = 77  # SKIP_RETURN_CODE of ctest

try:
    import pyatspi
    from gi.repository import GLib
except ImportError:
    print("skipped: python3-pyatspi is not installed")
    sys.exit(SKIPPED)

PROGRAM = os.environ["STRIDESCOPE"]


def until(what, probe, seconds=60):
    """Asks again until the answer is true, and returns it. Generous: it only takes long when it fails."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            answer = probe()
        except (LookupError, GLib.Error):  # a widget that went while it was being read
            answer = None
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s for {what}; last seen: {answer!r}")
        time.sleep(0.03)


def xdotool(*arguments):
    return subprocess.run(["xdotool", *map(str, arguments)], capture_output=True, text=True).stdout.split()


class Window:
    def __init__(self, process, lesson_file):
        self.process = process
        self.file = lesson_file
        self.known = {}  # widgets found before, by role and name: walking the tree takes long
        self.id = until("a window", self._find_window)
        self.tree = until("the window's accessibility tree", self._find_tree)
        self.focus()

    def _find_window(self):
        assert not self.has_quit(), f"the program ended with {self.process.returncode} before it had a window"
        found = xdotool("search", "--all", "--onlyvisible", "--pid", self.process.pid, "--name", "Stridescope")
        return found and found[0]

    def _find_tree(self):
        for application in pyatspi.Registry.getDesktop(0):
            if application and application.get_process_id() == self.process.pid:
                application.set_cache_mask(0)  # what is read is what is there now
                return application

    def focus(self):
        xdotool("windowfocus", "--sync", self.id)

    def resize(self, width, height):
        xdotool("windowmove", self.id, 0, 0, "windowsize", "--sync", self.id, width, height)

    def size(self):
        geometry = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", self.id))
        return int(geometry["WIDTH"]), int(geometry["HEIGHT"])

    # The keyboard and the mouse.

    def title(self):
        return " ".join(xdotool("getwindowname", self.id))

    def press(self, *keys):
        xdotool("key", "--clearmodifiers", *keys)

    def type(self, text):
        xdotool("type", "--", text)

    def click(self, widget):
        xdotool("mousemove", *middle(widget), "click", 1)

    def drag(self, *points):
        """Through points, with the moves a hand makes in between."""
        moves = []
        for (x0, y0), (x1, y1) in zip(points, points[1:]):
            for share in (0.25, 0.5, 0.75, 1):
                # In haste the program would be told of the last of them alone.
                moves += ["mousemove", round(x0 + (x1 - x0) * share), round(y0 + (y1 - y0) * share), "sleep", 0.02]
        xdotool("mousemove", *points[0], "mousedown", 1, *moves, "mouseup", 1)

    # What a screen reader finds.

    def widgets(self, role=None):
        """Everything that shows, of one role or of all, without the cells of tables."""
        return (widget for widget in shown_below(self.tree) if role in (None, widget.getRoleName()))

    def find(self, role, name=""):
        """The first that shows whose name begins like this; None if there is none."""
        known = self.known.get((role, name))
        if not known or not shows(known) or not known.name.startswith(name):
            known = next((widget for widget in self.widgets(role) if widget.name.startswith(name)), None)
            self.known[role, name] = known
        return known

    def get(self, role, name=""):
        return until(f"a {role} {name!r}", lambda: self.find(role, name))

    def stage(self):
        return self.get("panel")

    def enter(self, field, text):
        """Types into a field that already holds something."""
        self.click(self.get("spin button", field))
        self.press("ctrl+a")
        self.type(text)
        self.press("Return")

    def cell(self, table, row, column):
        return self.get("table", table).queryTable().getAccessibleAt(row, column)

    def step(self):
        return round(self.get("slider", "Timeline").queryValue().currentValue)

    def last_step(self):
        return round(self.get("slider", "Timeline").queryValue().maximumValue)

    # The lesson's file, and the end.

    def saved(self):
        """What Ctrl+S writes."""
        self.file.unlink(missing_ok=True)
        self.press("ctrl+s")
        until("the saved file", self.file.exists)
        return json.loads(self.file.read_text())

    def has_quit(self):
        return self.process.poll() is not None

    def quit(self):
        self.press("ctrl+q")
        until("the program to quit", self.has_quit)
        assert self.process.returncode == 0, f"exit code {self.process.returncode}"


def shows(widget):
    return widget.getState().contains(pyatspi.STATE_SHOWING)


def shown_below(parent):
    for widget in parent:
        if widget and shows(widget):
            yield widget
            if widget.getRoleName() != "table":
                yield from shown_below(widget)


def extents(widget):
    return widget.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)


def middle(widget):
    box = extents(widget)
    return box.x + box.width // 2, box.y + box.height // 2


def shipped_lesson(name):
    return subprocess.run([PROGRAM, "lessons", name], check=True, capture_output=True, text=True).stdout


@contextmanager
def window(lesson, size=(1440, 900), settings=(), name=None):
    """The program with a lesson (its JSON; none: a shipped one by its name, or as first launched) and a home of its own.
    It must not complain."""
    with TemporaryDirectory(prefix="stridescope-") as home:
        file = Path(home, "lesson.stride")
        if lesson:
            file.write_text(lesson if isinstance(lesson, str) else json.dumps(lesson))
        config = Path(home, "config", "stridescope", "stridescope.json")
        config.parent.mkdir(parents=True)
        config.write_text(json.dumps({"theme": 1, **dict(settings)}))
        runtime = Path(home, "runtime")
        runtime.mkdir(mode=0o700)
        environment = os.environ | {
            "HOME": home, "XDG_CONFIG_HOME": str(config.parent.parent), "XDG_RUNTIME_DIR": str(runtime),
            "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "LC_ALL": "C.UTF-8",
        }
        with open(Path(home, "stderr"), "w+") as complaints:
            process = subprocess.Popen([PROGRAM, *([file] if lesson else [name] if name else [])], cwd=home, env=environment, stderr=complaints)
            try:
                shown = Window(process, file)
                shown.resize(*size)
                yield shown
            except BaseException:
                screenshot()
                raise
            finally:
                process.kill()
                process.wait()
                complaints.seek(0)
                said = complaints.read()
                assert not said, f"the program complained:\n{said}"


def screenshot():
    picture = Path.cwd() / f"{Path(sys.argv[0]).stem}.png"
    if shutil.which("import"):  # ImageMagick's
        subprocess.run(["import", "-window", "root", str(picture)])
        print(f"the screen when it failed: {picture}")


def main():
    if not os.environ.get("DISPLAY") or not shutil.which("xdotool"):
        print("skipped: these tests want a display and xdotool")
        sys.exit(SKIPPED)
    unittest.main(verbosity=2, warnings="ignore")  # of pyatspi, about itself
