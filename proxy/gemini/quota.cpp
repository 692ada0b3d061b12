#include "proxy/gemini/quota.h"

#include "proxy/gemini/decimal.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

#include <algorithm>
#include <array>

namespace quota {

namespace {

// Replaces all characters but letters, digits and "-_./" by "_", since the text goes into the log and the metrics,
// where it must not look like anything else.
QByteArray plain(const QString &text)
{
    QByteArray bytes = text.left(128).toLatin1();
    for (char &c : bytes) {
        const bool fine = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'
                || c == '_' || c == '.' || c == '/';
        if (!fine)
            c = '_';
    }
    return bytes;
}

// The periods of quotas, from the shortest to the longest, and how Google's quotaIds spell them.
struct Period
{
    QByteArrayView spelt;
    const char *name;
};
constexpr std::array<Period, 4> periods = {Period{"PerSecond", "per-second"}, Period{"PerMinute", "per-minute"},
                                           Period{"PerHour", "per-hour"}, Period{"PerDay", "per-day"}};

int periodOf(QByteArrayView id)
{
    for (int i = 0; i < int(periods.size()); ++i) {
        if (id.contains(periods[std::size_t(i)].spelt))
            return i;
    }
    return -1;
}

constexpr int day = 3;
static_assert(periods.size() == day + 1);

// Whether the message says that the quota is zero. Google leaves out a quotaValue of zero and tells it only in the
// message: "Quota exceeded for metric: ..., limit: 0, model: gemini-2.5-pro".
bool saysNone(const QString &message)
{
    const QLatin1String none("limit: 0");
    for (qsizetype at = message.indexOf(none); at >= 0; at = message.indexOf(none, at + 1)) {
        const qsizetype end = at + none.size();
        if (end == message.size() || (!message[end].isDigit() && message[end] != u'.'))
            return true;
    }
    return false;
}

} // namespace

std::optional<std::chrono::seconds> retryDelay(QByteArrayView text)
{
    if (!text.endsWith('s'))
        return std::nullopt;
    text.chop(1);
    const qsizetype dot = text.indexOf('.');
    const auto whole = parseDecimal(dot < 0 ? text : text.first(dot));
    constexpr qint64 year = 366LL * 24 * 3600;
    if (!whole || *whole > year)
        return std::nullopt;
    if (dot < 0)
        return std::chrono::seconds(*whole);
    const QByteArrayView fraction = text.sliced(dot + 1);
    if (!parseDecimal(fraction))
        return std::nullopt;
    const bool more = std::any_of(fraction.begin(), fraction.end(), [](char c) { return c != '0'; });
    return std::chrono::seconds(*whole + (more ? 1 : 0));
}

Report report(const QByteArray &body)
{
    const QJsonDocument json = QJsonDocument::fromJson(body);
    const QJsonObject object = json.isArray() ? json.array().at(0).toObject() : json.object();
    const QJsonValue error = object[QLatin1String("error")];
    const QJsonArray details = error[QLatin1String("details")].toArray();

    Report found;
    found.isNone = saysNone(error[QLatin1String("message")].toString());
    int longest = -2;
    for (const auto &detail : details) {
        const QString type = detail[QLatin1String("@type")].toString();
        if (type.endsWith(QLatin1String("/google.rpc.RetryInfo"))) {
            found.retryAfter = retryDelay(detail[QLatin1String("retryDelay")].toString().toLatin1());
        } else if (type.endsWith(QLatin1String("/google.rpc.QuotaFailure"))) {
            const QJsonArray violations = detail[QLatin1String("violations")].toArray();
            for (const auto &violation : violations) {
                found.isNone = found.isNone || violation[QLatin1String("quotaValue")] == QLatin1String("0");
                QByteArray id = plain(violation[QLatin1String("quotaId")].toString());
                if (id.isEmpty())
                    id = plain(violation[QLatin1String("quotaMetric")].toString());
                const int period = periodOf(id);
                if (id.isEmpty() || period <= longest)
                    continue;
                longest = period;
                found.isDaily = period == day;
                found.id = id;
                found.name = period < 0 ? id : QByteArray(periods[std::size_t(period)].name);
                const QByteArray model =
                        plain(violation[QLatin1String("quotaDimensions")][QLatin1String("model")].toString());
                if (!model.isEmpty())
                    found.name += ' ' + model;
            }
        }
    }
    return found;
}

std::chrono::seconds untilNextDay(const QDateTime &now)
{
    QTimeZone pacific("America/Los_Angeles");
    if (!pacific.isValid()) // the system has no table of time zones; the result is an hour too late in summer
        pacific = QTimeZone(-8 * 3600);
    const QDateTime there = now.toTimeZone(pacific);
    return std::chrono::seconds(now.secsTo(there.date().addDays(1).startOfDay(pacific)) + 1);
}

} // namespace quota
