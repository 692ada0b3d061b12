#include "proxy/demo/demofiles.h"
#include "proxy/demo/demoserver.h"
#include "tests/support/httpclient.h"
#include "tests/support/testproxy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QtEndian>

#include <bit>

using namespace Qt::StringLiterals;
using Response = HttpClient::Response;

// What SDKs ask for in several steps, sent to the demo through the proxy: files, and function calls.
class TestDemoFace : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void uploadsAFile_data();
    void uploadsAFile();
    void listsFilesInPages();
    void wrongUploads_data();
    void wrongUploads();
    void filesAreBounded();

    void callsAFunction_data();
    void callsAFunction();
    void choosesAFunction_data();
    void choosesAFunction();
    void callsAFunctionInOpenAisWay_data();
    void callsAFunctionInOpenAisWay();

    void embedsInBase64();
    void whatSdksAsk_data();
    void whatSdksAsk();

private:
    [[nodiscard]] Response ask(const QByteArray &method, const QByteArray &target, const QByteArray &fields = {},
                               const QByteArray &body = {}) const;
    [[nodiscard]] QByteArray startUpload(const QByteArray &name = {}) const;

    std::unique_ptr<DemoServer> m_demo;
    std::unique_ptr<TestProxy> m_proxy;
};

namespace {

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

const QByteArray generate = "/v1beta/models/gemini-flash-latest:generateContent"_ba;
const QByteArray weather =
        R"({"name":"get_weather","parameters":{"type":"OBJECT","properties":{"city":{"type":"STRING"},
            "unit":{"type":"string","enum":["C","F"]},"days":{"type":"INTEGER"}}}})"_ba;
const QByteArray light =
        R"({"name":"setLights","parameters":{"type":"object","properties":{"on":{"type":"boolean"}}}})"_ba;

} // namespace

void TestDemoFace::init()
{
    m_proxy.reset();
    m_demo = std::make_unique<DemoServer>();
    m_demo->setPace(std::chrono::milliseconds(0));
    QVERIFY(m_demo->listen());
    m_proxy = std::make_unique<TestProxy>(m_demo->url());
    QVERIFY(m_proxy->port);
}

Response TestDemoFace::ask(const QByteArray &method, const QByteArray &target, const QByteArray &fields,
                           const QByteArray &body) const
{
    HttpClient client(m_proxy->port);
    client.setHeadOnly(method == "HEAD");
    client.send(client.request(method, target, fields, body));
    return runUntil([&] { return client.hasEnded(); }) ? client.response() : Response{};
}

// ---- files ----

// The path and query to send the bytes to.
QByteArray TestDemoFace::startUpload(const QByteArray &name) const
{
    const Response answer = ask("POST"_ba, "/upload/v1beta/files"_ba,
                                "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                                "X-Goog-Upload-Header-Content-Type: text/plain\r\n"_ba,
                                "{\"file\":{\"displayName\":\"" + name + "\"}}");
    const QByteArray here = "http://127.0.0.1:"_ba + QByteArray::number(m_proxy->port);
    const QByteArray address = answer.fields.joined("x-goog-upload-url");
    return address.startsWith(here) ? address.sliced(here.size()) : ""_ba;
}

