// SPDX-License-Identifier: MIT
// The preview is the export itself, at the size of the screen.
#include "ui/widgets/export_dialog.h"

#include <algorithm>

#include <QCheckBox>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>
#include <QTime>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include "ui/widgets/controls/argument_form.h"
#include "ui/widgets/controls/fields.h"
#include "ui/widgets/controls/segmented.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/controls/verbatim.h"
#include "ui/widgets/questions.h"
#include "ui/words/error_text.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

using paint::PictureFormat;
using paint::PictureOption;

namespace {

constexpr int preview_delay_ms = 60;
constexpr int progress_delay_ms = 500;  // shorter work needs no bar

QString with_ending(const QString& path, const PictureFormat& format) {
    const PictureFormat* known = paint::picture_format_of(path);
    if (known == &format) return path;
    if (!known) return path + format.ending();
    return path.left(path.size() - QFileInfo(path).suffix().size() - 1) + format.ending();
}

int index_of(const PictureFormat& format) {
    return static_cast<int>(&format - paint::picture_formats().data());
}

}  // namespace

ExportDialog::ExportDialog(paint::ExportJob job, const QString& suggestion, QWidget* parent)
    : QDialog(parent), m_job(std::move(job)) {
    setWindowTitle(tr("Export"));
    setObjectName(QStringLiteral("export_dialog"));
    set_ground(this, Ground::panel);
    m_regions = {{QStringLiteral("stage"), tr("Whole stage")}};
    for (const diagram::Group& group : paint::export_regions(m_job))
        if (group.id != m_regions.front().id) m_regions.push_back(group);
    if (m_job.path.isEmpty()) m_job.path = suggestion + m_job.format->ending();

    m_preview = new QLabel(this);
    m_preview->setTextFormat(Qt::PlainText);
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setMinimumSize(scaled(240), scaled(160));
    m_preview->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_preview->setAccessibleName(tr("Preview"));
    set_ground(m_preview, Ground::paper);

    auto* form_area = new QScrollArea(this);
    form_area->setWidgetResizable(true);
    form_area->setFrameShape(QFrame::NoFrame);
    form_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    form_area->setFocusPolicy(Qt::NoFocus);
    form_area->setWidget(makeForm());
    const int bar = form_area->verticalScrollBar()->sizeHint().width();
    form_area->setFixedWidth(std::min(scaled(340), 480) + bar);

    auto* upper = new QHBoxLayout;
    upper->setSpacing(0);
    upper->addWidget(form_area);
    upper->addWidget(m_preview, 1);

    m_result = make_label(QString(), TextRole::soft, this);
    m_result->setObjectName(QStringLiteral("export_result"));
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_progress = new QProgressBar(this);
    m_progress->setTextVisible(false);
    m_progress->setRange(0, 1000);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->hide();
    m_cancel = new QPushButton(tr("Close"), this);
    m_export = new QPushButton(tr("Export"), this);
    m_export->setObjectName(QStringLiteral("export_now"));
    set_button_role(m_export, ButtonRole::primary);
    m_export->setDefault(true);
    auto* lower = new QHBoxLayout;
    lower->setContentsMargins(16, 12, 16, 12);
    lower->setSpacing(8);
    lower->addWidget(m_result, 1);
    lower->addWidget(m_progress);
    lower->addWidget(m_cancel);
    lower->addWidget(m_export);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(upper, 1);
    column->addWidget(make_divider(this));
    column->addLayout(lower);
    // Title bar and frame want a place on the screen, too.
    const int frame = style()->pixelMetric(QStyle::PM_TitleBarHeight);
    resize(QSize(scaled(900), scaled(560))
               .boundedTo(screen()->availableSize() - QSize(frame, 2 * frame)));

    m_previewDelay.setSingleShot(true);
    m_previewDelay.setInterval(preview_delay_ms);
    m_progressDelay.setSingleShot(true);
    m_progressDelay.setInterval(progress_delay_ms);
    connect(&m_previewDelay, &QTimer::timeout, this, &ExportDialog::renderPreview);
    connect(&m_progressDelay, &QTimer::timeout, m_progress, &QWidget::show);
    connect(&m_previewing, &QFutureWatcher<Preview>::finished, this, &ExportDialog::showPreview);
    connect(&m_running, &QFutureWatcher<Path>::progressValueChanged, m_progress,
            &QProgressBar::setValue);
    connect(&m_running, &QFutureWatcher<Path>::finished, this, &ExportDialog::finish);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::start);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_running.isRunning())
            m_running.cancel();
        else
            reject();
    });
    changeJob();
    m_path->setFocus();
}

