#include "app/desk/requestvalues.h"

namespace {
Request::State stateOf(ExchangeInfo::End end)
{
    switch (end) {
    case ExchangeInfo::End::Running:
        return Request::State::Running;
    case ExchangeInfo::End::Complete:
        return Request::State::Complete;
    case ExchangeInfo::End::ClientLeft:
        return Request::State::ClientLeft;
    case ExchangeInfo::End::Failed:
        break;
    }
    return Request::State::Failed;
}
} // namespace

Request requestOf(const ExchangeInfo &info)
{
    Request request;
    request.number = info.number;
    request.id = QString::fromLatin1(info.requestId);
    request.time = QDateTime::fromMSecsSinceEpoch(
            std::chrono::duration_cast<std::chrono::milliseconds>(info.time.time_since_epoch()).count());
    request.client = QString::fromUtf8(info.client);
    request.userAgent = QString::fromLatin1(info.userAgent);
    request.method = QString::fromLatin1(info.method);
    request.path = QString::fromUtf8(info.path);
    request.route = QString::fromLatin1(info.route);
    request.model = QString::fromUtf8(info.model);
    request.askedModel = QString::fromUtf8(info.askedModel);
    request.status = info.status;
    request.state = stateOf(info.end);
    request.sent = info.sent;
    request.firstByte = info.firstByte;
    request.duration = info.duration;
    request.bytesIn = info.requestBytes;
    request.bytesOut = info.responseBytes;
    request.tokensIn = info.usage.input;
    request.tokensOut = info.usage.output;
    request.tries = info.tries;
    request.failure = info.failure;
    if (info.interaction) {
        request.interaction = QString::fromUtf8(info.interaction->id);
        request.previousInteraction = QString::fromUtf8(info.interaction->previousId);
        request.isUnreadable = info.interaction->unreadable;
        request.interactionStatus = QString::fromUtf8(info.interaction->status);
        request.worksOn = info.interaction->background && !info.interaction->ended;
    }
    return request;
}

RequestContent contentOf(const ExchangeContent &content)
{
    return {content.number, content.body, content.fields};
}
