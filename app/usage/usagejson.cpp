#include "app/usage/usagejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

QByteArray usageJson(const QList<UsageCount> &rows)
{
    QJsonArray array;
    for (const UsageCount &row : rows) {
        QJsonObject object{{u"day"_s, row.day.toString(Qt::ISODate)},
                           {u"model"_s, row.model},
                           {u"client"_s, row.client},
                           {u"requests"_s, row.requests},
                           {u"failed"_s, row.failed},
                           {u"input_tokens"_s, row.input},
                           {u"output_tokens"_s, row.output},
                           {u"thoughts_tokens"_s, row.thoughts},
                           {u"cached_tokens"_s, row.cached}};
        if (!row.interaction.isEmpty())
            object[u"interaction"_s] = row.interaction;
        array.append(object);
    }
    return QJsonDocument(array).toJson();
}

std::optional<QList<UsageCount>> usageFromJson(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isArray())
        return {};
    QList<UsageCount> counts;
    const QJsonArray array = document.array();
    for (const auto &value : array) {
        const QJsonObject row = value.toObject();
        const auto number = [&row](QLatin1StringView name) { return row[name].toInteger(); };
        const QDate day = QDate::fromString(row["day"_L1].toString(), Qt::ISODate);
        if (!day.isValid())
            return {};
        counts.append({day, row["model"_L1].toString(), row["client"_L1].toString(), number("requests"_L1),
                       number("failed"_L1), number("input_tokens"_L1), number("output_tokens"_L1),
                       number("thoughts_tokens"_L1), number("cached_tokens"_L1), row["interaction"_L1].toString()});
    }
    return counts;
}
