#include "ui/connect/connecttexts.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace connecttexts {

// Has the texts translated in one context, though functions have no tr() of their own.
struct ConnectTexts
{
    Q_DECLARE_TR_FUNCTIONS(ConnectTexts)
};

QString path(const QString &path)
{
    const QString home = QDir::homePath();
    return QDir::toNativeSeparators(path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path);
}

QString place(const ConnectTool::Block &block)
{
    switch (block.place) {
    case ConnectTool::Block::Place::Shell:
        return ConnectTexts::tr("In the shell");
    case ConnectTool::Block::Place::File:
        return ConnectTexts::tr("In %1").arg(path(block.file));
    case ConnectTool::Block::Place::Settings:
        return ConnectTexts::tr("In its settings");
    }
    Q_UNREACHABLE();
}

QString note(const QString &id)
{
    if (id == "gemini-cli"_L1)
        return ConnectTexts::tr("It reads .env only in folders that it trusts.");
    if (id == "qwen-code"_L1)
        return ConnectTexts::tr("Variables of the same names in your shell beat the file.");
    if (id == "copilot"_L1)
        return ConnectTexts::tr("It takes this from the environment only.");
    if (id == "continue"_L1)
        return ConnectTexts::tr("Where the file has a list of models already, add this one to it.");
    if (id == "kilo"_L1)
        return ConnectTexts::tr("In its settings, choose the provider OpenAI Compatible.");
    if (id == "zed"_L1)
        return ConnectTexts::tr("It keeps the key in the keychain: enter it in the agent's settings.");
    if (id == "vscode"_L1)
        return ConnectTexts::tr("Run “Chat: Manage Language Models” and add a model of a Custom Endpoint: that opens "
                                "this file.");
    if (id == "aider"_L1)
        return {};
    return ConnectTexts::tr("It reads the file when it starts.");
}

QString result(const QString &name, const ConnectTest &test)
{
    switch (test.kind) {
    case ConnectTest::Kind::Answered: {
        const QString time = QLocale().toString(double(test.time.count()) / 1000, 'f', 1);
        return test.model.isEmpty()
                ? ConnectTexts::tr("%1’s request was answered in %2 s.").arg(name, time)
                : ConnectTexts::tr("%1’s request was answered by %2 in %3 s.").arg(name, test.model, time);
    }
    case ConnectTest::Kind::Refused:
        return ConnectTexts::tr("%1’s request was refused: %2").arg(name, QString::number(test.status))
                + (test.message.isEmpty() ? QString() : u": "_s + test.message);
    case ConnectTest::Kind::NobodyListens:
        return ConnectTexts::tr("Nothing listens on %1: turn the proxy on in the settings.").arg(test.address);
    case ConnectTest::Kind::Failed:
        return ConnectTexts::tr("%1’s request got no answer: %2").arg(name, test.message);
    }
    Q_UNREACHABLE();
}

} // namespace connecttexts
