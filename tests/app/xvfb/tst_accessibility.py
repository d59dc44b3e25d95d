# SPDX-License-Identifier: MIT
"""What a screen reader finds: names, roles, tables with cells, values it can set, and steps it is told of."""
import unittest

import pyatspi
import window as w

def is_named(widget):
    """By itself, or by a label beside it as combo boxes are."""
    labelled = any(relation.getRelationType() == pyatspi.RELATION_LABELLED_BY for relation in widget.getRelationSet())
    return bool(widget.name) and (labelled or widget.getRoleName() != "combo box")


def has(widget, state):
    return widget.getState().contains(state)


def focusable(window):
    return [widget for widget in window.widgets() if has(widget, pyatspi.STATE_FOCUSABLE) and has(widget, pyatspi.STATE_ENABLED)]


class Names(unittest.TestCase):
    def assert_all_named(self, window):
        nameless = [f"{widget.getRoleName()} at {w.middle(widget)}" for widget in focusable(window)
                    if not is_named(widget) and widget.getRoleName() != "label"]  # a label without words says nothing
        self.assertEqual(nameless, [])

    def test_whatever_can_have_the_keyboard_has_a_name(self):
        with w.window(w.shipped_lesson("first_collide")) as window:
            window.click(window.get("check box", "More"))
            window.get("spin button", "filters")
            self.assert_all_named(window)
            window.click(window.get("radio button", "Model"))
            window.get("list", "Layers of the model")
            self.assert_all_named(window)
            window.press("ctrl+e")
            window.get("push button", "Choose")
            self.assert_all_named(window)

    def test_each_grid_of_the_stage_is_a_table_of_cells(self):
        with w.window(w.shipped_lesson("first_collide")) as window:
            window.press("End")
            w.until("the title of the last step", lambda: window.stage().name.startswith("same keeps 4 × 4"))
            for name, rows, columns, last_cell in (("input", 2, 2, "row 1 column 1 value 4"),
                                                   ("kernel", 3, 3, "row 2 column 2 value 90"),
                                                   ("output", 5, 5, "row 4 column 4 value 360, cropped")):
                table = window.get("table", name).queryTable()
                self.assertEqual((name, table.nRows, table.nColumns), (name, rows, columns))
                self.assertEqual(window.cell(name, rows - 1, columns - 1).name, last_cell)


class Keyboard(unittest.TestCase):
    def test_tab_leads_through_everything(self):
        with w.window(w.shipped_lesson("first_collide")) as window:
            cells = [window.cell("input", row, column) for row in (0, 1) for column in (0, 1)]
            # Tab leads into the grid, arrows through its cells.
            for key, cell in zip(("Tab", "Right", "Left", "Down"), cells[:2] + [cells[0], cells[2]]):
                window.press(key)
                w.until(f"the keyboard in {cell.name}", lambda: has(cell, pyatspi.STATE_FOCUSED))

            # Of choices that exclude each other Tab leads to the chosen one, of a list to its first row; arrows lead
            # to the others.
            def is_led_to(widget):
                role = widget.getRoleName()
                return (role != "radio button" or has(widget, pyatspi.STATE_CHECKED)) and (
                    role != "list item" or widget.getIndexInParent() == 0)
            waiting = {widget.name: widget for widget in focusable(window) if is_led_to(widget)}
            del waiting[window.stage().name]
            for _ in range(2 * len(waiting)):
                window.press("Tab")
                for name in [name for name, widget in waiting.items() if has(widget, pyatspi.STATE_FOCUSED)]:
                    del waiting[name]
            self.assertEqual(list(waiting), [])

    def test_a_step_is_spoken_as_the_name_of_the_stage(self):
        with w.window(w.shipped_lesson("first_collide")) as window:
            window.get("slider", "Timeline").queryComponent().grabFocus()
            spoken = [window.stage().name]
            for _ in range(2):
                window.press("Right")
                w.until("another sentence", lambda: window.stage().name not in spoken)
                spoken.append(window.stage().name)
            self.assertIn("3 × 3 stamp", spoken[0])


class Values(unittest.TestCase):
    def test_an_argument_is_set_by_a_screen_reader(self):
        with w.window(w.shipped_lesson("first_collide")) as window:
            window.get("label", "(None, 4, 4, 1)")
            for axis in ("rows", "columns"):
                window.get("spin button", f"strides, {axis}").queryValue().currentValue = 3
            window.get("label", "(None, 6, 6, 1)")

    def test_a_cell_is_pressed_by_a_screen_reader(self):
        with w.window(w.shipped_lesson("first_collide")) as window:
            window.press("End")
            cell = window.cell("output", 2, 1)
            cell.queryAction().doAction(0)
            w.until("its sum", lambda: "Pinned full[2, 1]: 140 now and in the end" in window.stage().description)


if __name__ == "__main__":
    w.main()
