// SPDX-License-Identifier: MIT
#include "app/eval.h"
#include "tests/fuzz/entry_points.h"
#include "tests/fuzz/sentence.h"
#include "ui/formats/json/json_text.h"
#include "ui/words/error_text.h"

namespace fuzz {

namespace {

using ui::formats::JsonRules;
using ui::formats::JsonText;
using ui::formats::JsonValue;
using Kind = JsonValue::Kind;

std::string complaint_about_error(const JsonValue& error) {
    const JsonValue* message = error.find("message");
    if (!message || message->kind != Kind::string) return "an error without words";
    return complaint_about_sentence(QString::fromStdString(ui::formats::json_to_string(*message)));
}

/// How many cases a file holds that eval could read.
std::size_t case_count(const QByteArray& file) {
    const auto text = JsonText::parse(file, JsonRules::tolerant);
    const JsonValue* cases = text ? text->root().find("cases") : nullptr;
    return cases ? cases->items.size() + cases->count : 0;
}

}  // namespace

std::string complaint_about_eval(Bytes bytes) {
    const QByteArray file(reinterpret_cast<const char*>(bytes.data()),
                          static_cast<qsizetype>(bytes.size()));
    // One input never takes long: what would is refused in words.
    app::EvalOptions options;
    options.limit.seconds = 0.5;
    const auto answers = app::evaluate(file, options);
    if (!answers) return complaint_about_sentence(ui::words::error_text(answers.error()));

    const auto text = JsonText::parse(*answers, JsonRules::strict);
    if (!text) return "the answer is not JSON";
    const JsonValue* cases = text->root().find("cases");
    if (!cases || cases->kind != Kind::array) return "the answer has no list of cases";
    if (cases->items.size() != case_count(file)) return "not one answer a case";
    for (const JsonValue& answer : cases->items) {
        const JsonValue* error = answer.find("error");
        if (!answer.find("id")) return "an answer without an id";
        if (std::string wrong = error ? complaint_about_error(*error) : ""; !wrong.empty())
            return wrong;
        if (!error && !answer.find("output") && !answer.find("texts")) return "an empty answer";
        if (error && (answer.find("output") || answer.find("texts")))
            return "numbers beside an error";
    }
    return {};
}

}  // namespace fuzz
