// SPDX-License-Identifier: MIT
// The timeline's parts and where they go; all state is the player's.
#include "ui/widgets/stage/transport_bar.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QActionGroup>
#include <QEvent>
#include <QFontInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QRegularExpression>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/paint/fonts.h"
#include "ui/widgets/controls/fields.h"
#include "ui/widgets/controls/style.h"
#include "ui/widgets/controls/transport_button.h"
#include "ui/widgets/stage/phase_scrubber.h"
#include "ui/widgets/stage/player.h"

namespace ui::widgets {

namespace {

constexpr int gap = 0;                 // px between buttons, which keep room for a focus ring
constexpr int settings_gap = 6;        // px between speed and pauses
constexpr int worth_saying_s = 20;     // of a play
constexpr double counter_size = 1.35;  // of the surrounding text: read from the back row

QString times_text(double speed) {
    return TransportBar::tr("%1 ×", "speed").arg(QLocale().toString(speed));
}
QString seconds_text(int seconds) { return TransportBar::tr("%1 s", "seconds").arg(seconds); }

const QString opens = QStringLiteral(" ▾");  // a list

QString keys(const QKeySequence& sequence) { return sequence.toString(QKeySequence::NativeText); }

}  // namespace

struct TransportBar::Private {
    Player* player = nullptr;
    QWidget* buttons = nullptr;
    QWidget* readout = nullptr;
    TransportButton* first = nullptr;
    TransportButton* back = nullptr;
    TransportButton* play = nullptr;
    TransportButton* forward = nullptr;
    TransportButton* last = nullptr;
    PhaseScrubber* scrubber = nullptr;
    std::vector<engine::Segment> segments;
    int phase = -1;  ///< that is played
    QLabel* counter = nullptr;
    QToolButton* speed = nullptr;
    QLabel* takes = nullptr;  ///< how long the present phase plays, where that is long
    CheckBox* stops = nullptr;
    QActionGroup* speeds = nullptr;
    QAction* loopAction = nullptr;
    QAction* stopsAction = nullptr;

    /// What is given up where room is short; width is easier spared than height.
    struct Layout {
        bool stacked = false;  ///< the scrubber above the rest
        bool takes = true;     ///< else how long it plays is only said by the speed button
        bool toggle = true;    ///< else pauses are only in the speed button's menu
        bool ends = true;      ///< else the start and the end are left to the scrubber
        bool steps = true;     ///< else so are single steps
    };
    static constexpr Layout least{true, false, false, false, true};
    bool low = false;
    bool settings = true;  ///< else speed, pauses and loop are left to keys and the Play menu

    static int widthOf(std::initializer_list<const QWidget*> row, int between) {
        int width = -between;
        for (const QWidget* part : row) width += part->sizeHint().width() + between;
        return width;
    }
    int buttonsWidth(Layout layout) const {
        return layout.ends    ? widthOf({first, back, play, forward, last}, gap)
               : layout.steps ? widthOf({back, play, forward}, gap)
                              : widthOf({play}, gap);
    }
    /// As wide for every speed.
    int speedWidth() const {
        const auto wide = [this](const QString& words) {  // as the button itself measures it
            return speed->fontMetrics().size(Qt::TextShowMnemonic, words).width();
        };
        int widest = 0;
        for (const double value : Player::speeds())
            widest = std::max(widest, wide(times_text(value) + opens));
        return speed->sizeHint().width() + widest - wide(speed->text());
    }
    /// As wide for every phase; 0 where none takes long.
    int takesWidth() const {
        const int seconds = static_cast<int>(std::lround(player->longestPlayMilliseconds() / 1000));
        static const QRegularExpression digit(QStringLiteral("\\d"));
        const QString widest = seconds_text(seconds).replace(digit, QStringLiteral("0"));
        return seconds < worth_saying_s ? 0 : takes->fontMetrics().horizontalAdvance(widest);
    }
    int readoutWidth(Layout layout) const {
        if (!settings) return std::max(counter->sizeHint().width(), counter->minimumWidth());
        int wide = speedWidth();
        if (layout.toggle) wide += settings_gap + stops->sizeHint().width();
        if (layout.takes && takesWidth() > 0) wide += settings_gap + takesWidth();
        return std::max({wide, counter->sizeHint().width(), counter->minimumWidth()});
    }
    int margin() const { return low ? 8 : std::min(scrubber->fontMetrics().height() * 3 / 4, 16); }
    int spacing() const { return std::min(scrubber->fontMetrics().height(), 24); }
    int leastWidth(Layout layout) const {
        const int width = buttonsWidth(layout) + spacing() + readoutWidth(layout) + 2 * margin();
        if (layout.stacked) return width;
        return width + spacing() +
               std::max(scrubber->namedWidth(), scrubber->sizeHint().width() * 9 / 20);
    }
    Layout layoutFor(int width) const {
        constexpr std::array layouts{
            Layout{false, true, true, true},    Layout{false, false, true, true},
            Layout{false, true, false, true},   Layout{false, false, false, true},
            Layout{false, false, false, false}, Layout{false, false, false, false, false},
            Layout{true, true, true, true},     Layout{true, false, true, true},
            Layout{true, true, false, true},    Layout{true, false, false, true}};
        for (const Layout layout : layouts)
            if (width >= leastWidth(layout) && (layout.steps || low)) return layout;
        return least;
    }
};

TransportBar::TransportBar(Player* player, QWidget* parent)
    : QWidget(parent), d(std::make_unique<Private>()) {
    paint::load_fonts();
    d->player = player;
    // As high as its width needs: a fixed height would be that of a width it may not have.
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);

