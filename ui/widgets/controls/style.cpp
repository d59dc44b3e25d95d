// SPDX-License-Identifier: MIT
// The palette, the style sheet, and the little that neither can say.
#include "ui/widgets/controls/style.h"

#include <algorithm>
#include <array>

#include <QApplication>
#include <QFrame>
#include <QLabel>
#include <QPainter>
#include <QPolygonF>
#include <QPushButton>
#include <QStyle>

#include "ui/paint/fonts.h"
#include "ui/widgets/controls/icon_button.h"

namespace ui::widgets {

using diagram::Role;

namespace {

constexpr std::array text_role_names{"wordmark", "title", "heading",   "note",         "soft",
                                     "argument", "value", "formula",   "formula_soft", "result",
                                     "count",    "code",  "card_name", "verdict",      "problem"};
constexpr std::array button_role_names{"primary", "input_pill", "weight_pill", "segment",
                                       "quiet",   "icon",       "chain",       "card"};

/// Four sizes are all there are, in points at 96 dots per inch (11.5, 12.5, 14 and 17 px): more
/// would look restless, and every size of every face costs the start two milliseconds.
struct FontSize {
    const char* name;
    double points;
};
constexpr std::array font_sizes{FontSize{"small", 8.625}, FontSize{"text", base_point_size},
                                FontSize{"heading", 10.5}, FontSize{"name", 12.75}};

QString property_value(const char* name) { return QString::fromLatin1(name); }

}  // namespace

void set_text_role(QWidget* widget, TextRole role) {
    widget->setProperty("textRole",
                        property_value(text_role_names[static_cast<std::size_t>(role)]));
}

void set_button_role(QPushButton* button, ButtonRole role) {
    button->setProperty("buttonRole",
                        property_value(button_role_names[static_cast<std::size_t>(role)]));
    // A click leaves the keyboard where it was, usually on the stage; Tab still reaches the button.
    button->setFocusPolicy(Qt::TabFocus);
}

void set_ground(QWidget* widget, Ground ground) {
    widget->setAttribute(Qt::WA_StyledBackground);
    widget->setProperty("ground", property_value(ground == Ground::panel ? "panel" : "paper"));
}

QLabel* make_label(const QString& text, TextRole role, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    set_text_role(label, role);
    if (role == TextRole::note || role == TextRole::soft || role == TextRole::problem)
        label->setWordWrap(true);
    return label;
}

void polish_again(QWidget* widget) {
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

void set_faulty(QWidget* field, const QString& sentence) {
    const bool faulty = !sentence.isEmpty();
    field->setAccessibleDescription(sentence);
    if (field->property("faulty").toBool() == faulty) return;
    field->setProperty("faulty", faulty);
    polish_again(field);
}

QPushButton* make_close_button(const QString& spoken, QWidget* parent) {
    return new IconButton(QStringLiteral("close"), spoken, parent);
}

QWidget* make_divider(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setFixedHeight(1);
    line->setAttribute(Qt::WA_StyledBackground);
    line->setProperty("divider", true);
    return line;
}

QPalette palette_of(const diagram::Theme& theme) {
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Role colour) {
        palette.setColor(role, theme.colour(colour));
    };
    set(QPalette::Window, Role::paper);
    set(QPalette::WindowText, Role::ink);
    set(QPalette::Base, Role::panel);
    set(QPalette::AlternateBase, Role::sunken);
    set(QPalette::Text, Role::ink);
    set(QPalette::Button, Role::panel);
    set(QPalette::ButtonText, Role::ink);
    set(QPalette::BrightText, Role::on_strong);
    set(QPalette::Light, Role::panel);
    set(QPalette::Midlight, Role::sunken);
    set(QPalette::Mid, Role::panel_line);
    set(QPalette::Dark, Role::ink_faint);
    set(QPalette::Shadow, Role::ink_soft);
    set(QPalette::Highlight, Role::ink);
    set(QPalette::HighlightedText, Role::on_strong);
    set(QPalette::PlaceholderText, Role::ink_soft);
    set(QPalette::Link, Role::ink);
    set(QPalette::LinkVisited, Role::ink_soft);
    set(QPalette::ToolTipBase, Role::panel);
    set(QPalette::ToolTipText, Role::ink);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.colour(Role::ink_faint));
    return palette;
}

