#include "ui/chat/error.h"

#include "proxy/gemini/answer.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

using Kind = Error::Kind;

struct Name
{
    Kind kind;
    QLatin1StringView name;
};
constexpr std::array names = {
        Name{Kind::Key, "key"_L1},           Name{Kind::Quota, "quota"_L1},     Name{Kind::Model, "model"_L1},
        Name{Kind::Blocked, "blocked"_L1},   Name{Kind::Network, "network"_L1}, Name{Kind::Overloaded, "overloaded"_L1},
        Name{Kind::TooLarge, "tooLarge"_L1}, Name{Kind::Stopped, "stopped"_L1}, Name{Kind::Cut, "cut"_L1},
        Name{Kind::Other, "other"_L1},
};

QString words(Kind kind)
{
    const auto translated = [](const char *text) { return QCoreApplication::translate("chat::Error", text); };
    switch (kind) {
    case Kind::Key:
        return translated(QT_TRANSLATE_NOOP("chat::Error", "The key is missing or not valid."));
    case Kind::Quota:
        return translated(QT_TRANSLATE_NOOP("chat::Error", "The quota is used up for now."));
    case Kind::Model:
        return translated(QT_TRANSLATE_NOOP("chat::Error", "There is no such model."));
    case Kind::Blocked:
        return translated(QT_TRANSLATE_NOOP("chat::Error", "Gemini refused to answer this."));
    case Kind::Network:
        return translated(QT_TRANSLATE_NOOP("chat::Error", "Gemini could not be reached."));
    case Kind::Overloaded:
        return translated(QT_TRANSLATE_NOOP("chat::Error", "The model is overloaded. Try again in a moment."));
    case Kind::TooLarge:
        return translated(QT_TRANSLATE_NOOP("chat::Error", "The question is too large to be sent."));
    case Kind::Stopped:
        return translated(QT_TRANSLATE_NOOP("chat::Error", "The answer was stopped."));
    case Kind::Cut:
        return translated(QT_TRANSLATE_NOOP("chat::Error", "The answer broke off before it was complete."));
    case Kind::Other:
        return translated(QT_TRANSLATE_NOOP("chat::Error", "Something went wrong on the way to Gemini."));
    }
    return {};
}

Kind kindOf(int status, const QString &reason, const QString &message)
{
    if (reason.startsWith("API_KEY_"_L1))
        return Kind::Key;
    switch (status) {
    case 400:
        // Gemini has no code of its own for this. It says "The input token count (N) exceeds the maximum number of
        // tokens allowed (M)" or "Request payload size exceeds the limit".
        return message.contains("exceeds the "_L1) && (message.contains("token"_L1) || message.contains("payload"_L1))
                ? Kind::TooLarge
                : Kind::Other;
    case 401:
    case 403:
        return Kind::Key;
    case 404:
        return Kind::Model;
    case 413:
    case 431:
        return Kind::TooLarge;
    case 429:
        return Kind::Quota;
    case 502:
    case 504:
        return Kind::Network;
    case 503:
        // The proxy says with this status that it has no key. Gemini's own 503 means that it is overloaded.
        return message.startsWith("There is no key"_L1) ? Kind::Key : Kind::Overloaded;
    default:
        return Kind::Other;
    }
}

// Reads a google.protobuf.Duration ("34s", "0.5s") or the seconds of HTTP's Retry-After, and rounds up.
std::optional<std::chrono::seconds> seconds(QString text)
{
    if (text.endsWith(u's'))
        text.chop(1);
    bool ok = false;
    const double value = text.toDouble(&ok);
    if (!ok || !(value >= 0) || value > 366.0 * 24 * 3600)
        return std::nullopt;
    return std::chrono::seconds(std::llround(std::ceil(value)));
}

} // namespace

QString kindName(Error::Kind kind)
{
    for (const Name &row : names) {
        if (row.kind == kind)
            return row.name;
    }
    return {};
}

Error::Kind kindNamed(QStringView name)
{
    for (const Name &row : names) {
        if (row.name == name)
            return row.kind;
    }
    return Kind::Other;
}

Error makeError(Error::Kind kind, int status)
{
    return {kind, words(kind), status};
}

Error errorFrom(const gemini::AnswerError &told, int status, const QByteArray &retryAfter)
{
    QString reason;
    Error error;
    error.retryAfter = seconds(QString::fromLatin1(retryAfter));
    for (const auto &detail : told.details) {
        const QString type = detail["@type"_L1].toString();
        if (type.endsWith("google.rpc.ErrorInfo"_L1))
            reason = detail["reason"_L1].toString();
        else if (type.endsWith("google.rpc.RetryInfo"_L1))
            error.retryAfter = seconds(detail["retryDelay"_L1].toString());
        else if (type.endsWith("google.rpc.QuotaFailure"_L1))
            error.quota = detail["violations"_L1][0]["quotaId"_L1].toString();
    }
    error.status = status != 0 ? status : told.code;
    error.message = told.message;
    error.kind = kindOf(error.status, reason, error.message);
    if (error.message.isEmpty())
        error.message = words(error.kind);
    return error;
}

std::optional<Error> errorFromJson(const QByteArray &json, int status, const QByteArray &retryAfter)
{
    const auto told = gemini::errorIn(json);
    return told ? std::optional(errorFrom(*told, status, retryAfter)) : std::nullopt;
}

Error errorFromAnswer(int status, const QByteArray &body, const QByteArray &retryAfter)
{
    if (const auto error = errorFromJson(body, status, retryAfter))
        return *error;
    Error error = makeError(kindOf(status, {}, {}), status);
    error.retryAfter = seconds(QString::fromLatin1(retryAfter));
    return error;
}

} // namespace chat
