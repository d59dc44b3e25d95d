// SPDX-License-Identifier: MIT
// The rule of the output's size: in symbols, with these numbers, and the result.
#include <algorithm>

#include "engine/layers/formula.h"
#include "ui/figures/regions.h"
#include "ui/figures/table.h"
#include "ui/figures/words.h"

namespace ui::figures {

using diagram::Role;

namespace {

constexpr double size = 15;
constexpr double line_height = 26;
constexpr double gap = 14;  ///< between equations

/// Input and output as on the stage, the kernel as its weights.
Role role_of(engine::Quantity quantity) {
    switch (quantity) {
        case engine::Quantity::in:
        case engine::Quantity::input_channels:
            return Role::input_text;
        case engine::Quantity::out:
        case engine::Quantity::full:
        case engine::Quantity::filters:
        case engine::Quantity::units:
            return Role::output_text;
        case engine::Quantity::kernel_size:
        case engine::Quantity::effective_kernel:
        case engine::Quantity::dilation_rate:
            return Role::weight_text;
        default:
            return Role::ink;
    }
}

std::vector<diagram::TextRun> runs_of(const std::vector<engine::Piece>& pieces) {
    std::vector<diagram::TextRun> runs;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const bool spaced = i > 0 && engine::is_spaced(pieces[i - 1], pieces[i]);
        runs.push_back(
            diagram::digits((spaced ? QStringLiteral(" ") : QString()) + text_of(pieces[i].text),
                            {role_of(pieces[i].quantity), 1}));
    }
    return runs;
}

/// Equations below each other, their signs of equality too.
class Lines {
public:
    Lines(diagram::Builder& builder, double top) : m_builder(builder), m_y(top) {}

    void heading(const QString& text) {
        m_builder.label({margin, m_y + line_height / 2}, 12.5,
                        {diagram::words(text, {Role::ink_soft, 1})});
        m_y += line_height;
    }

    void equation(const engine::Equation& equation) {
        const QString left = text_of(equation.left.text);
        const qsizetype indent = left.isEmpty() ? 0 : left.size() + 1;
        const QString equals = QStringLiteral("= ");
        for (const auto* side : {&equation.symbols, &equation.numbers}) {
            if (side->empty()) continue;
            std::vector<diagram::TextRun> runs = runs_of(*side);
            if (side == &equation.symbols && !left.isEmpty()) {
                runs.insert(runs.begin(),
                            {diagram::digits(left + u' ', {role_of(equation.left.quantity), 1},
                                             diagram::FontWeight::bold),
                             diagram::digits(equals)});
                put(std::move(runs), 0);
            } else if (side == &equation.symbols) {
                put(std::move(runs), 0);
            } else {
                runs.insert(runs.begin(), diagram::digits(equals));
                put(std::move(runs), indent);
            }
        }
        put({diagram::digits(equals),
             diagram::digits(text_of(engine::digits(equation.result)), {Role::output_text, 1},
                             diagram::FontWeight::bold)},
            indent);
        m_y += gap;
        m_said << text_of(engine::text_of(equation));
    }

    double bottom() const { return m_y; }
    double width() const { return m_width; }
    QStringList said() const { return m_said; }

private:
    void put(std::vector<diagram::TextRun> runs, qsizetype indent) {
        qsizetype characters = indent;
        for (const diagram::TextRun& run : runs) characters += run.text.size();
        m_width = std::max(m_width, mono_width(characters, size));
        m_builder.label({margin + mono_width(indent, size), m_y + line_height / 2}, size,
                        std::move(runs));
        m_y += line_height;
    }

    diagram::Builder& m_builder;
    double m_y;
    double m_width = 0;
    QStringList m_said;
};

}  // namespace

std::optional<diagram::Diagram> draw_formula(const Subject& subject) {
    const engine::Formula formula = engine::explain(subject.spec(), subject.geometry());
    const bool has_parameters = !formula.parameters.symbols.empty();
    if (formula.rows.equations.empty() && formula.columns.equations.empty() && !has_parameters)
        return std::nullopt;
    diagram::Builder builder({});
    const QString heading = text_of(engine::class_name(subject.spec()));
    builder.group(QStringLiteral("formula"), Words::tr("Formula of the size"));
    Lines lines(builder, put_heading(builder, heading));
    const auto axis = [&](const QString& name, const engine::AxisFormula& rules) {
        if (rules.equations.empty()) return;
        lines.heading(name);
        for (const engine::Equation& equation : rules.equations) lines.equation(equation);
    };
    if (formula.axes_equal) {
        axis(Words::tr("rows and columns"), formula.rows);
    } else {
        axis(Words::tr("rows"), formula.rows);
        axis(Words::tr("columns"), formula.columns);
    }
    if (has_parameters) {
        lines.heading(Words::tr("parameters"));
        lines.equation(formula.parameters);
    }
    return finished(builder, {2 * margin + lines.width(), lines.bottom() + margin - gap}, heading,
                    lines.said().join(u'\n'));
}

}  // namespace ui::figures
