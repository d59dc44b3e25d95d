// SPDX-License-Identifier: MIT
#include "ui/paint/export_job.h"

#include <algorithm>

#include "ui/diagram/comparison.h"
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

}  // namespace

Result<diagram::Diagram> picture_of(const ExportJob& job) {
    load_fonts();  // to measure labels
    diagram::Diagram stage = stage_of(job);
    if (job.region == whole_stage) return stage;
    const auto extent = diagram::extent_of(stage, job.region, measured);
    if (!extent) return no_region(job);
    return diagram::only(stage, job.region, *extent, region_margin);
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
    return std::nullopt;
}

Result<QByteArray> render_export(const ExportJob& job, const engine::Watch& watch) {
    if (const auto refusal = refuse_options(*job.format, job.options)) return *refusal;
    const auto goes_on = [&](double share) { return !watch || watch(share); };
    const Error cancelled{.code = ErrorCode::cancelled};
    if (!goes_on(0)) return cancelled;
    const Result<diagram::Diagram> diagram = picture_of(job);
    if (!diagram) return diagram.error();
    if (!goes_on(laid_out_share)) return cancelled;
    PictureSink sink(engine::part_of(watch, laid_out_share, encoded_share));
    if (const auto error = job.format->write({&*diagram, 1}, {job.theme},
                                             job.options.value_or(job.format->options), sink))
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

Result<Preview> preview_export(const ExportJob& job, double scale) {
    const Result<diagram::Diagram> diagram = picture_of(job);
    if (!diagram) return diagram.error();
    const auto drawn =
        image_of(*diagram, {job.theme}, scale, job.options.transparent.value_or(false));
    if (!drawn) return drawn.error();
    return Preview{*drawn, diagram->size};
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
