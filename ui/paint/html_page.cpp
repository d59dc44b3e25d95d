// SPDX-License-Identifier: MIT
#include "ui/paint/html_page.h"

#include <algorithm>
#include <charconv>
#include <map>

#include <QBuffer>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include "ui/diagram/number_text.h"
#include "ui/diagram/stage.h"
#include "ui/files/file_bytes.h"
#include "ui/paint/fonts.h"
#include "ui/paint/html_marks.h"
#include "ui/paint/live_lesson.h"
#include "ui/paint/metadata.h"
#include "ui/paint/picture_sink.h"
#include "ui/paint/text_layout.h"

namespace ui::paint {

using engine::Error;
using engine::ErrorCode;

namespace {

struct Page {
    Q_DECLARE_TR_FUNCTIONS(Page)
};

QByteArray resource(const char* name) {
    return files::read_resource(QStringLiteral(":/html/") + QLatin1String(name));
}

QByteArray hash_of(const QByteArray& text) {
    return "sha256-" + QCryptographicHash::hash(text, QCryptographicHash::Sha256).toBase64();
}

/// The theme's colours, by the names of roles, and the rules that use them.
QByteArray style_of(diagram::ThemeName name) {
    const diagram::Theme theme{name};
    QByteArray text = name == diagram::ThemeName::dark ? ":root { color-scheme: dark;"
                                                       : ":root { color-scheme: light;";
    for (int role = static_cast<int>(diagram::Role::paper);
         role <= static_cast<int>(diagram::Role::on_strong); ++role)
        text += " --" + diagram::name_of(static_cast<diagram::Role>(role)).toUtf8() + ": " +
                theme.colour(static_cast<diagram::Role>(role)).name().toUtf8() + ';';
    return text + " }\n" + resource("page.css");
}

/// The frames, and between them the rests of steps that go by within one: they take no time.
std::vector<Frame> with_every_step(std::span<const Frame> frames) {
    std::vector<Frame> all;
    for (const Frame& frame : frames) {
        if (!all.empty())
            for (int step = all.back().moment.step + 1;
                 step < frame.moment.step + (frame.moment.progress > 0 ? 1 : 0); ++step)
                all.push_back({{step, 0}, 0});
        all.push_back(frame);
    }
    return all;
}

/// What changes from one list of marks to the next: where, how many go, which come.
QJsonArray changes_between(const std::vector<int>& before, const std::vector<int>& after) {
    // The common beginning and end stay; between them what comes again further on is kept, too.
    QJsonArray changes;
    const auto put = [&](std::size_t at, std::size_t count, std::size_t begin, std::size_t end) {
        if (count == 0 && begin == end) return;
        QJsonArray change{static_cast<int>(at), static_cast<int>(count)};
        for (std::size_t i = begin; i < end; ++i) change.append(after[i]);
        changes.append(change);
    };
    std::size_t i = 0, j = 0;
    constexpr std::size_t window = 60;  // marks that are looked ahead
    while (i < before.size() || j < after.size()) {
        if (i < before.size() && j < after.size() && before[i] == after[j]) {
            ++i;
            ++j;
            continue;
        }
        std::size_t gone = before.size() - i, come = after.size() - j;
        for (std::size_t sum = 1; sum <= 2 * window && sum < gone + come; ++sum)
            for (std::size_t ahead = 0; ahead <= sum; ++ahead) {
                if (i + ahead >= before.size() || j + sum - ahead >= after.size()) continue;
                if (before[i + ahead] != after[j + sum - ahead]) continue;
                gone = ahead;
                come = sum - ahead;
                sum = 2 * window;
                break;
            }
        put(j, gone, j, j + come);
        i += gone;
        j += come;
    }
    return changes;
}

class PageWriter {
public:
    explicit PageWriter(const Play& play)
        : m_play(play),
          m_job(play.picture),
          m_lesson(play.picture),
          m_marks(m_lesson.is_live(), {play.picture.theme}) {}

    std::optional<Error> draw(PictureSink& sink) {
        const std::vector<Frame> frames = with_every_step(m_play.frames);
        std::vector<int> before;
        for (std::size_t i = 0; i < frames.size(); ++i) {
            const Frame& frame = frames[i];
            const LivePicture live = m_lesson.at(frame.moment);
            const bool whole = m_job.region == whole_stage;
            if (whole)
                m_extent |= QRectF({0, 0}, live.picture.size);
            else if (const auto extent = diagram::extent_of(live.picture, m_job.region, measured))
                m_extent |= *extent;
            const std::vector<int> marks = m_marks.of(live, whole ? QString() : m_job.region);
            // At speed 1: the reader's speed divides it again.
            QJsonObject object{{QStringLiteral("ms"), qRound(frame.milliseconds * m_play.speed)},
                               {QStringLiteral("step"), frame.moment.step}};
            if (frame.moment.progress == 0) object[QStringLiteral("rest")] = true;
            object[QStringLiteral("title")] = told(live.title);
            object[QStringLiteral("description")] = told(live.description);
            object[QStringLiteral("changes")] = changes_between(before, marks);
            m_frames.append(object);
            before = marks;
            m_title = live.picture.title;
            if (!sink.goes_on(0.9 * static_cast<double>(i + 1) /
                              static_cast<double>(frames.size())))
                return Error{.code = ErrorCode::cancelled};
        }
        if (m_extent.isEmpty()) return no_region(m_job);
        if (m_job.region != whole_stage)
            m_extent.adjust(-region_margin, -region_margin, region_margin, region_margin);
        return std::nullopt;
    }

