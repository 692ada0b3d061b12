#include "proxy/gemini/interaction.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

namespace gemini {

namespace {

constexpr qsizetype longestField = 256; // of a line's name or an event's type; longer ones tell nothing
constexpr qsizetype longestText = 200;  // of an ID, a status, a model or a code

const QList<QByteArray> &wanted()
{
    static const QList<QByteArray> all{
            "event_type",
            "interaction_id",
            "id",
            "status",
            "model",
            "agent",
            "usage",
            "error.code",
            "interaction.id",
            "interaction.status",
            "interaction.model",
            "interaction.agent",
            "interaction.usage",
    };
    return all;
}

QByteArray shortText(const MemberScanner &members, QByteArrayView path)
{
    const QByteArray text = members.text(path);
    return text.size() <= longestText ? text : QByteArray();
}

// Codes are words, such as "gateway_timeout". Whatever else stands in their place is only told to be an error, so that
// nothing strange is counted under its own name.
QByteArray errorCode(const QByteArray &told)
{
    const bool isWord = !told.isEmpty() && told.size() <= 64 && std::all_of(told.begin(), told.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    return isWord ? told : QByteArrayLiteral("error");
}

void take(QByteArray &into, const QByteArray &told)
{
    if (!told.isEmpty())
        into = told;
}

} // namespace

InteractionRequest interactionRequest(QByteArrayView body)
{
    MemberScanner members({"model", "agent", "previous_interaction_id", "stream", "store", "background"}, 1024);
    members.feed(body);
    InteractionRequest request;
    request.isObject = members.isWhole();
    request.model = shortText(members, "model");
    request.agent = shortText(members, "agent");
    request.previousId = shortText(members, "previous_interaction_id");
    request.stream = members.flag("stream");
    request.store = members.flag("store");
    request.background = members.flag("background");
    return request;
}

bool isInteractionId(QByteArrayView id)
{
    return !id.isEmpty() && id.size() <= longestText && id != "." && id != ".."
            && std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool InteractionState::hasEnded() const
{
    // What requires continuation is continued by an interaction of its own, with a usage of its own.
    static const QList<QByteArray> final{"completed",
                                         "failed",
                                         "cancelled",
                                         "incomplete",
                                         "requires_action",
                                         "budget_exceeded",
                                         "requires_continuation"};
    return final.contains(status);
}

InteractionWatch::InteractionWatch() : m_members(wanted()) {}

void InteractionWatch::feed(QByteArrayView bytes)
{
    if (m_kind == Kind::Unknown) {
        // Of an answer that begins with a byte order mark, the mark is skipped.
        constexpr QByteArrayView skipped = " \t\r\n\xef\xbb\xbf";
        const auto first = std::find_if(bytes.begin(), bytes.end(), [skipped](char c) { return !skipped.contains(c); });
        if (first == bytes.end())
            return;
        bytes = bytes.sliced(first - bytes.begin());
        m_kind = *first == '{' ? Kind::Object : Kind::Stream;
    }
    if (m_kind == Kind::Stream) {
        feedStream(bytes);
        return;
    }
    if (m_members.isWhole())
        return;
    m_members.feed(bytes);
    if (m_members.isWhole())
        takeObject();
}

// Most events of a stream are pieces of text, which tell nothing here. Returns the size of such an event if it begins the
// bytes and lies in them as a whole, so that it can be skipped at once, else 0.
qsizetype InteractionWatch::sizeOfPiece(QByteArrayView bytes) const
{
    constexpr QByteArrayView beginning = "event: step.delta\ndata: ";
    const bool betweenEvents = m_line == Line::Name && m_name.isEmpty() && m_event.isEmpty() && !m_told;
    if (!betweenEvents || !bytes.startsWith(beginning))
        return 0;
    const qsizetype lineEnd = bytes.indexOf('\n', beginning.size());
    return lineEnd >= 0 && bytes.sliced(lineEnd + 1).startsWith('\n') ? lineEnd + 2 : 0;
}

void InteractionWatch::feedStream(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        if (const qsizetype size = sizeOfPiece(bytes)) {
            bytes = bytes.sliced(size);
            continue;
        }
        const qsizetype lineEnd = bytes.indexOf('\n');
        const QByteArrayView line = lineEnd < 0 ? bytes : bytes.first(lineEnd);
        QByteArrayView rest = line;
        if (m_line == Line::Name) {
            const qsizetype colon = rest.indexOf(':');
            QByteArrayView name = colon < 0 ? rest : rest.first(colon);
            if (colon < 0 || !m_name.isEmpty()) { // most names come whole, and are not copied
                if (m_name.size() <= longestField)
                    m_name += name;
                name = m_name;
            }
            if (colon >= 0) {
                rest = rest.sliced(colon + 1);
                m_line = name == "event" ? Line::Event : name == "data" && tellsSomething() ? Line::Data : Line::Other;
                if (m_line == Line::Event)
                    m_event.resize(0); // which keeps its memory
            }
        }
        if (m_line == Line::Event && m_event.size() <= longestField)
            m_event += rest;
        else if (m_line == Line::Data) {
            m_members.feed(rest);
            m_told = true;
        }
        if (lineEnd < 0)
            return;
        endLine();
        bytes = bytes.sliced(lineEnd + 1);
    }
}

void InteractionWatch::endLine()
{
    if (m_line == Line::Event)
        m_event = std::move(m_event).trimmed();
    else if (m_line == Line::Name && m_name.trimmed().isEmpty())
        endEvent();
    m_name.resize(0);
    m_line = Line::Name;
}

// Whether the event that is read tells anything about the interaction itself.
bool InteractionWatch::tellsSomething() const
{
    return m_event.isEmpty() || m_event.startsWith("interaction.") || m_event == "step.stop" || m_event == "error"
            || m_event == "done";
}

void InteractionWatch::endEvent()
{
    if (!std::exchange(m_told, false)) { // an event without data is none, and most tell nothing
        m_event.resize(0);
        return;
    }
    const bool tells = tellsSomething();
    const QByteArray event = std::exchange(m_event, {});
    const MemberScanner members = std::exchange(m_members, MemberScanner(wanted()));
    if (!tells)
        return; // its type was told behind its data
    const QByteArray type = event.isEmpty() ? members.text("event_type") : event;
    QByteArray usage;
    if (type.startsWith("interaction.")) {
        take(m_state.id, shortText(members, "interaction.id"));
        take(m_state.id, shortText(members, "interaction_id"));
        take(m_state.status, shortText(members, "status"));
        take(m_state.status, shortText(members, "interaction.status"));
        take(m_state.model, shortText(members, "interaction.agent"));
        take(m_state.model, shortText(members, "interaction.model"));
        usage = members.value("interaction.usage");
        m_state.completed = m_state.completed || type == "interaction.completed";
    } else if (type == "step.stop") {
        usage = members.value("usage"); // an agent's total so far
    } else if (type == "done") {
        m_state.done = true;
    } else if (type == "error") {
        m_state.error = errorCode(members.text("error.code"));
    }
    takeUsage(usage);
}

void InteractionWatch::takeUsage(const QByteArray &json)
{
    if (json.isEmpty())
        return;
    const TokenCounts counts = interactionTokenCounts(QJsonDocument::fromJson(json).object());
    if (counts != TokenCounts{}) // a usage that tells nothing takes nothing back
        m_state.usage.setCounts(counts);
}

void InteractionWatch::takeObject()
{
    m_state.id = shortText(m_members, "id");
    m_state.status = shortText(m_members, "status");
    take(m_state.model, shortText(m_members, "agent"));
    take(m_state.model, shortText(m_members, "model"));
    takeUsage(m_members.value("usage"));
    m_state.completed = true;
}

} // namespace gemini