void TestDemoFace::uploadsAFile_data()
{
    QTest::addColumn<QByteArrayList>("pieces");
    QTest::newRow("at once") << QByteArrayList{"all of it"_ba};
    QTest::newRow("in pieces") << QByteArrayList{"one "_ba, "two "_ba, QByteArray(300'000, '3')};
    QTest::newRow("nothing") << QByteArrayList{""_ba};
}

void TestDemoFace::uploadsAFile()
{
    QFETCH(const QByteArrayList, pieces);
    const QByteArray target = startUpload("notes"_ba);
    QVERIFY(!target.isEmpty());
    qsizetype sent = 0;
    Response last;
    for (const QByteArray &piece : pieces) {
        const bool final = sent + piece.size() == pieces.join().size();
        last = ask("POST"_ba, target,
                   "X-Goog-Upload-Offset: "_ba + QByteArray::number(sent) + "\r\nX-Goog-Upload-Command: upload"
                           + (final ? ", finalize\r\n" : "\r\n"),
                   piece);
        QCOMPARE(last.status, 200);
        sent += piece.size();
        if (!final) {
            const Response query = ask("POST"_ba, target, "X-Goog-Upload-Command: query\r\n"_ba);
            QCOMPARE(query.fields.joined("x-goog-upload-status"), "active"_ba);
            QCOMPARE(query.fields.joined("x-goog-upload-size-received"), QByteArray::number(sent));
        }
    }
    QCOMPARE(last.fields.joined("x-goog-upload-status"), "final"_ba);
    const QJsonObject file = object(last.body)["file"_L1].toObject();
    QCOMPARE(file["displayName"_L1].toString(), u"notes"_s);
    QCOMPARE(file["mimeType"_L1].toString(), u"text/plain"_s);
    QCOMPARE(file["sizeBytes"_L1].toString(), QString::number(sent));
    QCOMPARE(file["state"_L1].toString(), u"ACTIVE"_s);

    const QByteArray path = "/v1beta/"_ba + file["name"_L1].toString().toLatin1();
    QCOMPARE(object(ask("GET"_ba, path).body), file);
    QCOMPARE(object(ask("GET"_ba, "/v1beta/files"_ba).body)["files"_L1].toArray(), QJsonArray{file});
    QCOMPARE(ask("GET"_ba, "/download"_ba + path + ":download?alt=media").body, pieces.join());

    // The file can be used by its name
    const QByteArray uri = file["uri"_L1].toString().toLatin1();
    const Response answer = ask("POST"_ba, generate, {},
                                R"({"contents":[{"parts":[{"text":"Sum it up"},
        {"fileData":{"mimeType":"text/plain","fileUri":")"_ba
                                        + uri + R"("}}]}]})");
    QCOMPARE(answer.status, 200);
    QVERIFY(object(answer.body)["usageMetadata"_L1]["promptTokenCount"_L1].toInt() > 200);

    QCOMPARE(ask("DELETE"_ba, path).status, 200);
    QCOMPARE(ask("GET"_ba, path).status, 403); // Gemini, too, says so of a file that is not there
    QCOMPARE(object(ask("GET"_ba, "/v1beta/files"_ba).body), QJsonObject());
}

