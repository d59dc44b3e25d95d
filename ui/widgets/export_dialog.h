// SPDX-License-Identifier: MIT
// Fills an ExportJob, shows what it will look like, and runs it beside the interface.
#pragma once

#include <QDialog>
#include <QFutureWatcher>
#include <QTimer>

#include "ui/paint/animation_job.h"
#include "ui/widgets/export_format.h"
#include "ui/widgets/export_presets.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace ui::widgets {

class Choice;
class FormRows;
class IntField;
class NumberField;
class Segmented;

class ExportDialog : public QDialog {
    Q_OBJECT
public:
    /// `job` holds the lesson, the view, the theme and the size to begin with; `suggestion` is the
    /// file's path without ending.
    /// `remembered` is what was chosen the last time.
    ExportDialog(paint::ExportJob job, const QString& suggestion,
                 const ExportChoices& remembered = {}, QWidget* parent = nullptr);
    ~ExportDialog() override;

    ExportChoices choices() const;  ///< to be remembered

signals:
    void exported(const QString& path);

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Preview = engine::Result<paint::Preview>;
    using Path = engine::Result<QString>;

    QWidget* makeForm();
    void choosePreset(const ExportPreset& preset);
    void showPreset();  ///< the one whose fields these are, if there is one
    void choose(const ExportChoices& choices);
    void changeJob();  ///< reads all fields into the job, shows what follows
    bool readWidth(bool is_offered);
    void chooseFormat(const ExportFormat& format);
    paint::AnimationJob animation() const;
    void showFrames();
    double previewScale() const;  ///< pixels per unit
    void browse();
    void renderPreview();
    void showPreview();
    QString folderToWrite();
    void start();
    void finish();
    void setRunning(bool running);

    paint::ExportJob m_job;
    paint::PictureSize m_shownSize;     ///< of the window's stage …
    diagram::ThemeName m_shownTheme{};  ///< … and its theme
    std::vector<diagram::Group> m_regions;
    ExportFormat m_kind;
    paint::AnimationOptions m_playing;
    std::vector<paint::Frame> m_frames;  ///< of what moves, for the preview that plays
    std::size_t m_frame = 0;
    std::optional<paint::Letters> m_letters;  ///< once chosen
    bool m_scaleIsChosen = false;
    bool m_widthIsWrong = false;
    FormRows* m_rows;
    Choice* m_preset;
    Choice* m_format;
    Choice* m_region;
    Choice* m_steps;
    QCheckBox* m_caption;
    Choice* m_theme;
    QWidget* m_scaleRow;
    NumberField* m_scale;
    QWidget* m_printedRow;
    QLineEdit* m_printed;
    IntField* m_dpi;         ///< of a width on paper
    QWidget* m_playingPart;  ///< only of what moves
    FormRows* m_playingRows;
    IntField* m_rate;
    Choice* m_speed;
    QCheckBox* m_repeats;
    QLabel* m_time;
    IntField* m_width;
    IntField* m_height;
    QCheckBox* m_transparent;
    Segmented* m_text;
    QStringList m_licences;
    Choice* m_licence;
    QLineEdit* m_path;
    QLabel* m_pixels;
    QLabel* m_bytes;
    QLabel* m_preview;
    std::optional<QPoint> m_pressed;  ///< on the preview, where the button went down
    QLabel* m_result;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    QPushButton* m_export;
    bool m_replaces = false;  ///< a file that is there, as the user wants it
    QFutureWatcher<Preview> m_previewing;
    QFutureWatcher<Path> m_running;
    QTimer m_previewDelay;
    QTimer m_nextFrame;
    QTimer m_progressDelay;
};

}  // namespace ui::widgets
