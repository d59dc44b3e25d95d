#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Drives the pages that `stridescope animate` writes in Chromium.

usage: drive_page.py STRIDESCOPE [SEED]

Random edits, then: the output that stands in the picture is, bit for bit, what `stridescope eval`
computes of the same numbers; what the page says of its step is what a page made of the edited lesson
says; mouse and keyboard play, step and edit; the page asks the network for nothing and reports no
error. Without Chromium it is skipped: exit code 77.
"""
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import time

LESSONS = [("readers_puzzle", "stamp"), ("readers_puzzle", "slide"), ("readers_puzzle", "why_equal"),
           ("crop_same_k3", "stamp"), ("even_k4", "slide"), ("channels_to_one", "stamp"),
           ("upsampling_bilinear", "stamp"), ("convolution", "stamp")]


def float32(number):
    return struct.unpack("f", struct.pack("f", number))[0]


class Chromium:
    """One page, by the debugging protocol over a pipe."""

    def __init__(self, program, folder):
        to_browser, self.out = os.pipe()
        self.inn, from_browser = os.pipe()

        def pipes():
            os.dup2(to_browser, 10)
            os.dup2(from_browser, 11)
            os.dup2(10, 3)
            os.dup2(11, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             "--no-first-run", "--disable-background-networking", "--window-size=1100,1000",
             "--user-data-dir=" + folder + "/profile", "about:blank"],
            preexec_fn=pipes, close_fds=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.count = 0
        self.rest = b""
        self.events = []
        self.session = None
        target = next(t for t in self.send("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.send("Target.attachToTarget",
                                 targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(domain + ".enable")

    def send(self, method, **parameters):
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def read(self):
        while b"\0" not in self.rest:
            part = os.read(self.inn, 1 << 20)
            if not part:
                raise RuntimeError("the browser is gone")
            self.rest += part
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def open(self, path):
        self.events = []
        self.send("Page.navigate", url="file://" + path)
        for _ in range(200):
            if self.ask("document.readyState === 'complete' && !!window.stridescope"):
                return
            time.sleep(0.05)
        raise RuntimeError(f"{path} does not start: {self.complaints()}")

    def ask(self, expression):
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(expression + ": " + json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def key(self, key, text=None, shift=False):
        codes = {"ArrowRight": 39, "ArrowLeft": 37, "Home": 36, "End": 35, "Enter": 13, " ": 32, "Tab": 9}
        common = {"key": key, "modifiers": 8 if shift else 0,
                  "windowsVirtualKeyCode": codes.get(key, ord(key[0].upper()))}
        if text:
            common["text"] = text
        self.send("Input.dispatchKeyEvent", type="keyDown", **common)
        self.send("Input.dispatchKeyEvent", type="keyUp", **common)

    def click(self, selector):
        x, y = self.ask(f"""(() => {{ const r = document.querySelector({json.dumps(selector)})
            .getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()""")
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def complaints(self):
        said = []
        for event in self.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method in ("Runtime.exceptionThrown", "Log.entryAdded"):
                said.append(json.dumps(parameters)[:300])
            if method == "Network.requestWillBeSent":
                url = parameters["request"]["url"]
                if not url.startswith(("file:", "data:")):
                    said.append("asked for " + url)
        return said

    def close(self):
        self.process.terminate()
        self.process.wait()


class Check:
    def __init__(self):
        self.count = 0
        self.failures = []

    def equal(self, what, got, wanted):
        self.count += 1
        if got != wanted:
            self.failures.append(f"{what}:\n  got    {got}\n  wanted {wanted}")


def run(program, *arguments, given=None):
    done = subprocess.run([program, *arguments], input=given, capture_output=True, text=True,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    if done.returncode != 0:
        raise RuntimeError(f"{arguments}: {done.stderr}")
    return done.stdout


def edit_at_random(page, rng):
    live = page.ask("JSON.parse(document.getElementById('play').textContent).live")
    inputs, kernel = live["input"], live["kernel"]
    for _ in range(rng.randint(2, 12)):
        list_name = "kernel" if kernel and rng.random() < 0.5 else "input"
        values = kernel if list_name == "kernel" else inputs
        index = rng.randrange(len(values))
        value = float32(rng.choice([rng.randint(-9, 9), rng.uniform(-5, 5), rng.gauss(0, 1e-3),
                                    rng.uniform(-1e6, 1e6)])) or 3.0
        values[index] = value
        page.ask(f"stridescope.edit('{list_name}', {index}, {value!r})")
    return live, inputs, kernel


def evaluated(program, page, live, inputs, kernel, layer):
    """What the engine makes of the page's numbers: by taps the page does not choose."""
    rows, columns, channels = live["inputShape"]
    args = {key: value for key, value in layer.items() if key not in ("class_name", "name", "weights")}
    if "filters" in args:
        args["filters"] = 1  # the one that the page shows
    name = {"Conv2DTranspose": "conv2d_transpose", "Conv2D": "conv2d", "UpSampling2D": "upsampling2d"}
    case = {"id": "page", "layer": name[layer["class_name"]], "args": args,
            "input": {"shape": [1, rows, columns, channels], "data": inputs}, "weights": {}}
    if kernel:
        kernel_rows, kernel_columns, _ = live["kernelShape"]
        shape = [kernel_rows, kernel_columns, 1, channels]
        if layer["class_name"] == "Conv2D":
            shape = [kernel_rows, kernel_columns, channels, 1]
        case["weights"] = {"kernel": {"shape": shape, "data": kernel}}
        if args.get("use_bias", True):
            case["weights"]["bias"] = {"shape": [1], "data": [live["bias"]]}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"cases": [case]}, file)
        file.flush()
        answer = json.loads(run(program, "eval", "--target", "reference", file.name))["cases"][0]
    if "error" in answer:
        raise RuntimeError(f"{answer['error']} of {json.dumps(case)[:400]}")
    return answer


def compare_with_engine(program, page, check, name, live, inputs, kernel, layer):
    page.ask("stridescope.goTo(1e6)")
    answer = evaluated(program, page, live, inputs, kernel, layer)
    _, rows, columns, _ = answer["output"]["shape"]
    data = answer["output"]["data"]
    crop = answer.get("crop_top_bottom_left_right", [0, 0, 0, 0])
    cells = {}
    for cell, value in page.ask("stridescope.cells()"):
        grid, _, row, column = cell.split()
        if grid in ("full_output", "slide_output"):
            cells[grid, int(row) - crop[0], int(column) - crop[2]] = value
    lanes = {grid for grid, _, _ in cells}
    check.equal(f"{name}: there are outputs", bool(lanes), True)
    for lane in lanes:
        for row in range(rows):
            for column in range(columns):
                check.equal(f"{name}: {lane}[{row}, {column}]",
                            cells.get((lane, row, column), 0.0),
                            float32(data[row * columns + column]))


def compare_with_new_page(program, page, check, name, folder, lesson, reading, edits):
    """What is said of the edited numbers, step by step, as a page says it that was made of them."""
    live, inputs, kernel = edits
    lesson = json.loads(json.dumps(lesson))
    lesson["input"]["data"] = inputs
    if kernel:
        kernel_rows, kernel_columns, channels = live["kernelShape"]
        is_transposed = lesson["layers"][0]["class_name"] == "Conv2DTranspose"
        shape = [1, channels] if is_transposed else [channels, 1]
        lesson["weights"] = [{"kernel": {"shape": [kernel_rows, kernel_columns] + shape, "data": kernel}}]
    steps = range(*page.ask("stridescope.steps"))
    said = []
    for step in steps:
        page.ask(f"stridescope.goTo({step})")
        said.append(page.ask("stridescope.texts()"))
    path = folder + "/edited.stride"
    with open(path, "w") as file:
        json.dump(lesson, file)
    run(program, "animate", path, "--reading", reading, "--still", "--force", "-o", folder + "/edited.html")
    page.open(folder + "/edited.html")
    left_out = 0
    for step in steps:
        page.ask(f"stridescope.goTo({step})")
        wanted = page.ask("stridescope.texts()")
        for text in said[step]:
            left_out += text is None
            # Numbers in cells are cut to the type there, which is chosen anew.
            if text and len(text) > 1 and (any(c.isalpha() for c in text.replace("e", "")) or "×" in text[1:]):
                check.equal(f"{name}, step {step}", text if text not in wanted else "", "")
    return left_out, sum(map(len, said))


def drive_by_hand(page, check):
    step = "Number(document.getElementById('scrub').value)"
    first, last = page.ask("stridescope.steps")
    page.key("Home")
    check.equal("Home", page.ask(step), first)
    page.key("ArrowRight")
    check.equal("→", page.ask(step), first + 1)
    page.key("ArrowLeft")
    check.equal("←", page.ask(step), first)
    page.key("ArrowRight", shift=True)
    check.equal("Shift+→ goes further", page.ask(step) > first + 1, True)
    page.key("End")
    check.equal("End", page.ask(step), last)
    page.key("Home")
    page.ask("document.getElementById('loop').checked = false; "
             "document.getElementById('speed').value = '4'; "
             "document.getElementById('speed').dispatchEvent(new Event('change'))")
    page.key(" ")
    time.sleep(1.5)
    check.equal("Space plays", page.ask(step) > first, True)
    page.click("#play-pause")
    paused = page.ask(step)
    time.sleep(0.7)
    check.equal("a click pauses", page.ask(step), paused)
    page.click("#last")
    page.click("[data-edit='input 0']")
    check.equal("a click on a cell opens it", page.ask("!!document.getElementById('cell-editor')"), True)
    page.send("Input.insertText", text="−7,5")
    page.key("Enter", text="\r")
    check.equal("typed", page.ask("stridescope.cells().find(([cell]) => cell === 'input 0 0 0')[1]"), -7.5)
    check.equal("the step's sentence is spoken",
                page.ask("document.getElementById('spoken').textContent.length > 10"), True)
    page.key("Enter", text="\r")
    page.send("Input.insertText", text="abc")
    page.key("Enter", text="\r")
    check.equal("no number is refused", page.ask("!!document.getElementById('cell-editor')"), True)
    page.key("Escape")
    page.click("#reset")
    check.equal("reset", page.ask("document.getElementById('reset').hidden"), True)


def main():
    program = os.path.abspath(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not browser:
        print("skipped: there is no chromium")
        return 77
    check = Check()
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        page = Chromium(browser, folder)
        try:
            for lesson, reading in LESSONS:
                name = f"{lesson} {reading}"
                path = f"{folder}/{lesson}_{reading}.html"
                run(program, "animate", lesson, "--reading", reading, "--fps", "5", "-o", path)
                page.open(path)
                layer = json.loads(run(program, "lessons", lesson))["layers"][0]
                for _ in range(3):
                    live, inputs, kernel = edit_at_random(page, rng)
                    compare_with_engine(program, page, check, name, live, inputs, kernel, layer)
                    page.ask("document.getElementById('reset').click()")
                edits = edit_at_random(page, rng)
                left_out, texts = compare_with_new_page(
                    program, page, check, name, folder, json.loads(run(program, "lessons", lesson)),
                    reading, edits)
                print(f"{name}: {left_out} of {texts} texts are not said after an edit")
                check.equal(f"{name}: nobody complains", page.complaints(), [])
            page.open(f"{folder}/readers_puzzle_stamp.html")
            drive_by_hand(page, check)
            check.equal("nobody complains", page.complaints(), [])
        finally:
            page.close()
    for failure in check.failures[:20]:
        print(failure)
    print(f"{check.count - len(check.failures)} of {check.count} comparisons hold")
    return 1 if check.failures else 0


if __name__ == "__main__":
    sys.exit(main())
