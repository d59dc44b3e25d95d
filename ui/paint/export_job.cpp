// SPDX-License-Identifier: MIT
#include "ui/paint/export_job.h"

#include <algorithm>
#include <cmath>

#include <QBuffer>
#include <QImage>
#include <QSaveFile>

#include "ui/diagram/stage.h"
#include "ui/paint/fonts.h"
#include "ui/paint/paint.h"
#include "ui/paint/svg_writer.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

namespace {

constexpr double smallest_scale = 0.25;
constexpr double largest_scale = 8;
constexpr double region_margin = 16;
constexpr double dots_per_metre_at_1 = 96 / 0.0254;

Result<diagram::Diagram> diagram_of(const ExportJob& job) {
    load_fonts();  // to measure labels
    const Result<engine::Run> run = engine::run(job.lesson);
    if (!run) return run.error();
    diagram::Diagram stage = diagram::build_stage(job.lesson, *run, job.view, {job.size, 1});
    if (job.region == QLatin1String("stage")) return stage;
    std::optional<diagram::Diagram> part =
        diagram::only(stage, job.region, region_margin, measured);
    if (!part)
        return Error{
            .code = ErrorCode::unknown_name, .subject = "region", .text = job.region.toStdString()};
    return std::move(*part);
}

Result<QByteArray> png_of(const diagram::Diagram& diagram, const ExportJob& job) {
    const double width = std::ceil(diagram.size.width() * job.scale);
    const double height = std::ceil(diagram.size.height() * job.scale);
    if (width * height > static_cast<double>(max_export_pixels)) {
        return Error{.code = ErrorCode::too_large,
                     .subject = "pixels",
                     .given = {static_cast<std::int64_t>(width * height)},
                     .limit = {max_export_pixels}};
    }
    QImage image(static_cast<int>(width), static_cast<int>(height),
                 QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    PaintOptions options;
    options.theme.name = job.theme;
    options.scale = job.scale;
    options.paper = !job.transparent;
    if (options.paper) image.fill(options.theme.colour(diagram::Role::paper));
    paint(painter, diagram, options);
    painter.end();
    const int dots = static_cast<int>(std::lround(dots_per_metre_at_1 * job.scale));
    image.setDotsPerMeterX(dots);
    image.setDotsPerMeterY(dots);
    image.setText(QStringLiteral("Title"), diagram.title);
    image.setText(QStringLiteral("Description"), diagram.description);
    image.setText(QStringLiteral("Copyright"), QStringLiteral("Free to reuse (CC0)"));
    image.setText(QStringLiteral("Software"), QStringLiteral("Stridescope"));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

}  // namespace

Result<QByteArray> render_export(const ExportJob& job, const ExportProgress& progress) {
    const auto goes_on = [&](double share) { return !progress || progress(share); };
    const Error cancelled{.code = ErrorCode::cancelled};
    if (job.scale < smallest_scale || job.scale > largest_scale || !std::isfinite(job.scale)) {
        return Error{.code = ErrorCode::too_large,
                     .subject = "scale",
                     .given = {static_cast<std::int64_t>(std::clamp(job.scale, -1e9, 1e9))},
                     .limit = {static_cast<std::int64_t>(largest_scale)}};
    }
    if (!goes_on(0)) return cancelled;
    const Result<diagram::Diagram> diagram = diagram_of(job);
    if (!diagram) return diagram.error();
    if (!goes_on(0.3)) return cancelled;
    Result<QByteArray> bytes =
        job.format == ExportFormat::png
            ? png_of(*diagram, job)
            : Result<QByteArray>(write_svg(
                  *diagram, {{job.theme}, job.text_as_outlines, !job.transparent, job.scale}));
    if (!goes_on(0.9)) return cancelled;
    return bytes;
}

Result<QString> run_export(const ExportJob& job, const ExportProgress& progress) {
    const Result<QByteArray> bytes = render_export(job, progress);
    if (!bytes) return bytes.error();
    QSaveFile file(job.path);
    const auto failed = [&] {
        return Error{.code = ErrorCode::cannot_write,
                     .subject = job.path.toStdString(),
                     .text = file.errorString().toStdString()};
    };
    if (!file.open(QIODevice::WriteOnly)) return failed();
    if (file.write(*bytes) != bytes->size()) return failed();
    if (progress && !progress(0.95)) {
        file.cancelWriting();
        return Error{.code = ErrorCode::cancelled};
    }
    if (!file.commit()) return failed();
    return job.path;
}

std::vector<diagram::Group> export_regions(const ExportJob& job) {
    const Result<engine::Run> run = engine::run(job.lesson);
    if (!run) return {};
    const diagram::Diagram stage = diagram::build_stage(job.lesson, *run, job.view, {job.size, 1});
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