QFont base_font(double text_scale) {
    QFont font = paint::font_of(diagram::Face::words, diagram::FontWeight::regular, 13);
    font.setPointSizeF(base_point_size * text_scale);
    return font;
}

double text_scale() {
    // Of the wish, not of what the font engine rounded it to.
    const QFont font = QApplication::font();
    const double points = font.pointSizeF() > 0 ? font.pointSizeF() : font.pixelSize() * 0.75;
    return std::max(points / base_point_size, 0.75);
}

int scaled(double length) { return qRound(length * text_scale()); }

namespace {
double line_height_of(double height, double text_scale) {
    constexpr double line = 17;  // of the designed text
    return height + line * (text_scale - 1);
}
}  // namespace

int line_height(double height) { return qRound(line_height_of(height, text_scale())); }

QString style_sheet_of(const diagram::Theme& theme, double text_scale) {
    // @name@ is a colour, ~n~ a length in pixels and $name$ a font size in points, both scaled;
    // ^n^ the height of a line of text with what is white around it, which does not grow.
    QString sheet = QStringLiteral(R"(
QWidget[ground="panel"] { background: @panel@; }
QWidget[ground="paper"] { background: @paper@; }
QScrollArea, QScrollArea > QWidget > QWidget[ground="panel"] { background: @panel@; border: none; }
QScrollArea#inspector { border-right: 1px solid @panel_line@; }
QWidget#rail { border-left: 1px solid @panel_line@; }
QWidget#blank { background: @ink@; }
QFrame[banner="message"] { background: @panel@; border: 1px solid @ink@; border-radius: 6px; }
QFrame[banner="notes"] { background: @panel@; border: none; border-top: 1px solid @panel_line@; }
QFrame[divider="true"] { background: @panel_line@; border: none; }
QToolTip { color: @ink@; background: @panel@; border: 1px solid @panel_line@; padding: ~4~px; }

QLabel { color: @ink@; background: transparent; }
QLabel[textRole="wordmark"] { font-size: $name$pt; font-weight: 700; }
QLabel[textRole="title"] { font-size: $heading$pt; font-weight: 700; }
QLabel[textRole="heading"] { font-size: $heading$pt; font-weight: 700; }
QLabel[textRole="note"] { font-size: $small$pt; color: @ink_soft@; }
QLabel[textRole="soft"] { color: @ink_soft@; }
QLabel[textRole="argument"] { font-family: "DejaVu Sans Mono"; font-size: $text$pt; }
QLabel[textRole="value"] { font-family: "DejaVu Sans Mono"; font-size: $small$pt; color: @ink_soft@; }
QLabel[textRole="formula"] { font-family: "DejaVu Sans Mono"; font-size: $text$pt; }
QLabel[textRole="formula_soft"] { font-family: "DejaVu Sans Mono"; font-size: $small$pt; color: @ink_soft@; }
QLabel[textRole="result"] { font-family: "DejaVu Sans Mono"; font-size: $heading$pt; font-weight: 700; color: @output_text@; }
QLabel[textRole="count"] { font-family: "DejaVu Sans Mono"; font-size: $heading$pt; font-weight: 700; }
QLabel[textRole="code"] { font-family: "DejaVu Sans Mono"; font-size: $small$pt; }
QLabel[textRole="card_name"] { font-size: $small$pt; font-weight: 600; }
QLabel[textRole="verdict"] { font-size: $small$pt; font-weight: 600; }
QLabel[textRole="verdict"][agrees="true"] { color: @output_text@; }
QLabel[textRole="problem"] { color: @ink@; }
QFrame[card="true"] { background: @sunken@; border: none; border-radius: ~6~px; }

QPushButton { background: @panel@; color: @ink@; border: 1px solid @panel_line@; border-radius: ~8~px;
              padding: 0 ~12~px; min-height: ^30^px; font-weight: 600; }
QPushButton:hover { border-color: @ink_faint@; }
QPushButton:checked, QPushButton:pressed { background: @sunken@; }
QPushButton:disabled { color: @ink_faint@; }
QPushButton:focus { border: 2px solid @ink@; padding: 0 ~11~px; }
QPushButton[buttonRole="primary"] { background: @ink@; color: @on_strong@; border-color: @ink@; }
QPushButton[buttonRole="primary"]:hover { background: @ink_soft@; }
QPushButton[buttonRole="primary"]:disabled { background: @panel_line@; border-color: @panel_line@; color: @ink_soft@; }
QPushButton[buttonRole="primary"]:focus { border: 2px solid @ink_faint@; }
QPushButton[buttonRole="input_pill"], QPushButton[buttonRole="weight_pill"] {
    font-size: $small$pt; font-weight: 400; border-radius: ~13~px; min-height: ^26^px;
    padding: 0 ~5~px; background: @panel@; }
QPushButton[buttonRole="input_pill"]:checked { color: @input_text@; border-color: @input_line@; font-weight: 600; }
QPushButton[buttonRole="weight_pill"]:checked { color: @weight_text@; border-color: @weight_line@; font-weight: 600; }
QPushButton[buttonRole="input_pill"]:focus, QPushButton[buttonRole="weight_pill"]:focus {
    border: 2px solid @ink@; padding: 0 ~4~px; }
QPushButton[buttonRole="segment"] { background: transparent; border: none; color: @ink_soft@; font-weight: 400;
    padding: 0 ~8~px; min-height: ^26^px; }
QPushButton[buttonRole="segment"]:hover { color: @ink@; }
QPushButton[buttonRole="segment"]:checked { background: transparent; color: @ink@; font-weight: 600; }
QPushButton[buttonRole="segment"]:focus { border: none; padding: 0 ~8~px; }
QPushButton[buttonRole="quiet"] { background: transparent; border: 1px solid transparent; padding: 0;
    min-height: ^24^px; text-align: left; font-size: $text$pt; }
QPushButton[buttonRole="quiet"][fold="true"] { color: @ink_soft@; font-weight: 400; }
QPushButton[buttonRole="quiet"]:hover { color: @ink_soft@; }
QPushButton[buttonRole="quiet"]:focus { border: 2px solid @ink@; border-radius: ~6~px; }
QPushButton[buttonRole="quiet"][marked="true"] { padding: 0 ~6~px 0 ~15~px; }
QPushButton[buttonRole="icon"] { background: transparent; border: 1px solid transparent; border-radius: ~6~px;
    padding: 0; min-height: ^26^px; min-width: ^26^px; max-width: ^26^px; }
QPushButton[buttonRole="icon"]:hover { border-color: @panel_line@; }
QPushButton[buttonRole="icon"]:focus { border: 2px solid @ink@; padding: 0; }
QPushButton[buttonRole="card"] { background: transparent; border: 1px solid transparent; border-radius: ~6~px;
    padding: 0; min-height: 0; }
QPushButton[buttonRole="card"]:hover { border-color: @panel_line@; }
QPushButton[buttonRole="card"]:focus { border: 2px solid @ink@; padding: 0; }
QPushButton[buttonRole="chain"] { background: transparent; border: 1px solid transparent; border-radius: ~5~px;
    padding: 0; min-height: ^26^px; min-width: ~18~px; max-width: ~18~px; }
QPushButton[buttonRole="chain"]:focus { border: 2px solid @ink@; padding: 0; }

QAbstractSpinBox, QLineEdit, QComboBox { background: @panel@; color: @ink@; border: 1px solid @panel_line@;
    border-radius: ~6~px; min-height: ^28^px; padding: 0 ~4~px 0 ~7~px;
    selection-background-color: @ink@; selection-color: @on_strong@; }
QAbstractSpinBox { font-family: "DejaVu Sans Mono"; font-size: $text$pt; padding-right: 0; }
QAbstractSpinBox[wordy="true"] { font-size: $small$pt; }
QAbstractSpinBox:hover, QLineEdit:hover, QComboBox:hover { border-color: @ink_faint@; }
QAbstractSpinBox:focus, QLineEdit:focus, QComboBox:focus { border: 2px solid @ink@; padding-left: ~6~px; }
QAbstractSpinBox[faulty="true"], QLineEdit[faulty="true"], QComboBox[faulty="true"] {
    border: 2px dashed @warning@; min-height: ^26^px; padding-left: ~6~px; }
QAbstractSpinBox:disabled, QLineEdit:disabled, QComboBox:disabled { color: @ink_faint@; background: @sunken@; }
QAbstractSpinBox QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: ~16~px; border: none; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: ~16~px; border: none; }
QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow { image: none; width: 0; height: 0; }
QComboBox { padding-right: ~20~px; }
QComboBox[presets="input"] { color: @input_text@; font-weight: 600; }
QComboBox[presets="weights"] { color: @weight_text@; font-weight: 600; }
QComboBox::drop-down { subcontrol-origin: border; subcontrol-position: center right; width: ~20~px; border: none; }
QComboBox::down-arrow { image: none; width: 0; height: 0; }
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus { background: @panel@; color: @ink@;
    border: 1px solid @ink_faint@; border-radius: 0; font-weight: 400; outline: none; padding: ~4~px;
    selection-background-color: @sunken@; selection-color: @ink@; }
QComboBox QAbstractItemView::item { min-height: ^26^px; padding: 0 ~6~px; border-radius: ~5~px; }
QComboBox QAbstractItemView::item:selected { background: @sunken@; color: @ink@; }
QCheckBox { spacing: ~8~px; min-height: ^26^px; background: transparent; }
QCheckBox[small="true"] { font-size: $small$pt; color: @ink_soft@; spacing: ~6~px; min-height: ^22^px; }
QCheckBox[small="true"]:checked { color: @ink@; }
QCheckBox::indicator { width: ~16~px; height: ~16~px; border: 1px solid @ink_faint@; border-radius: ~4~px; background: @panel@; }
QCheckBox[small="true"]::indicator { width: ~14~px; height: ~14~px; }
QCheckBox::indicator:checked { border-color: @ink@; background: @ink@; }
QCheckBox::indicator:focus { border: 2px solid @ink@; }
QCheckBox::indicator:checked:focus { border-color: @ink_faint@; }

QToolButton { background: @panel@; border: 1px solid @panel_line@; border-radius: ~6~px; color: @ink_soft@;
    font-size: $small$pt; padding: ~2~px ~6~px; }
QToolButton:hover { border-color: @ink_faint@; color: @ink@; }
QToolButton:checked { color: @ink@; }
QToolButton:focus { border-color: @ink@; }
QToolButton::menu-indicator { image: none; }

QMenuBar { background: transparent; color: @ink@; border: none; spacing: 0; }
QMenuBar::item { background: transparent; padding: 6px ~8~px; border-radius: ~6~px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @sunken@; }
QMenu { background: @panel@; color: @ink@; border: 1px solid @panel_line@; padding: ~6~px; }
QMenu::item { padding: ~6~px ~24~px ~6~px ~26~px; border-radius: ~6~px; background: transparent; }
QMenu::item:selected { background: @sunken@; }
QMenu::item:disabled { color: @ink_faint@; }
QMenu::separator { height: 1px; background: @panel_line@; margin: ~6~px ~8~px; }
QMenu::indicator { width: ~8~px; height: ~8~px; left: ~10~px; border-radius: ~4~px; }
QMenu::indicator:checked { background: @ink@; }

QScrollBar:vertical { background: transparent; width: ~10~px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ~10~px; margin: 0; }
QScrollBar::handle { background: @panel_line@; border-radius: ~4~px; margin: ~1~px; }
QScrollBar::handle:vertical { min-height: ~28~px; }
QScrollBar::handle:horizontal { min-width: ~28~px; }
QScrollBar::handle:hover { background: @ink_faint@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QPlainTextEdit, QListView, QTextBrowser { background: @panel@; color: @ink@; border: 1px solid @panel_line@;
    border-radius: ~8~px; selection-background-color: @ink@; selection-color: @on_strong@; outline: none; }
QPlainTextEdit:focus, QListView:focus, QTextBrowser:focus { border: 2px solid @ink@; }
QListView[bare="true"], QListView[bare="true"]:focus { border: none; background: transparent; }
QListView#ways { qproperty-good: @output_text@; }
QScrollArea:focus { border: 2px solid @ink@; border-radius: ~6~px; }
QPlainTextEdit { font-family: "DejaVu Sans Mono"; font-size: $small$pt; padding: ~6~px; }
QPlainTextEdit[large="true"] { font-size: $heading$pt; padding: ~10~px; }
QProgressBar { background: @sunken@; border: 1px solid @panel_line@; border-radius: ~6~px; min-height: ~10~px; max-height: ~10~px; }
QProgressBar::chunk { background: @ink@; border-radius: ~5~px; }
)");
    for (int i = static_cast<int>(Role::paper); i <= static_cast<int>(Role::on_strong); ++i) {
        const auto role = static_cast<Role>(i);
        sheet.replace(u'@' + diagram::name_of(role) + u'@', theme.colour(role).name());
    }
    for (const auto& [name, points] : font_sizes)
        sheet.replace(u'$' + QString::fromLatin1(name) + u'$',
                      QString::number(points * text_scale, 'f', 3));
    const auto put_lengths = [&](QChar sign, const auto& in_pixels) {
        for (qsizetype from = sheet.indexOf(sign); from >= 0; from = sheet.indexOf(sign)) {
            const qsizetype to = sheet.indexOf(sign, from + 1);
            const double length = QStringView(sheet).mid(from + 1, to - from - 1).toDouble();
            sheet.replace(from, to - from + 1, QString::number(qRound(in_pixels(length))));
        }
    };
    put_lengths(u'~', [&](double length) { return length * text_scale; });
    put_lengths(u'^', [&](double length) { return line_height_of(length, text_scale); });
    return sheet;
}

void paint_focus_ring(QPainter& painter, const QRectF& rect, double radius, const QColor& colour) {
    constexpr double width = 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, width));
    painter.setBrush(Qt::NoBrush);
    constexpr double inside = width / 2;
    painter.drawRoundedRect(rect.adjusted(inside, inside, -inside, -inside), radius, radius);
    painter.restore();
}

void paint_arrow(QPainter& painter, QPointF centre, Arrow arrow, const QColor& colour) {
    const double half = 3 * text_scale();
    QPolygonF triangle;
    switch (arrow) {
        case Arrow::up:
            triangle << QPointF(-half, half / 2) << QPointF(half, half / 2)
                     << QPointF(0, -half * 0.6);
            break;
        case Arrow::down:
            triangle << QPointF(-half, -half / 2) << QPointF(half, -half / 2)
                     << QPointF(0, half * 0.6);
            break;
        case Arrow::right:
            triangle << QPointF(-half / 2, -half) << QPointF(-half / 2, half)
                     << QPointF(half * 0.6, 0);
            break;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(triangle.translated(centre));
    painter.restore();
}

}  // namespace ui::widgets
