#pragma once

#include <QByteArray>
#include <QByteArrayView>

// Indents JSON piece by piece as it arrives, in time linear to its length. Names keep their order and numbers
// their digits, which a parsed document would not preserve. What is not JSON comes out in some form that keeps
// every byte but white space.
class JsonIndenter
{
public:
    [[nodiscard]] QByteArray feed(QByteArrayView bytes);

private:
    void newLine(QByteArray &out) const;

    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_opened = false; // the last token was an opening bracket
    bool m_ended = false;  // a value at the top is complete
};
