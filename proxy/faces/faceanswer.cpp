#include "proxy/faces/faceanswer.h"

using namespace Qt::StringLiterals;

namespace faces {

namespace {

// Gemini tells the counts again and again, each time those that it knows by then.
void update(TokenCounts &counts, const TokenCounts &told)
{
    for (const auto count : {&TokenCounts::prompt, &TokenCounts::toolUse, &TokenCounts::answer, &TokenCounts::thoughts,
                             &TokenCounts::cached, &TokenCounts::total}) {
        if (told.*count >= 0)
            counts.*count = told.*count;
    }
}

// Gemini tells what it found with several pieces of its answer, too.
template <typename T>
void addNew(QList<T> &known, const QList<T> &told)
{
    for (const T &each : told) {
        if (!known.contains(each))
            known.append(each);
    }
}

} // namespace

FaceAnswer::FaceAnswer(const GeminiRequest &request, std::shared_ptr<SignatureStore> signatures)
    : m_streams(request.streams),
      m_model(QString::fromUtf8(request.askedModel)),
      m_callPrefix(request.callPrefix),
      m_names(request.names),
      m_signatures(std::move(signatures))
{}

QByteArray FaceAnswer::feed(QByteArrayView bytes)
{
    for (const gemini::AnswerDelta &delta : m_reader.feed(bytes))
        take(delta);
    return std::exchange(m_out, {});
}

QByteArray FaceAnswer::finish()
{
    for (const gemini::AnswerDelta &delta : m_reader.finish(true))
        take(delta);
    const auto ending = endingOf(m_reader.end(), m_hasContent);
    if (ending) {
        startOnce();
        if (!ending->words.isEmpty())
            takeText(isInText() ? u"\n\n"_s + ending->words : ending->words);
        end(*ending);
    } else {
        m_failure = ending.error();
    }
    return std::exchange(m_out, {});
}

QByteArray FaceAnswer::brokenOff(const ErrorAnswer &error)
{
    startOnce();
    takeError(error);
    return std::exchange(m_out, {});
}

QByteArray FaceAnswer::pause()
{
    if (!m_streams)
        return {};
    startOnce();
    takePause();
    return std::exchange(m_out, {});
}

void FaceAnswer::startOnce()
{
    if (!std::exchange(m_started, true))
        start();
}

void FaceAnswer::take(const gemini::AnswerDelta &delta)
{
    update(m_usage, delta.usage);
    addNew(m_queries, delta.searches);
    addNew(m_sources, delta.sources);
    startOnce();
    for (const gemini::Part &part : delta.parts)
        takePart(part);
}

void FaceAnswer::takePart(const gemini::Part &part)
{
    using Kind = gemini::Part::Kind;
    switch (part.kind) {
    case Kind::Thought:
        if (!part.text.isEmpty())
            takeThought(part.text);
        break;
    case Kind::Text:
        return takeWords(part.text);
    case Kind::FunctionCall: {
        Call call{newId(m_callPrefix), m_names.forClient(part.functionName()),
                  QCborMap::fromJsonObject(part.arguments()),
                  part.fields.value("thoughtSignature"_L1).toString().toUtf8()};
        if (!call.signature.isEmpty())
            m_signatures->keep(call.id.toUtf8(), call.signature);
        m_hasContent = true;
        return takeCall(call);
    }
    case Kind::ExecutableCode:
        return takeWords(u"\n```%1\n%2\n```\n"_s.arg(part.language().toLower(), part.code()));
    case Kind::CodeExecutionResult:
        return takeWords(u"\n```\n%1\n```\n"_s.arg(part.output()));
    case Kind::InlineData:
    case Kind::FileData:
        return takeWords(u"[%1, which this API cannot carry]"_s.arg(part.mimeType()));
    case Kind::FunctionResponse:
    case Kind::Unknown:
        break;
    }
}

void FaceAnswer::takeWords(const QString &text)
{
    if (text.isEmpty())
        return;
    m_hasContent = true;
    takeText(text);
}

void FaceAnswer::addEvent(QByteArrayView name, QByteArrayView json)
{
    m_out += "event: ";
    m_out += name;
    m_out += "\ndata: ";
    m_out += json;
    m_out += "\n\n";
}

} // namespace faces
