#include "proxy/http/websocketframe.h"

namespace http {

QByteArray closeFrame(quint16 code, const QString &reason)
{
    constexpr qsizetype longest = 125 - 2;
    QByteArray words = reason.toUtf8();
    if (words.size() > longest) {
        qsizetype end = longest;
        while ((words[end] & 0xc0) == 0x80) // do not cut within a character
            --end;
        words.truncate(end);
    }
    QByteArray frame("\x88");
    frame += static_cast<char>(words.size() + 2);
    frame += static_cast<char>(code >> 8);
    frame += static_cast<char>(code & 0xff);
    return frame + words;
}

} // namespace http
