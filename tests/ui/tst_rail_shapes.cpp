// SPDX-License-Identifier: MIT
// The right column: the same size in every framework's words, and every way from size to size.
#include <QClipboard>
#include <QLineEdit>

#include "engine/frameworks/ledger.h"
#include "tests/support/open_window.h"
#include "tests/support/transposed_settings.h"
#include "ui/widgets/controls/fields.h"
#include "ui/widgets/controls/formula_label.h"
#include "ui/widgets/rail/design_panel.h"
#include "ui/widgets/rail/ledger_card.h"
#include "ui/widgets/rail/ledger_panel.h"
#include "ui/widgets/rail/way_list.h"
#include "ui/words/error_text.h"
#include "ui/words/ledger_words.h"
#include "ui/words/translations.h"
#include "ui/words/way_words.h"

using namespace support;
using engine::Framework;
using engine::Size2D;
using ui::widgets::DesignPanel;
using ui::widgets::FormulaLabel;
using ui::widgets::LedgerCard;
using ui::widgets::LedgerPanel;
using ui::widgets::WayList;

namespace {

std::vector<LedgerCard*> cards_of(const QWidget& part) {
    std::vector<LedgerCard*> cards;
    for (auto* card : part.findChildren<LedgerCard*>())
        if (!card->isHidden()) cards.push_back(card);
    return cards;
}
LedgerCard* card_of(const QWidget& part, Framework framework, const char* verdict) {
    for (LedgerCard* card : cards_of(part))
        if (card->framework() == framework &&
            card->head()->accessibleName().contains(text(verdict)))
            return card;
    return nullptr;
}
QStringList spoken_rows(const QAbstractItemView& list) {
    QStringList rows;
    for (int i = 0; i < list.model()->rowCount(); ++i)
        rows << list.model()->index(i, 0).data(Qt::AccessibleTextRole).toString();
    return rows;
}
QStringList settings_of(const QAbstractItemView& list) {
    QStringList rows;
    for (int i = 0; i < list.model()->rowCount(); ++i)
        rows << list.model()->index(i, 0).data(Qt::DisplayRole).toString();
    return rows;
}

/// A pane as the window hands it to the rail.
ui::document::PresentedPane pane_of(const engine::LayerSpec& spec, const engine::Shape& input) {
    engine::Lesson lesson;
    lesson.input = engine::counting_input(input);
    lesson.layers = {{spec, {}}};
    ui::document::Presenting only_shapes;
    only_shapes.compute = false;
    return ui::document::present({{{lesson, {}}}, false}, {}, nullptr, only_shapes).panes.front();
}

engine::Conv2DTranspose layer_of(int kernel, int strides, engine::Padding padding) {
    engine::Conv2DTranspose layer;
    layer.kernel_size = {kernel, kernel};
    layer.strides = {strides, strides};
    layer.padding = padding;
    return layer;
}

/// A row of a list, clicked.
void click_row(QAbstractItemView& list, int row) {
    const QRect place = list.visualRect(list.model()->index(row, 0));
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, place.topLeft() + QPoint(20, 12));
}
/// What a person sees of the picture.
QStringList labels_of(const OpenWindow& open) {
    QStringList labels;
    auto& window = const_cast<ui::widgets::MainWindow&>(open.window);
    for (const auto& item : window.presenter()->presented().picture->items)
        if (const auto* label = std::get_if<ui::diagram::Label>(&item.mark))
            labels << label->text();
    return labels;
}

}  // namespace

