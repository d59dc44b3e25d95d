// SPDX-License-Identifier: MIT
#include "ui/words/way_words.h"

#include <array>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include "engine/layers/layer_definition.h"
#include "engine/models/summary.h"
#include "ui/words/ledger_words.h"

namespace ui::words {

using engine::Size2D;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::words::way_words)
};

/// As in code where the axes differ: these are numbers of each axis, no size.
QString tuple_text(Size2D pair) {
    return pair.height == pair.width ? QString::number(pair.height)
                                     : QStringLiteral("(%1, %2)").arg(pair.height).arg(pair.width);
}

/// " same", " p1"; nothing for valid, which is what is meant where nothing is said.
QString padding_text(const engine::Padding& padding) {
    if (std::holds_alternative<engine::Same>(padding)) return QStringLiteral(" same");
    if (std::holds_alternative<engine::Valid>(padding)) return QStringLiteral(" valid");
    return QStringLiteral(" p") + tuple_text(std::get<engine::Explicit>(padding).padding);
}

QString setting_of(const engine::Conv2DTranspose& layer) {
    QString text =
        QStringLiteral("k%1 s%2").arg(pair_text(layer.kernel_size), tuple_text(layer.strides)) +
        padding_text(layer.padding);
    if (layer.output_padding) text += QStringLiteral(" op") + tuple_text(*layer.output_padding);
    return text;
}

QString layer_text(const engine::LayerSpec& spec) {
    if (const auto* layer = std::get_if<engine::Conv2DTranspose>(&spec)) return setting_of(*layer);
    if (const auto* layer = std::get_if<engine::UpSampling2D>(&spec))
        return QStringLiteral("UpSampling2D ") + pair_text(layer->size);
    if (const auto* layer = std::get_if<engine::Conv2D>(&spec))
        return QStringLiteral("Conv2D k%1").arg(pair_text(layer->kernel_size)) +
               padding_text(layer->padding);
    return QString::fromStdString(engine::class_name(spec));
}

QString count_text(std::int64_t count) {
    return QString::fromStdString(engine::with_thousands(count));
}

Size2D size_of(const engine::Claim& claim) {
    return {claim.geometry->rows.out, claim.geometry->columns.out};
}

}  // namespace

QString pair_text(Size2D size) {
    return size.height == size.width ? QString::number(size.height)
                                     : QStringLiteral("%1×%2").arg(size.height).arg(size.width);
}

QString setting_text(const std::vector<engine::LayerSpec>& layers) {
    QStringList texts;
    for (const engine::LayerSpec& layer : layers) texts << layer_text(layer);
    return texts.join(QStringLiteral(", "));
}

QStringList badges(const engine::Way& way) {
    QStringList list;
    if (way.overlap) list << overlap_text(*way.overlap);
    list << (way.symmetric ? Words::tr("symmetric crop") : Words::tr("uneven crop"));
    if (way.needs_output_padding) list << Words::tr("needs output_padding");
    list << Words::tr("parameters: %1").arg(count_text(way.parameters))
         << Words::tr("multiply-adds: %1").arg(count_text(way.multiply_adds))
         << Words::tr("an output sees %1").arg(pair_text(way.reach.output_sees))
         << Words::tr("an input reaches %1").arg(pair_text(way.reach.input_touches));
    return list;
}

QString costs_text(const engine::Way& way) {
    QStringList parts;
    if (!way.symmetric) parts << Words::tr("uneven crop");
    parts << Words::tr("%1 parameters").arg(count_text(way.parameters))
          << Words::tr("%1 multiply-adds").arg(count_text(way.multiply_adds));
    return parts.join(QStringLiteral(" · "));
}

ReadClaims read_claims(const QString& text, Size2D from) {
    static const QRegularExpression argument(QStringLiteral(
        "^\\s*(op|[ksp])\\s*=?\\s*\\(?([0-9]{1,9})(?:\\s*[x×,]\\s*([0-9]{1,9}))?\\)?\\s*"));
    static const QRegularExpression between(QStringLiteral(",(?![^(]*\\))"));
    ReadClaims read;
    if (text.trimmed().isEmpty()) return read;
    for (const QString& part : text.split(between)) {
        engine::Told told;
        QStringList name;
        QString rest = part;
        QStringList seen;
        for (;;) {
            const auto match = argument.match(rest);
            const QString letter = match.captured(1);
            if (!match.hasMatch() || seen.contains(letter)) break;
            seen << letter;
            const int first = match.captured(2).toInt();
            const Size2D pair{first,
                              match.captured(3).isEmpty() ? first : match.captured(3).toInt()};
            if (letter == QStringLiteral("k"))
                told.kernel_size = pair;
            else if (letter == QStringLiteral("s"))
                told.strides = pair;
            else if (letter == QStringLiteral("p"))
                told.padding = engine::Explicit{pair};
            else
                told.output_padding = pair;
            name << letter + (letter == QStringLiteral("k") ? pair_text(pair) : tuple_text(pair));
            rest.remove(0, match.capturedLength());
        }
        if (!rest.trimmed().isEmpty() || !seen.contains(QStringLiteral("k"))) {
            read.not_understood = part.trimmed();
            return read;
        }
        const engine::Claim claim = engine::claimed(told, from);
        if (!claim.geometry) {
            read.error = claim.geometry.error();
            return read;
        }
        read.claims.push_back({name.join(u' '), claim});
    }
    return read;
}

QStringList claim_sentences(const std::vector<NamedClaim>& claims, Size2D to) {
    const auto gives = [&](const engine::Claim& claim) {
        return claim.holds(to) ? Words::tr("%1", "a size").arg(pair_text(size_of(claim)))
                               : Words::tr("%1, not %2", "a size")
                                     .arg(pair_text(size_of(claim)), pair_text(to));
    };
    if (claims.size() == 2 && size_of(claims[0].claim) == size_of(claims[1].claim))
        return {Words::tr("%1 and %2 both give %3.")
                    .arg(claims[0].name, claims[1].name, gives(claims[0].claim))};
    QStringList sentences;
    for (const NamedClaim& named : claims)
        sentences << Words::tr("%1 gives %2.").arg(named.name, gives(named.claim));
    return sentences;
}

}  // namespace ui::words