void TestDemoFace::listsFilesInPages()
{
    for (int i = 0; i < 5; ++i) {
        const QByteArray target = startUpload(QByteArray::number(i));
        QCOMPARE(ask("POST"_ba, target, "X-Goog-Upload-Command: upload, finalize\r\n"_ba, "x"_ba).status, 200);
    }
    QVERIFY(!startUpload("not finished"_ba).isEmpty());
    QStringList names;
    QString token;
    do {
        const QJsonObject page =
                object(ask("GET"_ba, "/v1beta/files?pageSize=2&pageToken="_ba + token.toLatin1()).body);
        QVERIFY(page["files"_L1].toArray().size() <= 2);
        for (const auto &file : page["files"_L1].toArray())
            names.append(file["displayName"_L1].toString());
        token = page["nextPageToken"_L1].toString();
    } while (!token.isEmpty());
    QCOMPARE(names, QStringList({u"0"_s, u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
}

void TestDemoFace::wrongUploads_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target"); // "+..." = to a running upload
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    const QByteArray upload = "X-Goog-Upload-Command: upload\r\n"_ba;
    QTest::newRow("other protocol") << "POST"_ba
                                    << "/upload/v1beta/files"_ba
                                    << "X-Goog-Upload-Protocol: raw\r\n"_ba << 400;
    QTest::newRow("no such upload") << "POST"_ba
                                    << "/upload/v1beta/files?upload_id=x"_ba << upload << 404;
    QTest::newRow("wrong place") << "POST"_ba
                                 << "+"_ba << upload + "X-Goog-Upload-Offset: 5\r\n"
                                 << 400;
    QTest::newRow("wrong method") << "DELETE"_ba
                                  << "+"_ba << upload << 404;
    QTest::newRow("cancelled") << "POST"_ba
                               << "+"_ba
                               << "X-Goog-Upload-Command: cancel\r\n"_ba << 200;
    QTest::newRow("not finished yet") << "GET"_ba
                                      << "/v1beta/files/demo-1"_ba
                                      << ""_ba << 403;
    QTest::newRow("no such file") << "GET"_ba
                                  << "/v1beta/files/x"_ba
                                  << ""_ba << 403;
    QTest::newRow("bad page") << "GET"_ba
                              << "/v1beta/files?pageSize=x"_ba
                              << ""_ba << 400;
}

void TestDemoFace::wrongUploads()
{
    QFETCH(const QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(const QByteArray, fields);
    QFETCH(const int, status);
    const QByteArray running = startUpload();
    target.replace("+", running);
    QCOMPARE(ask(method, target, fields).status, status);
}

void TestDemoFace::filesAreBounded()
{
    DemoFiles files;
    http::RequestHead head;
    head.method = "POST";
    head.target = "/upload/v1beta/files";
    head.host = "demo";
    head.fields = {{"X-Goog-Upload-Protocol", "resumable"}, {"X-Goog-Upload-Command", "start"}};
    for (int i = 0; i < 2 * DemoFiles::maximumFiles; ++i)
        QCOMPARE(files.reply(head, {}, false).status, 200);
    http::RequestHead end;
    end.method = "POST";
    end.fields = {{"X-Goog-Upload-Command", "finalize"}};
    end.target = "/upload/v1beta/files?upload_id=demo-1";
    QCOMPARE(files.reply(end, {}, false).status, 404);
    end.target = "/upload/v1beta/files?upload_id=demo-" + QByteArray::number(2 * DemoFiles::maximumFiles);
    QCOMPARE(files.reply(end, {}, false).status, 200);
}

// ---- function calls ----

void TestDemoFace::callsAFunction_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::newRow("unary") << "generateContent"_ba;
    QTest::newRow("array") << "streamGenerateContent"_ba;
    QTest::newRow("events") << "streamGenerateContent?alt=sse"_ba;
}

void TestDemoFace::callsAFunction()
{
    QFETCH(const QByteArray, verb);
    const QByteArray target = "/v1beta/models/gemini-flash-latest:"_ba + verb;
    const auto parts = [&](const QByteArray &contents) {
        QByteArray body =
                ask("POST"_ba, target, {},
                    "{\"contents\":" + contents + ",\"tools\":[{\"functionDeclarations\":[" + weather + "]}]}")
                        .body;
        QJsonArray all;
        QJsonArray events;
        if (verb.endsWith("sse")) {
            for (const QByteArray &line : body.split('\n')) {
                if (line.startsWith("data: "))
                    events.append(object(line.sliced(6)));
            }
        } else {
            const QJsonDocument json = QJsonDocument::fromJson(body);
            events = json.isArray() ? json.array() : QJsonArray{json.object()};
        }
        for (const auto &event : std::as_const(events)) {
            for (const auto &part : event["candidates"_L1][0]["content"_L1]["parts"_L1].toArray())
                all.append(part);
        }
        return all;
    };
    const QByteArray question = R"({"role":"user","parts":[{"text":"What is the weather in Ulm?"}]})"_ba;
    const QJsonArray asked = parts('[' + question + ']');
    QCOMPARE(asked.size(), 1);
    const QJsonObject call = asked[0]["functionCall"_L1].toObject();
    QCOMPARE(call["name"_L1].toString(), u"get_weather"_s);
    QCOMPARE(call["args"_L1].toObject(), QJsonObject({{u"city"_s, u"demo"_s}, {u"unit"_s, u"C"_s}, {u"days"_s, 1}}));
    QVERIFY(!asked[0]["thoughtSignature"_L1].toString().isEmpty());

    const QByteArray called = QJsonDocument(asked[0].toObject()).toJson(QJsonDocument::Compact);
    const QJsonArray told = parts('[' + question + R"(,{"role":"model","parts":[)" + called
                                  + R"(]},{"role":"user","parts":[{"functionResponse":{"name":"get_weather",
                                      "response":{"sky":"clear"}}}]}])");
    QString text;
    for (const auto &part : told)
        text += part["text"_L1].toString();
    QVERIFY2(text.contains(uR"({"sky":"clear"})"_s), qPrintable(text));
}

