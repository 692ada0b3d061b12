#include "proxy/demo/demoserver.h"

#include "proxy/demo/demotexts.h"
#include "proxy/http/chunked.h"
#include "proxy/http/responsehead.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>
#include <QTextBoundaryFinder>
#include <QTimer>

#include <memory>
#include <optional>

#ifdef Q_OS_UNIX
#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace {

// A client that keeps every byte it gets.
class Client
{
public:
    explicit Client(const DemoServer &server, std::unique_ptr<QTcpSocket> ownSocket = nullptr)
        : socket(ownSocket ? std::move(ownSocket) : std::make_unique<QTcpSocket>())
    {
        socket->setProxy(QNetworkProxy::NoProxy);
        const auto take = [this] {
            if (socket->isOpen())
                received += socket->readAll();
        };
        QObject::connect(socket.get(), &QIODevice::readyRead, socket.get(), take);
        QObject::connect(socket.get(), &QAbstractSocket::disconnected, socket.get(), [this, take] {
            take();
            closed = true;
        });
        const auto port = quint16(server.url().port());
        if (auto *tls = qobject_cast<QSslSocket *>(socket.get()))
            tls->connectToHostEncrypted(u"127.0.0.1"_s, port);
        else
            socket->connectToHost(u"127.0.0.1"_s, port);
    }
    ~Client() { socket->disconnect(); }

    void send(const QByteArray &bytes) { socket->write(bytes); }

    std::unique_ptr<QTcpSocket> socket;
    QByteArray received;
    bool closed = false;
};

// Like QTest::qWaitFor(), but that sleeps 10 ms in each round, which is too long for answers of many rounds.
template <typename Predicate>
bool waitFor(Predicate predicate)
{
    bool late = false;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&late] { late = true; });
    timer.start(60'000);
    while (!late && !predicate())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return !late;
}

struct Response
{
    enum class Body { Whole, Short, Malformed };
    int status = 0; // 0 = no valid head
    http::Fields fields;
    QByteArray body;
    Body end = Body::Short;
    qsizetype used = 0;
};

// The first response of the bytes; `closed`: no more will come.
Response parse(const QByteArray &bytes, bool closed)
{
    Response response;
    qsizetype scanned = 0;
    const auto length = http::findHeadEnd(bytes, scanned, {});
    if (!length || *length == 0)
        return response;
    const auto head = http::parseResponseHead(QByteArrayView(bytes).first(*length), {});
    if (!head)
        return response;
    response.status = head->status;
    response.fields = head->fields;
    const QByteArray rest = bytes.sliced(*length);
    const auto framing = http::responseFraming(*head, "POST");
    if (!framing)
        return response;
    switch (framing->kind) {
    case http::ResponseFraming::Kind::None:
        response.end = Response::Body::Whole;
        break;
    case http::ResponseFraming::Kind::Length:
        response.body = rest.left(framing->length);
        if (response.body.size() == framing->length)
            response.end = Response::Body::Whole;
        break;
    case http::ResponseFraming::Kind::Chunked: {
        http::ChunkedDecoder decoder;
        response.used = decoder.decode(rest, response.body);
        if (decoder.status() == http::ChunkedDecoder::Status::Error)
            response.end = Response::Body::Malformed;
        else if (decoder.status() == http::ChunkedDecoder::Status::Done)
            response.end = Response::Body::Whole;
        response.used += *length;
        return response;
    }
    case http::ResponseFraming::Kind::Close:
        response.body = rest;
        if (closed)
            response.end = Response::Body::Whole;
        break;
    }
    response.used = *length + response.body.size();
    return response;
}

QByteArray post(const QByteArray &target, const QByteArray &body, const QByteArray &fields = {})
{
    return "POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1:1\r\nx-goog-api-key: k\r\n" + fields
            + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray get(const QByteArray &target, const QByteArray &fields = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:1\r\nx-goog-api-key: k\r\n" + fields + "\r\n";
}

const QByteArray lastOne = "Connection: close\r\n";

// A request with this prompt, or with a picture if that is empty.
QByteArray contents(const QString &prompt)
{
    const QJsonObject picture{{u"inlineData"_s, QJsonObject{{u"mimeType"_s, u"image/png"_s}}}};
    const QJsonObject text{{u"text"_s, prompt}}; // Gemini refuses an empty one
    const QJsonObject turn{{u"role"_s, u"user"_s}, {u"parts"_s, QJsonArray{prompt.isEmpty() ? picture : text}}};
    return QJsonDocument(QJsonObject{{u"contents"_s, QJsonArray{turn}}}).toJson(QJsonDocument::Compact);
}

QByteArray streamOf(const QByteArray &model, const QByteArray &fields = {})
{
    return post("/v1beta/models/" + model + ":streamGenerateContent?alt=sse", contents(u"Hello"_s), fields);
}

QByteArray unaryOf(const QByteArray &model, const QByteArray &fields = {})
{
    return post("/v1beta/models/" + model + ":generateContent", contents(u"Hello"_s), fields);
}

QByteArray chat(const QByteArray &model, bool stream, bool usage = false)
{
    const QJsonObject message{{u"role"_s, u"user"_s}, {u"content"_s, u"Hello"_s}};
    QJsonObject body{
            {u"model"_s, QString::fromUtf8(model)}, {u"messages"_s, QJsonArray{message}}, {u"stream"_s, stream}};
    if (usage)
        body.insert("stream_options"_L1, QJsonObject{{u"include_usage"_s, true}});
    return QJsonDocument(body).toJson();
}

// The events of a whole stream; nothing if one is malformed.
std::optional<QList<QJsonObject>> events(const QByteArray &body)
{
    QList<QJsonObject> result;
    qsizetype at = 0;
    while (at < body.size()) {
        const qsizetype end = body.indexOf("\r\n\r\n", at);
        if (end < 0 || !QByteArrayView(body).sliced(at).startsWith("data: "))
            return std::nullopt;
        const QJsonDocument json = QJsonDocument::fromJson(body.sliced(at + 6, end - at - 6));
        if (!json.isObject())
            return std::nullopt;
        result.append(json.object());
        at = end + 4;
    }
    return result;
}

QJsonValue candidate(const QJsonObject &event)
{
    return event["candidates"_L1][0];
}

QString textOf(const QJsonObject &event)
{
    QString result;
    for (const auto &part : candidate(event)["content"_L1]["parts"_L1].toArray())
        result += part["thought"_L1].toBool() ? QString() : part["text"_L1].toString();
    return result;
}

QString textOf(const QList<QJsonObject> &all)
{
    QString result;
    for (const QJsonObject &event : all)
        result += textOf(event);
    return result;
}

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

#ifdef Q_OS_UNIX
// A socket without Qt, which does not tell a reset from an end.
class RawClient
{
public:
    explicit RawClient(const DemoServer &server) : m_fd(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(quint16(server.url().port()));
        connected = ::connect(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0;
        connectError = connected ? 0 : errno;
    }
    ~RawClient() { ::close(m_fd); }
    Q_DISABLE_COPY_MOVE(RawClient)

    void send(const QByteArray &bytes)
    {
        [[maybe_unused]] const auto sent = ::send(m_fd, bytes.constData(), size_t(bytes.size()), 0);
    }

    // Reads what is there; true once there is an end, and `reset` says which.
    bool ended()
    {
        char buffer[4096];
        while (!m_ended) {
            const auto count = ::recv(m_fd, buffer, sizeof(buffer), MSG_DONTWAIT);
            if (count > 0) {
                received.append(buffer, qsizetype(count));
                continue;
            }
            if (count < 0 && errno != ECONNRESET)
                break;
            reset = count < 0;
            m_ended = true;
        }
        return m_ended;
    }

    bool connected = false;
    int connectError = 0;
    QByteArray received;
    bool reset = false;

private:
    int m_fd;
    bool m_ended = false;
};
#endif

// Made for this test alone; nobody trusts it.
const QByteArray tlsKey = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgklfCMU0oOxJB0qcd
iuiq7KzDBe6u6bIXdgGKfsqOu2yhRANCAARoEEk304It4zn5FkmEm0ujJ96QeKHb
mTdTA00M8NeIKG9LbCt6JSoDxznDw10hGYfk0bRXk2Y8IMjkvVQ32JQ6
-----END PRIVATE KEY-----
)";
const QByteArray tlsCertificate = R"(-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUYgs+4mWWTKQ4T7ZFtwXPnAuqf5YwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjExNDQxNFoYDzIxMjYxMDI5
MTE0NDE0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARoEEk304It4zn5FkmEm0ujJ96QeKHbmTdTA00M8NeIKG9LbCt6JSoD
xznDw10hGYfk0bRXk2Y8IMjkvVQ32JQ6o28wbTAdBgNVHQ4EFgQUyBzhj836jI7b
C2mDyL012aGybFgwHwYDVR0jBBgwFoAUyBzhj836jI7bC2mDyL012aGybFgwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAOwk0uZ8PQNC7WlDhjFRxZivMUSRR1FN9LUUB5n3fWWMAiAK
FzTIvEizI81oPAcPAznKAGxjbdOoGDYMbYr1fUJL5g==
-----END CERTIFICATE-----
)";

} // namespace

