#include "app/cli/ask.h"

#include "app/cli/answerreader.h"
#include "app/cli/console.h"
#include "app/cli/demo.h"
#include "app/cli/exitcodes.h"
#include "app/options/options.h"
#include "app/usage/usagestore.h"
#include "proxy/demo/demoserver.h"
#include "proxy/guard/guard.h"
#include "proxy/server.h"
#include "proxy/upstream/upstreammanager.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QNetworkReply>
#include <QRandomGenerator>
#include <QTimer>

#include <array>
#include <cerrno>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

QByteArray randomToken()
{
    std::array<quint32, 8> words;
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words).toHex();
}

QByteArray composePrompt(const QString &arguments, const QByteArray &input)
{
    const QByteArray prompt = arguments.toUtf8();
    if (input.trimmed().isEmpty())
        return prompt;
    return prompt.isEmpty() ? input : prompt + "\n\n" + input;
}

// Writes the answer to one request to standard output as it arrives, and then ends the program.
class Asker : public QObject
{
public:
    explicit Asker(QNetworkReply *reply) : m_reply(reply)
    {
        connect(reply, &QNetworkReply::readyRead, this, &Asker::read);
        connect(reply, &QNetworkReply::finished, this, &Asker::finish);
    }

private:
    void read()
    {
        const QByteArray bytes = m_reply->readAll();
        if (status() != 200) {
            m_errorBody += bytes;
            return;
        }
        write(m_answer.feed(bytes));
        if (m_writeFailed || m_answer.failed())
            m_reply->abort();
    }

    void write(const QString &text)
    {
        const QByteArray bytes = (m_toTerminal ? withoutControls(text) : text).toUtf8();
        if (bytes.isEmpty() || m_writeFailed)
            return;
        const auto size = std::size_t(bytes.size());
        m_writeFailed = std::fwrite(bytes.constData(), 1, size, stdout) != size || std::fflush(stdout) != 0;
        m_brokenPipe = m_writeFailed && errno == EPIPE;
        m_endsWithLineFeed = bytes.endsWith('\n');
    }

    void finish()
    {
        read();
        write(m_answer.finish(m_reply->error() == QNetworkReply::NoError));
        if (!m_endsWithLineFeed)
            write(u"\n"_s);
        const auto [whole, message] = conclusion();
        if (!message.isEmpty())
            printError(message);
        QCoreApplication::exit(whole ? ExitOk : ExitFailed);
    }

    AnswerReader::Outcome conclusion() const
    {
        if (m_brokenPipe)
            return {false, {}}; // the program that reads, such as `head`, has what it wanted
        if (m_writeFailed)
            return {false, u"cannot write the answer to standard output"_s};
        if (status() == 200)
            return m_answer.outcome();
        const auto error = gemini::errorIn(m_errorBody);
        return {false,
                error && !error->message.isEmpty() ? error->message
                                                   : u"the proxy gave no answer (status %1)"_s.arg(status())};
    }

    int status() const { return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(); }

    QNetworkReply *m_reply;
    const bool m_toTerminal = standardOutputIsTerminal();
    AnswerReader m_answer;
    QByteArray m_errorBody;
    bool m_writeFailed = false;
    bool m_brokenPipe = false;
    bool m_endsWithLineFeed = true; // true at first, as an empty answer needs no line feed
};

// Waits until the server has recorded the usage of the answer, for at most a second. An answer that `ask` broke off has
// used tokens, too, but the server notices its end only with the next turn of the event loop.
void waitForEnd(ProxyServer &server)
{
    if (server.openExchanges() == 0)
        return;
    QEventLoop loop;
    QObject::connect(&server, &ProxyServer::exchangeEnded, &loop, &QEventLoop::quit);
    QTimer::singleShot(std::chrono::seconds(1), &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

int ask(Options options)
{
    const qint64 most = options.proxy.limits.bodyBytes;
    const QByteArray input = standardInputIsTerminal() ? QByteArray() : readStandardInput(most);
    if (input.size() > most) {
        printError(u"standard input is larger than %1 bytes, the limit for a prompt: body-bytes in the config "
                   "file raises it"_s.arg(most));
        return ExitUsage;
    }
    const QByteArray prompt = composePrompt(options.prompt, input);
    if (prompt.trimmed().isEmpty()) {
        printError(u"there is no prompt: gemini-proxy ask \"Explain how AI works\", "
                   "or pipe text into gemini-proxy ask"_s);
        return ExitUsage;
    }

    std::unique_ptr<DemoServer> demo;
    if (options.demo && !(demo = startDemo(options))) {
        printError(u"cannot start the demo: no free port on 127.0.0.1"_s);
        return ExitUnavailable;
    }
    if (options.proxy.key.isEmpty()) {
        printError("there is no key: "_L1 + missingKeyAdvice(options));
        return ExitConfiguration;
    }

    const QByteArray token = randomToken();
    options.proxy.listenAddress = QHostAddress(QHostAddress::LocalHost);
    options.proxy.bothLoopbacks = false;
    options.proxy.port = 0;
    options.proxy.tokens = {guard::makeToken("ask"_ba, token)};
    const std::unique_ptr<UsageStore> usage = usageStoreFor(options); // the store outlives the server
    ProxyServer server(options.proxy);
    if (usage)
        QObject::connect(&server, &ProxyServer::exchangeEnded, usage.get(), &UsageStore::record);
    const auto port = server.listen();
    if (!port) {
        printError(port.error().message);
        return ExitUnavailable;
    }

    // The time limits that count are those of the proxy to which this request goes. The limits set here must just not
    // be shorter.
    constexpr std::chrono::hours patience{24};
    UpstreamOptions way;
    way.firstByteTime = patience;
    way.idleTime = patience;
    way.networkProxy = QNetworkProxy(QNetworkProxy::NoProxy);
    UpstreamManager manager(way);

    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(*port);
    url.setPath(u"/gemini-proxy"_s);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"text/plain; charset=utf-8"_s);
    request.setRawHeader("Authorization"_ba, "Bearer " + token);
    const std::unique_ptr<QNetworkReply> reply(manager.post(request, prompt));
    Asker asker(reply.get());
    const int exitCode = QCoreApplication::exec();
    waitForEnd(server);
    return exitCode;
}
