// SPDX-License-Identifier: MIT
#include "ui/paint/fonts.h"

#include <array>

#include <QDir>
#include <QFontDatabase>

static void register_resources() { Q_INIT_RESOURCE(fonts); }

namespace ui::paint {

bool load_fonts() {
    static const bool loaded = [] {
        register_resources();
        constexpr std::array faces{"Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Bold.otf",
                                   "DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"};
        bool all = true;
        for (const char* face : faces) {
            const QString path = QStringLiteral(":/fonts/") + QString::fromLatin1(face);
            all = QFontDatabase::addApplicationFont(path) >= 0 && all;
        }
        return all;
    }();
    return loaded;
}

QFont font_of(diagram::Face face, diagram::FontWeight weight, double pixel_size) {
    const bool numbers = face == diagram::Face::numbers;
    // Signs that Inter lacks ("✓") come from the other embedded face before any of the system's.
    const QString mono = QStringLiteral("DejaVu Sans Mono");
    QFont font;
    font.setFamilies(numbers ? QStringList{mono} : QStringList{QStringLiteral("Inter"), mono});
    // Only these weights are embedded; any other would come from whatever the system has.
    const bool bold =
        weight == diagram::FontWeight::bold || (numbers && weight == diagram::FontWeight::semibold);
    font.setWeight(bold                                      ? QFont::Bold
                   : weight == diagram::FontWeight::semibold ? QFont::DemiBold
                                                             : QFont::Normal);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(
        static_cast<QFont::StyleStrategy>(QFont::PreferAntialias | QFont::NoSubpixelAntialias));
    font.setKerning(!numbers);
    font.setPixelSize(std::max(1, qRound(pixel_size)));
    return font;
}

}  // namespace ui::paint
