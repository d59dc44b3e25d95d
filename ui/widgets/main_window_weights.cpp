// SPDX-License-Identifier: MIT
// The window of the weights in brackets: opened, kept up to date, and its edits made.
#include "engine/layers/layer_definition.h"
#include "ui/widgets/controls/appearance.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/inspector/inspector.h"
#include "ui/widgets/lesson_edits.h"
#include "ui/widgets/main_menu.h"
#include "ui/widgets/main_window.h"
#include "ui/widgets/stage/player.h"
#include "ui/widgets/weights_window.h"

namespace ui::widgets {

void MainWindow::connectWeights() {
    connect(m_menu, &MainMenu::weightsRequested, this, &MainWindow::openWeights);
    connect(m_inspector, &Inspector::weightsRequested, this, &MainWindow::openWeights);
}

void MainWindow::openWeights() {
    if (m_weights == nullptr) {
        m_weights = new WeightsWindow(this);
        connect(m_weights, &WeightsWindow::weightEdited, this,
                [this](CellEdits edits, int filter, int channel) {
                    diagram::View view = shown().view;
                    view.filter = filter;
                    view.channel = channel;
                    edits.grid = {diagram::Grid::kernel, 0, side()};
                    const auto lesson =
                        with_cells(shown().lesson, shown().shapes.geometries, view, edits);
                    const QString key = edits.gesture.isEmpty()
                                            ? QString()
                                            : QStringLiteral("cells/") + edits.gesture;
                    if (lesson) edit(*lesson, tr("Change kernel"), key);
                });
        connect(
            m_weights, &WeightsWindow::weightChosen, this,
            [this](int filter, int channel, int row, int column) {
                if (m_player->isPlaying()) return;
                diagram::View view = shown().view;
                view.filter = filter;
                view.channel = channel;
                view.hovered = diagram::CellRef{{diagram::Grid::kernel, 0, side()}, row, column};
                look(view);
            });
        connect(m_weights, &WeightsWindow::weightsBrought, this, &MainWindow::bringWeights);
        connect(m_weights, &WeightsWindow::fileChosen, this, &MainWindow::rememberFolder);
        connect(m_weights, &WeightsWindow::gestureEnded, m_document,
                &document::Document::endGesture);
    }
    m_weights->setFolder(m_folder);
    m_weights->setReducedMotion(m_player->reducedMotion());
    m_weights->show();
    showWeights();
    m_weights->raise();
    m_weights->activateWindow();
}

void MainWindow::showWeights() {
    if (m_weights == nullptr || !m_weights->isVisible()) return;
    m_weights->show(shown(), m_appearance->theme(), text_scale());
}

/// One step to undo, the kernel's size with it.
void MainWindow::bringWeights(const engine::WeightSetting& weights, engine::Size2D kernel_size,
                              const QString& text) {
    const int focus = shown().view.focus;
    engine::LayerSpec spec = shown().spec();
    engine::argument_named(engine::definition_of(spec), engine::Framework::keras, "kernel_size")
        ->put(spec, kernel_size);
    edit(engine::with_weights(engine::with_layer(shown().lesson, focus, spec), focus, weights),
         text);
}

}  // namespace ui::widgets
