#include "ui/chat/exchangeformat.h"

#include "ui/chat/store/fence.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

constexpr qsizetype mostConversations = 100'000;
constexpr qsizetype mostTurns = 100'000;
constexpr qsizetype mostParts = 10'000;
constexpr qsizetype longestTitle = 1'000;

QString translated(const char *text)
{
    return QCoreApplication::translate("chat::Markdown", text);
}

QString onOneLine(const QString &text)
{
    return text.simplified();
}

// Escapes text that stands between the [ and ] of a link.
QString escaped(const QString &text)
{
    QString result;
    for (const QChar c : onOneLine(text)) {
        if (c == u'\\' || c == u'[' || c == u']' || c == u'<')
            result += u'\\';
        result += c;
    }
    return result;
}

QString attachment(const Part &part)
{
    const QString name = part.name.isEmpty() ? part.mimeType() : part.name;
    return u"*%1*"_s.arg(translated(QT_TRANSLATE_NOOP("chat::Markdown", "Attachment: %1")).arg(escaped(name)));
}

QString partToMarkdown(const Part &part)
{
    switch (part.kind) {
    case Part::Kind::Text:
        return part.text;
    case Part::Kind::Thought:
        return u"<details><summary>%1</summary>\n\n%2\n\n</details>"_s.arg(
                translated(QT_TRANSLATE_NOOP("chat::Markdown", "Thoughts")), part.text.trimmed());
    case Part::Kind::InlineData:
    case Part::Kind::FileData:
        return attachment(part);
    case Part::Kind::FunctionCall:
    case Part::Kind::FunctionResponse:
        return fenced(QString::fromUtf8(QJsonDocument(QJsonObject{{part.functionName(), part.arguments()}}).toJson()),
                      u"json"_s);
    case Part::Kind::ExecutableCode:
        return fenced(part.code(), part.language().toLower());
    case Part::Kind::CodeExecutionResult:
        return fenced(part.output(), {});
    case Part::Kind::Unknown:
        return fenced(QString::fromUtf8(QJsonDocument(part.fields).toJson()), u"json"_s);
    }
    return {};
}

QString turnToMarkdown(const Turn &turn)
{
    QString text = turn.role == Turn::Role::User ? translated(QT_TRANSLATE_NOOP("chat::Markdown", "## You"))
                                                 : translated(QT_TRANSLATE_NOOP("chat::Markdown", "## Gemini"));
    const Part *before = nullptr;
    for (const Part &part : turn.parts) {
        // A signature may have cut a text in two; its second half goes on without a break.
        const bool goesOn = before && before->kind == Part::Kind::Text && part.kind == Part::Kind::Text;
        text += (goesOn ? u""_s : u"\n\n"_s) + partToMarkdown(part);
        before = &part;
    }
    if (turn.error)
        text += "\n\n*"_L1 + escaped(turn.error->message) + u'*';
    if (!turn.sources.isEmpty())
        text += "\n\n"_L1 + translated(QT_TRANSLATE_NOOP("chat::Markdown", "Sources:")) + u'\n';
    int number = 0;
    for (const Source &source : turn.sources) {
        ++number;
        const QString title = escaped(source.title.isEmpty() ? source.uri : source.title);
        text += source.uri.isEmpty() ? u"\n%1. %2"_s.arg(number).arg(title)
                                     : u"\n%1. [%2](<%3>)"_s.arg(QString::number(number), title, source.uri);
    }
    return text;
}

QJsonObject turnToExport(const Turn &turn, const Blobs &blobs)
{
    QJsonArray parts;
    for (Part part : turn.parts) {
        if (part.kind == Part::Kind::InlineData && part.data.isEmpty())
            part.data = blobs.value(part.blob);
        parts.append(toStored(part, true));
    }
    return {{u"id"_s, turn.id},
            {u"parent"_s, turn.parent},
            {u"activeChild"_s, turn.activeChild},
            {u"role"_s, roleName(turn.role)},
            {u"state"_s, stateName(turn.state)},
            {u"parts"_s, parts},
            {u"meta"_s, metaToJson(turn)}};
}

// Returns the ID of a turn, 0 if there is none, or a negative number if the value is not valid.
TurnId idFromExport(const QJsonValue &value)
{
    if (value.isUndefined())
        return 0;
    const TurnId id = value.toInteger(-1);
    return id <= Conversation::largestId ? id : -1;
}

// Whether the year is from 1970 to 9999. Other years make no sense for a chat, and later ones could not be exported
// again.
bool isTime(const QDateTime &time)
{
    return time.isValid() && time.date().year() >= 1970 && time.date().year() <= 9999;
}

