// SPDX-License-Identifier: MIT
// A test that runs once on every instruction set this machine has.
#pragma once

#include <QTest>

#include "engine/kernels/kernels.h"

namespace support {

/// Rows of a _data function.
inline void add_targets() {
    QTest::addColumn<QByteArray>("target");
    for (const std::string& name : engine::runnable_targets())
        QTest::newRow(name.c_str()) << QByteArray(name.c_str());
}

/// Forces the row's target; the test's cleanup goes back to the first.
inline void force_target() {
    QFETCH(QByteArray, target);
    QVERIFY(engine::force_target(target.constData()));
}

}  // namespace support
