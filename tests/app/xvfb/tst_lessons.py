# SPDX-License-Identifier: MIT
"""Every shipped lesson in the real window, small and large, with ordinary and with doubled text: nothing is complained
about and the program leaves with exit code 0."""
import subprocess
import unittest

import window as w

LESSONS = dict(line.split("\t") for line in subprocess.check_output([w.PROGRAM, "lessons"], text=True).splitlines())


class Lessons(unittest.TestCase):
    def look_around(self, window):
        for size in ((1024, 640), (1440, 900)):
            window.resize(*size)
            self.assertEqual(window.size(), size)
            window.press("ctrl+1", "End", "ctrl+2", "Home", "Right", "ctrl+3", "shift+Right", "Right", "Right")
            self.assertNotIn("(s)", window.stage().name + window.stage().description)  # words fit their number

    def open_all(self, text_scale):
        self.assertGreater(len(LESSONS), 10)
        for name in LESSONS:
            with self.subTest(lesson=name), w.window(w.shipped_lesson(name), settings=[("text_scale", text_scale)]) as window:
                self.look_around(window)
                window.quit()

    def test_with_ordinary_text(self):
        self.open_all(1)

    def test_with_doubled_text(self):
        self.open_all(2)

    def test_one_by_its_name(self):
        with w.window(None, name="even_k4") as window:
            self.assertIn(LESSONS["even_k4"], window.title())


if __name__ == "__main__":
    w.main()