Expected<Turn, ImportError> turnFromExport(const QJsonObject &json)
{
    Turn turn;
    turn.id = idFromExport(json.value("id"_L1));
    turn.parent = idFromExport(json.value("parent"_L1));
    turn.activeChild = idFromExport(json.value("activeChild"_L1));
    const auto role = roleNamed(json.value("role"_L1).toString());
    const auto state = stateNamed(json.value("state"_L1).toString());
    const QJsonArray parts = json.value("parts"_L1).toArray();
    if (turn.id <= 0 || turn.parent < 0 || turn.activeChild < 0 || !role || !state || parts.size() > mostParts)
        return ImportError{u"a turn is not valid"_s};
    turn.role = *role;
    turn.state = *state;
    for (const auto &part : parts) {
        if (!part["part"_L1].isObject())
            return ImportError{u"a part is not valid"_s};
        turn.parts.append(partFromStored(part.toObject()));
        // The file brings the bytes with it. A blob name in it could only refer to a blob of another store.
        turn.parts.last().blob.clear();
        turn.parts.last().size = turn.parts.last().data.size();
    }
    metaFromJson(json.value("meta"_L1).toObject(), turn);
    if (turn.state == Turn::State::Streaming) {
        turn.state = Turn::State::Failed;
        turn.error = makeError(Error::Kind::Cut);
    }
    return turn;
}

Expected<Conversation, ImportError> conversationFromExport(const QJsonObject &json)
{
    ConversationInfo info;
    info.id = QUuid::fromString(json.value("id"_L1).toString());
    info.title = json.value("title"_L1).toString().left(longestTitle);
    info.created = QDateTime::fromString(json.value("created"_L1).toString(), Qt::ISODateWithMs).toUTC();
    info.updated = QDateTime::fromString(json.value("updated"_L1).toString(), Qt::ISODateWithMs).toUTC();
    info.pinned = json.value("pinned"_L1).toBool();
    info.model = json.value("model"_L1).toString();
    info.systemInstruction = json.value("systemInstruction"_L1).toString();
    info.parameters = parametersFromJson(json.value("parameters"_L1).toObject());
    info.activeRoot = idFromExport(json.value("activeRoot"_L1));
    if (info.id.isNull() || !isTime(info.created) || !isTime(info.updated))
        return ImportError{u"a conversation has no id or no time"_s};

    const QJsonArray array = json.value("turns"_L1).toArray();
    if (array.size() > mostTurns)
        return ImportError{u"a conversation has too many turns"_s};
    QList<Turn> turns;
    for (const auto &value : array) {
        auto turn = turnFromExport(value.toObject());
        if (!turn)
            return turn.error();
        turns.append(*std::move(turn));
    }
    auto conversation = Conversation::fromTurns(info, turns);
    if (!conversation)
        return ImportError{conversation.error().message};
    return *std::move(conversation);
}

} // namespace

QString toMarkdown(const Conversation &conversation)
{
    QString text = "# "_L1 + onOneLine(conversation.info.title) + u'\n';
    for (const TurnId id : conversation.path())
        text += u'\n' + turnToMarkdown(*conversation.turn(id)) + u'\n';
    return text;
}

QByteArray exportStart()
{
    return "{\"format\":\"gemini-desk-chats\",\"version\":" + QByteArray::number(formatVersion)
            + ",\"conversations\":[\n";
}

QByteArray exportSeparator()
{
    return ",\n";
}

QByteArray exportEnd()
{
    return "\n]}\n";
}

QJsonObject toExport(const Conversation &conversation, const Blobs &blobs)
{
    const ConversationInfo &info = conversation.info;
    QJsonArray turns;
    for (const Turn &turn : conversation.turns())
        turns.append(turnToExport(turn, blobs));
    return {{u"id"_s, info.id.toString(QUuid::WithoutBraces)},
            {u"title"_s, info.title},
            {u"created"_s, info.created.toString(Qt::ISODateWithMs)},
            {u"updated"_s, info.updated.toString(Qt::ISODateWithMs)},
            {u"pinned"_s, info.pinned},
            {u"model"_s, info.model},
            {u"systemInstruction"_s, info.systemInstruction},
            {u"parameters"_s, toJson(info.parameters)},
            {u"activeRoot"_s, info.activeRoot},
            {u"turns"_s, turns}};
}

Expected<QList<Conversation>, ImportError> fromExport(const QByteArray &json)
{
    QJsonParseError parsing;
    const QJsonObject whole = QJsonDocument::fromJson(json, &parsing).object();
    if (parsing.error != QJsonParseError::NoError)
        return ImportError{parsing.errorString()};
    if (whole.value("format"_L1).toString() != "gemini-desk-chats"_L1)
        return ImportError{u"it is no export of chats"_s};
    if (whole.value("version"_L1).toInt() != formatVersion)
        return ImportError{u"its version is not known"_s};
    const QJsonArray array = whole.value("conversations"_L1).toArray();
    if (array.size() > mostConversations)
        return ImportError{u"there are too many conversations"_s};
    QList<Conversation> conversations;
    for (const auto &value : array) {
        auto conversation = conversationFromExport(value.toObject());
        if (!conversation)
            return conversation.error();
        conversations.append(*std::move(conversation));
    }
    return conversations;
}

} // namespace chat
