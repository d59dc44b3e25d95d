// SPDX-License-Identifier: MIT
#include "ui/paint/export_job.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/diagram/comparison.h"
#include "ui/diagram/stage.h"
#include "ui/figures/caption.h"
#include "ui/figures/regions.h"
#include "ui/figures/sheet.h"
#include "ui/figures/words.h"
#include "ui/files/file_bytes.h"
#include "ui/paint/fonts.h"
#include "ui/paint/picture_sink.h"
#include "ui/paint/png_writer.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

namespace {

// How much of an export is done when there is a diagram, when there are bytes, and when only the
// file is left.
constexpr double laid_out_share = 0.2;
constexpr double encoded_share = 0.9;
constexpr double rendered_share = 0.95;

std::optional<diagram::Diagram> drawn(const figures::Region& region, const ExportJob& job) {
    const std::array runs{&job.run, &job.against_run};
    return figures::draw_region(region, job.lesson, runs, job.view, job.size.width);
}

Result<diagram::Diagram> part_of(const ExportJob& job) {
    if (const figures::Region* region = figures::region_named(job.region)) {
        auto figure = drawn(*region, job);
        return figure ? Result<diagram::Diagram>(*std::move(figure)) : no_region(job);
    }
    diagram::Diagram stage = stage_of(job);
    if (job.region == whole_stage) return stage;
    const auto extent = diagram::extent_of(stage, job.region, measured);
    if (!extent) return no_region(job);
    return diagram::only(stage, job.region, *extent, region_margin);
}

int last_step(const ExportJob& job) {
    const auto focus = static_cast<std::size_t>(job.view.focus);
    return diagram::timeline_of(job.lesson.layers[focus], job.run.layers[focus].geometry, job.view)
        .step_count();
}

Result<diagram::Diagram> sheet_of(const ExportJob& job, const engine::Watch& watch) {
    if (const auto error = refuse_sheet(job)) return *error;
    std::vector<int> steps = job.sheet->steps;
    for (int step = 0; job.sheet->steps.empty() && step <= last_step(job); ++step)
        steps.push_back(step);
    std::vector<figures::Moment> moments;
    ExportJob one = job;
    for (const int step : steps) {
        const auto done = static_cast<double>(moments.size());
        if (watch && !watch(done / static_cast<double>(steps.size())))
            return Error{.code = ErrorCode::cancelled};
        one.view.moment = {step, 0};
        Result<diagram::Diagram> part = part_of(one);
        if (!part) return part.error();
        moments.push_back({step, *std::move(part)});
    }
    return figures::sheet_of(moments, job.sheet->columns);
}

}  // namespace

Result<diagram::Diagram> picture_of(const ExportJob& job, const engine::Watch& watch) {
    load_fonts();  // to measure labels
    Result<diagram::Diagram> figure = job.sheet ? sheet_of(job, watch) : part_of(job);
    if (!figure || !job.caption) return figure;
    const std::array runs{&job.run, &job.against_run};
    return figures::captioned(*std::move(figure), figures::captions_of(job.lesson, runs, job.view),
                              measured);
}

std::optional<Error> refuse_sheet(const ExportJob& job) {
    if (!job.sheet) return std::nullopt;
    const int last = last_step(job);
    const auto too_large = [](const char* subject, std::int64_t given, std::int64_t limit) {
        return Error{
            .code = ErrorCode::too_large, .subject = subject, .given = {given}, .limit = {limit}};
    };
    for (const int step : job.sheet->steps)
        if (step > last) return too_large("step", step, last);
    const auto chosen = static_cast<std::int64_t>(job.sheet->steps.size());
    const std::int64_t count = chosen > 0 ? chosen : std::int64_t{last} + 1;
    if (count > figures::most_pictures)
        return too_large("pictures on a sheet", count, figures::most_pictures);
    return std::nullopt;
}

diagram::Diagram stage_of(const ExportJob& job, const engine::Trace* kept) {
    const diagram::StageOptions room{job.size.units(), 1};
    return engine::side_count(job.lesson) == 2
               ? diagram::build_comparison(job.lesson, {job.run, job.against_run}, job.view, room)
               : diagram::build_stage(job.lesson, job.run, job.view, room, kept);
}