// The embedded stand-in for Gemini, over real loopback sockets.
class TestDemoServer : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void streams_data();
    void streams();
    void streamsAnArray();
    void answersUnary();
    void countsTokens();
    void makesEmbeddings();
    void listsModels();
    void pagesModels();
    void streamsChat();
    void answersChat();
    void listsOpenAiModels();
    void makesOpenAiEmbeddings();
    void asksForAKey_data();
    void asksForAKey();
    void refusesWrongRequests_data();
    void refusesWrongRequests();
    void showsThoughtsWhenAsked();

    void keepsTheConnection();
    void answersPipelinedRequests();
    void takesRequestsBytewise();
    void takesChunkedBodies();
    void takesLargeBodies();
    void continuesWhenExpected();
    void speaksHttp10();
    void answersHead();
    void endsMalformedRequests_data();
    void endsMalformedRequests();
    void recordsRequests();
    void recordsTheNewestThousand();
    void noticesThatTheClientLeft_data();
    void noticesThatTheClientLeft();
    void holdsBackForASlowClient();
    void takesABurstOfConnections();
    void keepsThePaceOfWords();
    void speaksTls();
    void diesSilently();

    void knowsAllFaults();
    void endsAsTheFaultSays_data();
    void endsAsTheFaultSays();
    void errorsAsTheFaultSays_data();
    void errorsAsTheFaultSays();
    void refusesConnections();
    void closesForARefusedModel();
    void resets_data();
    void resets();
    void stalls_data();
    void stalls();
    void sendsBadJson();
    void sendsABareError();
    void blocksThePrompt();
    void stopsInTheMiddle_data();
    void stopsInTheMiddle();
    void thinks();
    void isUnavailableOnce();
    void sendsEarlyHints();
    void startsLate();
    void isHuge();
    void answersHugeUnary();
    void isFast();
    void modelsOfFaultsAreListedWell();

    void quotesThePrompt_data();
    void quotesThePrompt();
    void keepsGraphemesWhole_data();
    void keepsGraphemesWhole();
    void answersTheTopic_data();
    void answersTheTopic();

private:
    // One request on a connection of its own, until that is closed or the answer whole.
    [[nodiscard]] Response ask(const QByteArray &request);

    std::unique_ptr<DemoServer> m_server;
};

void TestDemoServer::init()
{
    m_server = std::make_unique<DemoServer>();
    m_server->setPace(std::chrono::milliseconds(0));
    QVERIFY(m_server->listen());
}

Response TestDemoServer::ask(const QByteArray &request)
{
    Client client(*m_server);
    client.send(request);
    const bool closes = request.contains(lastOne); // then the end shows without parsing each time
    const auto done = [&] {
        return client.closed || (!closes && parse(client.received, false).end == Response::Body::Whole);
    };
    if (!waitFor(done))
        qWarning("the answer has no end");
    return parse(client.received, client.closed);
}

void TestDemoServer::streams_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("v1beta") << "/v1beta/models/gemini-flash-latest:streamGenerateContent?alt=sse"_ba;
    QTest::newRow("v1alpha") << "/v1alpha/models/gemini-flash-latest:streamGenerateContent?alt=sse"_ba;
    QTest::newRow("v1") << "/v1/models/gemini-flash-latest:streamGenerateContent?x=1&alt=sse"_ba;
    QTest::newRow("escaped") << "/v1beta/models/gemini-flash-latest%3AstreamGenerateContent?$alt=sse"_ba;
    QTest::newRow("other model") << "/v1beta/models/anything:streamGenerateContent?alt=sse"_ba;
}

void TestDemoServer::streams()
{
    QFETCH(QByteArray, target);
    const Response response = ask(post(target, contents(u"Explain how AI works"_s)));
    QCOMPARE(response.status, 200);
    QCOMPARE(response.fields.value("content-type"), "text/event-stream"_ba);
    QCOMPARE(response.fields.value("transfer-encoding"), "chunked"_ba);
    QVERIFY(!response.fields.contains("content-length"));
    QCOMPARE(response.end, Response::Body::Whole);

    const auto all = events(response.body);
    QVERIFY(all);
    QVERIFY(all->size() > 20);
    int tokensBefore = 0;
    for (const QJsonObject &event : *all) {
        QCOMPARE(candidate(event)["index"_L1].toInt(-1), 0);
        QCOMPARE(candidate(event)["content"_L1]["role"_L1].toString(), u"model"_s);
        QVERIFY(!textOf(event).isEmpty());
        QCOMPARE(event["modelVersion"_L1].toString(), u"demo"_s);
        QVERIFY(!event["responseId"_L1].toString().isEmpty());
        QCOMPARE(event["responseId"_L1], all->first()["responseId"_L1]);
        const QJsonObject usage = event["usageMetadata"_L1].toObject();
        QCOMPARE(usage["promptTokenCount"_L1].toInt(), 5); // 20 characters
        QVERIFY(usage["candidatesTokenCount"_L1].toInt() >= tokensBefore);
        tokensBefore = usage["candidatesTokenCount"_L1].toInt();
        QCOMPARE(usage["totalTokenCount"_L1].toInt(), 5 + tokensBefore);
        QCOMPARE(candidate(event)["finishReason"_L1].toString(), &event == &all->last() ? u"STOP"_s : QString());
    }
    const QString text = textOf(*all);
    QCOMPARE(text, demotexts::answerTo(u"Explain how AI works"_s));
    QCOMPARE(tokensBefore, int(text.size() + 3) / 4);
    QVERIFY(text.startsWith(u"This is Gemini Desk’s demo: no key, no network"_s));
}

void TestDemoServer::streamsAnArray()
{
    const Response response =
            ask(post("/v1beta/models/gemini-flash-latest:streamGenerateContent", contents(u"Hello"_s)));
    QCOMPARE(response.status, 200);
    QCOMPARE(response.fields.value("content-type"), "application/json; charset=UTF-8"_ba);
    QCOMPARE(response.end, Response::Body::Whole);
    const QJsonArray all = QJsonDocument::fromJson(response.body).array();
    QVERIFY(all.size() > 10);
    QString text;
    for (const auto &event : all)
        text += textOf(event.toObject());
    QCOMPARE(text, demotexts::answerTo(u"Hello"_s));
    QCOMPARE(candidate(all.last().toObject())["finishReason"_L1].toString(), u"STOP"_s);
}

void TestDemoServer::answersUnary()
{
    const Response response = ask(unaryOf("gemini-flash-latest"));
    QCOMPARE(response.status, 200);
    QCOMPARE(response.fields.value("content-type"), "application/json; charset=UTF-8"_ba);
    QCOMPARE(response.end, Response::Body::Whole);
    QVERIFY(response.fields.contains("content-length"));
    const QJsonObject json = object(response.body);
    QCOMPARE(textOf(json), demotexts::answerTo(u"Hello"_s));
    QCOMPARE(candidate(json)["finishReason"_L1].toString(), u"STOP"_s);

    // The same prompt, the same answer and the same usage, streamed or not
    const auto all = events(ask(streamOf("gemini-flash-latest")).body);
    QVERIFY(all);
    QCOMPARE(json["usageMetadata"_L1], all->last()["usageMetadata"_L1]);
    QCOMPARE(json["responseId"_L1], all->last()["responseId"_L1]);
}

