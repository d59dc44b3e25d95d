// SPDX-License-Identifier: MIT
#include "ui/paint/animation_job.h"

#include <algorithm>

#include "engine/lessons/comparison.h"
#include "ui/diagram/difference.h"
#include "ui/diagram/stage.h"
#include "ui/files/file_bytes.h"
#include "ui/paint/fonts.h"
#include "ui/paint/paint.h"
#include "ui/paint/picture_sink.h"
#include "ui/paint/png_writer.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

using diagram::Diagram;
using engine::Error;
using engine::ErrorCode;
using engine::Result;

namespace {

// How much is done when the frames are measured, when they are drawn, and when they are encoded.
constexpr double measured_share = 0.15;
constexpr double drawn_share = 0.7;
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

/// Images of pictures of one size: what is the same as in the one before is not painted again.
class Repainted {
public:
    Repainted(const diagram::Theme& theme, double scale) : m_theme(theme), m_scale(scale) {}

    Result<QImage> image(const Diagram& picture) {
        if (m_image.isNull()) {
            Result<QImage> whole = image_of(picture, m_theme, m_scale, false);
            if (!whole) return whole;
            m_image = *std::move(whole);
        } else {
            repaint(picture);
        }
        m_picture = picture;
        return m_image;
    }

private:
    void repaint(const Diagram& picture) {
        QPainter painter(&m_image);
        const QTransform to_pixels = QTransform::fromScale(m_scale, m_scale);
        PaintOptions options;
        options.theme = m_theme;
        options.scale = m_scale;
        options.paper = false;
        for (const QRectF& changed : diagram::difference(m_picture, picture)) {
            // Whole pixels, so that what is clipped is what would be there without the clip.
            const QRect pixels = to_pixels.mapRect(changed).toAlignedRect() & m_image.rect();
            painter.setClipRect(pixels);
            painter.fillRect(pixels, m_theme.colour(diagram::Role::paper));
            options.exposed = to_pixels.inverted().mapRect(QRectF(pixels));
            paint(painter, picture, options);
        }
    }

    diagram::Theme m_theme;
    double m_scale;
    Diagram m_picture;
    QImage m_image;
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

Result<QByteArray> render_animation(const AnimationJob& job, const engine::Watch& watch) {
    const Error cancelled{.code = ErrorCode::cancelled};
    const auto goes_on = [&](double from, double to, std::size_t done, std::size_t all) {
        return !watch ||
               watch(from + (to - from) * static_cast<double>(done) / static_cast<double>(all));
    };
    const auto frames = frames_of(job);
    if (!frames) return frames.error();
    Pictures pictures(job);
    for (std::size_t i = 0; i < frames->size(); ++i) {
        pictures.measure((*frames)[i].moment);
        if (!goes_on(0, measured_share, i, frames->size())) return cancelled;
    }
    if (!pictures.has_region()) return no_region(job.picture);
    const double scale = job.picture.options.scale.value_or(usual_moving_scale);
    const QSize size = pixels_of(pictures.size(), scale);
    const std::int64_t pixels =
        std::int64_t{size.width()} * size.height() * static_cast<std::int64_t>(frames->size());
    if (pixels > max_moving_pixels)
        return Error{.code = ErrorCode::too_large,
                     .subject = "pixels in all frames",
                     .given = {pixels},
                     .limit = {max_moving_pixels}};

    Changes changes;
    Repainted repainted({job.picture.theme}, scale);
    MovingLabels labels;
    for (std::size_t i = 0; i < frames->size(); ++i) {
        const Diagram picture = pictures.at((*frames)[i].moment);
        const auto image = repainted.image(picture);
        if (!image) return image.error();
        changes.add(*image, (*frames)[i].milliseconds);
        labels = {picture.title, picture.description, job.picture.options.licence};  // of the last: what all leads to
        if (!goes_on(measured_share, drawn_share, i, frames->size())) return cancelled;
    }
    PictureSink sink(engine::part_of(watch, drawn_share, encoded_share));
    if (const auto error = job.format->write(changes, job.options.loops, labels, sink))
        return *error;
    return sink.bytes();
}

Result<QString> run_animation(const AnimationJob& job, const engine::Watch& watch) {
    if (const auto refusal = files::refusal_to_write(job.picture.path)) return *refusal;
    const Result<QByteArray> bytes = render_animation(job, watch);
    if (!bytes) return bytes.error();
    if (watch && !watch(encoded_share)) return Error{.code = ErrorCode::cancelled};
    return files::write_file(job.picture.path, *bytes);
}

}  // namespace ui::paint
