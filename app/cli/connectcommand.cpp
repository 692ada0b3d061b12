#include "app/cli/connectcommand.h"

#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/connect/toolfiles.h"
#include "app/connect/tooltest.h"
#include "app/options/boundedfile.h"
#include "app/options/tokensection.h"
#include "proxy/guard/guard.h"

#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSaveFile>

#include <algorithm>
#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestConfig = 1024 * 1024;

void print(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stdout);
    std::fflush(stdout); // the question, and the lines of standard error, come after it
}

int failed(const QString &message, int exitCode)
{
    printError(message);
    return exitCode;
}

// Returns the path with "~" for the home folder, for people.
QString shown(const QString &path)
{
    const QString home = QDir::homePath();
    return QDir::toNativeSeparators(path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path);
}

QByteArray randomToken()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words).toHex();
}

QString addressOf(const ProxySettings &proxy)
{
    const QHostAddress &address = proxy.listenAddress;
    const bool any =
            address == QHostAddress::Any || address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6;
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(any ? u"127.0.0.1"_s : address.toString());
    url.setPort(proxy.port);
    return url.toString();
}

// Puts a token into the config file, or takes it out if it is empty. Returns why that failed, or "".
QString changeConfig(const QString &path, const QString &name, const QByteArray &token)
{
    const QString cannot = u"cannot write the config file %1: "_s.arg(path);
    if (path.isEmpty())
        return u"there is no folder for the config file, which is to hold the token: say --config FILE"_s;
    QByteArray config;
    if (QFileInfo::exists(path)) {
        const auto content = readBoundedFile(path, largestConfig);
        if (!content)
            return cannot + content.error();
        config = *content;
    }
    const QByteArray after = token.isEmpty()
            ? withoutToken(config, name.toUtf8())
            : withToken(config, name.toUtf8(), guard::makeToken(name.toUtf8(), token).sha256);
    if (after == config)
        return {};
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(after) != after.size() || !file.commit())
        return cannot + file.errorString();
    return {};
}

int listTools()
{
    const tools::ToolFiles files;
    qsizetype idWidth = 0;
    qsizetype nameWidth = 0;
    for (const tools::Tool &tool : tools::all()) {
        idWidth = std::max(idWidth, tool.id.size());
        nameWidth = std::max(nameWidth, tool.name.size());
    }
    QString text;
    for (const tools::Tool &tool : tools::all()) {
        text += tool.id.leftJustified(idWidth + 2) + tool.name.leftJustified(nameWidth + 2) + tools::nameOf(tool.api)
                + (files.isConnected(tool.id) ? u", connected\n"_s : u"\n"_s);
    }
    print(text);
    return ExitOk;
}

const tools::Tool *toolOf(const Options &options)
{
    const tools::Tool *tool = tools::find(options.tool);
    if (!tool)
        printError(u"there is no tool \"%1\": gemini-proxy connect lists those that there are"_s.arg(options.tool));
    return tool;
}

// Shows what is to be written, and asks if that is still to be asked. Returns an exit code if it is not to be written.
std::optional<int> askFor(const tools::Plan &plan, const Options &options)
{
    for (const tools::FileChange &change : plan.changes)
        print(change.diff());
    if (options.yes)
        return {};
    if (!standardInputIsTerminal())
        return failed(u"nothing was written: say --yes where nobody can be asked"_s, ExitUsage);
    if (confirmed("Write this? [y/N] "))
        return {};
    return failed(u"nothing was written"_s, ExitFailed);
}

// What `connect` is about: a tool, and what it is to be told.
class Connect
{
public:
    Connect(const Options &options, const QProcessEnvironment &environment, const tools::Tool &tool)
        : m_options(options),
          m_environment(environment),
          m_tool(tool),
          m_target{addressOf(options.proxy),
                   QString::fromLatin1(options.proxy.model),
                   {},
                   options.given.contains(u"model"_s)}
    {
        m_target.token = tools::placeholder();
        const bool wanted = !options.proxy.tokens.isEmpty();
        const QString inFile = tools::ToolFiles::asSet(guide(), m_target).token;
        const QByteArray hash = guard::makeToken({}, inFile.toUtf8()).sha256;
        const bool inFileWorks = std::any_of(options.proxy.tokens.begin(), options.proxy.tokens.end(),
                                             [&hash](const AccessToken &token) { return token.sha256 == hash; });
        if (!options.clientToken.isEmpty()) {
            m_target.token = QString::fromLatin1(options.clientToken.reveal());
        } else if (options.newToken || (options.write && wanted && !inFileWorks)) {
            m_newToken = randomToken();
            m_target.token = QString::fromLatin1(m_newToken);
        } else if (wanted) {
            m_target.token = inFileWorks ? inFile : u"YOUR-TOKEN"_s;
        }
    }

    int write()
    {
        const tools::Guide guide = this->guide();
        if (guide.files.isEmpty()) {
            return failed(u"%1 has no file that this program writes: gemini-proxy connect %2 prints what to set"_s.arg(
                                  m_tool.name, m_tool.id),
                          ExitUsage);
        }
        auto plan = m_files.connecting(guide);
        if (!plan)
            return failed(u"nothing was written: "_s + plan.error(), ExitUnavailable);
        plan->tokenName = m_newToken.isEmpty() ? m_files.tokenName(m_tool.id) : m_tool.id;
        if (m_newToken.isEmpty()
            && std::all_of(plan->changes.begin(), plan->changes.end(),
                           [](const tools::FileChange &change) { return change.before == change.after; })) {
            print(u"%1 is connected already.\n"_s.arg(m_tool.name));
            return ExitOk;
        }
        if (const auto exitCode = askFor(*plan, m_options))
            return *exitCode;
        if (const QString problem = keepToken(); !problem.isEmpty())
            return failed(problem, ExitUnavailable);
        if (const QString problem = m_files.apply(*plan); !problem.isEmpty())
            return failed(problem, ExitUnavailable);
        print(u"%1 is connected to %2.\n"_s.arg(m_tool.name, m_target.address));
        if (!guide.note.isEmpty())
            print(guide.note + u'\n');
        sayToken();
        return ExitOk;
    }

