#include "proxy/faces/errorshape.h"

#include "proxy/gemini/answer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace faces {

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString openAiErrorType(int status)
{
    switch (status) {
    case 401:
        return u"authentication_error"_s;
    case 403:
        return u"permission_error"_s;
    case 429:
        return u"rate_limit_error"_s;
    default:
        return status < 500 ? u"invalid_request_error"_s : u"server_error"_s;
    }
}

// Whether this is what Anthropic's clients know as "overloaded". They try it again and again, so an error that says it
// is no use is another one.
bool isOverload(const ErrorAnswer &error)
{
    return error.status == 503 && !error.fields.contains("x-should-retry");
}

QJsonObject anthropicError(const ErrorAnswer &error)
{
    const QString type = error.status == 503 && !isOverload(error) ? u"api_error"_s : anthropicErrorType(error.status);
    return {{u"type"_s, type}, {u"message"_s, error.message}};
}

QByteArray anthropicBody(const QJsonObject &error)
{
    return compact({{u"type"_s, u"error"_s}, {u"error"_s, error}});
}

} // namespace

QString anthropicErrorType(int status)
{
    switch (status) {
    case 401:
        return u"authentication_error"_s;
    case 403:
        return u"permission_error"_s;
    case 404:
        return u"not_found_error"_s;
    case 413:
        return u"request_too_large"_s;
    case 429:
        return u"rate_limit_error"_s;
    case 504:
        return u"timeout_error"_s;
    case 503:
    case 529:
        return u"overloaded_error"_s;
    default:
        return status < 500 ? u"invalid_request_error"_s : u"api_error"_s;
    }
}

QString openAiErrorCode(int status)
{
    switch (status) {
    case 401:
        return u"invalid_api_key"_s;
    case 404:
        return u"not_found"_s;
    case 429:
        return u"rate_limit_exceeded"_s;
    default:
        return {};
    }
}

ErrorAnswer errorAs(Api api, const ErrorAnswer &error)
{
    ErrorAnswer shaped = error;
    if (!error.json.isEmpty())
        return shaped; // it has its shape already
    switch (api) {
    case Api::Gemini:
        break;
    case Api::Ollama:
        shaped.json = compact({{u"error"_s, error.message}});
        break;
    case Api::OpenAi: {
        const QString code = openAiErrorCode(error.status);
        shaped.json = compact({{u"error"_s,
                                QJsonObject{{u"message"_s, error.message},
                                            {u"type"_s, openAiErrorType(error.status)},
                                            {u"param"_s, QJsonValue::Null},
                                            {u"code"_s, code.isEmpty() ? QJsonValue() : QJsonValue(code)}}}});
        break;
    }
    case Api::Anthropic:
        shaped.json = anthropicBody(anthropicError(error));
        if (isOverload(error))
            shaped.status = 529;
        break;
    }
    return shaped;
}

ErrorAnswer threadsRefused()
{
    ErrorAnswer refusal{400, u"thread: conversations are not kept here. Send all messages, without thread."_s};
    QJsonObject error = anthropicError(refusal);
    error.insert(u"details"_s,
                 QJsonObject{{u"error_code"_s, u"thread_unsupported_request"_s},
                             {u"unsupported"_s, QJsonArray{u"thread"_s}}});
    refusal.json = anthropicBody(error);
    return refusal;
}

ErrorAnswer errorOfGemini(int status, const QByteArray &body)
{
    if (const auto error = gemini::errorIn(body); error && !error->message.isEmpty())
        return {status, error->message};
    return {status, u"Gemini answered with the status %1 and no word of explanation."_s.arg(status)};
}

} // namespace faces