void TestDemoFace::choosesAFunction_data()
{
    QTest::addColumn<QByteArray>("prompt");
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<QString>("name"); // "" = a text
    QTest::newRow("by a word") << "How is the WEATHER?"_ba
                               << "AUTO"_ba << u"get_weather"_s;
    QTest::newRow("by another") << "Turn the lights off"_ba
                                << ""_ba << u"setLights"_s;
    QTest::newRow("none fits") << "Hello"_ba
                               << "AUTO"_ba << u""_s;
    QTest::newRow("any will do") << "Hello"_ba
                                 << "ANY"_ba << u"get_weather"_s;
    QTest::newRow("not wanted") << "How is the weather?"_ba
                                << "NONE"_ba << u""_s;
}

void TestDemoFace::choosesAFunction()
{
    QFETCH(const QByteArray, prompt);
    QFETCH(const QByteArray, mode);
    QFETCH(const QString, name);
    const QByteArray config =
            mode.isEmpty() ? ""_ba : ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\""_ba + mode + "\"}}";
    const QJsonObject answer = object(ask("POST"_ba, generate, {},
                                          "{\"contents\":[{\"parts\":[{\"text\":\"" + prompt
                                                  + "\"}]}],\"tools\":[{\"functionDeclarations\":[" + weather + ','
                                                  + light + "]}]" + config + "}")
                                              .body);
    const QJsonValue part = answer["candidates"_L1][0]["content"_L1]["parts"_L1][0];
    QCOMPARE(part["functionCall"_L1]["name"_L1].toString(), name);
    QCOMPARE(part["text"_L1].toString().isEmpty(), !name.isEmpty());
}

void TestDemoFace::callsAFunctionInOpenAisWay_data()
{
    QTest::addColumn<bool>("streams");
    QTest::newRow("unary") << false;
    QTest::newRow("stream") << true;
}

void TestDemoFace::callsAFunctionInOpenAisWay()
{
    QFETCH(const bool, streams);
    const auto choices = [&](const QByteArray &messages) {
        const QByteArray body =
                ask("POST"_ba, "/v1/chat/completions"_ba, "Authorization: Bearer x\r\n"_ba,
                    "{\"model\":\"m\",\"stream\":"_ba + (streams ? "true" : "false") + ",\"messages\":" + messages
                            + ",\"tools\":[{\"type\":\"function\",\"function\":" + weather + "}]}")
                        .body;
        QJsonArray all;
        if (!streams)
            return object(body)["choices"_L1].toArray();
        for (const QByteArray &line : body.split('\n')) {
            if (line.startsWith("data: {"))
                all.append(object(line.sliced(6))["choices"_L1][0]);
        }
        return all;
    };
    const QLatin1StringView key = streams ? "delta"_L1 : "message"_L1;
    const QByteArray question = R"({"role":"user","content":"Weather in Ulm?"})"_ba;
    const QJsonArray asked = choices('[' + question + ']');
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0]["finish_reason"_L1].toString(), u"tool_calls"_s);
    const QJsonValue call = asked[0][key]["tool_calls"_L1][0];
    QCOMPARE(call["function"_L1]["name"_L1].toString(), u"get_weather"_s);
    QCOMPARE(object(call["function"_L1]["arguments"_L1].toString().toUtf8())["city"_L1].toString(), u"demo"_s);

    const QByteArray called =
            QJsonDocument(QJsonObject{{u"role"_s, u"assistant"_s}, {u"tool_calls"_s, QJsonArray{call}}})
                    .toJson(QJsonDocument::Compact);
    const QJsonArray told = choices('[' + question + ',' + called + R"(,{"role":"tool","tool_call_id":")"
                                    + call["id"_L1].toString().toLatin1() + R"(","content":"clear sky"}])");
    QString text;
    for (const auto &choice : told)
        text += choice[key]["content"_L1].toString();
    QVERIFY2(text.contains(u"clear sky"_s), qPrintable(text));
    QCOMPARE(told.last()["finish_reason"_L1].toString(), u"stop"_s);
}