ExportDialog::~ExportDialog() {
    // The workers own their jobs; they only must not report to a dialog that is gone.
    m_running.cancel();
    m_running.waitForFinished();
    m_previewing.cancel();
    m_previewing.waitForFinished();
}

QWidget* ExportDialog::makeForm() {
    auto* form = new QWidget;
    set_ground(form, Ground::panel);
    m_rows = new FormRows(form);
    m_rows->setContentsMargins(16, 16, 16, 16);
    m_rows->setHorizontalSpacing(16);
    const auto row = [&](const QString& name, QWidget* field) {
        auto* label = make_label(name, TextRole::soft, form);
        label->setWordWrap(false);
        label->setBuddy(field);
        field->setAccessibleName(name);
        m_rows->addRow(label, field);
    };

    QStringList formats;
    for (const PictureFormat& format : paint::picture_formats())
        formats << QString::fromLatin1(format.name);
    m_format = new Segmented(formats, form);
    m_format->setObjectName(QStringLiteral("export_format"));
    row(tr("Format"), m_format);

    QStringList regions;
    int region = 0;
    for (const diagram::Group& group : m_regions) {
        if (group.id == m_job.region) region = static_cast<int>(regions.size());
        regions << group.title;
    }
    m_region = new Choice(regions, form);
    m_region->setObjectName(QStringLiteral("export_region"));
    m_region->show(region);
    row(tr("Region"), m_region);

    m_theme = new Segmented({tr("Light"), tr("Dark")}, form);
    m_theme->show(static_cast<int>(m_job.theme));
    row(tr("Theme"), m_theme);

    auto* size = new QWidget(form);
    auto* size_row = new QHBoxLayout(size);
    size_row->setContentsMargins(0, 0, 0, 0);
    size_row->setSpacing(6);
    m_width = new IntField(320, 8000, size);
    m_width->setAccessibleName(tr("Width of the stage"));
    m_height = new IntField(200, 8000, size);
    m_height->setAccessibleName(tr("Height of the stage"));
    m_width->show(m_job.size.width);
    m_height->show(m_job.size.height);
    size_row->addWidget(m_width, 1);
    size_row->addWidget(make_label(QStringLiteral("×"), TextRole::value));
    size_row->addWidget(m_height, 1);
    size->setFocusProxy(m_width);
    row(tr("Stage size"), size);

    m_scale = new NumberField(form);
    m_scale->setRange(paint::smallest_scale, paint::largest_scale);
    m_scale->setSingleStep(1);
    m_scale->show(
        static_cast<float>(m_job.options.value_or(m_job.format->options).scale.value_or(1)));
    m_scale->setObjectName(QStringLiteral("export_scale"));
    row(tr("Scale"), m_scale);
    m_pixels = make_label(QString(), TextRole::note, form);
    m_pixels->setWordWrap(false);
    m_rows->addRow(QString(), m_pixels);

    m_text = new Segmented({tr("Outlines"), tr("Real text")}, form);
    m_text->setObjectName(QStringLiteral("export_text"));
    row(tr("Text"), m_text);

    m_transparent = new CheckBox(form);
    m_transparent->setChecked(m_job.options.transparent.value_or(false));
    row(tr("Transparent"), m_transparent);

    m_path = new QLineEdit(QDir::toNativeSeparators(m_job.path), form);
    m_path->setObjectName(QStringLiteral("export_path"));
    row(tr("File"), m_path);
    auto* browse_button = new QPushButton(tr("Choose…"), form);
    m_rows->addRow(QString(), browse_button);

    chooseFormat(*m_job.format);
    connect(m_format, &Segmented::chosen, this, [this](int index) {
        chooseFormat(paint::picture_formats()[static_cast<std::size_t>(index)]);
        m_path->setText(with_ending(m_path->text(), *m_job.format));
        changeJob();
    });
    connect(m_theme, &Segmented::chosen, this, [this](int index) {
        m_job.theme = static_cast<diagram::ThemeName>(index);
        m_theme->show(index);
        changeJob();
    });
    connect(m_text, &Segmented::chosen, this, [this](int index) {
        m_letters = static_cast<paint::Letters>(index);
        chooseFormat(*m_job.format);
        changeJob();
    });
    connect(m_region, &Choice::chosen, this, &ExportDialog::changeJob);
    connect(m_width, &IntField::edited, this, &ExportDialog::changeJob);
    connect(m_height, &IntField::edited, this, &ExportDialog::changeJob);
    connect(m_scale, &NumberField::edited, this, &ExportDialog::changeJob);
    connect(m_transparent, &QCheckBox::clicked, this, &ExportDialog::changeJob);
    connect(m_path, &QLineEdit::textEdited, this, [this](const QString& path) {
        // The ending decides, as on the command line.
        const PictureFormat* format = paint::picture_format_of(path);
        if (format && format != m_job.format) chooseFormat(*format);
        changeJob();
    });
    connect(browse_button, &QPushButton::clicked, this, &ExportDialog::browse);
    return form;
}

