#include "ui/chatpage/markdown/codehighlighter.h"

#include <QCoreApplication>
#include <QFile>
#include <QHash>
#include <QLoggingCategory>

#include <boost/shared_ptr.hpp>
#include <srchilite/formatter.h>
#include <srchilite/formattermanager.h>
#include <srchilite/formatterparams.h>
#include <srchilite/langdefmanager.h>
#include <srchilite/langmap.h>
#include <srchilite/regexrulefactory.h>
#include <srchilite/settings.h>
#include <srchilite/sourcehighlighter.h>

#include <memory>
#include <mutex>
#include <unordered_map>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcHighlight, "gemini.highlight")

namespace markdown {

namespace {

// Source-highlight's parsers have global state, so only one thread at a time may use them.
std::mutex &libraryMutex()
{
    static std::mutex mutex;
    return mutex;
}

struct Element
{
    const char *name;
    Token token;
};

constexpr Element elements[] = {
        {"keyword", Token::Keyword},
        {"type", Token::Type},
        {"usertype", Token::Type},
        {"classname", Token::Type},
        {"string", Token::String},
        {"specialchar", Token::String},
        {"regexp", Token::String},
        {"value", Token::String},
        {"url", Token::String},
        {"path", Token::String},
        {"number", Token::Number},
        {"atom", Token::Number},
        {"comment", Token::Comment},
        {"todo", Token::Comment},
        {"function", Token::Function},
        {"predef_func", Token::Function},
        {"property", Token::Function},
        {"selector", Token::Keyword},
        {"attribute", Token::Type},
        {"preproc", Token::Preprocessor},
        {"label", Token::Preprocessor},
        {"variable", Token::Preprocessor},
        {"predef_var", Token::Preprocessor},
        {"section", Token::Function},
        {"argument", Token::Type},
};

// Names of languages that are written after fences, but that the library's own list lacks.
constexpr std::pair<const char *, const char *> aliases[] = {
        {"typescript", "javascript"},
        {"ts", "javascript"},
        {"tsx", "javascript"},
        {"jsx", "javascript"},
        {"kotlin", "java"},
        {"kt", "java"},
        {"swift", "scala"},
        {"c++", "cpp"},
        {"c#", "csharp"},
        {"objective-c", "c"},
        {"objc", "c"},
        {"shell", "sh"},
        {"console", "sh"},
        {"zsh", "sh"},
        {"dockerfile", "sh"},
        {"jsonc", "json"},
        {"json5", "json"},
        {"rust", "rust"},
        {"rs", "rust"},
        {"toml", "conf"},
        {"ini", "conf"},
        {"golang", "go"},
        {"make", "makefile"},
        {"svg", "xml"},
        {"scss", "css"},
        {"less", "css"},
        {"python3", "python"},
        {"node", "javascript"},
};

class Collector : public srchilite::Formatter
{
public:
    Collector(Token token, QList<TokenRange> &ranges) : m_token(token), m_ranges(ranges) {}

    void format(const std::string &text, const srchilite::FormatterParams *params) override
    {
        if (params && params->start >= 0 && !text.empty())
            m_ranges.append({params->start, int(text.size()), m_token});
    }

private:
    const Token m_token;
    QList<TokenRange> &m_ranges;
};

class Plain : public srchilite::Formatter
{
public:
    void format(const std::string &, const srchilite::FormatterParams *) override {}
};

// Returns the line with one byte for each UTF-16 unit, so that positions are the same. What is not ASCII becomes an
// 'x', as it is most likely a letter.
std::string bytesOf(const QString &line)
{
    std::string bytes(size_t(line.size()), 'x');
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line[i].unicode() < 0x80)
            bytes[size_t(i)] = char(line[i].unicode());
    }
    return bytes;
}

// Returns the folder with the definitions of languages. A portable copy of the program brings its own.
std::string dataFolder()
{
    const QString beside = QCoreApplication::applicationDirPath() + "/../share/source-highlight"_L1;
    return QFile::exists(beside + "/lang.map"_L1) ? QFile::encodeName(beside).toStdString()
                                                  : srchilite::Settings::retrieveDataDir();
}

} // namespace

