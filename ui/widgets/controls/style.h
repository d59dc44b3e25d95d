// SPDX-License-Identifier: MIT
// The look of every widget: a palette and one style sheet made from the diagram's colours.
#pragma once

#include <QFont>
#include <QPalette>
#include <QPointF>
#include <QString>

#include "ui/diagram/theme.h"

class QLabel;
class QPainter;
class QPushButton;
class QWidget;

namespace ui::widgets {

/// What a piece of text is. The style sheet gives each its size, face and colour.
enum class TextRole {
    wordmark,      ///< the program's name
    title,         ///< a heading of the rail
    heading,       ///< a heading of the inspector
    note,          ///< a quiet sentence
    soft,          ///< quiet words of normal size
    argument,      ///< a Keras argument's name, mono
    value,         ///< a quiet number or shape, mono
    formula,       ///< a formula that matters, mono
    formula_soft,  ///< a formula that explains, mono
    result,        ///< the output shape, mono, green
    count,         ///< a total, mono, bold
    code,          ///< what a program would run, mono
    card_name,     ///< the name of a card
    verdict,       ///< how a card compares: green where it "agrees"
    problem,       ///< what is wrong, after a sign
};

/// What a button is. Plain is a framed button.
enum class ButtonRole { primary, input_pill, weight_pill, segment, quiet, icon, chain, card };

void set_text_role(QWidget* widget, TextRole role);
void set_button_role(QPushButton* button, ButtonRole role);
/// The quiet ground of a whole region: white panel, or the paper behind the stage.
enum class Ground { panel, paper };
void set_ground(QWidget* widget, Ground ground);

QLabel* make_label(const QString& text, TextRole role, QWidget* parent = nullptr);
/// After a property that the style sheet asks for has changed.
void polish_again(QWidget* widget);
/// A field whose value is impossible, and why; empty: it is not.
void set_faulty(QWidget* field, const QString& sentence);
/// A cross that says what it closes.
QPushButton* make_close_button(const QString& spoken, QWidget* parent);
/// A horizontal line between sections.
QWidget* make_divider(QWidget* parent = nullptr);

QPalette palette_of(const diagram::Theme& theme);
/// `text_scale` 1 is the designed size; measures grow with the text.
QString style_sheet_of(const diagram::Theme& theme, double text_scale);

/// The designed text size, in points at 96 dots per inch (12.5 px).
inline constexpr double base_point_size = 9.375;
/// The font of the whole program.
QFont base_font(double text_scale);
/// How much larger than designed the application's font is now; at least 0.75.
double text_scale();
/// A length of the design at the present text scale.
int scaled(double length);
/// The height of something that holds a line of text: the text grows, the white around it does not.
int line_height(double height);

/// The ring around what has the keyboard, inside `rect`: the same 2 px in every part of the window.
void paint_focus_ring(QPainter& painter, const QRectF& rect, double radius, const QColor& colour);

/// The small triangle of spin boxes and choices.
enum class Arrow { up, down, right };
void paint_arrow(QPainter& painter, QPointF centre, Arrow arrow, const QColor& colour);

}  // namespace ui::widgets
