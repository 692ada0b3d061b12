#include "proxy/quota.h"

#include "proxy/http/fields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace quota {

namespace {

// It goes into the log and the metrics: nothing of it may look like something else there.
QByteArray plain(const QString &text)
{
    QByteArray bytes = text.left(128).toLatin1();
    for (char &c : bytes) {
        const bool fine = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                || c == '-' || c == '_' || c == '.' || c == '/';
        if (!fine)
            c = '_';
    }
    return bytes;
}

// From the shortest to the longest, as Google's quotaIds spell it.
struct Period
{
    QByteArrayView spelt;
    const char *name;
};
constexpr std::array<Period, 4> periods = {
        Period{"PerSecond", "per-second"}, Period{"PerMinute", "per-minute"},
        Period{"PerHour", "per-hour"}, Period{"PerDay", "per-day"}};

int periodOf(QByteArrayView id)
{
    for (int i = 0; i < int(periods.size()); ++i) {
        if (id.contains(periods[std::size_t(i)].spelt))
            return i;
    }
    return -1;
}

} // namespace

std::optional<std::chrono::seconds> retryDelay(QByteArrayView text)
{
    if (!text.endsWith('s'))
        return std::nullopt;
    text.chop(1);
    const qsizetype dot = text.indexOf('.');
    const auto whole = http::parseDecimal(dot < 0 ? text : text.first(dot));
    constexpr qint64 year = 366LL * 24 * 3600;
    if (!whole || *whole > year)
        return std::nullopt;
    if (dot < 0)
        return std::chrono::seconds(*whole);
    const QByteArrayView fraction = text.sliced(dot + 1);
    if (!http::parseDecimal(fraction))
        return std::nullopt;
    const bool more =
            std::any_of(fraction.begin(), fraction.end(), [](char c) { return c != '0'; });
    return std::chrono::seconds(*whole + (more ? 1 : 0));
}

Report report(const QByteArray &body)
{
    const QJsonDocument json = QJsonDocument::fromJson(body);
    const QJsonObject object = json.isArray() ? json.array().at(0).toObject() : json.object();
    const QJsonArray details = object[QLatin1String("error")][QLatin1String("details")].toArray();

    Report found;
    int longest = -2;
    for (const QJsonValue &detail : details) {
        const QString type = detail[QLatin1String("@type")].toString();
        if (type.endsWith(QLatin1String("/google.rpc.RetryInfo"))) {
            found.retryAfter =
                    retryDelay(detail[QLatin1String("retryDelay")].toString().toLatin1());
        } else if (type.endsWith(QLatin1String("/google.rpc.QuotaFailure"))) {
            const QJsonArray violations = detail[QLatin1String("violations")].toArray();
            for (const QJsonValue &violation : violations) {
                QByteArray id = plain(violation[QLatin1String("quotaId")].toString());
                if (id.isEmpty())
                    id = plain(violation[QLatin1String("quotaMetric")].toString());
                const int period = periodOf(id);
                if (id.isEmpty() || period <= longest)
                    continue;
                longest = period;
                found.id = id;
                found.name = period < 0 ? id : QByteArray(periods[std::size_t(period)].name);
                const QByteArray model =
                        plain(violation[QLatin1String("quotaDimensions")][QLatin1String("model")]
                                      .toString());
                if (!model.isEmpty())
                    found.name += ' ' + model;
            }
        }
    }
    return found;
}

} // namespace quota
