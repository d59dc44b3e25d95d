# SPDX-License-Identifier: MIT
"""Gestures of a learner in the real window. The saved file is the proof that each did what it should."""
import unittest

import window as w

COLLIDE = {
    "stridescope": 1,
    "title": "Collide",
    "layers": [{"class_name": "Conv2DTranspose", "filters": 1, "kernel_size": [3, 3], "strides": [2, 2], "padding": "same"}],
    "input": {"shape": [2, 2, 1], "data": [1, 2, 3, 4]},
    "weights": [{"initializer": "tens"}],
    "view": {"reading": "stamp"},
}


def numbers(lesson):
    return lesson["input"]["data"]


class MainJob(unittest.TestCase):
    def test_a_learner_grows_a_grid_and_takes_the_picture_home(self):
        with w.window(w.shipped_lesson("first_upsampling")) as window:
            window.enter("input, rows", "3")
            window.enter("input, columns", "3")
            window.click(window.get("radio button", "Conv2DTranspose"))
            window.get("label", "(None, 6, 6, 1)")  # kernel 3 × 3, strides 2, padding same
            window.drag(*(w.middle(window.cell("input", i, i)) for i in range(3)))
            self.assertEqual(numbers(window.saved()), [1, 2, 3, 4, 1, 6, 7, 8, 1])
            for reading in ("Stamp", "Slide", "Why equal"):
                window.click(window.get("radio button", reading))  # keeps the place
                window.get("slider", "Timeline").queryValue().currentValue = 0
                w.until("the start", lambda: window.step() == 0)
                for step in (1, 2, 3):
                    window.press("alt+Right")
                    w.until(f"step {step} of {reading}", lambda: window.step() == step)
            window.press("ctrl+e")
            window.get("push button", "Choose")
            window.press("End", "BackSpace", "BackSpace", "BackSpace")  # of the file's name, whose ending decides
            window.type("svg")
            window.get("combo box", "SVG")
            window.press("Return")
            exported = window.get("label", "Written at ").name.split(": ", 1)[1]
            self.assertTrue(exported.endswith("lesson.svg"))
            with open(exported) as picture:
                self.assertIn(f">{window.stage().name}</title>", picture.read())

    def test_the_first_launch_plays_the_course(self):
        with w.window(lesson=None) as window:
            window.get("push button", "Pause")
            window.get("label", "1 of 6")
            w.until("the first copy", lambda: window.step() >= 1)


class Refusing(unittest.TestCase):
    def test_an_impossible_setting_is_explained_and_undone(self):
        with w.window(COLLIDE) as window:
            window.enter("kernel_size, rows", "0")
            window.get("label", "▲ kernel_size")
            window.press("ctrl+z")
            window.get("label", "(None, 4, 4, 1)")
            self.assertIsNone(window.find("label", "▲ kernel_size"))

    def test_a_broken_file_gets_a_sentence(self):
        with w.window('{"stridescope": 1, "layers": [') as window:
            self.assertIn("line 1", window.get("label", "lesson.stride: A value is missing").name)


class Editing(unittest.TestCase):
    def test_a_typed_number_replaces_and_moves_on(self):
        with w.window(COLLIDE) as window:
            window.click(window.cell("input", 0, 0))
            window.type("9")
            window.press("Return")  # down
            window.type("-1.5")
            window.press("Tab")  # to the right
            window.press("Delete")
            self.assertEqual(numbers(window.saved()), [9, 2, -1.5, 0])

    def test_a_drag_paints_and_is_one_step_of_undo(self):
        with w.window(COLLIDE) as window:
            window.drag(*(w.middle(window.cell("input", *at)) for at in ((0, 1), (0, 0), (1, 0))))
            self.assertEqual(numbers(window.saved()), [2, 2, 2, 4])
            window.press("ctrl+z")
            self.assertEqual(numbers(window.saved()), [1, 2, 3, 4])
            window.press("ctrl+shift+z")
            self.assertEqual(numbers(window.saved()), [2, 2, 2, 4])

    def test_a_grid_is_copied_into_another(self):
        with w.window(COLLIDE) as window:
            window.click(window.cell("input", 0, 0))
            window.press("ctrl+a", "ctrl+c")
            window.click(window.cell("kernel", 1, 1))
            window.press("ctrl+v")
            kernel = window.saved()["weights"][0]["kernel"]["data"]
            self.assertEqual(kernel, [10, 20, 30, 40, 1, 2, 70, 3, 4])

    def test_arguments_follow_the_keyboard_in_the_inspector(self):
        with w.window(COLLIDE) as window:
            window.click(window.get("spin button", "strides, rows"))
            window.press("Up")  # both, by the chain between them
            window.press("Tab", "space")  # opened
            window.press("Tab", "Up")
            window.click(window.get("radio button", "valid"))
            layer = window.saved()["layers"][0]
            self.assertEqual((layer["strides"], layer["padding"]), ([3, 4], "valid"))
            self.assertTrue(window.get("label", "(None, 6, 8, 1)"))