Error no_region(const ExportJob& job) {
    return {.code = ErrorCode::unknown_name, .subject = "region", .text = job.region.toStdString()};
}

std::optional<Error> refuse_options(const PictureFormat& format, const PictureOptions& options) {
    for (const PictureOption option : picture_options)
        if (options.has(option) && !format.options.has(option))
            return Error{.code = ErrorCode::no_such_item,
                         .subject = format.name + std::string(" option"),
                         .text = name_of(option)};
    return refuse_sizes(options);
}

Result<QByteArray> render_export(const ExportJob& job, const engine::Watch& watch) {
    if (const auto refusal = refuse_options(*job.format, job.options)) return *refusal;
    const auto goes_on = [&](double share) { return !watch || watch(share); };
    const Error cancelled{.code = ErrorCode::cancelled};
    if (!goes_on(0)) return cancelled;
    const Result<diagram::Diagram> diagram =
        picture_of(job, engine::part_of(watch, 0, laid_out_share));
    if (!diagram) return diagram.error();
    if (!goes_on(laid_out_share)) return cancelled;
    const auto options = sized(*job.format, job.options, diagram->size);
    if (!options) return options.error();
    PictureSink sink(engine::part_of(watch, laid_out_share, encoded_share));
    if (const auto error = job.format->write({&*diagram, 1}, {job.theme}, *options, sink))
        return *error;
    return sink.bytes();
}

Result<QString> run_export(const ExportJob& job, const engine::Watch& watch) {
    if (const auto refusal = files::refusal_to_write(job.path)) return *refusal;
    const Result<QByteArray> bytes = render_export(job, watch);
    if (!bytes) return bytes.error();
    if (watch && !watch(rendered_share)) return Error{.code = ErrorCode::cancelled};
    return files::write_file(job.path, *bytes);
}

namespace {

/// About how many bytes the file has: those it would have, but of pixels those of the preview. A
/// diagram's lines grow with the scale, its plain areas do not count.
std::optional<qint64> bytes_of(const ExportJob& job, const diagram::Diagram& diagram,
                               const QImage& preview, double preview_scale) {
    const auto options = sized(*job.format, job.options, diagram.size);
    if (!options) return std::nullopt;
    PictureSink sink;
    if (!job.format->of_pixels) {
        if (job.format->write({&diagram, 1}, {job.theme}, *options, sink)) return std::nullopt;
        return sink.bytes().size();
    }
    if (!preview.save(&sink, "PNG")) return std::nullopt;
    constexpr double growth = 1.15;
    const double times = options->scale.value_or(1) / preview_scale;
    return static_cast<qint64>(static_cast<double>(sink.bytes().size()) * std::pow(times, growth));
}

}  // namespace

Result<Preview> preview_export(const ExportJob& job, double scale) {
    const Result<diagram::Diagram> diagram = picture_of(job);
    if (!diagram) return diagram.error();
    const auto drawn =
        image_of(*diagram, {job.theme}, scale, job.options.transparent.value_or(false));
    if (!drawn) return drawn.error();
    return Preview{*drawn, diagram->size, bytes_of(job, *diagram, *drawn, scale)};
}

std::vector<diagram::Group> figure_regions(const ExportJob& job) {
    std::vector<diagram::Group> regions;
    for (const figures::Region& region : figures::regions())
        if (drawn(region, job))
            regions.push_back({QString::fromLatin1(region.id), figures::Words::tr(region.title)});
    return regions;
}

std::vector<diagram::Group> export_regions(const ExportJob& job) {
    const diagram::Diagram stage = stage_of(job);
    std::vector<diagram::Group> regions;
    for (const diagram::GridInfo& grid : stage.grids) {
        const diagram::Group& group = stage.groups[static_cast<std::size_t>(grid.group)];
        if (std::ranges::find(regions, group) == regions.end()) regions.push_back(group);
    }
    return regions;
}

}  // namespace ui::paint
