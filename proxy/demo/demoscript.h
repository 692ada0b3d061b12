#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

// What a prompt tells the demo to call, so that a test can say which of an agent's tools run, and with which arguments:
//     call Read {"file_path":"/tmp/x"} and call Read {"file_path":"/tmp/y"}, then call Write {"file_path":"/tmp/z"}
// Calls come at once, but for those behind a "then", which wait for the results of the ones ahead.
namespace demoscript {

struct Call
{
    QString name;
    QJsonObject arguments;
};

// Returns the calls of each step; none if the prompt holds no "call NAME {...}" with one of these names and an object.
[[nodiscard]] QList<QList<Call>> steps(const QString &prompt, const QStringList &names);

} // namespace demoscript