class Playing(unittest.TestCase):
    def test_space_plays_and_pauses(self):
        with w.window(COLLIDE) as window:
            window.press("space")
            w.until("the second step", lambda: window.step() >= 1)
            window.press("space")
            self.assertTrue(window.get("push button", "Play"))
            paused_at = window.step()
            self.assertEqual(window.saved()["view"]["step"], paused_at)

    def test_keys_step_and_reach_both_ends(self):
        with w.window(COLLIDE) as window:
            last = window.last_step()
            for key, step in (("End", last), ("Left", last - 1), ("Home", 0), ("Right", 1), ("Next", 2)):
                window.press(key)
                w.until(f"step {step} after {key}", lambda: window.step() == step)
            self.assertEqual(window.saved()["view"]["step"], 2)

    def test_the_timeline_is_scrubbed(self):
        with w.window(COLLIDE) as window:
            box = w.extents(window.get("slider", "Timeline"))
            y = box.y + 12
            window.drag((box.x + 12, y), (box.x + box.width - 2, y))
            w.until("the last step", lambda: window.step() == window.last_step())
            window.drag((box.x + box.width - 12, y), (box.x + 2, y))
            w.until("the first step", lambda: window.step() == 0)

    def test_readings_change_by_key_and_by_click(self):
        with w.window(COLLIDE) as window:
            window.press("ctrl+2")
            self.assertEqual(window.saved()["view"]["reading"], "slide")
            window.click(window.get("radio button", "Why equal"))
            self.assertEqual(window.saved()["view"]["reading"], "why_equal")


class Leaving(unittest.TestCase):
    def test_the_picture_is_exported_by_keyboard(self):
        with w.window(COLLIDE) as window:
            window.press("End", "ctrl+e")
            window.get("push button", "Choose")
            picture = window.file.with_name("picture.svg")
            window.press("ctrl+a")
            window.type(str(picture))
            window.press("Return")
            w.until("the picture", picture.exists)
            window.get("label", "Written at ")
            self.assertIn(">same keeps 4 × 4 of the full 5 × 5</title>", picture.read_text())
            self.assertEqual(list(picture.parent.glob("picture*")), [picture])
            window.press("Escape")
            w.until("the dialog to close", lambda: not window.find("push button", "Choose"))

    def test_unsaved_changes_are_asked_about(self):
        with w.window(COLLIDE) as window:
            before = window.file.read_text()
            window.click(window.cell("input", 0, 0))
            window.type("7")
            window.press("Return", "ctrl+q")
            window.get("push button", "Discard")
            window.press("Escape")
            w.until("the question to close", lambda: not window.find("push button", "Discard"))
            self.assertFalse(window.has_quit())
            window.focus()  # as a window manager would
            window.press("ctrl+q")
            window.click(window.get("push button", "Discard"))
            w.until("the program to quit", window.has_quit)
            self.assertEqual((window.process.returncode, window.file.read_text()), (0, before))

    def test_what_is_saved_is_not_asked_about(self):
        with w.window(COLLIDE) as window:
            window.click(window.cell("input", 0, 0))
            window.type("7")
            window.press("Return")
            self.assertEqual(numbers(window.saved()), [7, 2, 3, 4])
            window.quit()

    def test_what_the_window_remembers_has_a_folder_of_its_own(self):
        with w.window(COLLIDE) as window:
            window.quit()
            config = window.file.with_name("config")
            self.assertEqual([path.relative_to(config).as_posix() for path in config.rglob("*.*")],
                             ["stridescope/stridescope.json"])
            self.assertIn('"geometry":', (config / "stridescope/stridescope.json").read_text())


if __name__ == "__main__":
    w.main()
