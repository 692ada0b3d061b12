#include "ui/requests/requesttexts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(requesttexts)
};

double inSeconds(std::chrono::microseconds time)
{
    return std::chrono::duration<double>(time).count();
}

} // namespace

namespace requesttexts {

QString none()
{
    return u"–"_s;
}

QString duration(std::chrono::microseconds time)
{
    using namespace std::chrono;
    if (time < 0us)
        return none();
    // A time that would be rounded up to a whole of the next unit is given in that unit.
    if (time < 999'500us)
        return Texts::tr("%1 ms").arg(round<milliseconds>(time).count());
    if (time < 59'950ms)
        return Texts::tr("%1 s").arg(QLocale().toString(inSeconds(time), 'f', 1));
    const auto whole = round<std::chrono::seconds>(time).count();
    return Texts::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
}

QString spokenDuration(std::chrono::microseconds time)
{
    using namespace std::chrono;
    if (time < 0us)
        return Texts::tr("not yet");
    if (time < 999'500us)
        return Texts::tr("%n millisecond(s)", nullptr, static_cast<int>(round<milliseconds>(time).count()));
    return Texts::tr("%1 seconds").arg(QLocale().toString(inSeconds(time), 'f', 1));
}

QString size(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString client(const Request &request)
{
    if (!request.client.isEmpty())
        return request.client;
    qsizetype end = 0;
    while (end < request.userAgent.size() && request.userAgent[end] != u'/' && request.userAgent[end] != u' ')
        ++end;
    return end == 0 ? none() : request.userAgent.first(end);
}

QString state(Request::State state)
{
    switch (state) {
    case Request::State::Running:
        return Texts::tr("running");
    case Request::State::Complete:
        return Texts::tr("complete");
    case Request::State::ClientLeft:
        return Texts::tr("client left");
    case Request::State::Failed:
        return Texts::tr("failed");
    }
    return {};
}

QString status(const Request &request)
{
    if (request.status == 0)
        return state(request.state);
    return Texts::tr("%1, %2", "status code, state").arg(request.status).arg(state(request.state));
}

bool isError(const Request &request)
{
    return request.state == Request::State::Failed || request.status >= 400;
}

QString unreadable()
{
    return Texts::tr("unreadable", "in place of a model");
}

QString title(const Request &request)
{
    return request.method + u' ' + request.path;
}

QString life(const Request &request)
{
    QStringList said{
            Texts::tr("It came at %1.").arg(QLocale().toString(request.time.toLocalTime(), QLocale::ShortFormat))};
    if (request.sent.count() >= 0)
        said += Texts::tr("It had gone to Gemini after %1.").arg(spokenDuration(request.sent));
    if (request.firstByte.count() >= 0)
        said += Texts::tr("The first byte of the answer came after %1.").arg(spokenDuration(request.firstByte));
    switch (request.state) {
    case Request::State::Running:
        said += Texts::tr("It is running.");
        break;
    case Request::State::Complete:
        said += Texts::tr("It ended after %1.").arg(spokenDuration(request.duration));
        break;
    case Request::State::ClientLeft:
        said += Texts::tr("The client left after %1.").arg(spokenDuration(request.duration));
        break;
    case Request::State::Failed:
        said += Texts::tr("It failed after %1.").arg(spokenDuration(request.duration));
        break;
    }
    if (!request.interaction.isEmpty())
        said += Texts::tr("The interaction is %1.", "its ID").arg(request.interaction);
    if (!request.previousInteraction.isEmpty())
        said += Texts::tr("It continues %1.", "an interaction's ID").arg(request.previousInteraction);
    if (!request.interactionStatus.isEmpty())
        said += Texts::tr("Gemini calls it %1.", "an interaction, its status").arg(request.interactionStatus);
    if (request.state == Request::State::ClientLeft && request.worksOn)
        said += Texts::tr("Gemini goes on working on it.");
    if (request.tries > 1)
        said += Texts::tr("Gemini was asked %n time(s).", nullptr, request.tries);
    return said.join(u' ');
}

} // namespace requesttexts
