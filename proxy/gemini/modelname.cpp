#include "proxy/gemini/modelname.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace gemini {

namespace {
constexpr QByteArrayView folder = "models/";
constexpr QByteArrayView tunedFolder = "tunedModels/";
} // namespace

Expected<QByteArray, QString> modelName(QByteArrayView name)
{
    const QByteArrayView whole = name;
    const bool tuned = name.startsWith(tunedFolder);
    if (tuned)
        name = name.sliced(tunedFolder.size());
    else if (name.startsWith(folder))
        name = name.sliced(folder.size());
    const bool valid = !name.isEmpty() && name.size() <= 128 && name != "." && name != ".."
            && std::all_of(name.begin(), name.end(), [](char c) {
                   return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'
                           || c == '_' || c == '.';
               });
    if (!valid) {
        return QStringLiteral("The model's name is not valid. It looks like gemini-flash-latest: "
                              "letters, digits, dots and hyphens.");
    }
    return (tuned ? whole : name).toByteArray();
}

QByteArray resourceOf(const QByteArray &model)
{
    return model.startsWith(tunedFolder) ? model : folder.toByteArray() + model;
}

QByteArray modelOfLiveSetup(const QByteArray &message)
{
    const QJsonValue setup = QJsonDocument::fromJson(message).object()[QLatin1String("setup")];
    const auto model = modelName(setup[QLatin1String("model")].toString().toUtf8());
    return model ? *model : QByteArray();
}

} // namespace gemini
