#include "tests/soak/actors.h"

#include <array>

namespace {

struct FaultRow
{
    const char *name;
    int status;
    HttpClient::End end;
};
// How each of the demo's faults must look from a client. Those that wait for a time limit are left
// to the tests.
constexpr std::array faultRows = {
        FaultRow{"reset-before", 502, HttpClient::End::Clean},
        FaultRow{"bad-head", 502, HttpClient::End::Clean},
        FaultRow{"cut", 200, HttpClient::End::Cut},
        FaultRow{"cut-between", 200, HttpClient::End::Cut},
        FaultRow{"cut-length", 200, HttpClient::End::Cut},
        FaultRow{"reset", 200, HttpClient::End::Cut},
        FaultRow{"bad-chunk", 200, HttpClient::End::Cut},
        FaultRow{"error-mid", 200, HttpClient::End::Clean},
        FaultRow{"key-invalid", 400, HttpClient::End::Clean},
        FaultRow{"quota", 429, HttpClient::End::Clean},
        FaultRow{"internal", 500, HttpClient::End::Clean},
        FaultRow{"unavailable", 503, HttpClient::End::Clean},
        FaultRow{"redirect", 502, HttpClient::End::Clean},
        FaultRow{"blocked", 200, HttpClient::End::Clean},
};

constexpr std::array malformedHeads = {
        "GET / HTTP/1.1\nHost: x\n\n",
        "POST /gemini-proxy HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST /gemini-proxy HTTP/1.1\r\nHost: HOST\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /gemini-proxy HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET / HTTP/1.1\r\nHost: HOST\r\n folded: x\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: HOST\r\n\r\n",
        "\x16\x03\x01\x02",
        "POST /gemini-proxy HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99999999999\r\n\r\n",
};

QByteArray nameOf(Actor::Part part)
{
    switch (part) {
    case Actor::Part::Good:
        return "good";
    case Actor::Part::Leaver:
        return "leaver";
    case Actor::Part::SlowReader:
        return "slow reader";
    case Actor::Part::SlowHead:
        return "slow head";
    case Actor::Part::SlowBody:
        return "slow body";
    case Actor::Part::Malformed:
        return "malformed";
    case Actor::Part::Fault:
        return "fault";
    }
    return {};
}

} // namespace

void Stage::score(const QByteArray &kind, const QByteArray &complaint)
{
    ++done[kind];
    if (complaint.isEmpty())
        return;
    ++wrong[kind];
    if (complaints.size() < 20)
        complaints.append(kind + ": " + complaint);
}

Actor::Actor(Part part, Stage &stage) : m_part(part), m_stage(stage)
{
    connect(&m_tick, &QTimer::timeout, this, &Actor::onTick);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { end("did not come to an end"); });
}