    d->buttons = new QWidget(this);
    d->buttons->setLayoutDirection(Qt::LeftToRight);  // like the scrubber: time runs to the right
    auto* buttonRow = new QHBoxLayout(d->buttons);
    buttonRow->setContentsMargins(0, 0, 0, 0);
    buttonRow->setSpacing(gap);
    const auto add = [&](TransportButton::Look look, const QString& icon) {
        auto* button = new TransportButton(look, icon, d->buttons);
        buttonRow->addWidget(button);
        return button;
    };
    using Look = TransportButton::Look;
    d->first = add(Look::plain, QStringLiteral("first"));
    d->back = add(Look::plain, QStringLiteral("back"));
    d->play = add(Look::prime, QStringLiteral("play"));
    d->forward = add(Look::plain, QStringLiteral("forward"));
    d->last = add(Look::plain, QStringLiteral("last"));

    d->scrubber = new PhaseScrubber(player, this);

    d->readout = new QWidget(this);
    auto* lines = new QVBoxLayout(d->readout);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(4);
    d->counter = new QLabel(d->readout);
    d->counter->setObjectName(QStringLiteral("counter"));
    d->counter->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    d->counter->setTextFormat(Qt::PlainText);
    lines->addWidget(d->counter);
    auto* settings = new QHBoxLayout;
    settings->setSpacing(settings_gap);
    settings->addStretch();
    d->takes = new QLabel(d->readout);
    d->takes->setObjectName(QStringLiteral("play_time"));
    d->takes->setTextFormat(Qt::PlainText);
    d->takes->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    set_text_role(d->takes, TextRole::value);
    settings->addWidget(d->takes);
    d->speed = new QToolButton(d->readout);
    d->speed->setAutoRaise(true);
    d->speed->setPopupMode(QToolButton::InstantPopup);
    d->speed->setFocusPolicy(Qt::TabFocus);
    settings->addWidget(d->speed);
    d->stops = new CheckBox(d->readout);
    d->stops->setObjectName(QStringLiteral("pause_after_each_phase"));
    d->stops->setProperty("small", true);
    d->stops->setFocusPolicy(Qt::TabFocus);
    settings->addWidget(d->stops);
    lines->addLayout(settings);

    auto* menu = new QMenu(d->speed);
    d->speeds = new QActionGroup(menu);
    for (const double value : Player::speeds()) {
        QAction* action = menu->addAction(QString());
        action->setCheckable(true);
        action->setData(value);
        d->speeds->addAction(action);
    }
    menu->addSeparator();
    d->loopAction = menu->addAction(QString());
    d->loopAction->setCheckable(true);
    d->stopsAction = menu->addAction(QString());
    d->stopsAction->setCheckable(true);
    d->speed->setMenu(menu);

