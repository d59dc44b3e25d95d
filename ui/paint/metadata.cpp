// SPDX-License-Identifier: MIT
// XMP's properties are Dublin Core's: ISO 16684-1, "Extensible metadata platform (XMP)".
#include "ui/paint/metadata.h"

#include <QXmlStreamWriter>

namespace ui::paint {

namespace {

struct Licence {
    const char* name;
    const char* text;
    const char* address;
};
constexpr Licence licences[]{
    {"CC0-1.0", "Free to reuse (CC0 1.0)", "https://creativecommons.org/publicdomain/zero/1.0/"},
    {"CC-BY-4.0", "Creative Commons Attribution 4.0 International (CC BY 4.0)",
     "https://creativecommons.org/licenses/by/4.0/"}};

const Licence* known(const QString& name) {
    for (const Licence& licence : licences)
        if (name == QLatin1String(licence.name)) return &licence;
    return nullptr;
}

}  // namespace

QStringList licence_names() {
    QStringList names;
    for (const Licence& licence : licences) names << QString::fromLatin1(licence.name);
    return names;
}

QString licence_text(const QString& licence) {
    if (licence == no_licence) return {};
    const Licence* row = known(licence);
    return row ? QString::fromLatin1(row->text) : readable(licence);
}

QString licence_address(const QString& licence) {
    const Licence* row = known(licence);
    return row ? QString::fromLatin1(row->address) : QString();
}

QString readable(const QString& text) {
    QString kept;
    for (const char32_t c : text.toStdU32String())
        kept += QStringView(QChar::fromUcs4(QChar::isPrint(c) ? c : U'\uFFFD'));
    return kept;
}

QByteArray xmp_of(const Metadata& metadata) {
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    const auto property = [&](const char* name, const char* kind, const QString& text) {
        if (text.isEmpty()) return;
        xml.writeStartElement(QLatin1String("dc:") + QLatin1String(name));
        xml.writeStartElement(QLatin1String("rdf:") + QLatin1String(kind));
        xml.writeStartElement(QStringLiteral("rdf:li"));
        if (QLatin1String(kind) == QLatin1String("Alt"))
            xml.writeAttribute(QStringLiteral("xml:lang"), QStringLiteral("x-default"));
        xml.writeCharacters(text);
        for (int open = 0; open < 3; ++open) xml.writeEndElement();
    };
    xml.writeProcessingInstruction(
        QStringLiteral("xpacket"),
        QStringLiteral("begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\""));
    xml.writeStartElement(QStringLiteral("x:xmpmeta"));
    xml.writeAttribute(QStringLiteral("xmlns:x"), QStringLiteral("adobe:ns:meta/"));
    xml.writeStartElement(QStringLiteral("rdf:RDF"));
    xml.writeAttribute(QStringLiteral("xmlns:rdf"),
                       QStringLiteral("http://www.w3.org/1999/02/22-rdf-syntax-ns#"));
    xml.writeStartElement(QStringLiteral("rdf:Description"));
    xml.writeAttribute(QStringLiteral("rdf:about"), QString());
    xml.writeAttribute(QStringLiteral("xmlns:dc"),
                       QStringLiteral("http://purl.org/dc/elements/1.1/"));
    xml.writeAttribute(QStringLiteral("xmlns:xmp"), QStringLiteral("http://ns.adobe.com/xap/1.0/"));
    xml.writeAttribute(QStringLiteral("xmlns:pdf"), QStringLiteral("http://ns.adobe.com/pdf/1.3/"));
    xml.writeAttribute(QStringLiteral("xmlns:xmpRights"),
                       QStringLiteral("http://ns.adobe.com/xap/1.0/rights/"));
    property("title", "Alt", readable(metadata.title));
    property("description", "Alt", readable(metadata.description));
    property("rights", "Alt", readable(licence_text(metadata.licence)));
    if (const QString address = licence_address(metadata.licence); !address.isEmpty())
        xml.writeTextElement(QStringLiteral("xmpRights:WebStatement"), address);
    xml.writeTextElement(QStringLiteral("xmp:CreatorTool"), QStringLiteral("Stridescope"));
    if (!metadata.producer.isEmpty())
        xml.writeTextElement(QStringLiteral("pdf:Producer"), metadata.producer);
    for (int open = 0; open < 3; ++open) xml.writeEndElement();
    xml.writeProcessingInstruction(QStringLiteral("xpacket"), QStringLiteral("end=\"r\""));
    return bytes;
}

}  // namespace ui::paint
