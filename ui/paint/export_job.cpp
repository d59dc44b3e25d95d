// SPDX-License-Identifier: MIT
#include "ui/paint/export_job.h"

#include <algorithm>
#include <cmath>

#include <QIODevice>
#include <QImage>

#include "ui/diagram/stage.h"
#include "ui/files/file_bytes.h"
#include "ui/paint/fonts.h"
#include "ui/paint/paint.h"
#include "ui/paint/svg_writer.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

namespace {

constexpr double region_margin = 16;
constexpr double dots_per_metre_at_1 = 96 / 0.0254;

Result<diagram::Diagram> diagram_of(const ExportJob& job) {
    load_fonts();  // to measure labels
    diagram::Diagram stage = diagram::build_stage(job.lesson, job.run, job.view, {job.size, 1});
    if (job.region == QLatin1String("stage")) return stage;
    std::optional<diagram::Diagram> part =
        diagram::only(stage, job.region, region_margin, measured);
    if (!part)
        return Error{
            .code = ErrorCode::unknown_name, .subject = "region", .text = job.region.toStdString()};
    return std::move(*part);
}

/// Bytes in memory whose writer can be stopped: encoding a large PNG takes seconds.
class StoppableBuffer : public QIODevice {
public:
    /// `goes_on` is told how many bytes there are.
    explicit StoppableBuffer(std::function<bool(qsizetype)> goes_on)
        : m_goes_on(std::move(goes_on)) {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }
    const QByteArray& bytes() const { return m_bytes; }

protected:
    qint64 readData(char*, qint64) override { return -1; }
    qint64 writeData(const char* data, qint64 size) override {
        if (!m_goes_on(m_bytes.size())) return -1;
        m_bytes.append(data, size);
        return size;
    }

private:
    std::function<bool(qsizetype)> m_goes_on;
    QByteArray m_bytes;
};

constexpr double drawn_share = 0.4;  ///< of the work, when the picture is drawn but not encoded
constexpr double encoded_share = 0.9;

Result<QByteArray> png_of(const diagram::Diagram& diagram, const ExportJob& job,
                          const std::function<bool(double)>& goes_on) {
    const double width = std::ceil(diagram.size.width() * job.scale);
    const double height = std::ceil(diagram.size.height() * job.scale);
    const Error too_large{.code = ErrorCode::too_large,
                          .subject = "pixels",
                          .given = {static_cast<std::int64_t>(std::min(width * height, 1e18))},
                          .limit = {max_export_pixels}};
    if (width * height > static_cast<double>(max_export_pixels)) return too_large;
    QImage image(static_cast<int>(width), static_cast<int>(height),
                 job.transparent ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    if (image.isNull()) return Error{.code = ErrorCode::out_of_memory};
    PaintOptions options;
    options.theme.name = job.theme;
    options.scale = job.scale;
    options.paper = false;  // it must also cover the pixels that rounding up added
    image.fill(job.transparent ? QColor(Qt::transparent)
                               : options.theme.colour(diagram::Role::paper));
    QPainter painter(&image);
    paint(painter, diagram, options);
    painter.end();
    const Error cancelled{.code = ErrorCode::cancelled};
    if (!goes_on(drawn_share)) return cancelled;

    const int dots = static_cast<int>(std::lround(dots_per_metre_at_1 * job.scale));
    image.setDotsPerMeterX(dots);
    image.setDotsPerMeterY(dots);
    image.setText(QStringLiteral("Title"), diagram.title);
    image.setText(QStringLiteral("Description"), diagram.description);
    image.setText(QStringLiteral("Copyright"), QStringLiteral("Free to reuse (CC0)"));
    image.setText(QStringLiteral("Software"), QStringLiteral("Stridescope"));
    // How many bytes there will be nobody knows: a tenth of the pixels' is a fair guess for a diagram.
    const double expected = width * height * 0.4;
    bool stopped = false;
    StoppableBuffer buffer([&](qsizetype written) {
        const double share = std::min(1.0, static_cast<double>(written) / expected);
        stopped = stopped || !goes_on(drawn_share + (encoded_share - drawn_share) * share);
        return !stopped;
    });
    if (!image.save(&buffer, "PNG")) {
        if (stopped) return cancelled;
        return Error{.code = ErrorCode::out_of_memory};
    }
    return buffer.bytes();
}

}  // namespace

Result<QByteArray> render_export(const ExportJob& job, const engine::Watch& watch) {
    const auto goes_on = [&](double share) { return !watch || watch(share); };
    const Error cancelled{.code = ErrorCode::cancelled};
    if (!(job.scale >= smallest_scale && job.scale <= largest_scale)) {
        return Error{
            .code = ErrorCode::wrong_type, .subject = "scale", .text = "a number from 0.25 to 8"};
    }
    if (!goes_on(0)) return cancelled;
    const Result<diagram::Diagram> diagram = diagram_of(job);
    if (!diagram) return diagram.error();
    if (!goes_on(0.2)) return cancelled;
    if (job.format == ExportFormat::png) return png_of(*diagram, job, goes_on);
    const QByteArray svg =
        write_svg(*diagram, {{job.theme}, job.text_as_outlines, !job.transparent, job.scale});
    if (!goes_on(encoded_share)) return cancelled;
    return svg;
}

Result<QString> run_export(const ExportJob& job, const engine::Watch& watch) {
    if (const auto refusal = files::refusal_to_write(job.path)) return *refusal;
    const Result<QByteArray> bytes = render_export(job, watch);
    if (!bytes) return bytes.error();
    if (watch && !watch(0.95)) return Error{.code = ErrorCode::cancelled};
    return files::write_file(job.path, *bytes);
}

std::vector<diagram::Group> export_regions(const ExportJob& job) {
    const diagram::Diagram stage =
        diagram::build_stage(job.lesson, job.run, job.view, {job.size, 1});
    std::vector<diagram::Group> regions;
    for (const diagram::GridInfo& grid : stage.grids) {
        const diagram::Group& group = stage.groups[static_cast<std::size_t>(grid.group)];
        if (std::ranges::find(regions, group) == regions.end()) regions.push_back(group);
    }
    return regions;
}

std::optional<ExportFormat> format_of_path(const QString& path) {
    const QString ending = path.section(QLatin1Char('.'), -1).toLower();
    if (ending == QLatin1String("png")) return ExportFormat::png;
    if (ending == QLatin1String("svg")) return ExportFormat::svg;
    return std::nullopt;
}

}  // namespace ui::paint