    connect(d->first, &QAbstractButton::clicked, player, &Player::first);
    connect(d->back, &QAbstractButton::clicked, player, &Player::stepBack);
    connect(d->play, &QAbstractButton::clicked, player, &Player::toggle);
    connect(d->forward, &QAbstractButton::clicked, player, &Player::stepForward);
    connect(d->last, &QAbstractButton::clicked, player, &Player::last);
    connect(d->stops, &QCheckBox::toggled, player, &Player::setStopsAtPhases);
    connect(d->loopAction, &QAction::toggled, player, &Player::setLoops);
    connect(d->stopsAction, &QAction::toggled, player, &Player::setStopsAtPhases);
    connect(d->speeds, &QActionGroup::triggered, player,
            [player](QAction* action) { player->setSpeed(action->data().toDouble()); });
    connect(player, &Player::playingChanged, this, &TransportBar::showPlayer);
    connect(player, &Player::speedChanged, this, &TransportBar::showPlayer);
    connect(player, &Player::loopsChanged, this, &TransportBar::showPlayer);
    connect(player, &Player::stopsAtPhasesChanged, this, &TransportBar::showPlayer);

    setFonts();
    showPlayer();
    show({}, {}, {}, {});
}

TransportBar::~TransportBar() = default;

void TransportBar::show(const std::vector<engine::Segment>& segments, const QStringList& phaseNames,
                        diagram::Moment moment, const QString& counter) {
    const std::vector<engine::Segment> shown = d->segments;
    d->scrubber->show(segments, phaseNames, moment, counter);
    if (segments != shown) {
        d->counter->setMinimumWidth(0);
        d->segments = segments;
    }
    if (const int phase = d->scrubber->currentSegment(); phase != d->phase || segments != shown) {
        d->phase = phase;
        showPlayer();
    }
    if (d->counter->text() != counter) {
        d->counter->setText(counter);
        // Only grows while one trace plays, so that the scrubber does not breathe with the digits.
        d->counter->setMinimumWidth(
            std::max(d->counter->minimumWidth(), d->counter->sizeHint().width()));
    }
    if (segments != shown) settle();  // other names may need a row of their own
    const bool playable = d->scrubber->stepCount() > 0;
    for (TransportButton* button : {d->first, d->back, d->play, d->forward, d->last})
        button->setEnabled(playable);
    d->scrubber->setEnabled(playable);
}

/// Everything worded or checked, from the player's state; also after a change of language.
void TransportBar::showPlayer() {
    const bool playing = d->player->isPlaying();
    d->first->setAction(QStringLiteral("first"), tr("To the start"), keys(Qt::Key_Home));
    d->back->setAction(QStringLiteral("back"), tr("Step back"), keys(Qt::Key_Left));
    d->play->setAction(playing ? QStringLiteral("pause") : QStringLiteral("play"),
                       playing ? tr("Pause") : tr("Play"), keys(Qt::Key_Space));
    d->forward->setAction(QStringLiteral("forward"), tr("Step forward"), keys(Qt::Key_Right));
    d->last->setAction(QStringLiteral("last"), tr("To the end"), keys(Qt::Key_End));
    d->loopAction->setText(tr("Loop"));
    d->loopAction->setChecked(d->player->loops());

    const bool stops = d->player->stopsAtPhases();
    for (QAction* action : d->speeds->actions()) {
        action->setText(times_text(action->data().toDouble()));
        action->setChecked(action->data().toDouble() == d->player->speed());
    }
    // Where playing takes long it is said how long.
    const int seconds = static_cast<int>(std::lround(d->player->playMilliseconds() / 1000));
    const bool is_long = seconds >= worth_saying_s;
    const QString long_for = !is_long ? QString()
                             : stops  ? tr("This phase takes %n s to play.", nullptr, seconds)
                                      : tr("All takes %n s to play.", nullptr, seconds);
    const QString takes = is_long ? seconds_text(seconds) : QString();
    const bool settles = takes != d->takes->text();
    d->takes->setText(takes);
    d->takes->setToolTip(long_for);
    d->takes->setAccessibleName(long_for);
    d->speed->setText(times_text(d->player->speed()) + opens);
    d->speed->setToolTip(
        (is_long ? long_for + u'\n' : QString()) +
        tr("Speed (%1, %2), loop and pauses").arg(keys(Qt::Key_Plus), keys(Qt::Key_Minus)));
    d->speed->setAccessibleName(tr("Speed %1").arg(times_text(d->player->speed())));
    d->stops->setChecked(stops);
    d->stops->setText(tr("Pause after each phase"));
    d->stops->setToolTip(tr("At the end of each phase playing waits; else it plays through"));
    d->stopsAction->setText(tr("Pause after Each Phase"));
    d->stopsAction->setChecked(stops);
    if (settles) settle();
}

