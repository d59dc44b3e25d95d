// SPDX-License-Identifier: MIT
// The weights of the layer in focus in their brackets: to be looked at, changed, copied as code and
// pasted. It follows what is edited while it stands open.
#pragma once

#include <QDialog>

#include "ui/diagram/theme.h"
#include "ui/document/present.h"
#include "ui/formats/weights_text.h"
#include "ui/widgets/canvas/canvas.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QVariantAnimation;

namespace ui::widgets {

class Segmented;

class WeightsWindow : public QDialog {
    Q_OBJECT
public:
    explicit WeightsWindow(QWidget* parent = nullptr);

    void show(const document::PresentedPane& shown, const diagram::Theme& theme, double text_scale);
    using QWidget::show;
    void setReducedMotion(bool on) { m_reducedMotion = on; }
    /// A NumPy file; what is wrong with it is said, as is what was left out.
    void openFile(const QString& path);
    /// In the order shown; asks before a file is replaced.
    void saveFile(const QString& path);
    /// Where its dialogs for files start.
    void setFolder(const QString& folder) { m_folder = folder; }

signals:
    /// One weight, as the stage's kernel grid has it, of a filter and an input channel.
    void weightEdited(const ui::widgets::CellEdits& edits, int filter, int channel);
    /// The keyboard or a click is at one.
    void weightChosen(int filter, int channel, int row, int column);
    /// Pasted, or opened: `text` is what is undone.
    void weightsBrought(const engine::WeightSetting& weights, engine::Size2D kernel_size,
                        const QString& text);
    void gestureEnded();
    void fileChosen(const QString& path);

private:
    void chooseOrder(int index);
    void showPicture();
    void showText();
    void paste();
    void chooseFile(bool save);
    void bring(const formats::ReadWeights& read, const QString& text);
    void say(const QString& sentence, bool problem);
    bool hasKernel() const;
    engine::WeightShapes wanted() const;

    document::PresentedPane m_shown;
    diagram::Theme m_theme;
    double m_textScale = 1;
    int m_order = 0;  ///< engine::KernelOrder
    int m_form = 0;   ///< formats::weights_forms
    bool m_reducedMotion = false;
    QVariantAnimation* m_turn;  ///< from the one order to the other
    QLabel* m_title;
    QLabel* m_sentence;
    Segmented* m_orders;
    Canvas* m_canvas;
    QPlainTextEdit* m_text;
    Segmented* m_forms;
    QLabel* m_said;
    QString m_folder;
    QList<QPushButton*> m_moves;  ///< what brings weights or takes them out
};

}  // namespace ui::widgets
