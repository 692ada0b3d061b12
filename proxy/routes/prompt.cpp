#include "proxy/routes/prompt.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

namespace prompt {

Expected<QByteArray, ErrorAnswer> toRequestBody(QByteArrayView prompt)
{
    if (prompt.isEmpty())
        return ErrorAnswer{400, QStringLiteral("The prompt is empty. Send the text as the request's body.")};
    // QString::fromUtf8() is no use here: it drops a byte order mark and replaces what is not valid.
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    const QString text = decode(prompt);
    if (decode.hasError() || !QUtf8StringView(prompt.data(), prompt.size()).isValidUtf8())
        return ErrorAnswer{400, QStringLiteral("The prompt is not valid UTF-8. Send it as UTF-8 text.")};

    const QJsonObject part{{QStringLiteral("text"), text}};
    const QJsonObject content{{QStringLiteral("parts"), QJsonArray{part}}};
    const QJsonObject request{{QStringLiteral("contents"), QJsonArray{content}}};
    return QJsonDocument(request).toJson(QJsonDocument::Compact);
}

} // namespace prompt
