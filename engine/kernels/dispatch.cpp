// SPDX-License-Identifier: MIT
// Which instruction set the engine uses: Highway's targets under our names, and the reference.
#include <algorithm>
#include <atomic>
#include <cctype>

#include "engine/kernels/kernels.h"
#include "hwy/targets.h"

namespace engine {

namespace {

constexpr const char* reference_name = "reference";

/// What this machine can run, asked only once: the question takes tens of microseconds in a virtual
/// machine.
std::int64_t machine_targets() {
    static const std::int64_t targets = HWY_TARGETS & hwy::SupportedTargets();
    return targets;
}

/// What force_target asked for: Highway's targets, or 0 for the plain loops, which are none of
/// them.
std::atomic<std::int64_t>& allowed_targets() {
    static std::atomic<std::int64_t> targets = [] {
        hwy::GetChosenTarget().Update(machine_targets());  // or Highway asks once more
        return machine_targets();
    }();
    return targets;
}

std::string name_of_target(std::int64_t target) {
    if (target == HWY_EMU128 || target == HWY_SCALAR) return "scalar";
#if HWY_ARCH_X86
    if (target == HWY_AVX3 || target == HWY_AVX3_DL) return "avx512";
#endif
    std::string name = hwy::TargetName(target);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

/// Widest first: Highway gives better targets lower bits. Two targets of one name appear once.
std::vector<std::string> names_of(std::int64_t targets) {
    std::vector<std::string> names;
    for (; targets != 0; targets &= targets - 1) {
        std::string name = name_of_target(targets & -targets);
        if (names.empty() || names.back() != name) names.push_back(std::move(name));
    }
    names.emplace_back(reference_name);
    return names;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::vector<std::string> compiled_targets() { return names_of(HWY_TARGETS); }

std::vector<std::string> runnable_targets() { return names_of(machine_targets()); }

std::string active_target() {
    const std::int64_t targets = allowed_targets();
    return targets == 0 ? reference_name : name_of_target(targets & -targets);
}

Result<std::string> force_target(std::string_view name) {
    Error error;
    error.subject = "target";
    error.text = std::string(name);
    error.code = ErrorCode::unknown_name;
    if (!contains(compiled_targets(), name)) return error;
    error.code = ErrorCode::unsupported;
    if (!contains(runnable_targets(), name)) return error;

    std::int64_t allowed = 0;
    for (std::int64_t rest = machine_targets(); rest != 0; rest &= rest - 1)
        if (name_of_target(rest & -rest) == name) allowed |= rest & -rest;
    allowed_targets() = allowed;
    if (allowed != 0) hwy::GetChosenTarget().Update(allowed);
    return std::string(name);
}

}  // namespace engine
