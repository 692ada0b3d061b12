#include "app/log/exchangelog.h"

#include "app/log/logging.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(exchangeLog, "proxy.exchange")

QString endName(ExchangeInfo::End end)
{
    switch (end) {
    case ExchangeInfo::End::Running:
        return u"running"_s;
    case ExchangeInfo::End::Complete:
        return u"complete"_s;
    case ExchangeInfo::End::ClientLeft:
        return u"client-left"_s;
    case ExchangeInfo::End::Failed:
        break;
    }
    return u"failed"_s;
}

// A client chose these bytes, so they are cut to a length that keeps the log readable.
QString shortened(const QByteArray &bytes)
{
    constexpr qsizetype most = 200;
    const QString text = QString::fromUtf8(bytes.left(most));
    return bytes.size() > most ? text + u'…' : text;
}

QString orDash(const QByteArray &bytes)
{
    return bytes.isEmpty() ? u"-"_s : shortened(bytes);
}

qint64 milliseconds(std::chrono::microseconds time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

} // namespace

void logExchange(const ExchangeInfo &info)
{
    if (!exchangeLog().isInfoEnabled())
        return;
    QString text = u"%1 %2 %3 status=%4 ms=%5 bytes=%6 end=%7 model=%8"_s.arg(
            orDash(info.requestId), orDash(info.method), orDash(info.path), QString::number(info.status),
            QString::number(milliseconds(info.duration)), QString::number(info.responseBytes), endName(info.end),
            orDash(info.model));
    if (!info.askedModel.isEmpty())
        text += u" asked=%1"_s.arg(shortened(info.askedModel));
    const QByteArray status = info.interaction ? info.interaction->status : QByteArray();
    if (!status.isEmpty())
        text += u" interaction=%1"_s.arg(shortened(status));
    if (!info.failure.isEmpty())
        text += u" failure=\"%1\""_s.arg(info.failure);

    logging::Fields fields{{"id", shortened(info.requestId)}, {"method", shortened(info.method)},
                           {"path", shortened(info.path)},    {"route", shortened(info.route)},
                           {"status", info.status},           {"duration_ms", milliseconds(info.duration)}};
    if (info.firstByte.count() >= 0)
        fields.append({"first_byte_ms", milliseconds(info.firstByte)});
    fields.append({"request_bytes", info.requestBytes});
    fields.append({"bytes", info.responseBytes});
    fields.append({"tries", info.tries});
    fields.append({"end", endName(info.end)});
    const auto appendKnown = [&fields](const char *name, const QString &value) {
        if (!value.isEmpty())
            fields.append({name, value});
    };
    appendKnown("model", shortened(info.model));
    appendKnown("asked_model", shortened(info.askedModel));
    if (info.interaction)
        appendKnown("interaction", shortened(info.interaction->id));
    appendKnown("interaction_status", shortened(status));
    appendKnown("client", shortened(info.client));
    if (info.usage.input >= 0)
        fields.append({"input_tokens", info.usage.input});
    if (info.usage.output >= 0)
        fields.append({"output_tokens", info.usage.output});
    appendKnown("error_type", shortened(info.errorType));
    appendKnown("quota", shortened(info.quota));
    appendKnown("failure", info.failure);
    logging::record(exchangeLog(), text, u"request"_s, fields);
}
