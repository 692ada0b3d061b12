// The search of Database. The index tells which turns match. The snippet is cut out of the turn's text here, as the
// snippet() function of FTS5 takes minutes for a text with thousands of hits.
#include "ui/chat/store/database.h"
#include "ui/chat/store/storeerror.h"

#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

QStringList wordsOf(const QString &text)
{
    return text.simplified().split(u' ', Qt::SkipEmptyParts);
}

// Makes each word a string of FTS5, so that nothing in it is taken as an operator. The last word matches as a prefix.
QString matchExpression(const QStringList &words)
{
    QStringList strings;
    for (QString word : words)
        strings.append(u'"' + word.replace(u'"', "\"\""_L1) + u'"');
    return strings.join(u' ') + u'*';
}

std::optional<SearchHit> titleHit(const QSqlQuery &row, const QStringList &words)
{
    SearchHit hit{QUuid::fromString(row.value(0).toString()), row.value(1).toString(),
                  QDateTime::fromMSecsSinceEpoch(row.value(2).toLongLong()).toUTC()};
    hit.snippet = hit.title;
    for (const QString &word : words) {
        const qsizetype at = hit.title.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0)
            return std::nullopt;
        hit.marks.append({at, word.size()});
    }
    return hit;
}

} // namespace

Database::Answer<QList<SearchHit>> Database::search(const QString &text, int limit, const std::atomic_bool *stop)
{
    QList<SearchHit> hits;
    const QStringList words = wordsOf(QString::fromUtf8(text.toUtf8()).remove(QChar(0))); // no lone surrogates
    if (words.isEmpty())
        return hits;
    const auto isStopped = [stop] { return stop && *stop; };

    auto titles = query(u"SELECT id, title, updated FROM conversations WHERE deleted = 0 ORDER BY updated DESC"_s);
    if (!titles)
        return titles.error();
    while (hits.size() < limit && !isStopped() && titles->next()) {
        if (const auto hit = titleHit(*titles, words))
            hits.append(*hit);
    }
    if (isStopped())
        return hits;

    // The newest come first, which is FTS5's own order backwards. Ranking all hits would take longer.
    auto turns = query(u"SELECT c.id, c.title, c.updated, t.id, t.role, t.text "
                       "FROM search JOIN turns t ON t.key = search.rowid "
                       "JOIN conversations c ON c.key = t.conversation "
                       "WHERE search MATCH ? AND c.deleted = 0 ORDER BY search.rowid DESC LIMIT ?"_s,
                       {matchExpression(words), limit});
    if (!turns)
        return turns.error();
    const WordMatch match(words.join(u' '));
    while (!isStopped() && turns->next()) {
        const QSqlQuery &row = *turns;
        SearchHit hit{QUuid::fromString(row.value(0).toString()), row.value(1).toString(),
                      QDateTime::fromMSecsSinceEpoch(row.value(2).toLongLong()).toUTC(), row.value(3).toLongLong(),
                      row.value(4).toString() == "user"_L1 ? Turn::Role::User : Turn::Role::Model};
        const Snippet snippet = snippetOf(row.value(5).toString(), match, stop);
        hit.snippet = snippet.text;
        hit.marks = snippet.marks;
        hits.append(hit);
    }
    return hits;
}

} // namespace chat
