// SPDX-License-Identifier: MIT
#include "ui/paint/animated_svg.h"

#include <map>

#include "ui/paint/picture_sink.h"
#include "ui/paint/svg_data.h"
#include "ui/paint/svg_writer.h"
#include "ui/paint/timed_items.h"

namespace ui::paint {

using diagram::Diagram;
using engine::Error;
using engine::ErrorCode;

namespace {

/// Names of CSS that no other part of a page has.
QString name_of(std::size_t rule) {
    return QStringLiteral("play-") + QString::number(static_cast<qulonglong>(rule) + 1);
}

/// When what appears and disappears at these frames is seen, as keyframes: each value holds until
/// the next.
QString keyframes(const std::vector<int>& change, const std::vector<qint64>& begins) {
    QString text;
    const auto key = [&](qint64 at, bool seen) {
        constexpr int decimals = 5;  // of a percent: a hundredth of a millisecond in 100 seconds
        text += svg::number(100.0 * static_cast<double>(at) / static_cast<double>(begins.back()),
                            decimals) %
                QStringLiteral("%{visibility:") %
                (seen ? QStringLiteral("visible") : QStringLiteral("hidden")) % u'}';
    };
    if (change.front() != 0) key(0, false);
    for (std::size_t i = 0; i < change.size(); ++i)
        key(begins[static_cast<std::size_t>(change[i])], i % 2 == 0);
    return text;
}

}  // namespace

std::optional<Error> write_animated_svg(const Play& play, PictureSink& sink) {
    constexpr double laid_share = 0.8;
    TimedItems timed;
    std::vector<qint64> begins{0};  // ms, and the end of the last
    for (const Frame& frame : play.frames) {
        timed.add(play.diagram(frame));
        begins.push_back(begins.back() + frame.milliseconds);
        if (!sink.goes_on(laid_share * static_cast<double>(begins.size() - 1) /
                          static_cast<double>(play.frames.size())))
            return Error{.code = ErrorCode::cancelled};
    }

    Diagram all;
    all.size = play.size;
    all.title = play.labels.title;
    all.description = play.labels.description;
    all.groups = timed.groups();
    SvgTimes times;
    std::map<std::vector<int>, int> rules;  // what changes at the same frames has one
    const std::vector<int> always{0};
    for (const TimedItems::Timed& one : timed.order()) {
        all.items.push_back(timed.items()[static_cast<std::size_t>(one.item)]);
        if (one.change == always) {
            times.rule_of.push_back(SvgTimes::always);
            continue;
        }
        const auto [rule, is_new] =
            rules.try_emplace(one.change, static_cast<int>(times.rules.size()));
        if (is_new) {
            const QString name = name_of(times.rules.size());
            times.rules.push_back({name, one.is_seen()});
            times.style += QStringLiteral("@keyframes %1{%2}\n.%1{animation-name:%1}\n")
                               .arg(name, keyframes(one.change, begins));
        }
        times.rule_of.push_back(rule->second);
    }
    const QString count =
        play.loops == 0 ? QStringLiteral("infinite") : QString::number(play.loops);
    times.style = QStringLiteral(
                      "\n@media (prefers-reduced-motion:no-preference){\n"
                      ".play{animation-duration:%1ms;animation-timing-function:step-end;"
                      "animation-iteration-count:%2}\n%3}\n")
                      .arg(QString::number(begins.back()), count, times.style);
    write_svg_items(all, {play.picture.theme}, play.options, times, sink);
    if (!sink.goes_on(1)) return Error{.code = ErrorCode::cancelled};
    return std::nullopt;
}

}  // namespace ui::paint
