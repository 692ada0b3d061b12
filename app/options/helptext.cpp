#include "app/options/options.h"

#include "app/options/optiontable.h"

using namespace Qt::StringLiterals;

QString missingKeyAdvice(const Options &options)
{
    if (!options.keyProblem.isEmpty())
        return options.keyProblem;
    return u"get one from https://aistudio.google.com/apikey and store it with "
           "\"gemini-proxy key set\", or set GEMINI_API_KEY, or try --demo, which needs none"_s;
}

QString helpText(const QString &program)
{
    QString text = program == "gemini-desk"_L1
            ? u"Usage: gemini-desk [OPTION...]\n"
              "\n"
              "The window that keeps your Gemini key, runs the proxy and shows its requests. A\n"
              "second start brings the first one's window to the front. What is said here\n"
              "beats the window's settings until it ends.\n"
              "\n"
              "Options (defaults in brackets):\n"
              "  --minimized         start without showing the window\n"
              "  --new-chat          show a new chat\n"_s
            : u"Usage: gemini-proxy [serve] [OPTION...]\n"
              "       gemini-proxy ask [OPTION...] [--json] [--agent NAME] [PROMPT...]\n"
              "       gemini-proxy ask [OPTION...] [--json] --resume ID\n"
              "       gemini-proxy key set|status|remove\n"
              "       gemini-proxy usage [--json] [--since DATE]\n"
              "       gemini-proxy connect [OPTION...] [TOOL [--write] [--yes] [--test]\n"
              "                            [--new-token]]\n"
              "       gemini-proxy disconnect [--yes] TOOL\n"
              "\n"
              "serve  lets local programs use Gemini with your key, which they never see:\n"
              "         curl -N -d 'Explain how AI works' http://127.0.0.1:8080/gemini-proxy\n"
              "       SIGINT or SIGTERM lets running answers finish, for at most 10 s.\n"
              "       SIGHUP reads config file, CA file and keychain again.\n"
              "ask    prints one answer as it comes. Reads standard input too when that is\n"
              "       not a terminal:\n"
              "         git diff | gemini-proxy ask Write a commit message for this\n"
              "       --agent NAME lets an agent work on it at Google for minutes or hours, and\n"
              "       prints its report; --resume ID comes back to such a run after anything\n"
              "       that ended ask. --json prints the whole interaction instead.\n"
              "key    puts your Gemini key into the system's keychain, says whether one is\n"
              "       there, or takes it out. The key is read from the terminal, which does not\n"
              "       show it, or from standard input.\n"
              "usage  prints what was used, by day, model and client, since a day such as\n"
              "       2025-01-31 or all of it; as a table or, with --json, for programs.\n"
              "connect  tells a tool such as claude-code, codex or gemini-cli to use the proxy:\n"
              "       without TOOL, lists the tools; else prints what to set. --write shows how\n"
              "       the tool's own file changes, asks, and writes it; --test sends a request\n"
              "       as the tool would; --new-token makes a token for it. disconnect takes it\n"
              "       out again. --yes answers the question.\n"
              "\n"
              "Options (defaults in brackets):\n"_s;
    constexpr int column = 22;
    const auto appendRow = [&text](const QString &left, const QString &help) {
        const QStringList lines = help.split(u'\n');
        text += ("  "_L1 + left).leftJustified(column) + lines.constFirst() + u'\n';
        for (const QString &line : lines.mid(1))
            text += QString(column, u' ') + line + u'\n';
    };
    for (const OptionRow &row : optionRows()) {
        const QString flag = "--"_L1 + QLatin1StringView(row.name);
        QString left = (flag + u' ' + QLatin1StringView(row.argument)).trimmed();
        if (left.size() + 2 >= column) { // the flag gets a line of its own
            text += "  "_L1 + left + u'\n';
            left.clear();
        }
        appendRow(left, QString::fromLatin1(row.help));
    }
    appendRow(u"--version"_s, u"print the version"_s);
    appendRow(u"--help"_s, u"print this"_s);
    text += u"\n"
            "The key comes from GEMINI_API_KEY, else from GOOGLE_API_KEY, else from the\n"
            "system's keychain.\n"
            "\n"
            "A flag beats the environment, which beats the config file. The variables:\n"_s;
    QString names = u" "_s;
    for (const OptionRow &row : optionRows()) {
        const QString variable = QLatin1StringView(row.variable);
        if (variable.isEmpty())
            continue;
        if (names.size() + 1 + variable.size() > 78) {
            text += names + u'\n';
            names = u" "_s;
        }
        names += u' ' + variable;
    }
    text += names + u'\n';
    text += u"\n"
            "The config file is $XDG_CONFIG_HOME/gemini-desk/gemini-proxy.conf, where it\n"
            "exists. It holds lines \"port=8080\", named like the flags, and:\n"
            "  [limits]            a section with limits and times:\n"_s;
    QString limits = u"   "_s;
    for (const LimitRow &row : limitRows()) {
        const QString name = QLatin1StringView(row.name);
        if (limits.size() + 1 + name.size() > 78) {
            text += limits + u'\n';
            limits = u"   "_s;
        }
        limits += u' ' + name;
    }
    text += limits + u'\n';
    text += u"  [models]            a section with models for the names of other APIs,\n"
            "                      NAME=MODEL; * is any text: claude-*=gemini-flash-latest\n"
            "  [tokens]            a section with tokens by name, NAME=SHA-256 of the token\n"
            "A semicolon begins a comment; a value that holds , ; or \\ needs quotes.\n"
            "\n"
            "Exit codes: 0 fine, 1 ask got no whole answer or there is no key,\n"
            "64 wrong usage, 69 cannot listen, no keychain or no way to read the usage file\n"
            "or to write a tool's,\n"
            "78 wrong configuration.\n"_s;
    return text;
}
