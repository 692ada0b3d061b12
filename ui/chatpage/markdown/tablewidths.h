#pragma once

#include "ui/chatpage/markdown/blocklook.h"

#include <QList>

namespace markdown {

// The widths of a table's columns. They are computed cell by cell, and never shrink while rows come in, so that a
// streaming table moves as little as possible.
class TableWidths
{
public:
    static constexpr int padding = 12; // on each side of a cell's text

    // Takes a cell into account. Returns whether its column needs more room than before.
    bool measure(const QTextBlock &cell, const Fonts &fonts);
    // Returns the columns' widths including their padding, fitted into `room`. If not even the longest words fit, the
    // sum of the widths is more than `room`.
    [[nodiscard]] QList<int> fitted(int room) const;
    [[nodiscard]] bool isEmpty() const { return m_natural.isEmpty(); }

private:
    QList<int> m_natural; // the widths that the texts want, up to a limit; without padding
    QList<int> m_minimum; // the widths of the longest words, up to a limit; without padding
};

} // namespace markdown
