// SPDX-License-Identifier: MIT
#include "ui/widgets/figure_mime.h"

#include <QDrag>
#include <QImage>
#include <QMimeData>
#include <QPixmap>
#include <QTemporaryDir>
#include <QUrl>
#include <QWidget>

#include "ui/files/file_bytes.h"
#include "ui/paint/figure_words.h"

namespace ui::widgets {

using engine::Error;
using engine::Result;

namespace {

struct Pictures {
    QByteArray png, svg;
};

Result<QByteArray> bytes_as(paint::ExportJob job, const char* ending) {
    job.format = paint::picture_format_of(QStringLiteral("figure.") + QLatin1String(ending));
    const paint::PictureOptions wished = job.options;
    job.options = {};
    for (const auto option : paint::picture_options) {
        if (!job.format->options.has(option)) continue;  // only what the format can do
        if (option == paint::PictureOption::scale) job.options.scale = wished.scale;
        if (option == paint::PictureOption::letters) job.options.letters = wished.letters;
        if (option == paint::PictureOption::transparent)
            job.options.transparent = wished.transparent;
    }
    job.options.licence = wished.licence;
    return paint::render_export(job);
}

Result<Pictures> pictures_of(const paint::ExportJob& job) {
    auto png = bytes_as(job, "png");
    if (!png) return png.error();
    auto svg = bytes_as(job, "svg");
    if (!svg) return svg.error();
    return Pictures{*std::move(png), *std::move(svg)};
}

std::unique_ptr<QMimeData> mime_of(const Pictures& pictures) {
    auto mime = std::make_unique<QMimeData>();
    // The very bytes beside an image that Qt encodes as others ask for it.
    mime->setImageData(QImage::fromData(pictures.png));
    mime->setData(QStringLiteral("image/png"), pictures.png);
    mime->setData(QStringLiteral("image/svg+xml"), pictures.svg);
    return mime;
}

/// Where dragged files lie until the program ends.
QString folder_for_files() {
    static const QTemporaryDir folder;
    return folder.path();
}

}  // namespace

Result<std::unique_ptr<QMimeData>> figure_mime(const paint::ExportJob& job) {
    const auto pictures = pictures_of(job);
    if (!pictures) return pictures.error();
    const auto picture = paint::picture_of(job);
    if (!picture) return picture.error();
    auto mime = mime_of(*pictures);
    mime->setText(paint::alternative_text(*picture));
    return mime;
}

Result<std::unique_ptr<QMimeData>> figure_files(const paint::ExportJob& job, const QString& stem) {
    const auto pictures = pictures_of(job);
    if (!pictures) return pictures.error();
    const QString name = stem.isEmpty() ? QStringLiteral("figure") : stem;
    QList<QUrl> files;
    const auto put = [&](const char* ending, const QByteArray& bytes) -> std::optional<Error> {
        const auto path =
            files::write_file(folder_for_files() + u'/' + name + QLatin1String(ending), bytes);
        if (!path) return path.error();
        files << QUrl::fromLocalFile(*path);
        return std::nullopt;
    };
    if (const auto error = put(".png", pictures->png)) return *error;
    if (const auto error = put(".svg", pictures->svg)) return *error;
    auto mime = mime_of(*pictures);
    mime->setUrls(files);
    return mime;
}

std::optional<Error> drag_figure(QWidget* from, const paint::ExportJob& job, const QString& stem) {
    auto mime = figure_files(job, stem);
    if (!mime) return mime.error();
    const QPixmap picture = QPixmap::fromImage(qvariant_cast<QImage>((*mime)->imageData()));
    auto* drag = new QDrag(from);  // deletes itself and what it carries
    drag->setMimeData(mime->release());
    drag->setPixmap(picture.scaled(160, 120, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    drag->exec(Qt::CopyAction);
    return std::nullopt;
}

}  // namespace ui::widgets
