#pragma once

#include <QByteArray>
#include <QByteArrayView>

// Indents JSON piece by piece as it arrives, in time that is linear to its length. Names keep their order and numbers
// keep their digits; parsing the document and writing it again would not preserve them. Bytes that are not JSON come
// out in some form in which only white space differs.
class JsonIndenter
{
public:
    // Takes the next bytes, and returns them indented.
    [[nodiscard]] QByteArray feed(QByteArrayView bytes);

private:
    void newLine(QByteArray &out) const;

    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_opened = false; // the last token was an opening bracket
    bool m_ended = false;  // the outermost object or array has just been closed
};
