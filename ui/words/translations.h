// SPDX-License-Identifier: MIT
// Plural forms and translations, embedded in the program.
#pragma once

namespace ui::words {

/// Installs them on the running application; once, cheap afterwards. Without it "%n cell(s)" stays
/// as it is.
void install_translations();

}  // namespace ui::words
