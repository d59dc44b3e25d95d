// SPDX-License-Identifier: MIT
// The C interface: a chain of layers behind an untyped pointer.
#include "tests/bench/engine_abi.h"

#include "tests/bench/chain.h"

void* up_engine_create(const up_workload* workload, int threads) {
    if (workload->struct_size != sizeof(up_workload)) return nullptr;
    return bench::Chain::of(*workload, threads).release();
}

void up_engine_run(void* chain, const float* in, float* out) {
    static_cast<bench::Chain*>(chain)->run(in, out);
}

void up_engine_destroy(void* chain) { delete static_cast<bench::Chain*>(chain); }