void TestDemoServer::countsTokens()
{
    const QByteArray target = "/v1beta/models/gemini-flash-latest:countTokens";
    QCOMPARE(object(ask(post(target, contents(u"12345678"_s))).body)["totalTokens"_L1].toInt(), 2);
    QCOMPARE(object(ask(post(target, contents(u"123456789"_s))).body)["totalTokens"_L1].toInt(), 3);
    // With a system instruction, as a whole request, and with a picture
    QCOMPARE(object(ask(post(target, R"({"systemInstruction":{"parts":[{"text":"1234"}]},
        "contents":[{"parts":[{"text":"1234"}]},{"parts":[{"text":"1234"}]}]})"))
                            .body)["totalTokens"_L1]
                     .toInt(),
             3);
    QCOMPARE(object(ask(post(target, R"({"generateContentRequest":{"contents":
        [{"parts":[{"text":"1234"},{"inlineData":{"mimeType":"image/png","data":""}}]}]}})"))
                            .body)["totalTokens"_L1]
                     .toInt(),
             259);
}

void TestDemoServer::makesEmbeddings()
{
    const QByteArray base = "/v1beta/models/gemini-embedding-001";
    const QByteArray one = R"({"content":{"parts":[{"text":"one"}]}})";
    const QJsonArray values =
            object(ask(post(base + ":embedContent", one)).body)["embedding"_L1]["values"_L1].toArray();
    QCOMPARE(values.size(), 64);
    double squares = 0;
    for (const auto &value : values)
        squares += value.toDouble() * value.toDouble();
    QVERIFY(qAbs(squares - 1) < 1e-9);

    const QJsonArray batch =
            object(ask(post(base + ":batchEmbedContents",
                            "{\"requests\":[" + one
                                    + R"(,{"content":{"parts":[{"text":"two"}]},"outputDimensionality":3}]})"))
                           .body)["embeddings"_L1]
                    .toArray();
    QCOMPARE(batch.size(), 2);
    QCOMPARE(batch[0]["values"_L1].toArray(), values);
    QCOMPARE(batch[1]["values"_L1].toArray().size(), 3);
}

void TestDemoServer::listsModels()
{
    for (const QByteArray &version : {"v1"_ba, "v1beta"_ba, "v1alpha"_ba}) {
        const Response response = ask(get("/" + version + "/models"));
        QCOMPARE(response.status, 200);
        const QJsonArray models = object(response.body)["models"_L1].toArray();
        QVERIFY(models.size() > 5);
        QVERIFY(!object(response.body).contains("nextPageToken"_L1));
        for (const auto &model : models) {
            QVERIFY(model["name"_L1].toString().startsWith("models/"_L1));
            QVERIFY(!model["displayName"_L1].toString().isEmpty());
            QVERIFY(!model["supportedGenerationMethods"_L1].toArray().isEmpty());
            QVERIFY(model["inputTokenLimit"_L1].toInt() > 0);
            const Response single = ask(get("/" + version + "/" + model["name"_L1].toString().toUtf8()));
            QCOMPARE(object(single.body), model.toObject());
        }
        QCOMPARE(models[0]["name"_L1].toString(), u"models/gemini-flash-latest"_s);
    }
    const Response missing = ask(get("/v1beta/models/gemini-none"));
    QCOMPARE(missing.status, 404);
    QCOMPARE(object(missing.body)["error"_L1]["status"_L1].toString(), u"NOT_FOUND"_s);
    QVERIFY(object(missing.body)["error"_L1]["message"_L1].toString().startsWith(
            "models/gemini-none is not found for API version v1beta"_L1));
}

void TestDemoServer::pagesModels()
{
    const QJsonArray all = object(ask(get("/v1beta/models?pageSize=1000")).body)["models"_L1].toArray();
    QJsonArray collected;
    QString token;
    do {
        const QJsonObject page = object(ask(get("/v1beta/models?pageSize=7&pageToken=" + token.toUtf8())).body);
        const QJsonArray models = page["models"_L1].toArray();
        QVERIFY(!models.isEmpty() && models.size() <= 7);
        for (const auto &model : models)
            collected.append(model);
        token = page["nextPageToken"_L1].toString();
    } while (!token.isEmpty());
    QCOMPARE(collected, all);

    for (const QByteArray &query :
         {"pageSize=-1"_ba, "pageSize=x"_ba, "pageToken=x"_ba, "pageToken=99999"_ba, "pageToken=-1"_ba})
        QCOMPARE(ask(get("/v1beta/models?" + query)).status, 400);
}

void TestDemoServer::streamsChat()
{
    const QByteArray bearer = "Authorization: Bearer k\r\n";
    const Response response =
            ask(post("/v1beta/openai/chat/completions", chat("models/gemini-flash-latest", true, true), bearer));
    QCOMPARE(response.status, 200);
    QCOMPARE(response.fields.value("content-type"), "text/event-stream"_ba);
    QCOMPARE(response.end, Response::Body::Whole);
    QVERIFY(response.body.endsWith("data: [DONE]\n\n"));
    QVERIFY(!response.body.contains('\r'));

    QList<QByteArray> lines = response.body.split('\n');
    lines.removeAll(QByteArray());
    QCOMPARE(lines.takeLast(), "data: [DONE]"_ba);
    const QJsonObject usage = object(lines.takeLast().sliced(6));
    QVERIFY(usage["choices"_L1].isArray() && usage["choices"_L1].toArray().isEmpty());
    QCOMPARE(usage["usage"_L1]["prompt_tokens"_L1].toInt(), 2);
    QCOMPARE(usage["usage"_L1]["total_tokens"_L1].toInt(), 2 + usage["usage"_L1]["completion_tokens"_L1].toInt());
    QString text;
    for (const QByteArray &line : lines) {
        const QJsonObject chunk = object(line.sliced(6));
        QCOMPARE(chunk["object"_L1].toString(), u"chat.completion.chunk"_s);
        QCOMPARE(chunk["model"_L1].toString(), u"gemini-flash-latest"_s);
        QVERIFY(!chunk.contains("usage"_L1));
        text += chunk["choices"_L1][0]["delta"_L1]["content"_L1].toString();
        QCOMPARE(chunk["choices"_L1][0]["finish_reason"_L1].toString(), &line == &lines.last() ? u"stop"_s : QString());
    }
    QCOMPARE(text, demotexts::answerTo(u"Hello"_s));

    const Response plain = ask(post("/v1/openai/chat/completions", chat("gemini-flash-latest", true)));
    QVERIFY(!plain.body.contains("\"usage\""));
    QVERIFY(plain.body.endsWith("data: [DONE]\n\n"));
}

void TestDemoServer::answersChat()
{
    const Response response = ask(post("/v1alpha/openai/chat/completions", chat("gemini-flash-latest", false)));
    QCOMPARE(response.status, 200);
    const QJsonObject json = object(response.body);
    QCOMPARE(json["object"_L1].toString(), u"chat.completion"_s);
    QCOMPARE(json["choices"_L1][0]["message"_L1]["role"_L1].toString(), u"assistant"_s);
    QCOMPARE(json["choices"_L1][0]["message"_L1]["content"_L1].toString(), demotexts::answerTo(u"Hello"_s));
    QCOMPARE(json["choices"_L1][0]["finish_reason"_L1].toString(), u"stop"_s);
    QCOMPARE(json["usage"_L1]["prompt_tokens"_L1].toInt(), 2);

    const Response parts = ask(post("/v1beta/openai/chat/completions", R"({"model":"m","messages":[
        {"role":"user","content":[{"type":"text","text":"Hello"},{"type":"image_url","image_url":{}}]}]})"));
    QCOMPARE(object(parts.body)["usage"_L1]["prompt_tokens"_L1].toInt(), 260);
    QVERIFY(object(parts.body)["choices"_L1][0]["message"_L1]["content"_L1].toString().contains(u"“Hello”"_s));

    // An error of this face is in an array
    const Response error = ask(post("/v1beta/openai/chat/completions", R"({"model":"m"})"));
    QCOMPARE(error.status, 400);
    QCOMPARE(QJsonDocument::fromJson(error.body)[0]["error"_L1]["code"_L1].toInt(), 400);
}