void Actor::begin()
{
    m_client = std::make_unique<HttpClient>(m_stage.port);
    connect(m_client.get(), &HttpClient::arrived, this, &Actor::onArrived, Qt::QueuedConnection);
    m_patience.start(120'000);
    const QList<QByteArray> prompts = m_stage.expected.keys();
    m_prompt = prompts.at(m_stage.pick(static_cast<int>(prompts.size())));
    m_rounds = 1;
    switch (m_part) {
    case Part::Good:
        m_rounds = 1 + m_stage.pick(4);
        m_client->ask(m_prompt);
        break;
    case Part::Leaver:
        m_leaveAt = m_stage.pick(3) == 0 ? 0 : m_stage.pick(8'000);
        m_client->ask(m_prompt);
        if (m_leaveAt == 0)
            m_tick.start(m_stage.pick(20)); // perhaps before the first byte
        break;
    case Part::SlowReader:
        m_client->setSink([](QByteArrayView) {});
        m_client->ask("much", {}, "?model=demo-huge");
        m_client->stopReading();
        m_tick.start(200 + m_stage.pick(400));
        break;
    case Part::SlowHead:
        m_toSend = "POST /gemini-proxy HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: " + QByteArray(4'000, 'x');
        m_tick.start(250);
        break;
    case Part::SlowBody:
        m_client->send("POST /gemini-proxy HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_stage.port)
                       + "\r\nContent-Length: 10000\r\n\r\n");
        m_tick.start(500 + m_stage.pick(9'000)); // some pauses are too long
        m_toSend = QByteArray(40, 'y');
        break;
    case Part::Malformed: {
        QByteArray bytes = malformedHeads.at(static_cast<std::size_t>(m_stage.pick(malformedHeads.size())));
        m_client->send(bytes.replace("HOST", "127.0.0.1:" + QByteArray::number(m_stage.port)));
        break;
    }
    case Part::Fault:
        m_fault = faultRows.at(static_cast<std::size_t>(m_stage.pick(faultRows.size()))).name;
        m_client->ask("fault", {}, "?model=demo-" + m_fault);
        break;
    }
}

void Actor::onTick()
{
    if (!m_client)
        return;
    switch (m_part) {
    case Part::Leaver:
        end({});
        break;
    case Part::SlowReader: // takes a little, then leaves for good
        m_client->goOnReading();
        m_tick.stop();
        break;
    case Part::SlowHead:
    case Part::SlowBody:
        if (!m_toSend.isEmpty())
            m_client->send(m_toSend.left(1));
        m_toSend.remove(0, 1);
        break;
    case Part::Good:
    case Part::Malformed:
    case Part::Fault:
        break;
    }
}

void Actor::onArrived()
{
    if (!m_client)
        return;
    switch (m_part) {
    case Part::Leaver:
        if (m_leaveAt > 0 && (m_client->response().length >= m_leaveAt || m_client->hasEnded()))
            end({});
        return;
    case Part::SlowReader:
        if (m_client->response().length > 1'000'000 || m_client->hasEnded())
            end(m_client->response().status == 200 ? "" : "no answer");
        return;
    case Part::Good:
    case Part::SlowHead:
    case Part::SlowBody:
    case Part::Malformed:
    case Part::Fault:
        break;
    }
    if (!m_client->hasEnded(m_client->responses().size()) || m_client->responses().isEmpty()) {
        if (m_client->wasClosed())
            end("the connection ended without an answer");
        return;
    }
    const QByteArray complaint = judge();
    if (complaint.isEmpty() && m_part == Part::Good && --m_rounds > 0) {
        if (m_client->responses().size() > 0)
            m_client->ask(m_prompt);
        return;
    }
    end(complaint);
}

QByteArray Actor::judge() const
{
    const HttpClient::Response response = m_client->response();
    const auto statusIs = [&response](std::initializer_list<int> statuses) {
        for (const int status : statuses) {
            if (response.status == status)
                return QByteArray();
        }
        return "status " + QByteArray::number(response.status) + ": " + response.body.left(200);
    };
    switch (m_part) {
    case Part::Good:
        if (response.status != 200)
            return statusIs({200});
        if (response.end != HttpClient::End::Clean)
            return "not whole, after " + QByteArray::number(response.length) + " bytes";
        return response.body == m_stage.expected.value(m_prompt) ? "" : "not the upstream's bytes";
    case Part::SlowHead:
    case Part::SlowBody:
        return statusIs({408});
    case Part::Malformed:
        return statusIs({400, 413, 501, 505});
    case Part::Fault:
        for (const FaultRow &row : faultRows) {
            if (row.name != m_fault)
                continue;
            if (response.status != row.status)
                return m_fault + ' ' + statusIs({row.status});
            return response.end == row.end ? "" : m_fault + " ended the wrong way";
        }
        break;
    case Part::Leaver:
    case Part::SlowReader:
        break;
    }
    return {};
}

void Actor::end(const QByteArray &complaint)
{
    m_tick.stop();
    m_patience.stop();
    m_stage.score(nameOf(m_part), complaint);
    if (m_client && m_part == Part::Leaver && m_stage.pick(2) == 0)
        m_client->reset();
    if (m_client)
        m_client.release()->deleteLater(); // closes
    if (!m_stopped)
        QTimer::singleShot(m_stage.pick(50), this, &Actor::begin);
}