void ExportDialog::changeJob() {
    const auto region = static_cast<std::size_t>(std::max(m_region->currentIndex(), 0));
    m_job.region = m_regions[region].id;
    m_job.size = {m_width->value(), m_height->value()};
    m_job.path = QDir::fromNativeSeparators(m_path->text());
    // What the format cannot do is neither shown nor asked for.
    m_job.options = {};
    const auto offer = [this](PictureOption option, QWidget* field) {
        const bool has = m_job.format->options.has(option);
        m_rows->setRowVisible(field, has);
        return has;
    };
    if (offer(PictureOption::scale, m_scale)) m_job.options.scale = m_scale->value();
    if (offer(PictureOption::letters, m_text)) m_job.options.letters = m_letters;  // if chosen
    if (offer(PictureOption::transparent, m_transparent))
        m_job.options.transparent = m_transparent->isChecked();
    m_rows->setRowVisible(m_pixels, m_job.format->options.has(PictureOption::scale));
    m_export->setEnabled(!m_job.path.isEmpty());
    m_previewDelay.start();
}

/// Until letters are chosen they are what the format's row has.
void ExportDialog::chooseFormat(const PictureFormat& format) {
    m_job.format = &format;
    m_format->show(index_of(format));
    if (const auto usual = format.options.letters)
        m_text->show(static_cast<int>(m_letters.value_or(*usual)));
}

void ExportDialog::browse() {
    QStringList patterns;
    for (const char* ending : m_job.format->endings)
        patterns << QStringLiteral("*.") + QLatin1String(ending);
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export to"), m_path->text(),
        tr("%1 picture (%2)").arg(QLatin1String(m_job.format->name), patterns.join(u' ')), nullptr,
        QFileDialog::DontConfirmOverwrite);  // asked when it is written
    if (path.isEmpty()) return;
    m_path->setText(QDir::toNativeSeparators(with_ending(path, *m_job.format)));
    changeJob();
}

double ExportDialog::previewScale() const {
    // Never larger than the screen needs: a stage is drawn at about the width of the preview.
    return std::clamp(m_preview->width() * devicePixelRatioF() / std::max(m_job.size.width, 1),
                      paint::smallest_scale, 2.0);
}

void ExportDialog::renderPreview() {
    if (m_previewing.isRunning()) {
        m_previewDelay.start();  // the newest wish wins
        return;
    }
    m_previewing.setFuture(QtConcurrent::run(
        [job = m_job, scale = previewScale()] { return paint::preview_export(job, scale); }));
}