    QByteArray page() {
        const QByteArray script = resource("page.js");
        const QString title = QString::fromStdString(m_job.lesson.title);
        std::map<QByteArray, QByteArray> places{
            {"script-hash", hash_of(script)},
            {"title", escaped(title.isEmpty() ? m_title : title)},
            {"licence", escaped(licence_text(m_play.labels.licence))},
            {"script", script},
            {"data", data()},
            {"no-script", escaped(Page::tr("This page needs JavaScript to play."))},
            {"transport", escaped(Page::tr("Playing"))},
            {"first", escaped(Page::tr("First step"))},
            {"back", escaped(Page::tr("Step back"))},
            {"play", escaped(Page::tr("Play"))},
            {"forward", escaped(Page::tr("Step forward"))},
            {"last", escaped(Page::tr("Last step"))},
            {"step", escaped(Page::tr("Step"))},
            {"speed", escaped(Page::tr("Speed"))},
            {"loop", escaped(Page::tr("Loop"))},
            {"reset", escaped(Page::tr("Numbers as they were"))},
            {"numbers", escaped(Page::tr("Change the numbers"))},
            {"hint", escaped(Page::tr("Click a cell of the input or the kernel in the picture, or "
                                      "type here: every number that follows is computed again."))},
        };
        return html_from("page.html", m_job.theme, std::move(places));
    }

private:
    static QByteArray escaped(const QString& text) { return text.toHtmlEscaped().toUtf8(); }

    /// What is spoken of a frame, by number.
    int told(const LiveLabel& label) {
        QJsonObject object{{QStringLiteral("parts"), m_marks.parts_of(label.runs.front())}};
        if (label.only_own) object[QStringLiteral("own")] = true;
        const QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
        const auto found = m_told_by_text.constFind(text);
        if (found != m_told_by_text.constEnd()) return *found;
        const auto number = static_cast<int>(m_told.size());
        m_told_by_text.insert(text, number);
        m_told.append(object);
        return number;
    }

    QJsonObject live() const {
        const LiveNumbers& numbers = m_lesson.numbers();
        const LiveInputs inputs = m_lesson.inputs();
        const bool has_kernel = !inputs.kernel.empty();
        QJsonArray taps;
        for (const std::vector<LiveTap>& cell : numbers.taps()) {
            QJsonArray list;
            for (const LiveTap& tap : cell)
                list.append(QJsonArray{
                    tap.input, has_kernel ? QJsonValue(tap.weight) : QJsonValue(tap.share)});
            taps.append(list);
        }
        // float32 in shortest form: what the page rounds to float32 is the number again.
        const auto list = [](const std::vector<float>& values) {
            QJsonArray array;
            for (const float value : values) array.append(double_of(value));
            return array;
        };
        const engine::Trace trace = diagram::trace_of(m_job.lesson, m_job.run, m_job.view);
        const engine::Shape input = trace.input().shape();
        const int channels = numbers.channels();
        const auto names = [&](int rows, int columns) {
            QJsonArray array;
            for (int row = 0; row < rows; ++row)
                for (int column = 0; column < columns; ++column)
                    for (int channel = 0; channel < channels; ++channel)
                        array.append(QStringLiteral("[%1, %2]").arg(row).arg(column));
            return array;
        };
        QJsonArray channel_names;
        for (const int channel : trace.channels()) channel_names.append(channel);
        QJsonObject object{{QStringLiteral("channels"), channels},
                           {QStringLiteral("channelNames"), channel_names},
                           {QStringLiteral("activation"),
                            QString::fromUtf8(engine::name_of(numbers.activation()).data(),
                                              static_cast<qsizetype>(
                                                  engine::name_of(numbers.activation()).size()))},
                           {QStringLiteral("input"), list(inputs.input)},
                           {QStringLiteral("kernel"), list(inputs.kernel)},
                           {QStringLiteral("bias"), double_of(inputs.bias)},
                           {QStringLiteral("inputShape"),
                            QJsonArray{input.height(), input.width(), input.channels()}},
                           {QStringLiteral("taps"), taps}};
        QJsonObject all_names{{QStringLiteral("input"), names(input.height(), input.width())}};
        if (has_kernel) {
            const engine::Shape kernel = trace.kernel().shape();
            object[QStringLiteral("kernelShape")] = QJsonArray{kernel[0], kernel[1], kernel[3]};
            all_names[QStringLiteral("kernel")] = names(kernel[0], kernel[1]);
        }
        object[QStringLiteral("names")] = all_names;
        return object;
    }

