#include "app/connect/markedlines.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tools::lines {
namespace {

const QByteArray begin = "# gemini-desk begin"_ba;
const QByteArray end = "# gemini-desk end"_ba;
const QByteArray kept = "# gemini-desk kept: "_ba;

QByteArray quoted(const QString &value)
{
    QByteArray text = value.toUtf8();
    text.replace('\\', "\\\\").replace('"', "\\\"");
    return '"' + text + '"';
}

QString unquoted(QByteArray text)
{
    text = text.trimmed();
    if (text.size() < 2 || !text.startsWith('"') || !text.endsWith('"'))
        return QString::fromUtf8(text);
    text = text.mid(1, text.size() - 2);
    return QString::fromUtf8(text.replace("\\\"", "\"").replace("\\\\", "\\"));
}

QByteArray lineOf(Format format, const QString &key, const QString &value)
{
    return key.toUtf8() + (format == Format::Toml ? " = " : "=") + quoted(value);
}

QByteArray tableOf(const QStringList &path)
{
    return path.first(path.size() - 1).join(u'.').toUtf8();
}

// Returns the key that a line sets, without quotes and blanks; "" = it sets none.
QByteArray keyOf(const QByteArray &line)
{
    const qsizetype equals = line.indexOf('=');
    QByteArray key = line.left(std::max<qsizetype>(equals, 0)).trimmed();
    if (key.startsWith('#') || key.startsWith('['))
        return {};
    if (key.startsWith("export "))
        key = key.mid(7);
    return key.replace('"', "").replace('\'', "").replace(' ', "");
}

// Returns the name of the table that a line of TOML begins; "" = it begins none.
QByteArray headerIn(const QByteArray &line)
{
    const QByteArray text = line.trimmed();
    if (!text.startsWith('['))
        return {};
    QByteArray name = text.left(text.indexOf(']'));
    for (const char c : {'[', '"', '\'', ' ', '\t'})
        name.replace(c, "");
    return name.isEmpty() ? "?"_ba : name;
}

// Finds out where a value of TOML goes on in the next line.
class TomlState
{
public:
    // Whether the next line begins a statement, and is not in the middle of a value.
    [[nodiscard]] bool isBetween() const { return m_quotes.isEmpty() && m_depth == 0; }

    void feed(const QByteArray &line)
    {
        const bool header = isBetween() && line.trimmed().startsWith('[');
        for (qsizetype i = 0; i < line.size(); ++i) {
            const char c = line.at(i);
            if (!m_quotes.isEmpty()) {
                if (c == '\\' && m_quotes.startsWith('"')) {
                    ++i;
                } else if (QByteArrayView(line).sliced(i).startsWith(m_quotes)) {
                    i += m_quotes.size() - 1;
                    m_quotes.clear();
                }
            } else if (c == '#') {
                break;
            } else if (c == '"' || c == '\'') {
                const QByteArray three(3, c);
                m_quotes = QByteArrayView(line).sliced(i).startsWith(three) ? three : QByteArray(1, c);
                i += m_quotes.size() - 1;
            } else if ((c == '[' || c == '{') && !header) {
                ++m_depth;
            } else if ((c == ']' || c == '}') && !header) {
                --m_depth;
            }
        }
        if (m_quotes.size() == 1)
            m_quotes.clear(); // such a string ends with its line
    }

private:
    QByteArray m_quotes; // those that end the string we are in
    int m_depth = 0;
};

QList<QByteArray> split(const QByteArray &text)
{
    QList<QByteArray> lines = text.split('\n');
    if (lines.constLast().isEmpty())
        lines.removeLast();
    return lines;
}

QByteArray plain(const QByteArray &line)
{
    return line.endsWith('\r') ? line.chopped(1) : line;
}

QByteArray block(const QList<QByteArray> &lines, const QByteArray &lineFeed)
{
    return lines.isEmpty() ? QByteArray() : begin + lineFeed + lines.join(lineFeed) + lineFeed + end + lineFeed;
}

struct Parts
{
    QList<QByteArray> top;
    QList<QByteArray> table; // with its header; empty if there is none
};

Parts partsOf(Format format, const QList<Setting> &settings)
{
    Parts parts;
    for (const Setting &setting : settings) {
        const QByteArray line = lineOf(format, setting.path.constLast(), setting.value.toString());
        if (setting.path.size() == 1) {
            parts.top.append(line);
            continue;
        }
        if (parts.table.isEmpty())
            parts.table.append('[' + tableOf(setting.path) + ']');
        parts.table.append(line);
    }
    return parts;
}

} // namespace