void ExportDialog::showPreview() {
    if (m_previewing.isCanceled() || m_previewing.future().resultCount() == 0) return;
    const Preview drawn = m_previewing.result();
    if (!drawn) {
        m_preview->setPixmap({});
        m_preview->setText(words::error_text(drawn.error()));
        m_preview->setWordWrap(true);
        return;
    }
    const QImage& picture = drawn->image;
    const QSize pixels = paint::pixels_of(drawn->units, m_scale->value());
    const QLocale locale;
    m_pixels->setText(tr("%1 × %2 pixels")
                          .arg(locale.toString(pixels.width()), locale.toString(pixels.height())));

    const double ratio = devicePixelRatioF();
    const QSize room = (QSizeF(m_preview->size() - QSize(24, 24)) * ratio).toSize();
    QImage fitted = picture;
    if (picture.width() > room.width() || picture.height() > room.height())
        fitted = picture.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QPixmap shown(fitted.size());
    QPainter painter(&shown);
    painter.fillRect(shown.rect(), palette().color(QPalette::Base));
    if (m_job.options.transparent.value_or(false)) {
        // A chequered ground, as everywhere where nothing is painted.
        const int side = qRound(8 * ratio);
        for (int y = 0; y < shown.height(); y += side)
            for (int x = (y / side % 2) * side; x < shown.width(); x += 2 * side)
                painter.fillRect(x, y, side, side, palette().color(QPalette::Mid));
    }
    painter.drawImage(0, 0, fitted);
    // The picture may be of the colour it lies on: a line says where it ends.
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(shown.rect().adjusted(0, 0, -1, -1));
    painter.end();
    shown.setDevicePixelRatio(ratio);
    m_preview->setPixmap(shown);
}

void ExportDialog::start() {
    if (m_running.isRunning()) return;
    changeJob();
    m_job.path = with_ending(m_job.path, *m_job.format);
    m_path->setText(QDir::toNativeSeparators(m_job.path));
    const QString path = path_to_write(this, m_job.path);
    if (path.isEmpty()) return;
    m_replaces = path == m_job.path && QFileInfo::exists(path);
    m_job.path = path;
    m_path->setText(QDir::toNativeSeparators(path));
    setRunning(true);
    m_running.setFuture(QtConcurrent::run(
        [](QPromise<Path>& promise, const paint::ExportJob& job) {
            promise.setProgressRange(0, 1000);
            promise.addResult(paint::run_export(job, [&promise](double done) {
                promise.setProgressValue(static_cast<int>(done * 1000));
                return !promise.isCanceled();
            }));
        },
        m_job));
}

void ExportDialog::setRunning(bool running) {
    m_export->setEnabled(!running);
    m_cancel->setText(running ? tr("Cancel") : tr("Close"));
    if (running) {
        m_result->setText(tr("Drawing …"));
        m_progress->setValue(0);
        m_progressDelay.start();
    } else {
        m_progressDelay.stop();
        m_progress->hide();
    }
}

void ExportDialog::finish() {
    setRunning(false);
    if (m_running.isCanceled() || m_running.future().resultCount() == 0) {
        m_result->setText(tr("Cancelled; no file was written."));
        return;
    }
    const Path path = m_running.result();
    if (!path) {
        m_result->setText(QStringLiteral("▲ ") + words::error_text(path.error()));
        return;
    }
    // The same words again would not be seen to be new ones.
    const QString at = QLocale().toString(QTime::currentTime(), QStringLiteral("HH:mm:ss"));
    const QString where = words::harmless(QDir::toNativeSeparators(*path), longest_path);
    m_result->setText(
        (m_replaces ? tr("Replaced at %1: %2") : tr("Written at %1: %2")).arg(at, where));
    emit exported(*path);
}

void ExportDialog::closeEvent(QCloseEvent* event) {
    m_running.cancel();
    QDialog::closeEvent(event);
}

void ExportDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    m_previewDelay.start();
}

}  // namespace ui::widgets