    int show()
    {
        const tools::Guide guide = this->guide();
        if (const QString problem = keepToken(); !problem.isEmpty())
            return failed(problem, ExitUnavailable);
        QString text = u"%1 speaks %2 to %3.\n"_s.arg(m_tool.name, tools::nameOf(m_tool.api), m_target.address);
        for (const tools::Block &block : guide.blocks) {
            switch (block.place) {
            case tools::Block::Place::Shell:
                text += u"\nIn the shell:\n\n"_s;
                break;
            case tools::Block::Place::File:
                text += u"\nIn %1:\n\n"_s.arg(shown(block.file));
                break;
            case tools::Block::Place::Settings:
                text += u"\nIn its settings:\n\n"_s;
                break;
            }
            text += block.text;
        }
        if (!guide.note.isEmpty())
            text += u'\n' + guide.note + u'\n';
        if (!guide.files.isEmpty())
            text += u"\ngemini-proxy connect %1 --write does it.\n"_s.arg(m_tool.id);
        print(text);
        if (m_target.token == "YOUR-TOKEN"_L1)
            printError(u"the proxy wants a token: --new-token makes one for this tool"_s);
        sayToken();
        return ExitOk;
    }

    int test()
    {
        tools::Target target = m_target;
        if (m_files.isConnected(m_tool.id))
            target = tools::ToolFiles::asSet(guide(), target);
        tools::ToolTest test;
        QEventLoop loop;
        int exitCode = ExitFailed;
        QObject::connect(&test, &tools::ToolTest::ended, &loop, [&](const tools::TestResult &result) {
            const bool answered = result.kind == tools::TestResult::Kind::Answered;
            const QString sentence = tools::sentenceOf(m_tool.name, result);
            if (answered)
                print(sentence + u'\n');
            else
                printError(sentence);
            exitCode = answered                                             ? ExitOk
                    : result.kind == tools::TestResult::Kind::NobodyListens ? ExitUnavailable
                                                                            : ExitFailed;
            loop.quit();
        });
        test.start(m_tool.api, target);
        loop.exec();
        return exitCode;
    }

private:
    [[nodiscard]] tools::Guide guide() const
    {
        return tools::guideFor(m_tool, m_target, m_environment,
                               [](const QString &path) { return QFileInfo::exists(path); });
    }

    QString keepToken()
    {
        return m_newToken.isEmpty() ? QString() : changeConfig(m_options.configFile, m_tool.id, m_newToken);
    }

    void sayToken()
    {
        if (m_newToken.isEmpty())
            return;
        const bool first = m_options.proxy.tokens.isEmpty();
        print(u"Its token \"%1\" is in %2%3. Start gemini-proxy again, or send it SIGHUP, so that it knows.\n"_s.arg(
                m_tool.id, shown(m_options.configFile),
                first ? u", and from now on every client needs one"_s : QString()));
    }

    const Options &m_options;
    const QProcessEnvironment &m_environment;
    const tools::Tool &m_tool;
    const tools::ToolFiles m_files;
    tools::Target m_target;
    QByteArray m_newToken;
};

} // namespace

int connectCommand(const Options &options, const QProcessEnvironment &environment)
{
    if (options.tool.isEmpty()) {
        if (options.write || options.test || options.newToken)
            return failed(u"which tool? gemini-proxy connect lists them"_s, ExitUsage);
        return listTools();
    }
    const tools::Tool *tool = toolOf(options);
    if (!tool)
        return ExitUsage;
    if (options.proxy.port == 0)
        return failed(u"the tool must be told a port: say --port N"_s, ExitUsage);
    Connect connect(options, environment, *tool);
    if (options.write) {
        const int exitCode = connect.write();
        return exitCode == ExitOk && options.test ? connect.test() : exitCode;
    }
    return options.test ? connect.test() : connect.show();
}

int disconnectCommand(const Options &options)
{
    const tools::Tool *tool = toolOf(options);
    if (!tool)
        return ExitUsage;
    const tools::ToolFiles files;
    const auto plan = files.disconnecting(tool->id);
    if (!plan)
        return failed(plan.error(), files.isConnected(tool->id) ? ExitUnavailable : ExitFailed);
    if (const auto exitCode = askFor(*plan, options))
        return *exitCode;
    const QString tokenName = files.tokenName(tool->id);
    if (const QString problem = files.apply(*plan); !problem.isEmpty())
        return failed(problem, ExitUnavailable);
    print(u"%1 is disconnected.\n"_s.arg(tool->name));
    for (const tools::FileChange &change : plan->changes) {
        if (!change.left.isEmpty()) {
            print(u"You have changed these in %1, so they stay: %2.\n"_s.arg(shown(change.path),
                                                                             change.left.join(u", "_s)));
        }
    }
    if (!tokenName.isEmpty()) {
        if (const QString problem = changeConfig(options.configFile, tokenName, {}); !problem.isEmpty())
            return failed(problem, ExitUnavailable);
    }
    return ExitOk;
}
