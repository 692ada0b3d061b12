#include "proxy/exchange/retrypolicy.h"

#include <QLocale>
#include <QRandomGenerator>
#include <QTimeZone>

#include <algorithm>

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr qint64 longest = 366LL * 24 * 3600; // in seconds; much larger numbers would overflow somewhere

// Returns what Retry-After asks for, which is a number of seconds or a date (RFC 9110, section 10.2.3). Returns nothing
// if the field is missing or not understood.
std::optional<seconds> retryAfter(const http::Fields &answer, const QDateTime &now)
{
    const QByteArray value = answer.value("retry-after");
    if (const std::optional<qint64> count = http::parseDecimal(value))
        return seconds(std::min(*count, longest));
    // A date has three forms, of which only this one may be sent (RFC 9110, section 5.6.7).
    QDateTime date =
            QLocale::c().toDateTime(QString::fromLatin1(value), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!date.isValid())
        return std::nullopt;
    date.setTimeZone(QTimeZone::utc());
    return seconds(std::max<qint64>(0, now.secsTo(date)));
}

} // namespace

RetryPolicy::RetryPolicy(const Limits &limits, bool retriesUnavailable)
    : m_retries(limits.retries),
      m_firstPause(limits.retryPause),
      m_longestPause(limits.longestRetryPause),
      m_retriesUnavailable(retriesUnavailable)
{}

RetryPolicy::Pause RetryPolicy::afterAnswer(int status, const http::Fields &fields, const QDateTime &now) const
{
    if (status != 503 || !m_retriesUnavailable || m_tries > m_retries)
        return std::nullopt;
    const milliseconds own = ownPause();
    const std::optional<seconds> asked = retryAfter(fields, now);
    if (!asked || *asked <= own)
        return own;
    if (*asked > m_longestPause)
        return std::nullopt;
    return *asked + own;
}

RetryPolicy::Pause RetryPolicy::afterFailure(QNetworkReply::NetworkError error, bool sent) const
{
    if (sent || m_tries > m_retries)
        return std::nullopt;
    switch (error) {
    case QNetworkReply::NoError:
    case QNetworkReply::TimeoutError:            // the client has waited long enough
    case QNetworkReply::SslHandshakeFailedError: // this one and those below will not get better
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return std::nullopt;
    default:
        return ownPause();
    }
}

// The pause doubles with each try. It is random, so that clients that failed together do not come back together.
milliseconds RetryPolicy::ownPause() const
{
    Q_ASSERT(m_tries > 0);
    const double jitter = 0.5 + QRandomGenerator::global()->generateDouble();
    const double factor = jitter * static_cast<double>(1 << (m_tries - 1));
    return milliseconds(static_cast<qint64>(static_cast<double>(m_firstPause.count()) * factor));
}

void correctRetryAfter(http::Fields &fields, const quota::Report &report, const QDateTime &now)
{
    const QByteArray told = fields.value("retry-after");
    if (report.isDaily && !report.isNone) {
        fields.set("Retry-After", QByteArray::number(qint64(quota::untilNextDay(now).count())));
    } else if (report.isNone || told == "0") { // waiting does not help, or a try at once would come too early
        fields.remove("retry-after");
    } else if (told.isEmpty() && report.retryAfter && report.retryAfter->count() > 0) {
        fields.set("Retry-After", QByteArray::number(qint64(report.retryAfter->count())));
    }
}