// OpenAI's JavaScript client asks for Base64 unless told otherwise.
void TestDemoFace::embedsInBase64()
{
    const auto embedding = [this](const QByteArray &format) {
        return object(ask("POST"_ba, "/v1/embeddings"_ba, {},
                          R"({"model":"gemini-embedding-001","input":"Hi","encoding_format":")"_ba + format + "\"}")
                              .body)["data"_L1][0]["embedding"_L1];
    };
    const QJsonArray values = embedding("float"_ba).toArray();
    const QByteArray bytes = QByteArray::fromBase64(embedding("base64"_ba).toString().toLatin1());
    QVERIFY(!values.isEmpty());
    QCOMPARE(bytes.size(), values.size() * 4);
    for (qsizetype i = 0; i < values.size(); ++i) {
        const auto bits = qFromLittleEndian<quint32>(bytes.constData() + 4 * i);
        QCOMPARE(std::bit_cast<float>(bits), float(values[i].toDouble()));
    }
}

void TestDemoFace::whatSdksAsk_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("member"); // of the answer
    const QByteArray contents = R"({"contents":[{"parts":[{"text":"Hi"}]}]})"_ba;
    const QByteArray content = R"({"content":{"parts":[{"text":"Hi"}]}})"_ba;
    const QByteArray m = "/v1beta/models/gemini-flash-latest"_ba;
    QTest::newRow("models") << "GET"_ba
                            << "/v1beta/models?pageSize=3"_ba
                            << ""_ba
                            << "models"_ba;
    QTest::newRow("model") << "GET"_ba << m << ""_ba
                           << "name"_ba;
    QTest::newRow("generate") << "POST"_ba << m + ":generateContent" << contents << "candidates"_ba;
    QTest::newRow("count") << "POST"_ba << m + ":countTokens" << contents << "totalTokens"_ba;
    QTest::newRow("embed") << "POST"_ba
                           << "/v1beta/models/gemini-embedding-001:embedContent"_ba << content << "embedding"_ba;
    QTest::newRow("embed many") << "POST"_ba
                                << "/v1beta/models/gemini-embedding-001:batchEmbedContents"_ba
                                << QByteArray("{\"requests\":[" + content + "]}") << "embeddings"_ba;
    QTest::newRow("files") << "GET"_ba
                           << "/v1beta/files"_ba
                           << ""_ba
                           << ""_ba;
    QTest::newRow("OpenAI chat") << "POST"_ba
                                 << "/v1/chat/completions"_ba
                                 << R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})"_ba
                                 << "choices"_ba;
    QTest::newRow("OpenAI models") << "GET"_ba
                                   << "/v1/models"_ba
                                   << ""_ba
                                   << "data"_ba;
    QTest::newRow("OpenAI model as listed") << "GET"_ba
                                            << "/v1/models/models%2Fgemini-2.5-pro"_ba
                                            << ""_ba
                                            << "id"_ba;
    QTest::newRow("OpenAI embeddings") << "POST"_ba
                                       << "/v1/embeddings"_ba
                                       << R"({"model":"gemini-embedding-001","input":"Hi"})"_ba
                                       << "data"_ba;
}

void TestDemoFace::whatSdksAsk()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, member);
    const Response answer = ask(method, target, "Authorization: Bearer secret-of-client\r\n"_ba, body);
    QCOMPARE(answer.end, HttpClient::End::Clean);
    QCOMPARE(answer.status, 200);
    const QJsonDocument json = QJsonDocument::fromJson(answer.body);
    QVERIFY(json.isObject());
    QVERIFY(member.isEmpty() || json.object().contains(QString::fromLatin1(member)));
}

QTEST_GUILESS_MAIN(TestDemoFace)
#include "tst_demoface.moc"
