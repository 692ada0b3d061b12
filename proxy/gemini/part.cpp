#include "proxy/gemini/part.h"

#include <array>

using namespace Qt::StringLiterals;

namespace gemini {

namespace {

using Kind = Part::Kind;

struct Member
{
    Kind kind;
    QLatin1StringView name;
};
constexpr std::array members = {
        Member{Kind::InlineData, "inlineData"_L1},         Member{Kind::FileData, "fileData"_L1},
        Member{Kind::FunctionCall, "functionCall"_L1},     Member{Kind::FunctionResponse, "functionResponse"_L1},
        Member{Kind::ExecutableCode, "executableCode"_L1}, Member{Kind::CodeExecutionResult, "codeExecutionResult"_L1},
};

// Returns a member of the object that gives the part its kind, such as "mimeType" of "inlineData".
QJsonValue inner(const Part &part, QLatin1StringView name)
{
    for (const Member &member : members) {
        if (member.kind == part.kind)
            return part.fields.value(member.name)[name];
    }
    return QJsonValue::Undefined;
}

} // namespace

QString Part::mimeType() const
{
    return inner(*this, "mimeType"_L1).toString();
}
QString Part::base64() const
{
    return inner(*this, "data"_L1).toString();
}
QString Part::uri() const
{
    return inner(*this, "fileUri"_L1).toString();
}
QString Part::functionName() const
{
    return inner(*this, "name"_L1).toString();
}
QString Part::code() const
{
    return inner(*this, "code"_L1).toString();
}
QString Part::language() const
{
    return inner(*this, "language"_L1).toString();
}
QString Part::output() const
{
    return inner(*this, "output"_L1).toString();
}
QString Part::outcome() const
{
    return inner(*this, "outcome"_L1).toString();
}

QJsonObject Part::arguments() const
{
    return inner(*this, kind == Kind::FunctionResponse ? "response"_L1 : "args"_L1).toObject();
}

Part partFromJson(const QJsonObject &json)
{
    Part part;
    part.fields = json;
    if (json.value("text"_L1).isString()) {
        part.kind = json.value("thought"_L1).toBool() ? Kind::Thought : Kind::Text;
        part.text = part.fields.take("text"_L1).toString();
        return part;
    }
    part.kind = Kind::Unknown;
    for (const Member &member : members) {
        if (json.value(member.name).isObject())
            part.kind = member.kind;
    }
    return part;
}

} // namespace gemini
