// SPDX-License-Identifier: MIT
// What the rail makes of shapes: other settings that lead to a size, and results laid over each
// other.
#include "engine/lessons/comparison.h"
#include "engine/lessons/continued.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/rail/rail.h"
#include "ui/widgets/stage/player.h"

namespace ui::widgets {

void MainWindow::connectShapes() {
    connect(m_rail, &Rail::layOverRequested, this, &MainWindow::layOver);
    connect(m_rail, &Rail::caseChosen, this, &MainWindow::showCase);
    connect(m_rail, &Rail::wayTaken, this,
            [this](LayerSpan span, const std::vector<engine::LayerSpec>& layers) {
                engine::Lesson lesson =
                    engine::with_layers(shown().lesson, span.first, span.count, layers);
                const int last = span.first + static_cast<int>(layers.size()) - 1;
                // The last of them makes the size that was asked for.
                focusOn(std::move(lesson), last, tr("Change layer"));
            });
    connect(m_rail, &Rail::waysCompared, this,
            [this](LayerSpan span, const std::vector<engine::LayerSpec>& first,
                   const std::vector<engine::LayerSpec>& second) {
                const engine::Lesson base = shown().lesson;
                engine::Lesson lesson = engine::with_layers(base, span.first, span.count, first);
                lesson.against = engine::with_layers(base, span.first, span.count, second).layers;
                m_side = 0;
                editWhole(std::move(lesson), tr("Compare"));
            });
}

void MainWindow::layOver(const std::optional<diagram::OtherCrop>& other) {
    m_player->pause();
    diagram::View view = shown().view;
    view.beside = other;
    view.hovered.reset();
    view.pointed = {};
    look(view);
}

/// By itself, over an input of 2 × 2, with nothing said but its kernel and strides.
void MainWindow::showCase(engine::Size2D kernel_size, engine::Size2D strides) {
    const auto count = static_cast<int>(shown().lesson.layers.size());
    engine::Conv2DTranspose layer;
    layer.kernel_size = kernel_size;
    layer.strides = strides;
    engine::Lesson lesson = engine::with_layers(shown().lesson, 0, count, {layer});
    const engine::Shape two{engine::readers_input, engine::readers_input, 1};
    lesson.input = lesson.input.shape().rank() == 3 && lesson.input.shape().channels() == 1
                       ? engine::repeated(lesson.input, two)
                       : engine::counting_input(two);
    focusOn(std::move(lesson), 0, tr("Show a case of the readers"));
}

/// The layers first: the focus must be among them.
void MainWindow::focusOn(engine::Lesson lesson, int focus, const QString& text) {
    edit(std::move(lesson), text);
    focusLayer(focus);
}

}  // namespace ui::widgets