void TestDemoServer::listsOpenAiModels()
{
    const QJsonObject list = object(ask(get("/v1beta/openai/models")).body);
    QCOMPARE(list["object"_L1].toString(), u"list"_s);
    QCOMPARE(list["data"_L1][0]["id"_L1].toString(), u"models/gemini-flash-latest"_s);
    QCOMPARE(list["data"_L1][0]["object"_L1].toString(), u"model"_s);
    QCOMPARE(object(ask(get("/v1beta/openai/models/gemini-flash-latest")).body), list["data"_L1][0].toObject());
    QCOMPARE(object(ask(get("/v1beta/openai/models/models/gemini-flash-latest")).body), list["data"_L1][0].toObject());
    QCOMPARE(ask(get("/v1beta/openai/models/none")).status, 404);
}

void TestDemoServer::makesOpenAiEmbeddings()
{
    const QJsonObject json =
            object(ask(post("/v1beta/openai/embeddings",
                            R"({"model":"gemini-embedding-001","input":["12345","1234"],"dimensions":8})"))
                           .body);
    QCOMPARE(json["data"_L1].toArray().size(), 2);
    QCOMPARE(json["data"_L1][1]["index"_L1].toInt(), 1);
    QCOMPARE(json["data"_L1][1]["embedding"_L1].toArray().size(), 8);
    QCOMPARE(json["usage"_L1]["total_tokens"_L1].toInt(), 3);
    const QJsonObject single = object(
            ask(post("/v1beta/openai/embeddings", R"({"model":"gemini-embedding-001","input":"12345","dimensions":8})"))
                    .body);
    QCOMPARE(single["data"_L1][0], json["data"_L1][0]);
}

void TestDemoServer::asksForAKey_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    const QByteArray native = "/v1beta/models";
    const QByteArray openAi = "/v1beta/openai/models";
    QTest::newRow("none") << native << ""_ba << 403;
    QTest::newRow("empty") << native << "x-goog-api-key: \r\n"_ba << 403;
    QTest::newRow("in the URL") << native + "?key=k"
                                << ""_ba << 403;
    QTest::newRow("bearer on the native face") << native << "Authorization: Bearer k\r\n"_ba << 403;
    QTest::newRow("key") << native << "X-Goog-Api-Key: k\r\n"_ba << 200;
    QTest::newRow("OpenAI: none") << openAi << ""_ba << 403;
    QTest::newRow("OpenAI: bearer") << openAi << "Authorization: bearer k\r\n"_ba << 200;
    QTest::newRow("OpenAI: empty bearer") << openAi << "Authorization: Bearer \r\n"_ba << 403;
    QTest::newRow("OpenAI: key") << openAi << "x-goog-api-key: k\r\n"_ba << 200;
}

void TestDemoServer::asksForAKey()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    const Response response = ask("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
    QCOMPARE(response.status, status);
    if (status == 403) {
        QVERIFY(response.body.contains("\"PERMISSION_DENIED\""));
        QVERIFY(response.body.contains("Method doesn't allow unregistered callers"));
    }
}

void TestDemoServer::refusesWrongRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::newRow("unknown path") << get("/") << 404;
    QTest::newRow("unknown version") << get("/v2/models") << 404;
    QTest::newRow("unknown verb") << post("/v1beta/models/m:sing", "{}") << 404;
    QTest::newRow("no verb") << post("/v1beta/models/m", "{}") << 404;
    QTest::newRow("wrong method") << get("/v1beta/models/m:generateContent") << 404;
    QTest::newRow("other method") << "DELETE /v1beta/models HTTP/1.1\r\nHost: h\r\n\r\n"_ba << 404;
    QTest::newRow("no JSON") << post("/v1beta/models/m:generateContent", "hello") << 400;
    QTest::newRow("no object") << post("/v1beta/models/m:generateContent", "[]") << 400;
    QTest::newRow("no contents") << post("/v1beta/models/m:generateContent", "{}") << 400;
    QTest::newRow("unknown fault") << unaryOf("demo-none") << 404;
}

void TestDemoServer::refusesWrongRequests()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    const Response response = ask(request);
    QCOMPARE(response.status, status);
    QCOMPARE(response.end, Response::Body::Whole);
    QCOMPARE(object(response.body)["error"_L1]["code"_L1].toInt(), status);
}

void TestDemoServer::showsThoughtsWhenAsked()
{
    const Response response = ask(post("/v1beta/models/m:generateContent", R"({"contents":[{"parts":
        [{"text":"Hello"}]}],"generationConfig":{"thinkingConfig":{"includeThoughts":true}}})"));
    const QJsonObject json = object(response.body);
    QVERIFY(candidate(json)["content"_L1]["parts"_L1][0]["thought"_L1].toBool());
    QCOMPARE(textOf(json), demotexts::answerTo(u"Hello"_s));
    QVERIFY(json["usageMetadata"_L1]["thoughtsTokenCount"_L1].toInt() > 0);
}

void TestDemoServer::keepsTheConnection()
{
    Client client(*m_server);
    for (int i = 0; i < 3; ++i) {
        client.received.clear();
        client.send(streamOf("gemini-flash-latest"));
        QTRY_COMPARE(parse(client.received, false).end, Response::Body::Whole);
        QVERIFY(!parse(client.received, false).fields.contains("connection"));
    }
    QVERIFY(!client.closed);
    client.send(unaryOf("gemini-flash-latest", lastOne));
    QTRY_VERIFY(client.closed);
    QCOMPARE(m_server->requestCount(), 4);
    QTRY_COMPARE(m_server->openStreams(), 0);
}

void TestDemoServer::answersPipelinedRequests()
{
    m_server->setPace(std::chrono::milliseconds(1)); // so that the first is under way for a while
    Client client(*m_server);
    client.send(streamOf("gemini-flash-latest") + get("/v1beta/models/gemini-pro-latest") + streamOf("demo-quota")
                + streamOf("gemini-pro-latest", lastOne));
    QVERIFY(waitFor([&client] { return client.closed; }));
    QByteArray rest = client.received;
    for (const int status : {200, 200, 429, 200}) {
        const Response response = parse(rest, true);
        QCOMPARE(response.status, status);
        QCOMPARE(response.end, Response::Body::Whole);
        rest = rest.sliced(response.used);
    }
    QVERIFY(rest.isEmpty());
    QCOMPARE(m_server->requests().at(1).head.target, "/v1beta/models/gemini-pro-latest"_ba);
}

