#pragma once

#include <QByteArray>

// Returns a small picture as PNG (RFC 2083): the demo's answer to whoever asks for one.
[[nodiscard]] QByteArray demoPicture();
