// SPDX-License-Identifier: MIT
#include "ui/paint/animation_job.h"

#include "engine/lessons/comparison.h"
#include "ui/diagram/difference.h"
#include "ui/diagram/stage.h"
#include "ui/files/file_bytes.h"
#include "ui/paint/fonts.h"
#include "ui/paint/picture_sink.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

using diagram::Diagram;
using engine::Error;
using engine::ErrorCode;
using engine::Result;

namespace {

// How much is done when the frames are measured, and when they are written.
constexpr double measured_share = 0.15;
constexpr double encoded_share = 0.98;

/// The pictures of the frames, all of one size: of the stage the largest, of a region what it
/// covers in any of them.
class Pictures {
public:
    explicit Pictures(const AnimationJob& job) : m_job(job.picture) {
        load_fonts();  // to measure labels
        if (engine::side_count(m_job.lesson) == 1) {
            m_trace = diagram::trace_of(m_job.lesson, m_job.run, m_job.view);
            m_trace.keep_sums();
        }
    }

    void measure(diagram::Moment moment) {
        const Diagram stage = stage_at(moment);
        if (is_whole()) {
            m_extent |= QRectF({0, 0}, stage.size);
        } else if (const auto extent = diagram::extent_of(stage, m_job.region, measured)) {
            m_extent |= *extent;
        }
    }
    bool has_region() const { return !m_extent.isEmpty(); }
    QSizeF size() const {
        const double margin = is_whole() ? 0 : 2 * region_margin;
        return m_extent.size() + QSizeF(margin, margin);
    }

    Diagram at(diagram::Moment moment) {
        Diagram stage = stage_at(moment);
        if (!is_whole()) return diagram::only(stage, m_job.region, m_extent, region_margin);
        stage.size = m_extent.size();
        return stage;
    }

private:
    bool is_whole() const { return m_job.region == whole_stage; }
    Diagram stage_at(diagram::Moment moment) {
        m_job.view.moment = moment;
        return stage_of(m_job, m_trace.step_count() > 0 ? &m_trace : nullptr);
    }

    ExportJob m_job;
    engine::Trace m_trace;
    QRectF m_extent;
};

engine::Timeline timeline_of(const ExportJob& job) {
    const auto focus = static_cast<std::size_t>(job.view.focus);
    return diagram::timeline_of(job.lesson.layers[focus], job.run.layers[focus].geometry, job.view);
}

}  // namespace

int step_count(const ExportJob& picture) { return timeline_of(picture).step_count(); }

Result<std::vector<Frame>> frames_of(const AnimationJob& job) {
    const engine::Timeline timeline = timeline_of(job.picture);
    if (timeline.step_count() == 0)
        return Error{.code = ErrorCode::no_such_item, .subject = "steps", .text = "animation"};
    return frames_of(timeline.segments(), job.options);
}

std::optional<Error> refuse_options(const AnimationJob& job) {
    for (const PictureOption option : picture_options)
        if (job.picture.options.has(option) && !job.format->options.has(option))
            return Error{.code = ErrorCode::no_such_item,
                         .subject = job.format->name + std::string(" option"),
                         .text = name_of(option)};
    if (job.options.loops && !job.format->loops)
        return Error{.code = ErrorCode::no_such_item,
                     .subject = job.format->name + std::string(" option"),
                     .text = "loop"};
    return std::nullopt;
}

namespace {

/// Everything but the file: nothing, or why the sink has not all of it.
std::optional<Error> render(const AnimationJob& job, const engine::Watch& watch,
                            PictureSink& sink) {
    if (const auto refusal = refuse_options(job)) return *refusal;
    const auto frames = frames_of(job);
    if (!frames) return frames.error();
    const auto count = static_cast<std::int64_t>(frames->size());
    Pictures pictures(job);
    for (std::int64_t i = 0; i < count; ++i) {
        pictures.measure((*frames)[static_cast<std::size_t>(i)].moment);
        if (watch && !watch(measured_share * static_cast<double>(i) / static_cast<double>(count)))
            return Error{.code = ErrorCode::cancelled};
    }
    if (!pictures.has_region()) return no_region(job.picture);
    const PictureOptions options = job.picture.options.value_or(job.format->options);
    if (job.format->of_pixels) {
        const QSize size = pixels_of(pictures.size(), options.scale.value_or(1));
        const std::int64_t pixels = std::int64_t{size.width()} * size.height() * count;
        if (pixels > max_moving_pixels)
            return Error{.code = ErrorCode::too_large,
                         .subject = "pixels in all frames",
                         .given = {pixels},
                         .limit = {max_moving_pixels}};
    }
    const Diagram last = pictures.at(frames->back().moment);
    const Play play{.picture = job.picture,
                    .frames = *frames,
                    .loops = job.options.loops.value_or(usual_loops),
                    .speed = job.options.speed,
                    .frames_per_second = job.options.frames_per_second,
                    .options = options,
                    .labels = {last.title, last.description, job.picture.options.licence},
                    .size = pictures.size(),
                    .diagram = [&](const Frame& frame) { return pictures.at(frame.moment); }};
    return job.format->write(play, sink);
}

}  // namespace

std::optional<Error> refusal_to_write(const AnimationJob& job) {
    return job.format->is_folder()
               ? files::refusal_to_write_folder(job.picture.path, job.format->files, job.old)
               : files::refusal_to_write(job.picture.path);
}

Result<QByteArray> render_animation(const AnimationJob& job, const engine::Watch& watch) {
    PictureSink sink(engine::part_of(watch, measured_share, encoded_share));
    if (const auto error = render(job, watch, sink)) return *error;
    return sink.bytes();
}

Result<QString> run_animation(const AnimationJob& job, const engine::Watch& watch) {
    if (const auto refusal = refusal_to_write(job)) return *refusal;
    PictureSink sink(engine::part_of(watch, measured_share, encoded_share));
    if (const auto error = render(job, watch, sink)) return *error;
    if (watch && !watch(encoded_share)) return Error{.code = ErrorCode::cancelled};
    return job.format->is_folder() ? files::write_folder(job.picture.path, sink.files(), job.old)
                                   : files::write_file(job.picture.path, sink.bytes());
}

}  // namespace ui::paint