void TestDemoServer::takesRequestsBytewise()
{
    const QByteArray body = contents(u"Grüße 👩‍👩‍👧"_s);
    const QByteArray chunked = "POST /v1beta/models/m:generateContent HTTP/1.1\r\nHost: h\r\n"
                               "x-goog-api-key: k\r\nTransfer-Encoding: chunked\r\n\r\n"
            + http::encodeChunk(body.first(5)) + http::encodeChunk(body.sliced(5)) + http::lastChunk;
    for (const QByteArray &request : {post("/v1beta/models/m:generateContent", body), chunked}) {
        Client client(*m_server);
        QTRY_COMPARE(client.socket->state(), QAbstractSocket::ConnectedState);
        for (const char byte : request) {
            client.send(QByteArray(1, byte));
            client.socket->flush();
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(parse(client.received, false).end, Response::Body::Whole);
        QVERIFY(textOf(object(parse(client.received, false).body)).contains(u"“Grüße 👩‍👩‍👧”"_s));
        QCOMPARE(m_server->requests().last().body, body);
    }
}

void TestDemoServer::takesChunkedBodies()
{
    Client client(*m_server);
    client.send("POST /v1beta/models/m:generateContent HTTP/1.1\r\nHost: h\r\nx-goog-api-key: k\r\n"
                "Transfer-Encoding: chunked\r\n\r\n5;a=b\r\n{\"con\r\n\r\n");
    QTRY_VERIFY(client.closed); // the empty chunk size is malformed
    QCOMPARE(parse(client.received, true).status, 400);

    const QByteArray body = contents(u"Hello"_s);
    const Response response = ask("POST /v1beta/models/m:generateContent HTTP/1.1\r\nHost: h\r\n"
                                  "x-goog-api-key: k\r\nTransfer-Encoding: chunked\r\n\r\n"
                                  + http::encodeChunk(body) + "0\r\nTrailer: t\r\n\r\n");
    QCOMPARE(response.status, 200);
    QCOMPARE(m_server->requests().last().body, body);
}

void TestDemoServer::takesLargeBodies()
{
    const QByteArray body = contents(QString(24 * 1024 * 1024, u'x'));
    const Response response = ask(post("/v1beta/models/m:generateContent", body));
    QCOMPARE(response.status, 200);
    QCOMPARE(m_server->requests().last().body, body);

    const Response tooLarge = ask("POST /v1beta/models/m:generateContent HTTP/1.1\r\nHost: h\r\n"
                                  "Content-Length: 134217729\r\n\r\n");
    QCOMPARE(tooLarge.status, 413);
}

void TestDemoServer::continuesWhenExpected()
{
    Client client(*m_server);
    const QByteArray request =
            post("/v1beta/models/m:generateContent", contents(u"Hello"_s), "Expect: 100-continue\r\n");
    const qsizetype bodyAt = request.indexOf("\r\n\r\n") + 4;
    client.send(request.first(bodyAt));
    QTRY_COMPARE(client.received, "HTTP/1.1 100 Continue\r\n\r\n"_ba);
    client.received.clear();
    client.send(request.sliced(bodyAt));
    QTRY_COMPARE(parse(client.received, false).end, Response::Body::Whole);
    QCOMPARE(parse(client.received, false).status, 200);
}

void TestDemoServer::speaksHttp10()
{
    QByteArray request = streamOf("gemini-flash-latest");
    request.replace("HTTP/1.1", "HTTP/1.0");
    const Response response = ask(request);
    QCOMPARE(response.status, 200);
    QVERIFY(!response.fields.contains("transfer-encoding"));
    QCOMPARE(response.end, Response::Body::Whole);
    QVERIFY(events(response.body));
}

void TestDemoServer::answersHead()
{
    Client client(*m_server);
    client.send("HEAD /v1beta/models HTTP/1.1\r\nHost: h\r\nx-goog-api-key: k\r\n\r\n"
                + get("/v1beta/models", lastOne));
    QTRY_VERIFY(client.closed);
    const qsizetype end = client.received.indexOf("\r\n\r\n") + 4;
    QVERIFY(client.received.first(end).contains("Content-Length: "));
    QCOMPARE(parse(client.received.sliced(end), true).status, 200); // no body between the two
}

void TestDemoServer::endsMalformedRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::newRow("no HTTP") << "hello\r\n\r\n"_ba << 400;
    QTest::newRow("bare LF") << "GET / HTTP/1.1\nHost: h\n\n"_ba << 400;
    QTest::newRow("no Host") << "GET / HTTP/1.1\r\n\r\n"_ba << 400;
    QTest::newRow("bad field") << "GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n"_ba << 400;
    QTest::newRow("length and chunked")
            << "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"_ba << 400;
    QTest::newRow("length") << "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n"_ba << 400;
    QTest::newRow("version") << "GET / HTTP/2.0\r\nHost: h\r\n\r\n"_ba << 505;
    QTest::newRow("chunk size") << "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"_ba << 400;
}

void TestDemoServer::endsMalformedRequests()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    Client client(*m_server);
    client.send(request);
    QTRY_VERIFY(client.closed);
    const Response response = parse(client.received, true);
    QCOMPARE(response.status, status);
    QCOMPARE(response.fields.value("connection"), "close"_ba);
    QCOMPARE(object(response.body)["error"_L1]["code"_L1].toInt(), status);
    QCOMPARE(m_server->requestCount(), 0);
    QCOMPARE(m_server->openStreams(), 0);
}

void TestDemoServer::recordsRequests()
{
    const QSignalSpy received(m_server.get(), &DemoServer::requestReceived);
    const QSignalSpy ended(m_server.get(), &DemoServer::streamEnded);
    const QByteArray body = contents(u"Hello"_s);
    (void)ask(post("/v1beta/models/m:generateContent?x=y", body, "X-Test: one\r\n"));
    QCOMPARE(received.size(), 1);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended.at(0).at(0).toBool(), true);
    QCOMPARE(m_server->requestCount(), 1);
    const DemoServer::Request &request = m_server->requests().first();
    QCOMPARE(request.head.method, "POST"_ba);
    QCOMPARE(request.head.target, "/v1beta/models/m:generateContent?x=y"_ba);
    QCOMPARE(request.head.fields.value("x-test"), "one"_ba);
    QCOMPARE(request.body, body);
}

void TestDemoServer::recordsTheNewestThousand()
{
    Client client(*m_server);
    for (int i = 0; i < 1010; ++i)
        client.send(get("/v1beta/models/" + QByteArray::number(i)));
    QTRY_COMPARE_WITH_TIMEOUT(m_server->requestCount(), 1010, 30'000);
    QCOMPARE(m_server->requests().size(), 1000);
    QCOMPARE(m_server->requests().first().head.target, "/v1beta/models/10"_ba);
    QCOMPARE(m_server->requests().last().head.target, "/v1beta/models/1009"_ba);
}

void TestDemoServer::noticesThatTheClientLeft_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<bool>("politely");
    for (const char *model : {"gemini-flash-latest", "demo-huge", "demo-stall-before", "demo-stall-head",
                              "demo-stall-after", "demo-slow-start"}) {
        QTest::addRow("%s, FIN", model) << QByteArray(model) << true;
        QTest::addRow("%s, abort", model) << QByteArray(model) << false;
    }
}

void TestDemoServer::noticesThatTheClientLeft()
{
    QFETCH(QByteArray, model);
    QFETCH(bool, politely);
    m_server->setPace(std::chrono::hours(1)); // one event, then a long pause
    const QSignalSpy received(m_server.get(), &DemoServer::requestReceived);
    const QSignalSpy ended(m_server.get(), &DemoServer::streamEnded);
    Client client(*m_server);
    client.socket->setReadBufferSize(16 * 1024); // so that the huge answer does not end meanwhile
    client.send(streamOf(model));
    QTRY_COMPARE(received.size(), 1);
    QCOMPARE(m_server->openStreams(), 1);
    QCOMPARE(ended.size(), 0);
    if (politely)
        client.socket->disconnectFromHost();
    else
        client.socket->abort();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended.at(0).at(0).toBool(), false);
    QCOMPARE(m_server->openStreams(), 0);
    QTRY_VERIFY(m_server->findChildren<QTcpSocket *>().isEmpty());
}

void TestDemoServer::holdsBackForASlowClient()
{
    Client client(*m_server);
    client.socket->disconnect(); // takes nothing until told to
    client.socket->setReadBufferSize(32 * 1024);
    client.send(streamOf("demo-huge"));
    QTRY_VERIFY(!m_server->findChildren<QTcpSocket *>().isEmpty());
    const QTcpSocket *socket = m_server->findChildren<QTcpSocket *>().first();
    QVERIFY(waitFor([socket] { return socket->bytesToWrite() > 32 * 1024; }));
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(ask(get("/v1beta/models")).status, 200); // others are served, and time passes
        QVERIFY(socket->bytesToWrite() <= 64 * 1024 + 16 * 1024);
    }
    // Then it takes all
    const QSignalSpy ended(m_server.get(), &DemoServer::streamEnded);
    qint64 taken = 0;
    QObject::connect(client.socket.get(), &QIODevice::readyRead, client.socket.get(),
                     [&] { taken += client.socket->readAll().size(); });
    taken += client.socket->readAll().size();
    QVERIFY(waitFor([&ended] { return ended.size() == 1; }));
    QCOMPARE(ended.at(0).at(0).toBool(), true);
    QVERIFY(waitFor([&taken] { return taken > 100 * 1024 * 1024; }));
}

void TestDemoServer::takesABurstOfConnections()
{
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<Client>(*m_server));
        clients.back()->send(unaryOf("gemini-flash-latest", lastOne));
    }
    for (const auto &client : clients) {
        QVERIFY(waitFor([&client] { return client->closed; }));
        QCOMPARE(parse(client->received, true).end, Response::Body::Whole);
    }
}

void TestDemoServer::keepsThePaceOfWords()
{
    m_server->setPace(std::chrono::milliseconds(1));
    Client client(*m_server);
    int reads = 0;
    QObject::connect(client.socket.get(), &QIODevice::readyRead, client.socket.get(), [&] { ++reads; });
    client.send(streamOf("gemini-flash-latest"));
    QTRY_COMPARE(parse(client.received, false).end, Response::Body::Whole);
    QVERIFY(reads > 1); // not in one lump
    QVERIFY(events(parse(client.received, false).body));
}

