#include "proxy/exchange/retrypolicy.h"

#include <QLocale>
#include <QRandomGenerator>
#include <QTimeZone>

#include <algorithm>

namespace {
constexpr qint64 longest = 366LL * 24 * 3600; // seconds: what is larger would overflow somewhere
}

namespace retrypolicy {

std::optional<std::chrono::seconds> after(const http::Fields &answer, const QDateTime &now)
{
    const QByteArray value = answer.value("retry-after");
    if (const std::optional<qint64> seconds = http::parseDecimal(value))
        return std::chrono::seconds(std::min(*seconds, longest));
    // Of the three forms of a date the one that may be sent (RFC 9110, section 5.6.7).
    QDateTime date =
            QLocale::c().toDateTime(QString::fromLatin1(value), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!date.isValid())
        return std::nullopt;
    date.setTimeZone(QTimeZone::utc());
    return std::chrono::seconds(std::max<qint64>(0, now.secsTo(date)));
}

std::optional<std::chrono::milliseconds> pause(const Limits &limits, int tries, const http::Fields &answer)
{
    const double jitter = 0.5 + QRandomGenerator::global()->generateDouble();
    const double factor = jitter * static_cast<double>(1 << (tries - 1));
    const std::chrono::milliseconds own(static_cast<qint64>(static_cast<double>(limits.retryPause.count()) * factor));
    const auto asked = after(answer, QDateTime::currentDateTimeUtc());
    if (!asked || *asked <= own)
        return own;
    if (*asked > limits.longestRetryPause)
        return std::nullopt;
    return *asked + own;
}

void setRetryAfter(http::Fields &fields, const quota::Report &report, const QDateTime &now)
{
    const QByteArray told = fields.value("retry-after");
    if (report.isNone) {
        fields.remove("retry-after");
    } else if (report.isDaily) {
        fields.set("Retry-After", QByteArray::number(qint64(quota::untilNextDay(now).count())));
    } else if (told == "0") { // that was just tried
        fields.remove("retry-after");
    } else if (told.isEmpty() && report.retryAfter && report.retryAfter->count() > 0) {
        fields.set("Retry-After", QByteArray::number(qint64(report.retryAfter->count())));
    }
}

} // namespace retrypolicy