class TestRailShapes : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        begin_window_tests();
        ui::words::install_translations();
    }
    void init() { forget_settings(); }

    // The ledger.

    // Why do PyTorch and Keras differ? The size is the same, the crop is not.
    void the_same_size_elsewhere() {
        OpenWindow open;
        QCOMPARE(open.part<QLabel>("ledger_heading")->text(), text("Size 4 × 4 elsewhere"));
        QStringList rows;
        for (const LedgerCard* card : cards_of(open.window)) rows << card->head()->accessibleName();
        QCOMPARE(rows[0],
                 text("Keras, kernel_size=3, strides=2, padding='same', crop 0, 1, this layer"));
        QVERIFY2(rows[1].contains(text("padding=1, output_padding=1")), qPrintable(rows[1]));
        QVERIFY2(rows[1].endsWith(text("crop 1, 0, same size, shifted by 1 px up and 1 px left")),
                 qPrintable(rows[1]));
        QVERIFY2(rows[2].endsWith(text("crop 0, 1, same picture")), qPrintable(rows[2]));
        QVERIFY2(rows.last().startsWith(text("Guide, relationship 14, ")), qPrintable(rows.last()));
    }

    // What a card says is the row of the ledger, whatever the setting.
    void every_card_is_a_row_of_the_ledger() {
        LedgerPanel panel;
        engine::SeededRandom random(12);
        for (int i = 0; i < 200; ++i) {
            const TransposedSetting setting = random_transposed(random);
            panel.show(pane_of(setting.layer, setting.input.shape()));
            const auto rows = engine::dialects(setting.layer, setting.geometry);
            const auto cards = cards_of(panel);
            QCOMPARE(cards.size(), rows.size());
            for (std::size_t row = 0; row < rows.size(); ++row) {
                const QString said = cards[row]->head()->accessibleName();
                QVERIFY2(said.startsWith(ui::words::framework_name(rows[row].framework)),
                         qPrintable(said));
                QVERIFY2(said.contains(QString::fromStdString(rows[row].arguments)),
                         qPrintable(said));
                QVERIFY2(said.contains(ui::words::agreement_text(rows[row])), qPrintable(said));
                // Opened, its sum is there, and each of its terms lights what it adds or cuts.
                cards[row]->setOpen(true);
                const auto* sum = cards[row]->findChild<FormulaLabel*>(text("ledger_sum_0"));
                QCOMPARE(!sum->isHidden(), !rows[row].sums.rows.terms.empty());
                if (sum->isHidden()) continue;
                QCOMPARE(sum->termCount(), static_cast<int>(rows[row].sums.rows.terms.size()));
                QVERIFY2(sum->text().endsWith(QStringLiteral("= %1").arg(rows[row].sums.rows.out)),
                         qPrintable(sum->text()));
            }
            // One at most is open.
            int open = 0;
            for (const LedgerCard* card : cards) open += card->isOpen() ? 1 : 0;
            QCOMPARE(open, 1);
        }
    }

    void layers_without_a_ledger_show_none() {
        LedgerPanel panel;
        panel.show(pane_of(engine::Dense{}, engine::Shape{4}));
        QVERIFY(panel.isHidden());
        panel.show(pane_of(engine::UpSampling2D{}, {2, 2, 1}));
        QVERIFY(!panel.isHidden());
        panel.show(pane_of(engine::Conv2D{}, {5, 5, 1}));
        QVERIFY(!panel.isHidden());
    }

    // A term is pointed at by the keyboard: its rows and columns light, and the line below the
    // title says what it is for.
    void a_term_lights_what_it_cuts() {
        OpenWindow open;
        LedgerCard* pytorch = card_of(open.window, Framework::pytorch, "shifted");
        QVERIFY(pytorch != nullptr);
        pytorch->head()->setFocus();
        open.press(Qt::Key_Space);
        QVERIFY(pytorch->isOpen());
        open.press(Qt::Key_Return);
        QVERIFY(!pytorch->isOpen());
        open.press(Qt::Key_Return);
        QVERIFY(pytorch->isOpen());
        auto* sum = pytorch->findChild<FormulaLabel*>(text("ledger_sum_0"));
        QCOMPARE(sum->text(),
                 text("out = (in − 1) × stride − 2 × padding + dilation × (kernel_size − 1) + "
                      "output_padding + 1 = (2 − 1) × 2 − 2 × 1 + 1 × (3 − 1) + 1 + 1 = 4"));
        sum->setFocus(Qt::TabFocusReason);
        open.press(Qt::Key_Right);
        const auto& pointed = open.view().pointed;
        QCOMPARE(pointed.sentence, sum->sentence(sum->term()));
        QVERIFY2(pointed.sentence.contains(text("padding cuts 1 at each end")),
                 qPrintable(pointed.sentence));
        QVERIFY(!pointed.lit.empty() && pointed.lit.front().cut);
        QVERIFY(labels_of(open).contains(pointed.sentence));
    }

    // Both results over each other, counted; what was laid over goes by Esc, a step or an edit.
    void a_shifted_result_is_laid_over() {
        OpenWindow open;
        LedgerCard* pytorch = card_of(open.window, Framework::pytorch, "shifted");
        pytorch->setOpen(true);
        auto* button = pytorch->findChild<QPushButton*>(text("lay_over"));
        const auto title = [&] { return open.window.presenter()->presented().picture->title; };
        const QString before = title();
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(button->isChecked());
        // By hand: the full output against itself, one row and one column on.
        const std::array<std::array<int, 5>, 5> full{{{10, 20, 50, 40, 60},
                                                      {40, 50, 140, 100, 120},
                                                      {100, 140, 360, 240, 300},
                                                      {120, 150, 340, 200, 240},
                                                      {210, 240, 550, 320, 360}}};
        int differing = 0;
        for (std::size_t row = 0; row < 4; ++row)
            for (std::size_t column = 0; column < 4; ++column)
                differing += full[row][column] != full[row + 1][column + 1] ? 1 : 0;
        QCOMPARE(title(),
                 QStringLiteral("Keras and PyTorch, the same size: %1 of 16 numbers differ")
                     .arg(differing));
        open.canvas()->setFocus();
        open.press(Qt::Key_Escape);
        QVERIFY(!button->isChecked());
        QCOMPARE(title(), before);
        QTest::mouseClick(button, Qt::LeftButton);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(title(), before);
        QTest::mouseClick(button, Qt::LeftButton);
        open.canvas()->setFocus();
        open.press(Qt::Key_Right);
        QVERIFY(!button->isChecked() && !title().contains(text("PyTorch")));
        QTest::mouseClick(button, Qt::LeftButton);
        open.enter("kernel_size_rows", 4);
        QVERIFY(!title().contains(text("PyTorch")));
        // The same picture has nothing to lay over.
        LedgerCard* same = card_of(open.window, Framework::keras, "this layer");
        same->setOpen(true);
        QVERIFY(same->findChild<QPushButton*>(text("lay_over"))->isHidden());
    }

    void a_row_is_copied_as_code_and_as_text() {
        OpenWindow open;
        LedgerCard* pytorch = card_of(open.window, Framework::pytorch, "shifted");
        pytorch->setOpen(true);
        QTest::mouseClick(pytorch->findChild<QPushButton*>(text("copy_row_code")), Qt::LeftButton);
        const QString code = QGuiApplication::clipboard()->text();
        QVERIFY2(code.contains(text("ConvTranspose2d(")) && code.contains(text("output_padding=1")),
                 qPrintable(code));
        QTest::mouseClick(pytorch->findChild<QPushButton*>(text("copy_row_text")), Qt::LeftButton);
        const QString words = QGuiApplication::clipboard()->text();
        QVERIFY2(words.startsWith(text("PyTorch\n")) && words.contains(text("= 4\n")) &&
                     words.contains(text("crop 1, 0")),
                 qPrintable(words));
        // The Guide runs nowhere.
        LedgerCard* guide = card_of(open.window, Framework::guide, "relationship");
        guide->setOpen(true);
        QVERIFY(guide->findChild<QPushButton*>(text("copy_row_code"))->isHidden());
    }

    void the_table_is_copied() {
        OpenWindow open;
        open.click("copy_ledger");
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines[0], text("framework\targuments\toutput\tcrop rows\tcrop columns\tsize"));
        QCOMPARE(lines[1], text("Keras\tkernel_size=3, strides=2, padding='same'\t4x4x1\t0,1\t0,1\t"
                                "2 × 2 = 4"));
        QCOMPARE(lines.size(), static_cast<qsizetype>(cards_of(open.window).size()) + 2);
    }

    // A stride of 2 moves the output by 2 for each step in the input; in the other direction it is
    // the other way round.
    void the_direction_is_said() {
        OpenWindow open;
        const auto said = [&] { return open.part<QLabel>("direction")->text(); };
        QCOMPARE(said(), text("One cell on in the input is 2 on in the output. Over the zeros put "
                              "between, that is called a stride of 1/2."));
        open.choose("layer_kind", 2);
        QCOMPARE(open.shape(), text("(None, 1, 1, 1)"));
        QCOMPARE(said(), text("One cell on in the output is 2 on in the input."));
        open.choose("layer_kind", 1);
        QCOMPARE(open.shape(), text("(None, 4, 4, 1)"));
        open.enter("strides_rows", 1);
        QVERIFY(open.part<QLabel>("direction")->isHidden());
    }

    // Four settings over 2 × 2, four formulas that disagree.
    void the_readers_four_cases() {
        OpenWindow open;
        open.click("readers_cases");
        const auto sizes = [&](const char* button) {
            return open.part<QPushButton>(button)->accessibleDescription();
        };
        QCOMPARE(sizes("case_0"), text("Keras: 2, PyTorch: 2, ONNX: 2, Guide: 2"));
        QCOMPARE(sizes("case_1"), text("Keras: 4, PyTorch: 4, ONNX: 4, Guide: 4"));
        QCOMPARE(sizes("case_2"), text("Keras: 4, PyTorch: 3, ONNX: 3, Guide: 3–4"));
        QCOMPARE(sizes("case_3"), text("Keras: 5, PyTorch: 5, ONNX: 5, Guide: 5–6"));
        open.click("case_2");
        QCOMPARE(open.layer().kernel_size, (Size2D{1, 1}));
        QCOMPARE(open.layer().strides, (Size2D{2, 2}));
        QCOMPARE(open.shape(), text("(None, 4, 4, 1)"));
        QVERIFY(open.part<QPushButton>("case_2")->isChecked());
        // Cells that nothing reaches are appended, not cut.
        QVERIFY2(
            cards_of(open.window)[0]->head()->accessibleName().contains(text("crop 0, append 1")),
            qPrintable(cards_of(open.window)[0]->head()->accessibleName()));
        QVERIFY(!open.part<QPushButton>("case_3")->isChecked());
        open.window.document()->undoStack()->undo();
        QCOMPARE(open.shape(), text("(None, 4, 4, 1)"));
        QCOMPARE(open.layer().kernel_size, (Size2D{3, 3}));
    }

    // The designer.

    // 44 becomes 88 and the other branch has 89.
    void the_wanted_size_is_one_click_away() {
        OpenWindow open;
        QCOMPARE(open.part<QLabel>("design_from")->text(), text("2\u00a0×\u00a02 →"));
        open.enter("design_to_rows", 5);  // both, by the chain
        auto* ways = open.part<WayList>("ways");
        QVERIFY(open.part<QLabel>("way_count")->text().startsWith(text("4 of ")));
        QCOMPARE(open.part<QLabel>("design_said")->text(),
                 text("k3 s2 same, on the stage, gives 4\u00a0×\u00a04, not 5\u00a0×\u00a05."));
        click_row(*ways, 0);
        QCOMPARE(open.shape(), text("(None, 5, 5, 1)"));
        // The way that is on the stage says so.
        QVERIFY(spoken_rows(*ways).first().startsWith(text("on the stage: ")));
        QVERIFY(open.part<QLabel>("design_said")->isHidden());
        open.window.document()->undoStack()->undo();
        QCOMPARE(open.shape(), text("(None, 4, 4, 1)"));
    }

    // The keyboard does the same, and pins two.
    void two_that_are_pinned_are_compared() {
        OpenWindow open;
        auto* ways = open.part<WayList>("ways");
        ways->setFocus(Qt::TabFocusReason);
        QCOMPARE(ways->currentIndex().row(), 0);
        open.press(Qt::Key_P);
        QVERIFY(spoken_rows(*ways).first().startsWith(text("pinned: ")));
        open.press(Qt::Key_P);
        QVERIFY(!spoken_rows(*ways).first().startsWith(text("pinned: ")));
        const QStringList settings = settings_of(*ways);
        open.press(Qt::Key_P);
        open.press(Qt::Key_Down);
        open.press(Qt::Key_P);
        const auto specs = [](const std::vector<engine::Layer>& layers) {
            std::vector<engine::LayerSpec> list;
            for (const engine::Layer& layer : layers) list.push_back(layer.spec);
            return ui::words::setting_text(list);
        };
        QCOMPARE(specs(open.lesson().layers), settings[0]);
        QCOMPARE(specs(open.lesson().against), settings[1]);
        QCOMPARE(open.window.presenter()->presented().panes.size(), std::size_t{2});
        open.window.document()->undoStack()->undo();
        QVERIFY(open.lesson().against.empty());
    }

    // Two layers in the place of one; another way then takes the place of both.
    void two_layers_are_taken_and_given_back_as_one() {
        OpenWindow open;
        auto* ways = open.part<WayList>("ways");
        const QStringList settings = settings_of(*ways);
        const auto pair = settings.indexOf(QRegularExpression(text("UpSampling2D .*, Conv2D .*")));
        QVERIFY(pair >= 0);
        click_row(*ways, static_cast<int>(pair));
        QCOMPARE(open.lesson().layers.size(), std::size_t{2});
        QCOMPARE(
            ui::words::setting_text({open.lesson().layers[0].spec, open.lesson().layers[1].spec}),
            settings[pair]);
        QCOMPARE(open.part<QLabel>("design_from")->text(), text("2\u00a0×\u00a02 →"));
        QCOMPARE(open.shape(), text("(None, 4, 4, 1)"));
        QCOMPARE(settings_of(*ways), settings);
        click_row(*ways, 0);
        QCOMPARE(open.lesson().layers.size(), std::size_t{1});
        QCOMPARE(open.shape(), text("(None, 4, 4, 1)"));
    }

    // 46 × 62 must become 368 × 489 with kernel 16 and strides 8: PyTorch says it by itself, Keras
    // only with a Cropping2D behind.
    void what_is_kept_is_kept() {
        DesignPanel panel;
        panel.show(pane_of(layer_of(16, 8, engine::Same{}), {46, 62, 1}));
        panel.findChild<QPushButton*>(text("design_kept"))->click();
        QCOMPARE(panel.findChild<QSpinBox*>(text("kept_kernel_rows"))->text(), text("none"));
        const auto* to = panel.findChild<ui::widgets::Size2DField*>(text("design_to"));
        emit const_cast<ui::widgets::Size2DField*>(to)->edited({368, 489});
        emit panel.findChild<ui::widgets::OptionalSize2DField*>(text("kept_kernel"))
            ->optionalEdited(Size2D{16, 16});
        emit panel.findChild<ui::widgets::OptionalSize2DField*>(text("kept_strides"))
            ->optionalEdited(Size2D{8, 8});
        auto* framework = panel.findChild<ui::widgets::Choice*>(text("kept_framework"));
        emit framework->chosen(2);
        const auto* ways = panel.findChild<WayList*>();
        QVERIFY2(settings_of(*ways).contains(text("k16 s8 p(4, 8) op(0, 1)")),
                 qPrintable(settings_of(*ways).join(u'\n')));
        emit framework->chosen(1);
        QCOMPARE(panel.findChild<QLabel*>(text("design_said"))->text().section(u'.', 0, 0),
                 text("Keras has no such layer by itself: it is cut by hand"));
        QVERIFY2(settings_of(*ways).contains(text("k16 s8 valid, Cropping2D")),
                 qPrintable(settings_of(*ways).join(u'\n')));
    }

    // A setting that does not do what somebody says of it.
    void a_claim_is_checked() {
        DesignPanel panel;
        panel.show(pane_of(layer_of(4, 2, engine::Same{}), {8, 8, 1}));
        panel.findChild<QPushButton*>(text("design_kept"))->click();
        auto* claim = panel.findChild<QLineEdit*>(text("claim"));
        const auto* said = panel.findChild<QLabel*>(text("claimed"));
        claim->setText(text("k4 s2 p1, k5 s1 p2"));
        QCOMPARE(said->text(), text("k4 s2 p1 gives 16. k5 s1 p2 gives 8, not 16."));
        panel.show(pane_of(layer_of(4, 2, engine::Same{}), {4, 4, 1}));
        emit panel.findChild<ui::widgets::Size2DField*>(text("design_to"))->edited({16, 16});
        claim->setText(text("k4 s2 p1, k5 s1 p0"));
        QCOMPARE(said->text(), text("k4 s2 p1 and k5 s1 p0 both give 8, not 16."));
        claim->setText(text("four by four"));
        QVERIFY2(said->text().startsWith(text("“four by four” is no setting")),
                 qPrintable(said->text()));
        claim->setText(text("k2 s1 p4"));
        QVERIFY(!said->text().isEmpty() && !said->text().contains(text("gives")));
        claim->clear();
        QVERIFY(said->isHidden());
    }

    // The list is the engine's answer, all of it on demand.
    void all_ways_are_listed_on_demand() {
        DesignPanel panel;
        panel.show(pane_of(layer_of(2, 2, engine::Valid{}), {3, 5, 2}));
        const auto* ways = panel.findChild<WayList*>();
        QCOMPARE(ways->model()->rowCount(), 4);
        panel.findChild<QPushButton*>(text("all_ways"))->click();
        engine::DesignQuestion question{.from = {3, 5}, .to = {6, 10}, .channels = 2};
        question.most = engine::max_design_rows;
        const auto design = engine::design(question);
        QCOMPARE(ways->model()->rowCount(), static_cast<int>(design->ways.size()));
        for (std::size_t i = 0; i < design->ways.size(); i += 97)
            QCOMPARE(settings_of(*ways)[static_cast<qsizetype>(i)],
                     ui::words::setting_text(engine::layers_of(design->ways[i])));
        panel.findChild<QPushButton*>(text("all_ways"))->click();
        QCOMPARE(ways->model()->rowCount(), 4);
    }

    // What is written short is what it was written for: read back as a claim it makes the size.
    void a_short_setting_is_read_back() {
        engine::SeededRandom random(5);
        int read_back = 0;
        for (int i = 0; i < 40; ++i) {
            const Size2D from{1 + random.below(9), 1 + random.below(9)};
            const Size2D to{1 + random.below(30), 1 + random.below(30)};
            const auto design =
                engine::design({.from = from, .to = to, .framework = Framework::pytorch});
            for (const engine::Way& way : design->ways) {
                const QString setting =
                    ui::words::setting_text(engine::layers_of(way, Framework::pytorch));
                if (way.kind != engine::WayKind::transposed || !setting.contains(text(" p")))
                    continue;
                const auto read = ui::words::read_claims(setting, from);
                QCOMPARE(read.claims.size(), std::size_t{1});
                QCOMPARE(read.claims.front().name, setting);
                QVERIFY2(read.claims.front().claim.holds(design->nearest.value_or(to)),
                         qPrintable(setting));
                ++read_back;
            }
        }
        QVERIFY(read_back > 50);
    }
};

QTEST_MAIN(TestRailShapes)
#include "tst_rail_shapes.moc"
