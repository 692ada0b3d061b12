#include "app/cli/agentrun.h"

#include "app/cli/answeroutput.h"
#include "app/cli/console.h"
#include "app/cli/interactionoutcome.h"
#include "app/system/terminal.h"

#include <algorithm>
#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype longestThoughts = 4096; // of which the newest title is searched
constexpr int mostFailures = 8;             // in a row, of streams and then of looks
constexpr std::chrono::milliseconds longestPause = 30s;
constexpr std::chrono::milliseconds longestPoll = 5s;

void writeToStandardError(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stderr);
    std::fflush(stderr);
}

// What a shell takes for this ID, whatever characters are in it.
QString quoted(const QByteArray &id)
{
    const bool plain = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || QByteArrayView("-_.=:+/").contains(c);
    });
    return QString::fromLatin1(plain ? id : '\'' + QByteArray(id).replace("'", "'\\''") + '\'');
}

QJsonObject createBody(const AgentRun::Task &task)
{
    QJsonObject body{{u"agent"_s, task.agent},
                     {u"input"_s, QString::fromUtf8(task.prompt)},
                     {u"background"_s, true},
                     {u"store"_s, true},
                     {u"stream"_s, true}};
    if (task.agent.startsWith("deep-research"_L1) || task.agent.startsWith("demo-deep-research"_L1)) {
        body[u"agent_config"_s] = QJsonObject{{u"type"_s, u"deep-research"_s}, {u"thinking_summaries"_s, u"auto"_s}};
    }
    return body;
}

} // namespace

AgentRun::AgentRun(LocalClient &client, AnswerOutput &output, Task task)
    : m_client(client),
      m_output(output),
      m_task(std::move(task)),
      m_progress(terminal::is(stderr), &writeToStandardError),
      m_retry(m_task.pause, longestPause)
{
    m_poll.setSingleShot(true);
    m_poll.setInterval(std::min(20 * m_task.pause, longestPoll));
    connect(&m_poll, &QTimer::timeout, this, [this] { ask(Request::Look); });
    connect(&m_retry, &RetryTimer::due, this, [this] { ask(m_streams ? Request::Stream : Request::Look); });
}

void AgentRun::start()
{
    m_id = m_task.id;
    ask(m_id.isEmpty() ? Request::Create : Request::Stream);
}

void AgentRun::leave()
{
    end({false, m_id.isEmpty() ? u"stopped before Gemini told the ID of the run"_s : u"stopped listening"_s});
}

void AgentRun::ask(Request request)
{
    m_request = request;
    m_reader.emplace();
    m_body.clear();
    const QByteArray target = "/v1beta/interactions"_ba;
    const QByteArray own = target + '/' + m_id.toPercentEncoding();
    switch (request) {
    case Request::Create:
        m_reply = m_client.postJson(target, createBody(m_task));
        break;
    case Request::Stream:
        m_text.seek(m_positionThere);
        m_reply = m_client.get(
                own + "?stream=true"
                + (m_lastEventId.isEmpty() ? ""_ba : "&last_event_id=" + m_lastEventId.toPercentEncoding()));
        break;
    case Request::Look:
        m_reply = m_client.get(own);
        break;
    }
    connect(m_reply.get(), &QNetworkReply::readyRead, this, &AgentRun::read);
    connect(m_reply.get(), &QNetworkReply::finished, this, &AgentRun::finish);
}

void AgentRun::read()
{
    const QByteArray bytes = m_reply->readAll();
    if (statusOf(*m_reply) != 200 || m_request == Request::Look) {
        keepBody(m_body, bytes, *m_reply);
        return;
    }
    take(m_reader->feed(bytes));
    if (m_output.failure() || m_reader->failed())
        m_reply->abort();
}

void AgentRun::finish()
{
    read();
    if (m_over)
        return;
    if (const auto failure = m_output.failure())
        return end(*failure);
    if (m_request == Request::Look)
        finishLook();
    else
        finishStream();
}

void AgentRun::finishStream()
{
    if (statusOf(*m_reply) != 200) {
        if (m_request == Request::Create) {
            const QString unknown = u"there is no such agent, or the upstream has no Interactions: "_s;
            return end({false, (statusOf(*m_reply) == 404 ? unknown : QString()) + failure()});
        }
        if (!isRefused())
            return tryAgain(failure());
        m_streams = false; // maybe there is a run, but no stream of it
        return ask(Request::Look);
    }
    take(m_reader->finish(m_reply->error() == QNetworkReply::NoError));
    const gemini::InteractionEnd &told = m_reader->end();
    if (told.tooLarge)
        return end(outcomeOf(told, false));
    if (told.isOver() && !told.hasGap && !told.error && !m_task.json)
        return end(outcomeOf(told, m_text.size() > 0));
    if (m_id.isEmpty())
        return end({false,
                    told.error ? outcomeOf(told, false).message
                               : u"the connection ended before Gemini told the ID of the run"_s});
    // If the stream has said all that it has to say, the interaction itself tells more.
    if (told.state.done || told.state.completed || told.state.hasEnded() || told.error)
        return ask(Request::Look);
    tryAgain(u"the connection broke off"_s);
}