/// At once: no part is cut until some later event.
void TransportBar::settle() {
    d->readout->layout()->activate();
    layOut();
    updateGeometry();
}

void TransportBar::setFonts() {
    const double size = QFontInfo(font()).pixelSize() * counter_size;
    d->counter->setFont(
        paint::font_of(diagram::Face::numbers, diagram::FontWeight::bold, std::round(size)));
    d->counter->setMinimumWidth(0);
    updateGeometry();
}

void TransportBar::setHeight(Height height) {
    const bool low = height != Height::ample;
    const bool settings = height != Height::least;
    if (low == d->low && settings == d->settings) return;
    d->low = low;
    d->settings = settings;
    layOut();
    updateGeometry();
}

QSize TransportBar::sizeHint() const {
    const int width = d->leastWidth({}) + d->scrubber->sizeHint().width() / 3;
    return {width, heightForWidth(width)};
}

QSize TransportBar::minimumSizeHint() const {
    const int width = std::max(d->leastWidth(Private::least),
                               d->scrubber->minimumSizeHint().width() + 2 * d->margin());
    return {width, heightForWidth(std::max(width, this->width()))};
}

int TransportBar::heightForWidth(int width) const {
    const int row = std::max(d->buttons->sizeHint().height(), d->readout->sizeHint().height());
    const int scrubber = d->scrubber->sizeHint().height();
    const int content =
        d->layoutFor(width).stacked ? scrubber + d->spacing() / 2 + row : std::max(row, scrubber);
    return content + 2 * d->margin();
}

void TransportBar::layOut() {
    const Private::Layout layout = d->layoutFor(width());
    // Nothing beside them moves when they say something else.
    d->speed->setVisible(d->settings);
    d->takes->setVisible(d->settings && layout.takes && d->takesWidth() > 0);
    d->takes->setFixedWidth(d->takesWidth());
    d->speed->setMinimumWidth(d->speedWidth());
    d->stops->setVisible(d->settings && layout.toggle);
    d->first->setVisible(layout.ends);
    d->last->setVisible(layout.ends);
    d->back->setVisible(layout.steps);
    d->forward->setVisible(layout.steps);

    const QRect room = rect().adjusted(d->margin(), d->margin(), -d->margin(), -d->margin());
    const auto place = [this](QWidget* part, QRect where) {
        part->setGeometry(QStyle::visualRect(layoutDirection(), rect(), where));
    };
    QRect row = room;
    QRect bar = room;
    const int buttons = d->buttonsWidth(layout);
    const int readout = d->readoutWidth(layout);
    if (layout.stacked) {
        bar.setHeight(d->scrubber->sizeHint().height());
        row.setTop(bar.bottom() + 1 + d->spacing() / 2);
    } else {
        bar.setLeft(room.left() + buttons + d->spacing());
        bar.setRight(room.right() - readout - d->spacing());
        const int slack = bar.height() - d->scrubber->sizeHint().height();
        bar.adjust(0, slack / 2, 0, -(slack - slack / 2));
    }
    place(d->buttons, QRect(row.left(), row.top(), buttons, row.height()));
    place(d->readout, QRect(row.right() + 1 - readout, row.top(), readout, row.height()));
    place(d->scrubber, bar);
}

bool TransportBar::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest) {  // a part changed its size
        layOut();
        updateGeometry();
    }
    return QWidget::event(event);
}

void TransportBar::resizeEvent(QResizeEvent*) { layOut(); }

void TransportBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) setFonts();
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange)
        showPlayer();
    if (event->type() == QEvent::LayoutDirectionChange) layOut();
    QWidget::changeEvent(event);
}

}  // namespace ui::widgets
