#pragma once

#include "ui/chatpage/markdown/blocklook.h"

#include <QList>

namespace markdown {

// The widths of a table's columns. Each cell is measured once, and columns only ever grow while rows come in,
// so that a streaming table moves as little as it can.
class TableWidths
{
public:
    static constexpr int padding = 12; // left and right of a cell's text

    // Returns whether a column became wider.
    bool measure(const QTextBlock &cell, const Fonts &fonts);
    // The columns' widths with padding, fitted into `room`. Where even the longest words do not fit, their sum
    // is more than `room`.
    [[nodiscard]] QList<int> fitted(int room) const;
    [[nodiscard]] bool isEmpty() const { return m_natural.isEmpty(); }

private:
    QList<int> m_natural; // without padding
    QList<int> m_minimum; // the longest word, up to a limit
};

} // namespace markdown