void AgentRun::finishLook()
{
    if (statusOf(*m_reply) != 200)
        return isRefused() ? end({false, failure()}, Advice::None) : tryAgain(failure());
    if (m_body.size() > largestBody)
        return end({false, u"the answer is too large to be read"_s});
    QString whole;
    QList<gemini::InteractionDelta> deltas = m_reader->feed(m_body);
    deltas += m_reader->finish(m_reply->error() == QNetworkReply::NoError);
    QString thoughts;
    for (const gemini::InteractionDelta &delta : deltas) {
        whole += delta.text;
        thoughts += delta.thought;
    }
    const gemini::InteractionEnd &told = m_reader->end();
    if (told.state.status.isEmpty())
        return tryAgain(u"what is told of the run cannot be read"_s);
    if (told.isOver()) {
        writeReport(whole);
        return end(outcomeOf(told, !whole.isEmpty() || m_text.size() > 0));
    }
    introduce();
    m_progress.show(newestTitle(thoughts.right(longestThoughts)), told.state.usage.total);
    if (m_streams)
        return tryAgain(u"the stream ended before the run did"_s);
    m_failures = 0;
    m_retry.reset();
    m_poll.start();
}

// Writes what is missing of the report.
void AgentRun::writeReport(const QString &whole)
{
    m_progress.close();
    if (m_task.json) {
        m_output.write(QString::fromUtf8(m_body));
        return;
    }
    if (whole.isEmpty())
        return; // as much is known from the stream
    if (!m_text.isBeginningOf(whole)) {
        m_output.endLine();
        printError(u"what came before differs from the report, which follows as a whole"_s);
        m_output.write(whole);
        return;
    }
    m_text.seek(0);
    m_output.write(m_text.take(whole));
}

void AgentRun::take(const QList<gemini::InteractionDelta> &deltas)
{
    if (const QByteArray id = m_reader->end().state.id; m_id.isEmpty() && gemini::isInteractionId(id))
        m_id = id;
    if (!m_reader->end().state.id.isEmpty() || !deltas.isEmpty())
        introduce();
    for (const gemini::InteractionDelta &delta : deltas) {
        const QString fresh = m_text.take(delta.text);
        if (!fresh.isEmpty() && !m_task.json) {
            if (m_output.isTerminal())
                m_progress.close(); // the report itself shows how far it is
            m_output.write(fresh);
        }
        if (!delta.eventId.isEmpty()) {
            m_hasProgress = m_hasProgress || delta.eventId != m_lastEventId;
            m_lastEventId = delta.eventId;
            m_positionThere = m_text.position();
        }
        m_hasProgress = m_hasProgress || !fresh.isEmpty();
        if (!delta.thought.isEmpty()) {
            if (std::exchange(m_step, delta.step) != delta.step)
                m_thoughts.clear();
            m_thoughts = (m_thoughts + delta.thought).right(longestThoughts);
            m_progress.show(newestTitle(m_thoughts), -1);
        }
        if (!delta.searches.isEmpty())
            m_progress.show(u"Searching: "_s + delta.searches.constLast(), -1);
    }
    m_progress.show({}, m_reader->end().state.usage.total);
}

// Says once how to come back to the run, when it is known to exist.
void AgentRun::introduce()
{
    if (m_id.isEmpty() || std::exchange(m_isIntroduced, true))
        return;
    m_progress.say(u"gemini-proxy: the run goes on at Google whatever happens here; "_s + resumeAdvice());
}

// After a pause, which grows. What has brought the run further was no failure.
void AgentRun::tryAgain(const QString &why)
{
    if (std::exchange(m_hasProgress, false)) {
        m_failures = 0;
        m_retry.reset();
    }
    if (++m_failures > mostFailures) {
        if (!m_streams)
            return end({false, why});
        m_streams = false;
        m_failures = 0;
        m_retry.reset();
    }
    m_retry.start();
}

void AgentRun::end(Outcome outcome, Advice advice)
{
    if (std::exchange(m_over, true))
        return;
    m_retry.stop();
    m_poll.stop();
    m_reply.reset();
    m_progress.close();
    // Where the run may go on, the user is told how to come back to it.
    const bool runs = !m_id.isEmpty() && !(m_reader && m_reader->end().isOver());
    if (!outcome.whole && runs && advice == Advice::Resume && !outcome.message.isEmpty())
        outcome.message += "; "_L1 + resumeAdvice();
    emit ended(outcome);
}

// Whether Gemini says that it will never answer this request otherwise.
bool AgentRun::isRefused() const
{
    const int status = statusOf(*m_reply);
    return status >= 400 && status < 500 && status != 408 && status != 429;
}

QString AgentRun::failure() const
{
    return failureIn(*m_reply, m_body);
}

QString AgentRun::resumeAdvice() const
{
    return u"to come back to it: gemini-proxy ask --resume %1"_s.arg(quoted(m_id));
}