Expected<QByteArray, QString> put(Format format, const QByteArray &text, const QList<Setting> &settings)
{
    QSet<QByteArray> keys;
    QByteArray table;
    for (const Setting &setting : settings) {
        if (setting.path.size() == 1)
            keys.insert(setting.path.constFirst().toUtf8());
        else
            table = tableOf(setting.path);
    }
    const QByteArray parent = table.left(table.lastIndexOf('.'));
    const QByteArray child = table.mid(parent.size() + 1);
    const QString taken = u"already sets %1, in a way that this program does not edit"_s;

    const bool marked = text.startsWith("\xef\xbb\xbf");
    const QByteArray lineFeed = text.contains("\r\n") ? "\r\n"_ba : "\n"_ba;
    QByteArray rest;
    QByteArray header;
    TomlState state;
    const QList<QByteArray> all = split(marked ? text.mid(3) : text);
    for (const QByteArray &line : all) {
        const bool isStatement = format == Format::Env || state.isBetween();
        if (format == Format::Toml)
            state.feed(plain(line));
        const QByteArray key = isStatement ? keyOf(line) : QByteArray();
        if (format == Format::Toml && isStatement) {
            if (const QByteArray found = headerIn(line); !found.isEmpty())
                header = found;
            const QByteArray full = header.isEmpty() || key.isEmpty() ? header + key : header + '.' + key;
            if (!table.isEmpty()
                && (full == table || full.startsWith(table + '.') || (full == parent && !key.isEmpty())))
                return taken.arg(QString::fromUtf8(parent + '.' + child));
        }
        if (header.isEmpty() && keys.contains(key)) {
            if (format == Format::Toml && !state.isBetween())
                return taken.arg(QString::fromUtf8(key));
            rest += kept;
        }
        rest += line + '\n';
    }
    if (format == Format::Toml && !state.isBetween())
        return u"ends in the middle of a value"_s;

    const Parts parts = partsOf(format, settings);
    const QByteArray top = block(parts.top, lineFeed);
    return (marked ? text.left(3) : QByteArray()) + (format == Format::Toml ? top + rest : rest + top)
            + block(parts.table, lineFeed);
}

Edited takeOut(Format format, const QByteArray &text, const QList<Written> &written)
{
    QSet<QByteArray> ours;
    QHash<QByteArray, QString> names;
    for (const Written &one : written) {
        ours.insert(lineOf(format, one.path.constLast(), one.value.toString()));
        names.insert(one.path.constLast().toUtf8(), one.path.join(u'.'));
    }
    Edited edited;
    QSet<QByteArray> left;
    QByteArray header; // of our table, until one of its lines is to stay
    bool inside = false;
    const bool marked = text.startsWith("\xef\xbb\xbf");
    const QList<QByteArray> all = split(marked ? text.mid(3) : text);
    QList<QByteArray> rest;
    for (const QByteArray &line : all) {
        const QByteArray bare = plain(line);
        if (bare == begin || bare == end) {
            inside = bare == begin;
            header.clear();
            continue;
        }
        if (!inside) {
            rest.append(line);
            continue;
        }
        if (ours.contains(bare))
            continue;
        if (format == Format::Toml && header.isEmpty() && bare.startsWith('[')) {
            header = line;
            continue;
        }
        if (!header.isEmpty())
            rest.append(std::exchange(header, {}));
        rest.append(line);
        if (names.contains(keyOf(bare))) {
            left.insert(keyOf(bare));
            edited.left.append(names.value(keyOf(bare)));
        }
    }
    edited.text = marked ? text.left(3) : QByteArray();
    for (const QByteArray &line : std::as_const(rest)) {
        const QByteArray before = line.startsWith(kept) ? line.mid(kept.size()) : QByteArray();
        edited.text += (before.isEmpty() || left.contains(keyOf(before)) ? line : before) + '\n';
    }
    return edited;
}

std::optional<QJsonValue> valueIn(Format format, const QByteArray &text, const QStringList &path)
{
    bool inside = false;
    QByteArray header;
    const QByteArray table = path.size() > 1 ? tableOf(path) : QByteArray();
    const QList<QByteArray> all = split(text);
    for (const QByteArray &line : all) {
        const QByteArray bare = plain(line);
        if (bare == begin || bare == end)
            inside = bare == begin;
        else if (format == Format::Toml && inside && bare.startsWith('['))
            header = headerIn(bare);
        else if (inside && header == table && keyOf(bare) == path.constLast().toUtf8())
            return unquoted(bare.mid(bare.indexOf('=') + 1));
    }
    return {};
}

QByteArray snippet(Format format, const QList<Setting> &settings)
{
    const Parts parts = partsOf(format, settings);
    QByteArray text = parts.top.join('\n') + '\n';
    if (!parts.table.isEmpty())
        text += '\n' + parts.table.join('\n') + '\n';
    return text;
}

} // namespace tools::lines
