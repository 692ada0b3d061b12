#pragma once

#include "ui/chatpage/markdown/blocklook.h"

#include <QList>

namespace markdown {

// How wide a table's columns are. Cells are measured once each; columns only ever grow while rows
// come in, so that a streaming table moves as little as it can.
class TableWidths
{
public:
    static constexpr int padding = 12; // left and right of a cell's text

    // True if a column became wider.
    bool measure(const QTextBlock &cell, const Fonts &fonts);
    // The columns' widths with padding, in a room this wide. Where even the longest words do not
    // fit, together wider than the room.
    [[nodiscard]] QList<int> fitted(int room) const;
    [[nodiscard]] bool isEmpty() const { return m_natural.isEmpty(); }

private:
    QList<int> m_natural; // without padding
    QList<int> m_minimum; // the longest word, up to a limit
};

} // namespace markdown
