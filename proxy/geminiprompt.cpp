#include "proxy/geminiprompt.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

#include <algorithm>

namespace geminiprompt {

namespace {
constexpr QByteArrayView folder = "models/";
constexpr QByteArrayView tunedFolder = "tunedModels/";
} // namespace

Expected<QByteArray, Error> toRequestBody(QByteArrayView prompt)
{
    if (prompt.isEmpty())
        return Error{"The prompt is empty. Send the text as the request's body."};
    // Not QString::fromUtf8: it drops a byte order mark and replaces what is not valid.
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    const QString text = decode(prompt);
    if (decode.hasError() || !QUtf8StringView(prompt.data(), prompt.size()).isValidUtf8())
        return Error{"The prompt is not valid UTF-8. Send it as UTF-8 text."};

    const QJsonObject part{{QStringLiteral("text"), text}};
    const QJsonObject content{{QStringLiteral("parts"), QJsonArray{part}}};
    const QJsonObject request{{QStringLiteral("contents"), QJsonArray{content}}};
    return QJsonDocument(request).toJson(QJsonDocument::Compact);
}

Expected<QByteArray, Error> modelName(QByteArrayView name)
{
    const QByteArrayView whole = name;
    const bool tuned = name.startsWith(tunedFolder);
    if (tuned)
        name = name.sliced(tunedFolder.size());
    else if (name.startsWith(folder))
        name = name.sliced(folder.size());
    const bool valid = !name.isEmpty() && name.size() <= 128 && name != "." && name != ".."
            && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                || c == '-' || c == '_' || c == '.';
    });
    if (!valid) {
        return Error{"The model's name is not valid. It looks like gemini-flash-latest: letters, "
                     "digits, dots and hyphens."};
    }
    return (tuned ? whole : name).toByteArray();
}

QByteArray resourceOf(const QByteArray &model)
{
    return model.startsWith(tunedFolder) ? model : folder.toByteArray() + model;
}

} // namespace geminiprompt
