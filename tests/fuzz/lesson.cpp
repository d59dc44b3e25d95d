// SPDX-License-Identifier: MIT
// Lessons from bytes, through the table of formats: as they are, and made of a recipe so that every
// layer and argument is met.
#include <algorithm>
#include <array>

#include "tests/fuzz/recipe.h"
#include "tests/fuzz/sentence.h"
#include "ui/diagram/readings.h"
#include "ui/formats/lesson_door.h"
#include "ui/formats/stride.h"
#include "ui/words/error_text.h"

namespace fuzz {

namespace {

using engine::Tensor;
using ui::formats::LessonFile;
using ui::formats::LessonFormat;
using ui::formats::OpenedLesson;

/// Written → read is equal if it is in its own format, and written again the same bytes in any.
std::string complaint_about_writing(const OpenedLesson& opened, const LessonFormat& format) {
    const std::string id = std::string(" as ") + format.id;
    const auto written = format.write(opened.file);
    if (!written) return complaint_about_sentence(ui::words::error_text(written.error()));
    for (const engine::Error& part : written->left_out)
        if (auto wrong = complaint_about_sentence(ui::words::error_text(part)); !wrong.empty())
            return wrong;
    const auto again = ui::formats::read_lesson(written->bytes);
    if (!again)
        return "what was written" + id +
               " is refused: " + ui::words::error_text(again.error()).toStdString();
    if (again->format != &format) return "what was written" + id + " is taken for something else";
    const bool is_own = opened.format == &format && written->left_out.empty();
    if (is_own && again->file != opened.file)
        return "what was written" + id + " reads as another lesson";
    const auto twice = format.write(again->file);
    if (!twice || twice->bytes != written->bytes) return "the second writing differs" + id;
    return {};
}

/// Whatever it is read as: it can be written in any format that can hold it.
std::string complaint_about_text(const QByteArray& text) {
    const auto opened = ui::formats::read_lesson(text);
    if (!opened) return complaint_about_sentence(ui::words::error_text(opened.error()));
    for (const engine::Error& warning : opened->warnings)
        if (auto wrong = complaint_about_sentence(ui::words::warning_text(warning)); !wrong.empty())
            return wrong;
    for (const LessonFormat* format : ui::formats::lesson_formats())
        if (format->write)
            if (auto wrong = complaint_about_writing(*opened, *format); !wrong.empty())
                return wrong;
    return {};
}

/// Words that are hard for someone.
constexpr std::array<const char*, 12> words{"",
                                            "It tiles",
                                            "<img src=x>",
                                            "\"\\/\b\f\n\r\t",
                                            "\x01\x1f\x7f",
                                            "\u202e\u2066\ufeff",
                                            "\U0001F600",
                                            "&[*]%1",
                                            "class_name",
                                            "seed",
                                            "-0",
                                            "data"};

/// Keys that no version knows.
QJsonObject read_unknown(Recipe& recipe) {
    constexpr std::array<const char*, 6> keys{"author", "", "stride", "Title", "ключ", "a\"b\\\n"};
    const std::array<QJsonValue, 7> values{QJsonValue(1e300),
                                           QJsonValue(qint64{9007199254740993}),
                                           QJsonValue(QString::fromUtf8("\x01\"\\\u2028")),
                                           QJsonValue(QJsonValue::Null),
                                           QJsonValue(true),
                                           QJsonObject{{QStringLiteral("deep"), 1}},
                                           QJsonValue(0.1)};
    QJsonObject unknown;
    for (int count = recipe.below(8) - 5; count > 0; --count)
        unknown.insert(QString::fromUtf8(recipe.one_of(keys)), recipe.one_of(values));
    return unknown;
}

/// A small one of rank `least` to 4.
Tensor read_small_tensor(Recipe& recipe, int least) {
    std::array<int, 4> sizes{};
    for (int& size : sizes) size = 1 + recipe.below(4);
    const auto rank = static_cast<std::size_t>(least + recipe.below(5 - least));
    return read_tensor(recipe, engine::Shape(std::span<const int>(sizes).first(rank)),
                       recipe.yes());
}

/// Mostly of the shape that the layer needs, none if it needs none.
Tensor read_weight(Recipe& recipe, const engine::Shape& needed) {
    constexpr std::int64_t most = 2000;
    if (recipe.below(4) == 0) return read_small_tensor(recipe, 0);
    return needed.count() <= most ? read_tensor(recipe, needed, recipe.yes()) : Tensor();
}

engine::WeightSetting read_setting(Recipe& recipe, const engine::WeightShapes& needed) {
    engine::WeightSetting setting;
    engine::Weights& values = setting.values;
    switch (recipe.below(4)) {
        case 0:
            return setting;
        case 1:
            setting.recipe->initializer =
                static_cast<engine::Initializer>(recipe.below(10));  // glorot_uniform is the last
            setting.recipe->seed =
                recipe.yes() ? UINT64_MAX : static_cast<std::uint64_t>(recipe.below(256));
            break;
        default:
            setting.recipe.reset();
            values.kernel = read_weight(recipe, needed.kernel);
    }
    for (const engine::WeightSlot& slot : engine::weight_slots())
        if (slot.tensor != &engine::Weights::kernel && recipe.yes())
            values.*slot.tensor = read_weight(recipe, needed.*slot.shape);
    return setting;
}

engine::LayerConfig read_config(Recipe& recipe) {
    engine::LayerConfig config;
    config.name = recipe.one_of(words);
    config.trainable = recipe.yes();
    config.dtype = static_cast<engine::DataType>(recipe.below(6));
    if (recipe.below(4) == 0) {
        const auto size = [&recipe] {
            return recipe.yes() ? engine::Shape::unknown : 1 + recipe.below(9);
        };
        config.batch_shape = engine::BatchShape{size(), {size(), size(), size()}};
    }
    return config;
}

ui::diagram::View read_view(Recipe& recipe) {
    ui::diagram::View view;
    const auto index = [&recipe] { return std::max(recipe.size(0, 6), 0); };
    view.focus = index();
    view.filter = index();
    view.channel = index();
    const auto readings = ui::diagram::named_readings();
    view.reading =
        readings[static_cast<std::size_t>(recipe.below(static_cast<int>(readings.size())))]->steps;
    view.moment.step = index();
    view.turn_kernel = recipe.yes();
    if (recipe.yes())
        view.pinned = ui::diagram::CellRef{
            {static_cast<ui::diagram::Grid>(1 + recipe.below(11)), index()}, index(), index()};
    return view;
}

LessonFile read_file(Recipe& recipe) {
    LessonFile file;
    file.lesson.title = recipe.one_of(words);
    file.lesson.notes = recipe.one_of(words);
    file.lesson.name = recipe.one_of(words);
    file.lesson.input = read_small_tensor(recipe, 1);
    file.view = read_view(recipe);
    file.unknown = read_unknown(recipe);
    file.unknown_input = read_unknown(recipe);
    file.unknown_view = read_unknown(recipe);
    std::optional shape(file.lesson.input.shape());  // as long as the layers fit
    for (int count = 1 + recipe.below(4); count > 0; --count) {
        const engine::LayerSpec spec = read_layer(recipe);
        engine::WeightShapes needed;
        if (shape) {
            const auto geometry = engine::infer(spec, *shape);
            shape = geometry ? std::optional(geometry->output) : std::nullopt;
            if (geometry) needed = engine::weight_shapes(spec, *geometry);
        }
        file.lesson.layers.push_back({spec, read_setting(recipe, needed), read_config(recipe)});
        file.unknown_layers.push_back(
            {engine::class_name(spec), read_unknown(recipe), read_unknown(recipe)});
    }
    forget_empty(file.unknown_layers);
    file.notes_outdated = recipe.yes();
    file.view.digits = recipe.one_of(ui::diagram::digits_choices);
    return file;
}

/// Pieces of JSON put in, taken out or put in the place of others.
QByteArray changed(QByteArray text, Recipe& recipe) {
    constexpr std::array<const char*, 22> pieces{
        "[",   "]",       "{",    "}",   "\"",         ",",           ":",     "-",
        "0",   "null",    "true", "-1",  "\\u",        "1e39",        "1e-50", "[1, 1]",
        "NaN", "\\ud800", "\xC3", "1.5", "9999999999", "\"title\": 1"};
    while (!recipe.is_empty()) {
        const qsizetype at = (recipe.below(256) * 256 + recipe.below(256)) % (text.size() + 1);
        const qsizetype length = recipe.below(8);
        text.replace(at, length, recipe.one_of(pieces));
    }
    return text;
}

}  // namespace

std::string complaint_about_lesson(Bytes bytes) {
    return complaint_about_text(QByteArray(reinterpret_cast<const char*>(bytes.data()),
                                           static_cast<qsizetype>(bytes.size())));
}

std::string complaint_about_made_lesson(Bytes bytes) {
    Recipe recipe(bytes);
    const LessonFile file = read_file(recipe);
    const QByteArray text = ui::formats::write_stride(file);
    const auto read = ui::formats::read_stride(text);
    if (read && *read != file) return "a lesson that was made does not come back";
    std::string wrong = complaint_about_text(text);
    if (wrong.empty()) wrong = complaint_about_text(changed(text, recipe));
    return wrong;
}

}  // namespace fuzz
