#include "app/cli/ask.h"

#include "app/cli/agentrun.h"
#include "app/cli/answeroutput.h"
#include "app/cli/console.h"
#include "app/cli/demo.h"
#include "app/cli/exitcodes.h"
#include "app/cli/localclient.h"
#include "app/cli/modelask.h"
#include "app/options/options.h"
#include "app/system/signals.h"
#include "app/usage/usagestore.h"
#include "proxy/demo/demoserver.h"
#include "proxy/guard/guard.h"
#include "proxy/server.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QRandomGenerator>
#include <QTimer>

#include <array>

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
    QByteArray prompt = arguments.toUtf8();
    if (input.trimmed().isEmpty())
        return prompt;
    return prompt.isEmpty() ? input : prompt + "\n\n" + input;
}

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

// Runs the program until what was asked for has ended. Returns the exit code.
template <typename Asking>
int runUntilEnd(Asking &asking, AnswerOutput &output)
{
    QObject::connect(&asking, &Asking::ended, &asking, [&output](const Outcome &outcome) {
        output.endLine();
        if (!outcome.message.isEmpty())
            printError(outcome.message);
        QCoreApplication::exit(outcome.whole ? ExitOk : ExitFailed);
    });
    asking.start();
    return QCoreApplication::exec();
}

int askAgent(LocalClient &client, AnswerOutput &output, const Options &options, const QByteArray &prompt)
{
    AgentRun run(client, output,
                 {options.agent, options.resume.toLatin1(), prompt, options.json, options.proxy.limits.retryPause});
    const TerminationSignals signalWatcher;
    QObject::connect(&signalWatcher, &TerminationSignals::received, &run, &AgentRun::leave);
    return runUntilEnd(run, output);
}

int askModel(LocalClient &client, AnswerOutput &output, const Options &options, const QByteArray &prompt)
{
    ModelAsk asking(client, output, {options.proxy.model, prompt, options.json});
    return runUntilEnd(asking, output);
}

// Counts what an exchange has used. If the upstream does not know what was asked for, such as Interactions, that has
// used nothing, and the prompt may be asked in another way.
void record(UsageStore &usage, const ExchangeInfo &info)
{
    if (info.status != 404 || !info.interaction)
        usage.record(info);
}

} // namespace

int ask(Options options)
{
    const bool resumes = !options.resume.isEmpty();
    const qint64 most = options.proxy.limits.bodyBytes;
    const QByteArray input = resumes || standardInputIsTerminal() ? QByteArray() : readStandardInput(most);
    if (input.size() > most) {
        printError(u"standard input is larger than %1 bytes, the limit for a prompt: body-bytes in the config "
                   "file raises it"_s.arg(most));
        return ExitUsage;
    }
    const QByteArray prompt = composePrompt(options.prompt, input);
    if (!QUtf8StringView(prompt.constData(), prompt.size()).isValidUtf8()) {
        printError(u"the prompt is not valid UTF-8"_s);
        return ExitUsage;
    }
    if (prompt.trimmed().isEmpty() && !resumes) {
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
    options.proxy.limits.bodyBytes = 6 * most + 4096;                 // in JSON, one byte of the prompt may take six
    const std::unique_ptr<UsageStore> usage = usageStoreFor(options); // the store outlives the server
    ProxyServer server(options.proxy);
    if (usage)
        QObject::connect(&server, &ProxyServer::exchangeEnded, usage.get(),
                         [store = usage.get()](const ExchangeInfo &info) { record(*store, info); });
    const auto port = server.listen();
    if (!port) {
        printError(port.error().message);
        return ExitUnavailable;
    }

    LocalClient client(*port, token);
    AnswerOutput output;
    const bool isAgent = resumes || !options.agent.isEmpty();
    const int exitCode = (isAgent ? askAgent : askModel)(client, output, options, prompt);
    waitForEnd(server);
    return exitCode;
}
