#include "proxy/gate/responsewriter.h"

#include "proxy/http/chunked.h"
#include "proxy/http/responsehead.h"

#include <QDateTime>
#include <QLocale>

namespace {

// Returns the current time as HTTP writes it (RFC 9110, section 5.6.7).
QByteArray httpDate()
{
    return QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'").toLatin1();
}

void appendOwnFields(http::Fields &fields, const QByteArray &requestId)
{
    if (!fields.contains("date"))
        fields.append("Date", httpDate());
    fields.append("X-Request-Id", requestId);
}

} // namespace

void ResponseWriter::begin(int status, const http::Fields &fields, std::optional<qint64> length,
                           const http::RequestHead &request, const QByteArray &requestId, Persistence persistence)
{
    Q_ASSERT(!m_begun);
    m_begun = true;
    m_chunked = false;
    m_endsWithConnection = false;
    m_bodyAllowed = request.method != "HEAD" && status != 204 && status != 304;

    http::Fields all = fields;
    appendOwnFields(all, requestId);
    if (status != 204 && (length || !m_bodyAllowed)) {
        if (length)
            all.append("Content-Length", QByteArray::number(*length));
    } else if (m_bodyAllowed && request.minorVersion == 1) {
        m_chunked = true;
        all.append("Transfer-Encoding", "chunked");
    } else if (m_bodyAllowed) {
        m_endsWithConnection = true;
    }
    if (persistence.closes || m_endsWithConnection) {
        all.append("Connection", "close");
    } else {
        // Tells the client how long the connection stays open. Otherwise it might send a request on a connection that
        // is just being closed here.
        all.append("Connection", "keep-alive");
        all.append("Keep-Alive", "timeout=" + QByteArray::number(qint64(persistence.keepAliveTime.count())));
    }
    m_head = http::serializeResponseHead(status, http::reasonPhrase(status), all);
}

QByteArray ResponseWriter::piece(QByteArrayView bytes)
{
    QByteArray framed = takeHead();
    if (m_bodyAllowed)
        framed += m_chunked ? http::encodeChunk(bytes) : bytes.toByteArray();
    return framed;
}

QByteArray ResponseWriter::end()
{
    QByteArray bytes = takeHead();
    if (std::exchange(m_chunked, false))
        bytes += http::lastChunk;
    m_begun = false;
    return bytes;
}

QByteArray ResponseWriter::switchHead(const http::Fields &fields, const QByteArray &requestId)
{
    http::Fields all = fields;
    appendOwnFields(all, requestId);
    return http::serializeResponseHead(101, http::reasonPhrase(101), all);
}
