#include "app/connect/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf", 3);

QByteArray compact(const QJsonValue &value)
{
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

} // namespace

Expected<JsonText, QString> JsonText::parse(const QByteArray &text)
{
    const bool marked = text.startsWith(byteOrderMark);
    const QByteArray mark = marked ? text.left(byteOrderMark.size()) : QByteArray();
    QByteArray rest = text.mid(mark.size());
    if (rest.trimmed().isEmpty())
        rest = "{}\n"_ba;
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(rest, &error);
    if (error.error != QJsonParseError::NoError)
        return u"holds comments or is no JSON: %1 at byte %2"_s.arg(error.errorString())
                .arg(mark.size() + error.offset);
    if (!document.isObject())
        return u"holds no JSON object"_s;
    return JsonText(mark, rest);
}

bool JsonText::isEmptyObject() const
{
    return members(afterBlanks(0)).isEmpty();
}

std::optional<QJsonValue> JsonText::value(const QStringList &path) const
{
    const Found found = find(path);
    if (!found.member)
        return {};
    const QByteArray raw = m_text.mid(found.member->valueBegin, found.member->valueEnd - found.member->valueBegin);
    return QJsonDocument::fromJson('[' + raw + ']').array().at(0);
}

QString JsonText::obstacle(const QStringList &path) const
{
    for (qsizetype length = 1; length < path.size(); ++length) {
        const auto there = value(path.first(length));
        if (there && !there->isObject())
            return path.first(length).join(u'.');
    }
    return {};
}

int JsonText::missingObjects(const QStringList &path) const
{
    return int(path.size()) - 1 - find(path).depth;
}

void JsonText::set(const QStringList &path, const QJsonValue &value)
{
    const Found found = find(path);
    if (found.member) {
        const QByteArray text = rendered(value, indentOf(found.member->nameBegin));
        m_text.replace(found.member->valueBegin, found.member->valueEnd - found.member->valueBegin, text);
        return;
    }
    QJsonValue whole = value;
    for (qsizetype i = path.size() - 1; i > found.depth; --i)
        whole = QJsonObject{{path.at(i), whole}};
    const QByteArray name = compact(path.at(found.depth)) + ": ";
    const QList<Member> others = members(found.object);
    if (others.isEmpty()) {
        const QByteArray outer = indentOf(found.object);
        const QByteArray inner = outer + unit();
        const qsizetype end = afterValue(found.object);
        m_text.replace(found.object, end - found.object,
                       '{' + lineFeed() + inner + name + rendered(whole, inner) + lineFeed() + outer + '}');
        return;
    }
    const bool inLines = m_text.mid(found.object, others.constLast().nameBegin - found.object).contains('\n');
    const QByteArray inner = indentOf(others.constLast().nameBegin);
    m_text.insert(others.constLast().valueEnd,
                  inLines ? ',' + lineFeed() + inner + name + rendered(whole, inner) : ", " + name + compact(whole));
}

void JsonText::remove(const QStringList &path)
{
    const Found found = find(path);
    if (!found.member)
        return;
    const QList<Member> all = members(found.object);
    qsizetype index = 0;
    while (all.at(index).nameBegin != found.member->nameBegin)
        ++index;
    if (all.size() == 1) {
        const qsizetype end = afterValue(found.object);
        m_text.replace(found.object, end - found.object, "{}");
    } else if (index > 0) {
        const qsizetype begin = all.at(index - 1).valueEnd;
        m_text.remove(begin, all.at(index).valueEnd - begin);
    } else {
        m_text.remove(all.at(0).nameBegin, all.at(1).nameBegin - all.at(0).nameBegin);
    }
}

qsizetype JsonText::afterBlanks(qsizetype at) const
{
    while (at < m_text.size() && QByteArrayView(" \t\r\n").contains(m_text.at(at)))
        ++at;
    return at;
}

qsizetype JsonText::afterString(qsizetype at) const
{
    for (++at; m_text.at(at) != '"'; ++at) {
        if (m_text.at(at) == '\\')
            ++at;
    }
    return at + 1;
}

qsizetype JsonText::afterValue(qsizetype at) const
{
    int depth = 0;
    do {
        const char c = m_text.at(at);
        if (c == '"') {
            at = afterString(at);
            continue;
        }
        if (depth == 0 && c != '{' && c != '[') { // a number or a word
            while (at < m_text.size() && !QByteArrayView(",]} \t\r\n").contains(m_text.at(at)))
                ++at;
            return at;
        }
        if (c == '{' || c == '[')
            ++depth;
        else if (c == '}' || c == ']')
            --depth;
        ++at;
    } while (depth > 0);
    return at;
}

QList<JsonText::Member> JsonText::members(qsizetype object) const
{
    QList<Member> found;
    qsizetype at = afterBlanks(object + 1);
    while (m_text.at(at) != '}') {
        Member member{};
        member.nameBegin = at;
        at = afterBlanks(afterString(at)); // at the colon
        member.valueBegin = afterBlanks(at + 1);
        member.valueEnd = afterValue(member.valueBegin);
        found.append(member);
        at = afterBlanks(member.valueEnd);
        if (m_text.at(at) == ',')
            at = afterBlanks(at + 1);
    }
    return found;
}

std::optional<JsonText::Member> JsonText::member(qsizetype object, const QString &name) const
{
    std::optional<Member> last; // of several members with the same name, all readers take the last
    const QList<Member> all = members(object);
    for (const Member &one : all) {
        const QByteArray raw = m_text.mid(one.nameBegin, afterString(one.nameBegin) - one.nameBegin);
        if (QJsonDocument::fromJson('[' + raw + ']').array().at(0).toString() == name)
            last = one;
    }
    return last;
}

JsonText::Found JsonText::find(const QStringList &path) const
{
    Found found{afterBlanks(0), 0, {}};
    while (const auto next = member(found.object, path.at(found.depth))) {
        if (found.depth + 1 == path.size()) {
            found.member = next;
            break;
        }
        if (m_text.at(next->valueBegin) != '{')
            break;
        found.object = next->valueBegin;
        ++found.depth;
    }
    return found;
}

// Returns the blanks at the begin of the line that this place is in.
QByteArray JsonText::indentOf(qsizetype at) const
{
    const qsizetype begin = m_text.lastIndexOf('\n', at) + 1;
    qsizetype end = begin;
    while (end < at && (m_text.at(end) == ' ' || m_text.at(end) == '\t'))
        ++end;
    return m_text.mid(begin, end - begin);
}

// Returns the blanks by which a member stands further to the right than its object.
QByteArray JsonText::unit() const
{
    const QList<Member> outermost = members(afterBlanks(0));
    const QByteArray indent = outermost.isEmpty() ? QByteArray() : indentOf(outermost.constFirst().nameBegin);
    return indent.isEmpty() ? "  "_ba : indent;
}

QByteArray JsonText::lineFeed() const
{
    return m_text.contains("\r\n") ? "\r\n"_ba : "\n"_ba;
}

QByteArray JsonText::rendered(const QJsonValue &value, const QByteArray &indent) const
{
    const QJsonObject object = value.toObject();
    if (object.isEmpty())
        return compact(value);
    const QByteArray inner = indent + unit();
    QByteArray text = "{"_ba;
    for (auto it = object.begin(); it != object.end(); ++it) {
        text += (it == object.begin() ? "" : ",") + lineFeed() + inner + compact(it.key()) + ": "
                + rendered(it.value(), inner);
    }
    return text + lineFeed() + indent + '}';
}
