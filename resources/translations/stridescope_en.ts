<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Figures</name>
    <message numerus="yes">
        <source>%n step(s) done</source>
        <translation>
            <numerusform>%n step done</numerusform>
            <numerusform>%n steps done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parameter(s)</source>
        <translation>
            <numerusform>%n parameter</numerusform>
            <numerusform>%n parameters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message numerus="yes">
        <source>%n stamp(s), added up on a full output of %1. Press Space to play.</source>
        <translation>
            <numerusform>%n stamp on a full output of %1. Press Space to play.</numerusform>
            <numerusform>%n stamps, added up on a full output of %1. Press Space to play.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) reach this cell. Above, the stamps meet in it. Below, one window collects them.</source>
        <translation>
            <numerusform>%n input reaches this cell. Above, its stamp covers it. Below, one window collects it.</numerusform>
            <numerusform>%n inputs reach this cell. Above, their stamps meet in it. Below, one window collects them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) reach this cell.</source>
        <translation>
            <numerusform>%n input reaches this cell.</numerusform>
            <numerusform>%n inputs reach this cell.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n zero(s)</source>
        <translation>
            <numerusform>%n zero</numerusform>
            <numerusform>%n zeros</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) in: both outputs have grown alike</source>
        <translation>
            <numerusform>%n input in: both outputs have grown alike</numerusform>
            <numerusform>%n inputs in: both outputs have grown alike</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) in: the outputs differ</source>
        <translation>
            <numerusform>%n input in: the outputs differ</numerusform>
            <numerusform>%n inputs in: the outputs differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) no input reaches now hold the bias only.</source>
        <translation>
            <numerusform>%n cell no input reaches now holds the bias only.</numerusform>
            <numerusform>%n cells no input reaches now hold the bias only.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n more …</source>
        <translation>
            <numerusform>, %n more …</numerusform>
            <numerusform>, %n more …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) hold bias only</source>
        <translation>
            <numerusform>%n cell holds bias only</numerusform>
            <numerusform>%n cells hold bias only</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… %n more product(s)</source>
        <translation>
            <numerusform>… %n more product</numerusform>
            <numerusform>… %n more products</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n collision(s), added up:</source>
        <translation>
            <numerusform>%n collision, added up:</numerusform>
            <numerusform>%n collisions, added up:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… %n more</source>
        <translation>
            <numerusform>… %n more</numerusform>
            <numerusform>… %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n zero(s) = 0</source>
        <translation>
            <numerusform>%n zero = 0</numerusform>
            <numerusform>%n zeros = 0</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>each input × kernel, laid down every %n cell(s), added up</source>
        <translation>
            <numerusform>each input × kernel, laid down at every cell, added up</numerusform>
            <numerusform>each input × kernel, laid down every %n cells, added up</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 × the kernel gives %n product(s).</source>
        <translation>
            <numerusform>%1 × the kernel gives %n product.</numerusform>
            <numerusform>%1 × the kernel gives %n products.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n product(s), one for each input, in the lit cells of the output.</source>
        <translation>
            <numerusform>%n product, for the one input, in the lit cell of the output.</numerusform>
            <numerusform>%n products, one for each input, in the lit cells of the output.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n weight(s), each on a zero.</source>
        <translation>
            <numerusform>Its one weight lies on a zero.</numerusform>
            <numerusform>Each of its %n weights lies on a zero.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The other %n weight(s) meet zeros.</source>
        <translation>
            <numerusform>The other weight meets a zero.</numerusform>
            <numerusform>The other %n weights meet zeros.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: the window meets %n input(s)</source>
        <translation>
            <numerusform>%1: the window meets %n input</numerusform>
            <numerusform>%1: the window meets %n inputs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A border of %n zero(s) on each side: %1</source>
        <translation>
            <numerusform>A border of %n zero on each side: %1</numerusform>
            <numerusform>A border of %n zeros on each side: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) in</source>
        <translation>
            <numerusform>%n input in</numerusform>
            <numerusform>%n inputs in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It makes the %n filter(s) of a cell add up to 1.</source>
        <translation>
            <numerusform>With one filter every cell becomes 1.</numerusform>
            <numerusform>It makes the %n filters of a cell add up to 1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 %2 has a share in %n output cell(s)</source>
        <translation>
            <numerusform>%1 %2 has a share in %n output cell</numerusform>
            <numerusform>%1 %2 has a share in %n output cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 %2 is copied %n time(s)</source>
        <translation>
            <numerusform>%1 %2 is copied once</numerusform>
            <numerusform>%1 %2 is copied %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) without input</source>
        <translation>
            <numerusform>%n cell without input</numerusform>
            <numerusform>%n cells without input</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n channel(s) become a block of %2</source>
        <translation>
            <numerusform>%1: %n channel becomes a block of %2</numerusform>
            <numerusform>%1: %n channels become a block of %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, and %n channel(s) become %2</source>
        <translation>
            <numerusform>%1, and %n channel becomes %2</numerusform>
            <numerusform>%1, and %n channels become %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n different value(s) inside, from %1 to %2</source>
        <translation>
            <numerusform>%n value inside, from %1 to %2</numerusform>
            <numerusform>%n different values inside, from %1 to %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) no input reaches will hold the bias only.</source>
        <translation>
            <numerusform>%n cell no input reaches will hold the bias only.</numerusform>
            <numerusform>%n cells no input reaches will hold the bias only.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not turned, %n cell(s) come out differently: %1.</source>
        <translation>
            <numerusform>Not turned, %n cell comes out differently: %1.</numerusform>
            <numerusform>Not turned, %n cells come out differently: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 samples %n input cell(s)</source>
        <translation>
            <numerusform>%1 samples %n input cell</numerusform>
            <numerusform>%1 samples %n input cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, from %n input cell(s)</source>
        <translation>
            <numerusform>%1, from %n input cell</numerusform>
            <numerusform>%1, from %n input cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>One input alone: %n cell(s) differ</source>
        <translation>
            <numerusform>One input alone: %n cell differs</numerusform>
            <numerusform>One input alone: %n cells differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not turned, the window has painted the kernel turned: %n of %1 cell(s) differ</source>
        <translation>
            <numerusform>Not turned, the window has painted the kernel turned: %n of %1 cells differs</numerusform>
            <numerusform>Not turned, the window has painted the kernel turned: %n of %1 cells differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n input(s) reach it</source>
        <translation>
            <numerusform>%1: %n input reaches it</numerusform>
            <numerusform>%1: %n inputs reach it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>column</numerusform>
            <numerusform>%n columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n zero(s) on each side</source>
        <translation>
            <numerusform>%n zero on each side</numerusform>
            <numerusform>%n zeros on each side</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The other %n weight(s) lie on the border’s zeros.</source>
        <translation>
            <numerusform>The other weight lies on the border’s zero.</numerusform>
            <numerusform>The other %n weights lie on the border’s zeros.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 lies under %n window(s)</source>
        <translation>
            <numerusform>%1 lies under %n window</numerusform>
            <numerusform>%1 lies under %n windows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>kernel[%1, %2] %3 meets %n input(s), one in a window</source>
        <translation>
            <numerusform>kernel[%1, %2] %3 meets %n input, in one window</numerusform>
            <numerusform>kernel[%1, %2] %3 meets %n inputs, one in a window</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In the other %n window(s) it lies on the border’s zeros.</source>
        <translation>
            <numerusform>In the other window it lies on the border’s zeros.</numerusform>
            <numerusform>In the other %n windows it lies on the border’s zeros.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n number(s) of the outputs are the same to the last bit.</source>
        <translation>
            <numerusform>The one number of the outputs is the same to the last bit.</numerusform>
            <numerusform>All %n numbers of the outputs are the same to the last bit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>But for rounding: %1 of %n number(s) differ, by at most %2.</source>
        <translation>
            <numerusform>But for rounding: the one number differs, by %2.</numerusform>
            <numerusform>But for rounding: %1 of %n numbers differ, by at most %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n number(s) differ, by at most %2, all of them at the rim (%3 from the edge).</source>
        <translation>
            <numerusform>%1 of %n number differs, by %2, at the rim (%3 from the edge).</numerusform>
            <numerusform>%1 of %n numbers differ, by at most %2, all of them at the rim (%3 from the edge).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n number(s) differ, by at most %2, at out[%3, %4].</source>
        <translation>
            <numerusform>%1 of %n number differs, by %2, at out[%3, %4].</numerusform>
            <numerusform>%1 of %n numbers differ, by at most %2, at out[%3, %4].</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %2 cut elsewhere, and still hold the same %n number(s)</source>
        <translation>
            <numerusform>%1 and %2 cut elsewhere, and still hold the same number</numerusform>
            <numerusform>%1 and %2 cut elsewhere, and still hold the same %n numbers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %2, the same size: %3 of %n number(s) differ</source>
        <translation>
            <numerusform>%1 and %2, the same size: %3 of %n number differs</numerusform>
            <numerusform>%1 and %2, the same size: %3 of %n numbers differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>app</name>
    <message numerus="yes">
        <source>%n lesson(s) would be written to one place; name the files apart by %1, such as -o figures/%1.svg.</source>
        <translation>
            <numerusform>%n lesson would be written to one place; name the files apart by %1, such as -o figures/%1.svg.</numerusform>
            <numerusform>%n lessons would be written to one place; name the files apart by %1, such as -o figures/%1.svg.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::widgets::DesignPanel</name>
    <message numerus="yes">
        <source>%n way(s)</source>
        <translation>
            <numerusform>%n way</numerusform>
            <numerusform>%n ways</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::widgets::ExportDialog</name>
    <message numerus="yes">
        <source>%n frame(s), %1 s</source>
        <translation>
            <numerusform>%n frame, %1 s</numerusform>
            <numerusform>%n frames, %1 s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::widgets::MainWindow</name>
    <message numerus="yes">
        <source>%1 Nor are %n more names.</source>
        <translation>
            <numerusform>%1 Nor is %n more name.</numerusform>
            <numerusform>%1 Nor are %n more names.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::widgets::PhaseScrubber</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::widgets::TransportBar</name>
    <message numerus="yes">
        <source>This phase takes %n s to play.</source>
        <translation>
            <numerusform>This phase takes %n s to play.</numerusform>
            <numerusform>This phase takes %n s to play.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All takes %n s to play.</source>
        <translation>
            <numerusform>All takes %n s to play.</numerusform>
            <numerusform>All takes %n s to play.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::widgets::WeightsWindow</name>
    <message numerus="yes">
        <source>%n weight(s): too many to be written out here.</source>
        <translation>
            <numerusform>%n weight: too many to be written out here.</numerusform>
            <numerusform>%n weights: too many to be written out here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::widgets::paste_sentence</name>
    <message numerus="yes">
        <source>%Ln empty cell(s) became 0.</source>
        <translation>
            <numerusform>%Ln empty cell became 0.</numerusform>
            <numerusform>%Ln empty cells became 0.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only the first array is pasted, not the %Ln behind it.</source>
        <translation>
            <numerusform>Only the first array is pasted, not the %Ln behind it.</numerusform>
            <numerusform>Only the first array is pasted, not the %Ln behind it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::words::error_text</name>
    <message numerus="yes">
        <source>%1 must hold %Ln number(s), not %2.</source>
        <translation>
            <numerusform>%1 must hold %Ln number, not %2.</numerusform>
            <numerusform>%1 must hold %Ln numbers, not %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>weights must hold %Ln object(s), one a layer, not %1.</source>
        <translation>
            <numerusform>weights must hold %Ln object, one a layer, not %1.</numerusform>
            <numerusform>weights must hold %Ln objects, one a layer, not %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln column(s)</source>
        <translation>
            <numerusform>%Ln column</numerusform>
            <numerusform>%Ln columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cell(s)</source>
        <translation>
            <numerusform>%Ln cell</numerusform>
            <numerusform>%Ln cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 So are %n more arguments.</source>
        <translation>
            <numerusform>%1 So is %n more argument.</numerusform>
            <numerusform>%1 So are %n more arguments.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are %n more such remarks.</source>
        <translation>
            <numerusform>There is %n more such remark.</numerusform>
            <numerusform>There are %n more such remarks.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::words::size_words</name>
    <message numerus="yes">
        <source>from the first stamp to the last, %n step(s) of %1</source>
        <translation>
            <numerusform>from the first stamp to the last, %n step of %1</numerusform>
            <numerusform>from the first stamp to the last, %n steps of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>a block of %1 for each of %n input(s)</source>
        <translation>
            <numerusform>a block of %1 for the one input</numerusform>
            <numerusform>a block of %1 for each of %n inputs</numerusform>
        </translation>
    </message>
</context>
</TS>
