// SPDX-License-Identifier: MIT
#include "ui/widgets/stage/work_banner.h"

#include <cmath>
#include <utility>

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

#include "ui/widgets/controls/style.h"
#include "ui/words/error_text.h"

namespace ui::widgets {

using Activity = document::Presenter::Activity;

WorkBanner::WorkBanner(QWidget* parent) : QFrame(parent) {
    setProperty("banner", QStringLiteral("notes"));
    setObjectName(QStringLiteral("work_banner"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(26, 8, 12, 8);
    row->setSpacing(12);
    m_text = make_label(QString(), TextRole::soft, this);
    m_text->setObjectName(QStringLiteral("work_sentence"));
    m_progress = new QProgressBar(this);
    m_progress->setTextVisible(false);
    m_progress->setRange(0, 1000);
    m_progress->setFixedWidth(scaled(160));
    m_progress->setAccessibleName(tr("Progress"));
    m_button = new QPushButton(this);
    m_button->setObjectName(QStringLiteral("work_button"));
    m_button->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_text, 1);
    row->addWidget(m_progress);
    row->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this,
            [this] { m_asks ? emit computeRequested() : emit stopRequested(); });

    constexpr int patience_ms = 500;
    m_patience = new QTimer(this);
    m_patience->setSingleShot(true);
    m_patience->setInterval(patience_ms);
    connect(m_patience, &QTimer::timeout, this, [this] { setVisible(true); });
    hide();
}

void WorkBanner::show(Activity activity, double expectedSeconds, std::int64_t products) {
    const bool begins = std::exchange(m_activity, activity) != activity;
    if (activity == Activity::none) {
        m_patience->stop();
        return hide();
    }
    m_asks = activity == Activity::asking;
    const QString expected =
        words::duration_text(static_cast<std::int64_t>(std::lround(expectedSeconds * 1000)));
    m_text->setText(m_asks ? tr("This picture would take about %1 to compute (%2 multiply-adds).")
                                 .arg(expected, QLocale().toString(qlonglong{products}))
                           : tr("Computing, about %1 in all.").arg(expected));
    m_button->setText(m_asks ? tr("Compute") : tr("Stop"));
    m_button->setAccessibleDescription(m_text->text());
    m_progress->setVisible(!m_asks);
    if (begins) m_progress->setValue(0);
    setAccessibleName(m_text->text());
    if (m_asks)
        setVisible(true);
    else if (isHidden() && !m_patience->isActive())
        m_patience->start();
}

void WorkBanner::setProgress(double done) {
    m_progress->setValue(static_cast<int>(std::lround(1000 * done)));
}

QString WorkBanner::sentence() const { return isHidden() ? QString() : m_text->text(); }

}  // namespace ui::widgets