    static double double_of(float value) {
        std::array<char, 32> buffer{};
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
        double shortest = 0;
        std::from_chars(buffer.data(), end, shortest);
        return shortest;
    }

    QByteArray data() {
        const auto focus = static_cast<std::size_t>(m_job.view.focus);
        const engine::Layer& layer = m_job.lesson.layers[focus];
        const engine::Geometry& geometry = m_job.run.layers[focus].geometry;
        const engine::Timeline timeline = diagram::timeline_of(layer, geometry, m_job.view);
        QJsonArray counters, phases;
        for (int step = 0; step <= timeline.step_count(); ++step)
            counters.append(diagram::counter_text(timeline, geometry, {step, 0}));
        // Steps done before each.
        for (std::size_t i = 0; i < timeline.segments().size(); ++i)
            phases.append(QJsonObject{
                {QStringLiteral("first"), timeline.first_step(static_cast<int>(i)) - 1},
                {QStringLiteral("name"), diagram::phase_name(timeline.segments()[i].phase,
                                                             layer.spec, m_job.view.reading)}});
        const QJsonObject words{
            {QStringLiteral("play"), Page::tr("Play")},
            {QStringLiteral("pause"), Page::tr("Pause")},
            {QStringLiteral("input"), Page::tr("input")},
            {QStringLiteral("kernel"), Page::tr("kernel")},
            {QStringLiteral("bias"), Page::tr("bias")},
            {QStringLiteral("channel"), Page::tr("channel")},
            {QStringLiteral("edited"), Page::tr("Numbers were changed in this page.")},
            {QStringLiteral("notANumber"), Page::tr("This is not a number, such as 0.5.")},
        };
        QJsonObject play{
            {QStringLiteral("words"), words},
            {QStringLiteral("decimalSign"), diagram::with_latin_digits(QLocale()).decimalPoint()},
            {QStringLiteral("viewBox"),
             QJsonArray{m_extent.x(), m_extent.y(), m_extent.width(), m_extent.height()}},
            {QStringLiteral("scale"), m_play.options.scale.value_or(1)},
            {QStringLiteral("start"), m_play.frames.front().moment.step},
            {QStringLiteral("speed"), m_play.speed},
            {QStringLiteral("loops"), m_play.loops != 1},
            {QStringLiteral("leastShade"), least_shade},
            {QStringLiteral("counters"), counters},
            {QStringLiteral("phases"), phases},
            {QStringLiteral("quantities"), m_marks.quantities()},
            {QStringLiteral("marks"), m_marks.marks()},
            {QStringLiteral("told"), m_told},
            {QStringLiteral("frames"), m_frames}};
        if (m_lesson.is_live()) play[QStringLiteral("live")] = live();
        return json_for_html(QJsonDocument(play).toJson(QJsonDocument::Compact));
    }

    const Play& m_play;
    ExportJob m_job;
    LiveLesson m_lesson;
    HtmlMarks m_marks;
    QRectF m_extent;
    QString m_title;
    QJsonArray m_frames;
    QJsonArray m_told;
    QHash<QByteArray, int> m_told_by_text;
};

}  // namespace

QByteArray html_from(const char* name, diagram::ThemeName theme,
                     std::map<QByteArray, QByteArray> places) {
    const QByteArray page = resource(name);
    places["language"] = QLocale().bcp47Name().toHtmlEscaped().toUtf8();
    places["direction"] = QLocale().textDirection() == Qt::RightToLeft ? "rtl" : "ltr";
    places["style"] = style_of(theme);
    places["style-hash"] = hash_of(places["style"]);
    QByteArray whole;
    qsizetype at = 0;
    for (qsizetype open = page.indexOf("{{"); open >= 0; open = page.indexOf("{{", at)) {
        const qsizetype close = page.indexOf("}}", open);
        whole += page.mid(at, open - at) + places.at(page.mid(open + 2, close - open - 2));
        at = close + 2;
    }
    return whole + page.mid(at);
}

QByteArray json_for_html(const QByteArray& json) {
    // Inside strings alone: nowhere else has JSON these characters.
    QByteArray safe = json;
    safe.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    safe.replace("\xE2\x80\xA8", "\\u2028").replace("\xE2\x80\xA9", "\\u2029");
    return safe;
}

std::optional<Error> write_html(const Play& play, PictureSink& sink) {
    load_fonts();
    PageWriter writer(play);
    if (auto error = writer.draw(sink)) return error;
    sink.write(writer.page());
    if (!sink.goes_on(1)) return Error{.code = ErrorCode::cancelled};
    return std::nullopt;
}

}  // namespace ui::paint