void TestDemoServer::speaksTls()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPrivateKey(QSslKey(tlsKey, QSsl::Ec));
    configuration.setLocalCertificate(QSslCertificate(tlsCertificate));
    DemoServer server;
    server.setPace(std::chrono::milliseconds(0));
    server.setTls(configuration);
    QVERIFY(server.listen());
    QCOMPARE(server.url().scheme(), u"https"_s);

    const QSignalSpy ended(&server, &DemoServer::streamEnded);
    for (const QByteArray &model : {"gemini-flash-latest"_ba, "demo-fast"_ba}) {
        auto socket = std::make_unique<QSslSocket>();
        socket->setPeerVerifyMode(QSslSocket::VerifyNone);
        Client client(server, std::move(socket));
        client.send(streamOf(model, lastOne));
        QVERIFY(waitFor([&client] { return client.closed; }));
        const Response response = parse(client.received, true);
        QCOMPARE(response.end, Response::Body::Whole);
        QVERIFY(events(response.body));
    }
    QTRY_COMPARE(ended.size(), 2);
    QCOMPARE(ended.at(1).at(0).toBool(), true);
}

void TestDemoServer::diesSilently()
{
    const QSignalSpy ended(m_server.get(), &DemoServer::streamEnded);
    Client stalled(*m_server);
    stalled.send(streamOf("demo-stall-after"));
    Client idle(*m_server);
    QTRY_COMPARE(m_server->openStreams(), 1);
    m_server.reset();
    QTRY_VERIFY(stalled.closed);
    QTRY_VERIFY(idle.closed);
    QCOMPARE(ended.size(), 0);
}

// Reminds whoever adds a fault to add its test.
void TestDemoServer::knowsAllFaults()
{
    QByteArrayList names;
    for (const DemoServer::Fault &fault : DemoServer::faults()) {
        names.append(fault.name);
        QVERIFY(*fault.summary);
    }
    const QByteArrayList expected = {
            "",
            "refuse",
            "reset-before",
            "stall-before",
            "stall-head",
            "bad-head",
            "stall-after",
            "cut",
            "cut-between",
            "cut-length",
            "reset",
            "bad-chunk",
            "bad-json",
            "error-mid",
            "key-invalid",
            "forbidden",
            "model-missing",
            "quota",
            "internal",
            "unavailable",
            "unavailable-once",
            "redirect",
            "blocked",
            "safety",
            "max-tokens",
            "slow-start",
            "informational",
            "close-delimited",
            "thinking",
            "unknown",
            "huge",
            "fast",
    };
    QCOMPARE(names, expected);
}

void TestDemoServer::endsAsTheFaultSays_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<int>("status"); // 0 = not a valid head
    QTest::addColumn<int>("end");
    QTest::addColumn<int>("eventCount"); // whole events at least
    const int isShort = int(Response::Body::Short);
    const int isWhole = int(Response::Body::Whole);
    const int isMalformed = int(Response::Body::Malformed);
    QTest::newRow("bad-head") << "bad-head"_ba << 0 << isShort << 0;
    QTest::newRow("cut") << "cut"_ba << 200 << isShort << 3;
    QTest::newRow("cut-between") << "cut-between"_ba << 200 << isShort << 3;
    QTest::newRow("cut-length") << "cut-length"_ba << 200 << isShort << 3;
    QTest::newRow("bad-chunk") << "bad-chunk"_ba << 200 << isMalformed << 3;
    QTest::newRow("close-delimited") << "close-delimited"_ba << 200 << isWhole << 10;
}

// On streams, on unary answers and on the OpenAI face; by the model's name and for every request.
void TestDemoServer::endsAsTheFaultSays()
{
    QFETCH(QByteArray, fault);
    QFETCH(int, status);
    QFETCH(int, end);
    QFETCH(int, eventCount);
    const auto check = [&](const QByteArray &request, bool isStream) {
        const QSignalSpy ended(m_server.get(), &DemoServer::streamEnded);
        Client client(*m_server);
        client.send(request);
        QTRY_VERIFY(client.closed);
        const Response response = parse(client.received, true);
        QCOMPARE(response.status, status);
        QCOMPARE(int(response.end), end);
        if (isStream) {
            QVERIFY(response.body.count("\r\n\r\n") >= eventCount);
            if (response.end != Response::Body::Whole)
                QVERIFY(!response.body.contains("STOP"));
        } else if (status == 200) {
            QCOMPARE(QJsonDocument::fromJson(response.body).isObject(), response.end == Response::Body::Whole);
        }
        // Where the framing ends
        if (fault == "cut")
            QVERIFY(!client.received.endsWith("\r\n"));
        if (fault == "cut-between")
            QVERIFY(client.received.endsWith("\r\n") && !client.received.endsWith("\r\n0\r\n\r\n"));
        if (fault == "cut-length")
            QVERIFY(response.fields.value("content-length").toInt() > response.body.size());
        if (fault == "close-delimited") {
            QVERIFY(!response.fields.contains("content-length"));
            QVERIFY(!response.fields.contains("transfer-encoding"));
            QCOMPARE(response.fields.value("connection"), "close"_ba);
        }
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended.at(0).at(0).toBool(), true);
    };
    check(streamOf("demo-" + fault), true);
    check(unaryOf("demo-" + fault), false);
    check(post("/v1beta/openai/chat/completions", chat("demo-" + fault, false)), false);
    m_server->setFault(fault);
    check(streamOf("gemini-flash-latest"), true);
    check(get("/v1beta/models"), false);
    m_server->setFault("");
    QCOMPARE(ask(streamOf("gemini-flash-latest")).end, Response::Body::Whole);
}

void TestDemoServer::errorsAsTheFaultSays_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QByteArray>("contains");
    QTest::newRow("key-invalid") << 400 << u"INVALID_ARGUMENT"_s << "\"API_KEY_INVALID\""_ba;
    QTest::newRow("forbidden") << 403 << u"PERMISSION_DENIED"_s << "key may not use"_ba;
    QTest::newRow("model-missing") << 404 << u"NOT_FOUND"_s << "models/demo-model-missing is not found"_ba;
    QTest::newRow("quota") << 429 << u"RESOURCE_EXHAUSTED"_s << "\"34s\""_ba;
    QTest::newRow("internal") << 500 << u"INTERNAL"_s << "internal error"_ba;
    QTest::newRow("unavailable") << 503 << u"UNAVAILABLE"_s << "overloaded"_ba;
    QTest::newRow("redirect") << 307 << QString() << ""_ba;
}

void TestDemoServer::errorsAsTheFaultSays()
{
    QFETCH(int, code);
    QFETCH(QString, status);
    QFETCH(QByteArray, contains);
    const QByteArray model = QByteArray("demo-") + QTest::currentDataTag();
    for (const QByteArray &request : {streamOf(model), unaryOf(model), streamOf(model)}) {
        const Response response = ask(request);
        QCOMPARE(response.status, code);
        QCOMPARE(response.end, Response::Body::Whole);
        QVERIFY(response.body.contains(contains));
        QVERIFY(!response.fields.contains("retry-after")); // Google does not send this field
        const QJsonValue error = object(response.body)["error"_L1];
        if (code == 307) {
            QCOMPARE(response.fields.value("location"), "http://127.0.0.1:1/elsewhere"_ba);
            continue;
        }
        QCOMPARE(error["code"_L1].toInt(), code);
        QCOMPARE(error["status"_L1].toString(), status);
        QVERIFY(!error["message"_L1].toString().isEmpty());
        if (code == 429) {
            const QJsonArray details = error["details"_L1].toArray();
            QCOMPARE(details.size(), 3);
            QCOMPARE(details[0]["@type"_L1].toString(), u"type.googleapis.com/google.rpc.QuotaFailure"_s);
            QVERIFY(details[0]["violations"_L1][0]["quotaId"_L1].toString().contains("PerMinute"_L1));
            QCOMPARE(details[2]["@type"_L1].toString(), u"type.googleapis.com/google.rpc.RetryInfo"_s);
            QCOMPARE(details[2]["retryDelay"_L1].toString(), u"34s"_s);
        }
        if (code == 400) {
            QCOMPARE(error["details"_L1][0]["reason"_L1].toString(), u"API_KEY_INVALID"_s);
        }
    }
}

