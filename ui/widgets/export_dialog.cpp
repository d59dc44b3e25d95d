// SPDX-License-Identifier: MIT
// The preview is the export itself, at the size of the screen.
#include "ui/widgets/export_dialog.h"

#include <algorithm>
#include <array>

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMimeData>
#include <QMouseEvent>
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
#include "ui/widgets/figure_mime.h"
#include "ui/widgets/questions.h"
#include "ui/words/error_text.h"
#include "ui/words/plain_text.h"

namespace ui::widgets {

using paint::PictureOption;

namespace {

constexpr int preview_delay_ms = 60;
constexpr double sheet_columns = 3;     // at least, of most lessons
constexpr int longest_width = 20;       // of what is said about a width
constexpr int progress_delay_ms = 500;  // shorter work needs no bar

constexpr std::array speeds{0.25, 0.5, 1.0, 2.0, 4.0, 8.0};

int index_of(const ExportFormat& format) {
    const auto& all = export_formats();
    return static_cast<int>(std::ranges::find(all, format) - all.begin());
}

/// What is there already of what would be written.
QStringList old_files(const QString& path, const ExportFormat& format) {
    QStringList files{path};
    if (format.is_folder()) {
        files.clear();
        for (const QString& name : format.moving->files) files << QDir(path).filePath(name);
    }
    files.removeIf([](const QString& file) { return !QFileInfo::exists(file); });
    return files;
}

}  // namespace

ExportDialog::ExportDialog(paint::ExportJob job, const QString& suggestion,
                           const ExportChoices& remembered, QWidget* parent)
    : QDialog(parent),
      m_job(std::move(job)),
      m_shownSize(m_job.size),
      m_shownTheme(m_job.theme),
      m_kind{.still = m_job.format} {
    setWindowTitle(tr("Export"));
    setObjectName(QStringLiteral("export_dialog"));
    set_ground(this, Ground::panel);
    m_regions = {{QStringLiteral("stage"), tr("Whole stage")}};
    for (const diagram::Group& group : paint::figure_regions(m_job)) m_regions.push_back(group);
    for (const diagram::Group& group : paint::export_regions(m_job))
        if (group.id != m_regions.front().id) m_regions.push_back(group);
    if (m_job.path.isEmpty()) m_job.path = suggestion + m_job.format->ending();

    m_preview = new QLabel(this);
    m_preview->setTextFormat(Qt::PlainText);
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setMinimumSize(scaled(240), scaled(160));
    m_preview->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_preview->setAccessibleName(tr("Preview"));
    m_preview->setToolTip(tr("Drag it to where it is wanted"));
    m_preview->installEventFilter(this);
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
    auto* copy = new QPushButton(tr("Copy"), this);
    copy->setObjectName(QStringLiteral("export_copy"));
    copy->setToolTip(tr("PNG, SVG and alternative text at once"));
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
    lower->addWidget(copy);
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
    resize(QSize(scaled(940), scaled(660))
               .boundedTo(screen()->availableSize() - QSize(frame, 2 * frame)));

    m_previewDelay.setSingleShot(true);
    m_previewDelay.setInterval(preview_delay_ms);
    m_progressDelay.setSingleShot(true);
    m_progressDelay.setInterval(progress_delay_ms);
    connect(&m_previewDelay, &QTimer::timeout, this, &ExportDialog::renderPreview);
    m_nextFrame.setSingleShot(true);
    connect(&m_nextFrame, &QTimer::timeout, this, &ExportDialog::renderPreview);
    connect(&m_progressDelay, &QTimer::timeout, m_progress, &QWidget::show);
    connect(&m_previewing, &QFutureWatcher<Preview>::finished, this, &ExportDialog::showPreview);
    connect(&m_running, &QFutureWatcher<Path>::progressValueChanged, m_progress,
            &QProgressBar::setValue);
    connect(&m_running, &QFutureWatcher<Path>::finished, this, &ExportDialog::finish);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::start);
    connect(copy, &QPushButton::clicked, this, [this] {
        auto mime = figure_mime(m_job);
        if (mime) QGuiApplication::clipboard()->setMimeData(mime->release());
        m_result->setText(mime ? tr("Copied as PNG, SVG and text.")
                               : QStringLiteral("▲ ") + words::error_text(mime.error()));
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_running.isRunning())
            m_running.cancel();
        else
            reject();
    });
    choose(remembered);
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
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(10);
    const auto add_rows = [&](QWidget*& part) {
        part = new QWidget(form);
        auto* rows = new FormRows(part);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->setHorizontalSpacing(16);
        column->addWidget(part);
        return rows;
    };
    QWidget* pictures = nullptr;
    m_rows = add_rows(pictures);
    FormRows* playing = add_rows(m_playingPart);
    QWidget* files = nullptr;
    FormRows* file_rows = add_rows(files);
    column->addStretch(1);
    FormRows* rows = m_rows;
    const auto row = [&](const QString& name, QWidget* field) {
        auto* label = make_label(name, TextRole::soft, form);
        label->setWordWrap(false);
        label->setBuddy(field);
        label->setMinimumWidth(scaled(80));  // one column through all parts
        field->setAccessibleName(name);
        rows->addRow(label, field);
    };

    QStringList presets;
    for (const ExportPreset& preset : export_presets())
        presets << QCoreApplication::translate("ExportPreset", preset.name);
    m_preset = new Choice(presets, form);
    m_preset->setObjectName(QStringLiteral("export_preset"));
    m_preset->setNone(tr("Own settings"));
    m_preset->setToolTip(tr("Sets size, scale, width, theme and caption at once"));
    row(tr("Made for"), m_preset);

    QStringList formats;
    for (const ExportFormat& format : export_formats()) formats << format.name();
    m_format = new Choice(formats, form);
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

    m_theme = new Choice({tr("Light"), tr("Dark"), tr("Print"), tr("High contrast")}, form);
    m_theme->setObjectName(QStringLiteral("export_theme"));
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
    // What follows from a field stands behind it.
    const auto with_note = [&](QWidget* field, QLabel*& note) {
        auto* both = new QWidget(form);
        auto* line = new QHBoxLayout(both);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(8);
        line->addWidget(field, 2);
        note = make_label(QString(), TextRole::note, both);
        note->setWordWrap(false);
        line->addWidget(note, 3);
        both->setFocusProxy(field);
        return both;
    };
    m_scaleRow = with_note(m_scale, m_pixels);
    row(tr("Scale"), m_scaleRow);
    m_scale->setAccessibleName(tr("Scale"));

    m_printed = new QLineEdit(form);
    m_printed->setObjectName(QStringLiteral("export_printed"));
    m_printed->setPlaceholderText(tr("such as 85mm"));
    m_printed->setToolTip(tr("How wide the picture is to be seen, in one of %1. Empty: as wide as "
                             "its scale makes it.")
                              .arg(paint::length_unit_names()));
    m_printedRow = new QWidget(form);
    auto* printed_row = new QHBoxLayout(m_printedRow);
    printed_row->setContentsMargins(0, 0, 0, 0);
    printed_row->setSpacing(6);
    m_dpi = new IntField(static_cast<int>(paint::least_dpi), static_cast<int>(paint::most_dpi),
                         m_printedRow);
    m_dpi->setSuffix(tr(" dpi"));
    m_dpi->show(static_cast<int>(paint::paper_dpi));
    m_dpi->setObjectName(QStringLiteral("export_dpi"));
    m_dpi->setAccessibleName(tr("Dots per inch"));
    m_dpi->setToolTip(tr("Pixels in an inch of the width on paper"));
    printed_row->addWidget(m_printed, 1);
    printed_row->addWidget(m_dpi, 1);
    m_printedRow->setFocusProxy(m_printed);
    row(tr("Print width"), m_printedRow);
    m_printed->setAccessibleName(tr("Print width"));

    QStringList times;
    for (const double speed : speeds) times << tr("%1 ×", "speed").arg(QLocale().toString(speed));
    m_speed = new Choice(times, form);
    m_speed->show(static_cast<int>(std::ranges::find(speeds, m_playing.speed) - speeds.begin()));
    m_speed->setObjectName(QStringLiteral("export_speed"));
    rows = playing;
    QWidget* speed_row = with_note(m_speed, m_time);
    m_time->setObjectName(QStringLiteral("export_time"));
    row(tr("Speed"), speed_row);
    m_speed->setAccessibleName(tr("Speed"));
    m_rate =
        new IntField(static_cast<int>(paint::least_rate), static_cast<int>(paint::most_rate), form);
    m_rate->show(static_cast<int>(m_playing.frames_per_second));
    m_rate->setObjectName(QStringLiteral("export_rate"));
    row(tr("Frame rate"), m_rate);
    m_repeats = new CheckBox(form);
    m_repeats->setChecked(true);
    m_repeats->setObjectName(QStringLiteral("export_repeats"));
    row(tr("Repeats"), m_repeats);
    m_playingRows = playing;
    rows = m_rows;
    m_text = new Segmented({tr("Outlines"), tr("Real text")}, form);
    m_text->setObjectName(QStringLiteral("export_text"));
    row(tr("Text"), m_text);

    m_transparent = new CheckBox(form);
    m_transparent->setChecked(m_job.options.transparent.value_or(false));
    row(tr("Transparent"), m_transparent);

    m_steps = new Choice({tr("As it stands"), tr("Contact sheet")}, form);
    m_steps->setObjectName(QStringLiteral("export_steps"));
    m_steps->setToolTip(tr("A contact sheet has every step on one page, numbered."));
    row(tr("Steps"), m_steps);
    m_caption = new CheckBox(form);
    m_caption->setObjectName(QStringLiteral("export_caption"));
    m_caption->setToolTip(tr("Below the picture: the layer with every argument, and its sizes."));
    row(tr("Caption"), m_caption);

    m_licences = paint::licence_names() << paint::no_licence;
    if (!m_licences.contains(m_job.options.licence)) m_licences << m_job.options.licence;
    QStringList licences;
    for (const QString& licence : m_licences)
        licences << (licence == paint::no_licence ? tr("None", "licence")
                                                  : words::harmless(licence, longest_name));
    m_licence = new Choice(licences, form);
    m_licence->setObjectName(QStringLiteral("export_licence"));
    m_licence->setToolTip(tr("What the file says that others may use it under"));
    m_licence->show(static_cast<int>(m_licences.indexOf(m_job.options.licence)));
    rows = file_rows;
    row(tr("Licence"), m_licence);
    m_path = new QLineEdit(QDir::toNativeSeparators(m_job.path), form);
    m_path->setObjectName(QStringLiteral("export_path"));
    row(tr("File"), m_path);
    auto* browse_button = new QPushButton(tr("Choose…"), form);
    QWidget* browse_row = with_note(browse_button, m_bytes);
    m_bytes->setObjectName(QStringLiteral("export_bytes"));
    file_rows->addRow(QString(), browse_row);

    chooseFormat(m_kind);
    connect(m_preset, &Choice::chosen, this,
            [this](int index) { choosePreset(export_presets()[static_cast<std::size_t>(index)]); });
    connect(m_format, &Choice::chosen, this, [this](int index) {
        chooseFormat(export_formats()[static_cast<std::size_t>(index)]);
        m_path->setText(with_ending(m_path->text(), m_kind));
        changeJob();
    });
    connect(m_printed, &QLineEdit::textEdited, this, &ExportDialog::changeJob);
    connect(m_dpi, &IntField::edited, this, &ExportDialog::changeJob);
    connect(m_rate, &IntField::edited, this, &ExportDialog::changeJob);
    connect(m_speed, &Choice::chosen, this, [this](int index) {
        m_speed->show(index);
        changeJob();
    });
    connect(m_repeats, &QCheckBox::clicked, this, &ExportDialog::changeJob);
    connect(m_theme, &Choice::chosen, this, [this](int index) {
        m_job.theme = static_cast<diagram::ThemeName>(index);
        m_theme->show(index);
        changeJob();
    });
    connect(m_text, &Segmented::chosen, this, [this](int index) {
        m_letters = static_cast<paint::Letters>(index);
        chooseFormat(m_kind);
        changeJob();
    });
    connect(m_region, &Choice::chosen, this, &ExportDialog::changeJob);
    connect(m_width, &IntField::edited, this, &ExportDialog::changeJob);
    connect(m_height, &IntField::edited, this, &ExportDialog::changeJob);
    connect(m_scale, &NumberField::edited, this, [this] {
        m_scaleIsChosen = true;
        changeJob();
    });
    connect(m_steps, &Choice::chosen, this, [this](int index) {
        m_steps->show(index);
        changeJob();
    });
    connect(m_caption, &QCheckBox::clicked, this, &ExportDialog::changeJob);
    connect(m_transparent, &QCheckBox::clicked, this, &ExportDialog::changeJob);
    connect(m_licence, &Choice::chosen, this, [this](int index) {
        m_licence->show(index);
        changeJob();
    });
    connect(m_path, &QLineEdit::textEdited, this, [this](const QString& path) {
        // The ending decides, as on the command line.
        const auto format = export_format_of(path, m_kind);
        if (format && *format != m_kind) chooseFormat(*format);
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
    m_job.options.licence = m_licences[std::max(m_licence->currentIndex(), 0)];
    const paint::PictureOptions options = m_kind.options();
    const auto offer = [this, &options](PictureOption option, QWidget* field) {
        const bool has = options.has(option);
        m_rows->setRowVisible(field, has);
        return has;
    };
    const bool has_width = readWidth(offer(PictureOption::width, m_printedRow));
    // One of both says how large it is.
    m_dpi->setVisible(options.has(PictureOption::dpi));
    if (options.has(PictureOption::dpi) && has_width) m_job.options.dpi = m_dpi->value();
    if (offer(PictureOption::scale, m_scaleRow) && !has_width)
        m_job.options.scale = m_scale->value();
    m_dpi->setEnabled(has_width);
    m_scaleRow->setEnabled(!has_width);
    if (offer(PictureOption::letters, m_text)) m_job.options.letters = m_letters;  // if chosen
    if (offer(PictureOption::transparent, m_transparent))
        m_job.options.transparent = m_transparent->isChecked();
    const bool moves = m_kind.moving != nullptr;
    m_rows->setRowVisible(m_steps, !moves);
    m_rows->setRowVisible(m_caption, !moves);
    m_job.caption = !moves && m_caption->isChecked();
    m_job.sheet.reset();
    if (!moves && m_steps->currentIndex() == 1) m_job.sheet.emplace();
    m_playingPart->setVisible(moves);
    m_playing.frames_per_second = m_rate->value();
    m_playing.speed = speeds.at(static_cast<std::size_t>(std::max(m_speed->currentIndex(), 0)));
    m_playing.loops.reset();
    if (moves && m_kind.moving->loops) m_playing.loops = m_repeats->isChecked() ? 0 : 1;
    m_playingRows->setRowVisible(m_repeats, m_playing.loops.has_value());
    m_frames.clear();
    m_frame = 0;
    if (moves) showFrames();
    showPreset();
    m_bytes->clear();
    m_export->setEnabled(!m_job.path.isEmpty() && (!has_width || m_job.options.width));
    m_previewDelay.start();
}

void ExportDialog::choosePreset(const ExportPreset& preset) {
    const paint::PictureSize size = preset.size.value_or(m_shownSize);
    m_width->show(size.width);
    m_height->show(size.height);
    m_scale->show(static_cast<float>(preset.scale));
    m_scaleIsChosen = preset.size.has_value();
    if (!m_scaleIsChosen) chooseFormat(m_kind);  // the format's own scale
    m_printed->setText(QLatin1String(preset.printed_width));
    m_job.theme = preset.theme.value_or(m_shownTheme);
    m_theme->show(static_cast<int>(m_job.theme));
    m_caption->setChecked(preset.caption);
    changeJob();
}

void ExportDialog::showPreset() {
    const auto is_now = [this](const ExportPreset& preset) {
        const bool is_printed = *preset.printed_width != '\0';
        const double scale =
            preset.size ? preset.scale : m_kind.options().scale.value_or(preset.scale);
        return m_job.size == preset.size.value_or(m_shownSize) &&
               m_job.theme == preset.theme.value_or(m_shownTheme) &&
               m_printed->text().trimmed() == QLatin1String(preset.printed_width) &&
               m_caption->isChecked() == preset.caption &&
               (is_printed || qFuzzyCompare(static_cast<double>(m_scale->value()), scale));
    };
    const auto presets = export_presets();
    const auto now = std::ranges::find_if(presets, is_now);
    m_preset->show(now == presets.end() ? -1 : static_cast<int>(now - presets.begin()));
}

void ExportDialog::choose(const ExportChoices& choices) {
    const auto& formats = export_formats();
    const auto format = std::ranges::find(formats, choices.format, &ExportFormat::name);
    if (choices.scale > 0) {
        m_scale->show(static_cast<float>(choices.scale));
        m_scaleIsChosen = true;
    }
    if (format != formats.end()) {
        chooseFormat(*format);
        m_path->setText(with_ending(m_path->text(), m_kind));
    }
    m_printed->setText(choices.printed_width);
    m_dpi->show(choices.dpi);
    m_caption->setChecked(choices.caption);
    m_transparent->setChecked(choices.transparent);
    const auto speed = std::ranges::find(speeds, choices.speed);
    if (speed != speeds.end()) m_speed->show(static_cast<int>(speed - speeds.begin()));
    m_rate->show(choices.rate);
    m_repeats->setChecked(choices.repeats);
}

ExportChoices ExportDialog::choices() const {
    return {.format = m_kind.name(),
            .scale = m_scaleIsChosen ? static_cast<double>(m_scale->value()) : 0,
            .printed_width = m_widthIsWrong ? QString() : m_printed->text().trimmed(),
            .dpi = m_dpi->value(),
            .caption = m_caption->isChecked(),
            .transparent = m_transparent->isChecked(),
            .speed = m_playing.speed,
            .rate = m_rate->value(),
            .repeats = m_repeats->isChecked()};
}

/// Whether a width is asked for; one that cannot be understood is said.
bool ExportDialog::readWidth(bool is_offered) {
    const QString text = is_offered ? m_printed->text().trimmed() : QString();
    const bool was_wrong = m_widthIsWrong;
    m_job.options.width = paint::length_named(text);
    m_widthIsWrong = !text.isEmpty() && !m_job.options.width;
    if (m_widthIsWrong)
        m_result->setText(
            QStringLiteral("▲ ") +
            tr("“%1” is no width; give one such as 85mm; units are %2.")
                .arg(words::harmless(text, longest_width), paint::length_unit_names()));
    else if (was_wrong)
        m_result->clear();
    return !text.isEmpty();
}

/// Until letters are chosen they are what the format's row has.
void ExportDialog::chooseFormat(const ExportFormat& format) {
    m_kind = format;
    if (format.still != nullptr) m_job.format = format.still;
    m_format->show(index_of(format));
    const paint::PictureOptions usual = format.options();
    // A scale that nobody chose is what the format's row has: a film has fewer pixels in a picture.
    if (usual.scale && !m_scaleIsChosen) m_scale->show(static_cast<float>(*usual.scale));
    if (usual.letters) m_text->show(static_cast<int>(m_letters.value_or(*usual.letters)));
}

paint::AnimationJob ExportDialog::animation() const {
    return {.picture = m_job,
            .format = m_kind.moving,
            .options = m_playing,
            .old = m_replaces ? files::OldFiles::replace : files::OldFiles::keep};
}

/// How many there are and how long they take, or why there are none.
void ExportDialog::showFrames() {
    const auto frames = paint::frames_of(animation());
    if (!frames) {
        m_time->setText(QStringLiteral("–"));
        m_result->setText(QStringLiteral("▲ ") + words::error_text(frames.error()));
        return;
    }
    m_frames = *frames;
    double seconds = 0;
    for (const paint::Frame& frame : m_frames) seconds += frame.milliseconds / 1000.0;
    m_time->setText(tr("%n frame(s), %1 s", nullptr, static_cast<int>(m_frames.size()))
                        .arg(QLocale().toString(seconds, 'f', 1)));
}

void ExportDialog::browse() {
    QStringList patterns;
    for (const char* ending : m_kind.endings())
        patterns << QStringLiteral("*.") + QLatin1String(ending);
    const QString path =
        m_kind.is_folder()
            ? QFileDialog::getExistingDirectory(this, tr("Export into"), m_path->text())
            : QFileDialog::getSaveFileName(
                  this, tr("Export to"), m_path->text(),
                  tr("%1 picture (%2)").arg(m_kind.name(), patterns.join(u' ')), nullptr,
                  QFileDialog::DontConfirmOverwrite);  // asked when it is written
    if (path.isEmpty()) return;
    m_path->setText(QDir::toNativeSeparators(with_ending(path, m_kind)));
    changeJob();
}

double ExportDialog::previewScale() const {
    // Never larger than the screen needs: a stage is drawn at about the width of the preview.
    const double across = m_job.sheet ? sheet_columns * m_job.size.width : m_job.size.width;
    return std::clamp(m_preview->width() * devicePixelRatioF() / std::max(across, 1.0),
                      paint::smallest_scale, 2.0);
}

void ExportDialog::renderPreview() {
    if (m_previewing.isRunning()) {
        m_previewDelay.start();  // the newest wish wins
        return;
    }
    paint::ExportJob job = m_job;
    if (!m_frames.empty()) job.view.moment = m_frames[m_frame % m_frames.size()].moment;
    m_previewing.setFuture(QtConcurrent::run(
        [job, scale = previewScale()] { return paint::preview_export(job, scale); }));
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
    const auto sized = paint::sized(*m_job.format, m_job.options, drawn->units);
    const bool is_sized = m_kind.still != nullptr && sized && sized->scale;
    const QSize pixels =
        paint::pixels_of(drawn->units, is_sized ? *sized->scale : m_scale->value());
    const QLocale locale;
    m_pixels->setText(tr("%1 × %2 pixels")
                          .arg(locale.toString(pixels.width()), locale.toString(pixels.height())));

    m_bytes->setText(
        m_kind.still != nullptr && drawn->bytes
            ? tr("about %1")
                  .arg(locale.formattedDataSize(*drawn->bytes, 0, QLocale::DataSizeSIFormat))
            : QString());

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
    // What will move plays here, too.
    if (m_frames.size() > 1) {
        const int stands = m_frames[m_frame % m_frames.size()].milliseconds;
        m_frame = (m_frame + 1) % m_frames.size();
        m_nextFrame.start(std::max(stands - preview_delay_ms, 0));
    }
}

/// The folder, unless it holds such files that shall stay.
QString ExportDialog::folderToWrite() {
    const QStringList old = old_files(m_job.path, m_kind);
    return old.isEmpty() || may_replace(this, old.first()) ? m_job.path : QString();
}

void ExportDialog::start() {
    if (m_running.isRunning()) return;
    changeJob();
    m_job.path = with_ending(m_job.path, m_kind);
    m_path->setText(QDir::toNativeSeparators(m_job.path));
    const QString path = m_kind.is_folder() ? folderToWrite() : path_to_write(this, m_job.path);
    if (path.isEmpty()) return;
    m_replaces = path == m_job.path && !old_files(path, m_kind).isEmpty();
    m_job.path = path;
    m_path->setText(QDir::toNativeSeparators(path));
    setRunning(true);
    m_running.setFuture(QtConcurrent::run(
        [](QPromise<Path>& promise, const paint::AnimationJob& job) {
            promise.setProgressRange(0, 1000);
            const auto watch = [&promise](double done) {
                promise.setProgressValue(static_cast<int>(done * 1000));
                return !promise.isCanceled();
            };
            promise.addResult(job.format ? paint::run_animation(job, watch)
                                         : paint::run_export(job.picture, watch));
        },
        animation()));
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

/// The preview can be dragged out of the window, as PNG and SVG.
bool ExportDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_preview) return QDialog::eventFilter(watched, event);
    const auto* mouse = dynamic_cast<QMouseEvent*>(event);
    if (mouse != nullptr && event->type() == QEvent::MouseButtonPress &&
        mouse->button() == Qt::LeftButton)
        m_pressed = mouse->position().toPoint();
    if (event->type() == QEvent::MouseButtonRelease) m_pressed.reset();
    if (mouse != nullptr && event->type() == QEvent::MouseMove && m_pressed &&
        (mouse->position().toPoint() - *m_pressed).manhattanLength() >=
            QApplication::startDragDistance()) {
        m_pressed.reset();
        const auto error = drag_figure(m_preview, m_job, QFileInfo(m_job.path).completeBaseName());
        if (error) m_result->setText(QStringLiteral("▲ ") + words::error_text(*error));
    }
    return QDialog::eventFilter(watched, event);
}

void ExportDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    m_previewDelay.start();
}

}  // namespace ui::widgets