class CodeHighlighter::Worker : public QObject
{
public:
    explicit Worker(const std::atomic_bool &stopping)
        : m_stopping(stopping), m_languages(&m_rules), m_formatters(boost::shared_ptr<srchilite::Formatter>(new Plain))
    {
        for (const Element &element : elements) {
            m_formatters.addFormatter(element.name,
                                      boost::shared_ptr<srchilite::Formatter>(new Collector(element.token, m_ranges)));
        }
    }

    void begin(quint64 job, const QString &language)
    {
        if (m_stopping)
            return;
        if (auto highlighter = make(language.toLower().toStdString()))
            m_jobs.emplace(job, std::move(highlighter));
    }

    void end(quint64 job) { m_jobs.erase(job); }

    QList<QList<TokenRange>> highlight(quint64 job, const QStringList &lines)
    {
        QList<QList<TokenRange>> result;
        const auto found = m_jobs.find(job);
        for (const QString &line : lines) {
            m_ranges.clear();
            if (found != m_jobs.end() && !m_stopping && line.size() <= lineLimit)
                highlight(*found->second, line);
            result.append(m_ranges);
        }
        return result;
    }

private:
    void highlight(srchilite::SourceHighlighter &highlighter, const QString &line)
    {
        const std::lock_guard guard(libraryMutex());
        try {
            highlighter.setFormatterParams(&m_params);
            m_params.start = 0;
            highlighter.highlightParagraph(bytesOf(line));
        } catch (const std::exception &error) { // the line was too hard for one of the regular expressions
            qCDebug(lcHighlight, "Gave a line up: %s", error.what());
            m_ranges.clear();
            highlighter.clearStateStack();
            highlighter.setCurrentState(highlighter.getMainState());
        }
    }

    std::unique_ptr<srchilite::SourceHighlighter> make(std::string language)
    {
        const std::lock_guard guard(libraryMutex());
        try {
            for (const auto &[alias, name] : aliases) {
                if (language == alias) {
                    language = name;
                    break;
                }
            }
            static const std::string folder = dataFolder();
            if (!m_map) {
                m_map = std::make_unique<srchilite::LangMap>(folder, "lang.map");
                m_map->open();
            }
            std::string file = m_map->getMappedFileName(language);
            if (file.empty() && language == "rust")
                file = "rust.lang";
            if (file.empty())
                return {};
            const auto state = m_languages.getHighlightState(folder, file);
            auto highlighter = std::make_unique<srchilite::SourceHighlighter>(state);
            highlighter->setFormatterManager(&m_formatters);
            return highlighter;
        } catch (const std::exception &error) {
            qCInfo(lcHighlight, "No colours for code: %s", error.what());
            return {};
        }
    }

    const std::atomic_bool &m_stopping;
    QList<TokenRange> m_ranges;
    srchilite::RegexRuleFactory m_rules;
    srchilite::LangDefManager m_languages;
    srchilite::FormatterManager m_formatters;
    srchilite::FormatterParams m_params;
    std::unique_ptr<srchilite::LangMap> m_map;
    std::unordered_map<quint64, std::unique_ptr<srchilite::SourceHighlighter>> m_jobs;
};

CodeHighlighter::CodeHighlighter(QObject *parent)
    : QObject(parent), m_worker(u"highlighter"_s, std::make_unique<Worker>(m_stopping))
{
    m_worker.start(QThread::LowPriority);
}

CodeHighlighter::~CodeHighlighter()
{
    m_stopping = true;
    m_worker.stop();
}

quint64 CodeHighlighter::begin(const QString &language)
{
    const quint64 job = ++m_last;
    if (isDiff(language)) {
        m_diffs.insert(job);
        return job;
    }
    m_worker.call([job, language](Worker &worker) { worker.begin(job, language); });
    return job;
}

void CodeHighlighter::add(quint64 job, const QStringList &lines)
{
    if (m_diffs.contains(job)) {
        colorDiff(job, lines);
        return;
    }
    m_worker.call([this, job, lines](Worker &worker) {
        callLater(this, [this, job, result = worker.highlight(job, lines)] { emit highlighted(job, result); });
    });
}

void CodeHighlighter::end(quint64 job)
{
    if (!m_diffs.remove(job))
        m_worker.call([job](Worker &worker) { worker.end(job); });
}

} // namespace markdown