void TestDemoServer::refusesConnections()
{
    Client idle(*m_server);
    QCOMPARE(ask(get("/v1beta/models")).status, 200);
    const QUrl url = m_server->url();
    m_server->setFault("refuse");
    QCOMPARE(m_server->url(), url);
    QTRY_VERIFY(idle.closed);

    Client refused(*m_server);
    QTRY_COMPARE(refused.socket->error(), QAbstractSocket::ConnectionRefusedError);

    m_server->setFault("quota");
    QCOMPARE(m_server->url(), url);
    QCOMPARE(ask(get("/v1beta/models")).status, 429);
    m_server->setFault("");
    QCOMPARE(ask(get("/v1beta/models")).status, 200);
}

void TestDemoServer::closesForARefusedModel()
{
    Client client(*m_server);
    client.send(streamOf("demo-refuse"));
    QTRY_VERIFY(client.closed);
    QVERIFY(client.received.isEmpty());
    QCOMPARE(m_server->requestCount(), 1);
}

void TestDemoServer::resets_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<bool>("reset");
    QTest::addColumn<int>("eventCount");
    QTest::newRow("before") << "demo-reset-before"_ba << true << 0;
    QTest::newRow("in the middle") << "demo-reset"_ba << true << 3;
    QTest::newRow("not a reset: refuse") << "demo-refuse"_ba << false << 0;
    QTest::newRow("not a reset: cut-between") << "demo-cut-between"_ba << false << 3;
}

void TestDemoServer::resets()
{
#ifdef Q_OS_UNIX
    QFETCH(QByteArray, model);
    QFETCH(bool, reset);
    QFETCH(int, eventCount);
    RawClient client(*m_server);
    QVERIFY(client.connected);
    client.send(streamOf(model));
    QTRY_VERIFY(client.ended());
    QCOMPARE(client.reset, reset);
    QCOMPARE(client.received.count("data: "), eventCount);
    QTRY_COMPARE(m_server->openStreams(), 0);
#endif
}

void TestDemoServer::stalls_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<bool>("head");
    QTest::addColumn<int>("eventCount");
    QTest::newRow("before") << "stall-before"_ba << false << 0;
    QTest::newRow("head") << "stall-head"_ba << true << 0;
    QTest::newRow("after") << "stall-after"_ba << true << 3;
}

void TestDemoServer::stalls()
{
    QFETCH(QByteArray, fault);
    QFETCH(bool, head);
    QFETCH(int, eventCount);
    const QSignalSpy received(m_server.get(), &DemoServer::requestReceived);
    Client client(*m_server);
    client.send(streamOf("demo-" + fault));
    QTRY_COMPARE(received.size(), 1);
    QTRY_COMPARE(client.received.contains("\r\n\r\n"), head);
    QTRY_COMPARE(client.received.count("data: "), eventCount);
    for (int i = 0; i < 20; ++i) // many turns of the event loop
        QCOMPARE(ask(streamOf("gemini-flash-latest")).end, Response::Body::Whole);
    QCOMPARE(client.received.isEmpty(), !head);
    QCOMPARE(client.received.count("data: "), eventCount);
    QCOMPARE(parse(client.received, false).end, Response::Body::Short);
    QVERIFY(!client.closed);
    QCOMPARE(m_server->openStreams(), 1);
}

void TestDemoServer::sendsBadJson()
{
    const Response response = ask(streamOf("demo-bad-json"));
    QCOMPARE(response.end, Response::Body::Whole);
    QVERIFY(!events(response.body));
    int bad = 0;
    const QList<QByteArray> lines = response.body.split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("data: "))
            bad += QJsonDocument::fromJson(line.sliced(6)).isObject() ? 0 : 1;
    }
    QCOMPARE(bad, 1);
    QVERIFY(response.body.contains("\"finishReason\":\"STOP\""));

    const Response unary = ask(unaryOf("demo-bad-json"));
    QCOMPARE(unary.end, Response::Body::Whole);
    QVERIFY(!QJsonDocument::fromJson(unary.body).isObject());
}

void TestDemoServer::sendsABareError()
{
    const Response response = ask(streamOf("demo-error-mid"));
    QCOMPARE(response.status, 200);
    QCOMPARE(response.end, Response::Body::Whole);
    const qsizetype at = response.body.lastIndexOf("\r\n\r\n") + 4;
    QCOMPARE(events(response.body.first(at))->size(), 3);
    QVERIFY(response.body.sliced(at).startsWith('{'));
    const QJsonValue error = object(response.body.sliced(at))["error"_L1];
    QCOMPARE(error["code"_L1].toInt(), 503);
    QCOMPARE(error["status"_L1].toString(), u"UNAVAILABLE"_s);

    const Response array = ask(post("/v1beta/models/demo-error-mid:streamGenerateContent", contents(u"Hello"_s)));
    QCOMPARE(QJsonDocument::fromJson(array.body).array().size(), 4);
    QCOMPARE(QJsonDocument::fromJson(array.body)[3]["error"_L1]["code"_L1].toInt(), 503);
    QCOMPARE(ask(unaryOf("demo-error-mid")).status, 503);
}

void TestDemoServer::blocksThePrompt()
{
    const auto all = events(ask(streamOf("demo-blocked")).body);
    QVERIFY(all);
    QCOMPARE(all->size(), 1);
    for (const QJsonObject &json : {all->first(), object(ask(unaryOf("demo-blocked")).body)}) {
        QCOMPARE(json["promptFeedback"_L1]["blockReason"_L1].toString(), u"SAFETY"_s);
        QVERIFY(!json.contains("candidates"_L1));
        QCOMPARE(json["usageMetadata"_L1]["promptTokenCount"_L1].toInt(), 2);
    }
    const Response openAi = ask(post("/v1beta/openai/chat/completions", chat("demo-blocked", false)));
    QCOMPARE(object(openAi.body)["choices"_L1][0]["finish_reason"_L1].toString(), u"content_filter"_s);
}

void TestDemoServer::stopsInTheMiddle_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("openAiReason");
    QTest::newRow("safety") << "demo-safety"_ba << u"SAFETY"_s << u"content_filter"_s;
    QTest::newRow("max-tokens") << "demo-max-tokens"_ba << u"MAX_TOKENS"_s << u"length"_s;
}

void TestDemoServer::stopsInTheMiddle()
{
    QFETCH(QByteArray, model);
    QFETCH(QString, reason);
    QFETCH(QString, openAiReason);
    const Response response = ask(streamOf(model));
    QCOMPARE(response.end, Response::Body::Whole);
    const auto all = events(response.body);
    QVERIFY(all);
    const QString whole = demotexts::answerTo(u"Hello"_s);
    const QString text = textOf(*all);
    QVERIFY(!text.isEmpty() && text.size() < whole.size() && whole.startsWith(text));
    QCOMPARE(candidate(all->last())["finishReason"_L1].toString(), reason);
    if (reason == "SAFETY"_L1) {
        QVERIFY(!candidate(all->last()).toObject().contains("content"_L1));
        QVERIFY(!candidate(all->last())["safetyRatings"_L1].toArray().isEmpty());
    }
    const QJsonObject unary = object(ask(unaryOf(model)).body);
    QCOMPARE(candidate(unary)["finishReason"_L1].toString(), reason);
    QCOMPARE(textOf(unary), text);
    for (const bool stream : {false, true}) {
        const Response openAi = ask(post("/v1beta/openai/chat/completions", chat(model, stream)));
        QVERIFY(openAi.body.contains(openAiReason.toUtf8()));
    }
}

void TestDemoServer::thinks()
{
    const auto all = events(ask(streamOf("demo-thinking")).body);
    QVERIFY(all);
    const auto isThought = [](const QJsonObject &event) {
        return candidate(event)["content"_L1]["parts"_L1][0]["thought"_L1].toBool();
    };
    QVERIFY(isThought(all->at(0)));
    QVERIFY(isThought(all->at(1)));
    QVERIFY(!isThought(all->at(2)));
    QVERIFY(!all->at(0)["usageMetadata"_L1].toObject().contains("candidatesTokenCount"_L1));
    const QJsonValue usage = all->last()["usageMetadata"_L1];
    const int thoughts = usage["thoughtsTokenCount"_L1].toInt();
    QVERIFY(thoughts > 0);
    QCOMPARE(usage["totalTokenCount"_L1].toInt(),
             usage["promptTokenCount"_L1].toInt() + thoughts + usage["candidatesTokenCount"_L1].toInt());
    QCOMPARE(textOf(*all), demotexts::answerTo(u"Hello"_s));
    QVERIFY(!ask(post("/v1beta/openai/chat/completions", chat("demo-thinking", true)))
                     .body.contains("Reading the question"));
}

