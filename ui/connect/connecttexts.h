#pragma once

#include "ui/connect/connecttool.h"

// The texts of the page that connects tools. All functions are pure.
namespace connecttexts {

// Returns a path as people write it: native, and with "~" for the home folder.
[[nodiscard]] QString path(const QString &path);
// Says where a block belongs.
[[nodiscard]] QString place(const ConnectTool::Block &block);
// Says what else the user must know of a tool; "" = nothing.
[[nodiscard]] QString note(const QString &id);
// Says how a tool's request was answered.
[[nodiscard]] QString result(const QString &name, const ConnectTest &test);

} // namespace connecttexts
