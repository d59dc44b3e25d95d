// SPDX-License-Identifier: MIT
// Carries the precompiled headers of all tests.
int main() {}