void TestDemoServer::isUnavailableOnce()
{
    QCOMPARE(ask(streamOf("demo-unavailable-once")).status, 503);
    QCOMPARE(ask(streamOf("gemini-flash-latest")).status, 200); // does not count
    QCOMPARE(ask(streamOf("demo-unavailable-once")).status, 200);
    QCOMPARE(ask(unaryOf("demo-unavailable-once")).status, 503);
    QCOMPARE(ask(unaryOf("demo-unavailable-once")).status, 200);
}

void TestDemoServer::sendsEarlyHints()
{
    Client client(*m_server);
    client.send(streamOf("demo-informational", lastOne));
    QTRY_VERIFY(client.closed);
    const Response hints = parse(client.received, true);
    QCOMPARE(hints.status, 103);
    const Response response = parse(client.received.sliced(hints.used), true);
    QCOMPARE(response.status, 200);
    QCOMPARE(response.end, Response::Body::Whole);
    QVERIFY(events(response.body));
}

void TestDemoServer::startsLate()
{
    const Response response = ask(streamOf("demo-slow-start"));
    QCOMPARE(response.status, 200);
    QCOMPARE(response.end, Response::Body::Whole);
    QVERIFY(events(response.body));
}

void TestDemoServer::isHuge()
{
    m_server->setPace(std::chrono::hours(1)); // does not count for this model
    Client client(*m_server);
    client.socket->disconnect(client.socket.get());
    qint64 taken = 0;
    QByteArray tail;
    QObject::connect(client.socket.get(), &QIODevice::readyRead, client.socket.get(), [&] {
        const QByteArray piece = client.socket->readAll();
        taken += piece.size();
        tail = (tail + piece).last(std::min<qsizetype>(tail.size() + piece.size(), 16 * 1024));
    });
    client.send(streamOf("demo-huge"));
    QVERIFY(waitFor([&tail] { return tail.endsWith(http::lastChunk); }));
    QVERIFY(taken > 100 * 1024 * 1024);
    QVERIFY(tail.contains("\"finishReason\":\"STOP\""));
    QVERIFY(tail.contains("\"candidatesTokenCount\":26214400,"));
}

void TestDemoServer::answersHugeUnary()
{
    const Response response = ask(unaryOf("demo-fast"));
    QCOMPARE(response.end, Response::Body::Whole);
    QCOMPARE(textOf(object(response.body)), u"demo "_s.repeated(20'000));
}

void TestDemoServer::isFast()
{
    const Response response = ask(streamOf("demo-fast", lastOne));
    QCOMPARE(response.end, Response::Body::Whole);
    const auto all = events(response.body);
    QVERIFY(all);
    QCOMPARE(all->size(), 20'000);
    QCOMPARE(all->last()["usageMetadata"_L1]["candidatesTokenCount"_L1].toInt(), 25'000);
}

void TestDemoServer::modelsOfFaultsAreListedWell()
{
    const QJsonArray models = object(ask(get("/v1beta/models")).body)["models"_L1].toArray();
    QStringList names;
    for (const auto &model : models)
        names.append(model["name"_L1].toString());
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    for (const DemoServer::Fault &fault : DemoServer::faults().sliced(1)) {
        const QString name = u"models/demo-"_s + QString::fromLatin1(fault.name);
        QVERIFY(names.contains(name));
        const Response response = ask(get("/v1beta/" + name.toUtf8())); // it is described, without misbehaving
        QCOMPARE(response.status, 200);
        QCOMPARE(object(response.body)["description"_L1].toString(), QString::fromLatin1(fault.summary));
    }
}

void TestDemoServer::quotesThePrompt_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("quote");
    QTest::newRow("short") << u"What is new?"_s << u"“What is new?”"_s;
    QTest::newRow("lines") << u"  one\n\ttwo\r\n three "_s << u"“one two three”"_s;
    QTest::newRow("many words") << u"a b c d e f g h i j k l m n"_s << u"“a b c d e f g h i j k l…”"_s;
    QTest::newRow("twelve words") << u"a b c d e f g h i j k l"_s << u"“a b c d e f g h i j k l”"_s;
    QTest::newRow("one long word") << QString(200, u'x') << u"“%1…”"_s.arg(QString(80, u'x'));
    QTest::newRow("families") << u"👩‍👩‍👧"_s.repeated(100)
                              << u"“%1…”"_s.arg(u"👩‍👩‍👧"_s.repeated(80));
    QTest::newRow("Chinese") << u"请解释人工智能"_s << u"“请解释人工智能”"_s;
    QTest::newRow("Arabic") << u"مرحبا بالعالم"_s << u"“مرحبا بالعالم”"_s;
    QTest::newRow("a picture alone") << QString() << u"You sent no text"_s;
    QTest::newRow("blank") << u" \n"_s << u"You sent no text"_s;
}

void TestDemoServer::quotesThePrompt()
{
    QFETCH(QString, prompt);
    QFETCH(QString, quote);
    const auto all = events(ask(post("/v1beta/models/m:streamGenerateContent?alt=sse", contents(prompt))).body);
    QVERIFY(all);
    QVERIFY(textOf(*all).contains(quote));
}

void TestDemoServer::keepsGraphemesWhole_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("words") << u"one two  three\n\nfour "_s;
    QTest::newRow("leading space") << u"  one"_s;
    QTest::newRow("flags") << u"🇩🇪🇫🇷🇯🇵"_s.repeated(20);
    QTest::newRow("families") << u"👩‍👩‍👧"_s.repeated(40);
    QTest::newRow("accents") << u"e\u0301"_s.repeated(40);
    QTest::newRow("Chinese") << u"请解释人工智能是如何工作的"_s.repeated(5);
    QTest::newRow("Hindi") << u"नमस्ते दुनिया क्षत्रिय"_s;
    QTest::newRow("half a pair") << u"a "_s + QChar(0xd83d) + u" b"_s;
    QTest::newRow("answer") << demotexts::answerTo(u"Explain how AI works"_s);
}

void TestDemoServer::keepsGraphemesWhole()
{
    QFETCH(QString, text);
    const QStringList words = demotexts::words(text);
    QCOMPARE(words.join(QString()), text);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype at = 0;
    for (const QString &word : words) {
        QVERIFY(!word.isEmpty());
        at += word.size();
        finder.setPosition(at);
        QVERIFY(finder.isAtBoundary());
    }
    QVERIFY(words.isEmpty() == text.isEmpty());
    if (text.size() > 100)
        QVERIFY(words.size() > 2); // it streams, whatever the script
}

void TestDemoServer::answersTheTopic_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("contains");
    QTest::newRow("AI") << u"Explain how AI works"_s << u"### Learning"_s;
    QTest::newRow("haiku") << u"Write a HAIKU about rivers."_s << u"Silver threads"_s;
    QTest::newRow("code") << u"Show me some code"_s << u"```python"_s;
    QTest::newRow("proxy") << u"How do I use the proxy?"_s << u"curl -N"_s;
    QTest::newRow("table") << u"Compare these"_s << u"|---|"_s;
    QTest::newRow("greeting") << u"Hi"_s << u"Good to see you"_s;
    QTest::newRow("not a whole word") << u"this hill said"_s << u"This demo only shows"_s;
    QTest::newRow("anything") << u"42"_s << u"This demo only shows"_s;
}

void TestDemoServer::answersTheTopic()
{
    QFETCH(QString, prompt);
    QFETCH(QString, contains);
    const QString answer = demotexts::answerTo(prompt);
    QVERIFY(answer.startsWith(u"This is Gemini Desk’s demo: no key, no network"_s));
    QVERIFY(answer.contains(contains));
    QCOMPARE(demotexts::answerTo(prompt), answer);
}

QTEST_GUILESS_MAIN(TestDemoServer)
#include "tst_demoserver.moc"
