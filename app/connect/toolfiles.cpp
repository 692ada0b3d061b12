#include "app/connect/toolfiles.h"

#include "app/connect/textdiff.h"
#include "app/options/boundedfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tools {
namespace {

constexpr qint64 largestFile = 16 * 1024 * 1024;
constexpr auto onlyUser = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

QString sentence(const QString &path, const QString &end)
{
    return QDir::toNativeSeparators(path) + u' ' + end + u'.';
}

// Reads a file that need not exist.
Expected<QByteArray, QString> readFile(const QString &path)
{
    if (!QFileInfo::exists(path))
        return QByteArray();
    auto content = readBoundedFile(path, largestFile);
    if (!content)
        return sentence(path, u"cannot be read: "_s + content.error());
    return content;
}

// Writes a file as a whole or not at all. It keeps its mode, and a symbolic link stays one. A new file is readable by
// the user only. Returns why it failed, or "".
QString writeFile(const QString &path, const QByteArray &content)
{
    const bool isNew = !QFileInfo::exists(path);
    if (isNew && !QDir().mkpath(QFileInfo(path).absolutePath()))
        return sentence(path, u"cannot be written: its folder cannot be made"_s);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || (isNew && !file.setPermissions(onlyUser))
        || file.write(content) != content.size() || !file.commit())
        return sentence(path, u"cannot be written: "_s + file.errorString());
    return {};
}

QLatin1StringView nameOf(Format format)
{
    return format == Format::Json ? "json"_L1 : format == Format::Toml ? "toml"_L1 : "env"_L1;
}

Format formatOf(const QString &name)
{
    return name == "json"_L1 ? Format::Json : name == "toml"_L1 ? Format::Toml : Format::Env;
}

QJsonObject toJson(const Written &written)
{
    QJsonObject object{{u"path"_s, QJsonArray::fromStringList(written.path)},
                       {u"value"_s, written.value},
                       {u"made"_s, written.made}};
    if (written.before)
        object.insert(u"before"_s, *written.before);
    return object;
}

Written writtenOf(const QJsonObject &object)
{
    Written written;
    const QJsonArray path = object["path"_L1].toArray();
    for (const auto &part : path)
        written.path.append(part.toString());
    written.value = object["value"_L1];
    written.made = object["made"_L1].toInt();
    if (const auto before = object.find("before"_L1); before != object.end())
        written.before = *before;
    return written;
}

bool holdsNothing(Format format, const QByteArray &text)
{
    return text.trimmed().isEmpty() || (format == Format::Json && text.simplified() == "{}");
}

} // namespace

QString FileChange::diff() const
{
    const QString name = QDir::toNativeSeparators(path);
    return unifiedDiff(existed ? name : u"/dev/null"_s, removed ? u"/dev/null"_s : name, before, after);
}

ToolFiles::ToolFiles(QString folder) : m_folder(std::move(folder)) {}

QString ToolFiles::standardFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/gemini-desk/connected"_s;
}

bool ToolFiles::isConnected(const QString &tool) const
{
    return record(tool).has_value();
}

QString ToolFiles::tokenName(const QString &tool) const
{
    const auto known = record(tool);
    return known ? known->tokenName : QString();
}

Expected<Plan, QString> ToolFiles::connecting(const Guide &guide) const
{
    Plan plan{guide.tool.id, {}, {}};
    const auto known = record(guide.tool.id);
    QList<FileChange> earlier = known ? known->files : QList<FileChange>();
    for (const ToolFile &file : guide.files) {
        const auto content = readFile(file.path);
        if (!content)
            return content.error();
        FileChange change{file.path, file.format};
        change.existed = QFileInfo::exists(file.path);
        change.created = !change.existed;
        change.before = *content;
        change.after = *content;
        const auto mine =
                std::find_if(earlier.begin(), earlier.end(), [&](const auto &one) { return one.path == file.path; });
        if (mine != earlier.end()) { // what was written earlier is not what was there before us
            const auto without = takeOut(file.format, *content, mine->written);
            if (!without)
                return sentence(file.path, without.error());
            change.after = without->text;
            change.created = change.created || mine->created;
            earlier.erase(mine);
        }
        const auto edited = put(file.format, change.after, file.settings);
        if (!edited)
            return sentence(file.path, edited.error());
        change.after = edited->text;
        change.written = edited->written;
        plan.changes.append(change);
    }
    if (!earlier.isEmpty()) {
        return u"%1 was connected in %2, which it no longer reads here: disconnect it first."_s.arg(
                guide.tool.name, QDir::toNativeSeparators(earlier.constFirst().path));
    }
    return plan;
}

Expected<Plan, QString> ToolFiles::disconnecting(const QString &tool) const
{
    Plan plan{tool, {}, {}};
    const auto known = record(tool);
    if (!known)
        return u"%1 is not connected: there is nothing to take out."_s.arg(find(tool) ? find(tool)->name : tool);
    for (FileChange change : known->files) {
        change.existed = QFileInfo::exists(change.path);
        const auto content = readFile(change.path);
        if (!content)
            return content.error();
        const auto without = takeOut(change.format, *content, change.written);
        if (!without)
            return sentence(change.path, without.error());
        change.before = *content;
        change.after = change.existed ? without->text : QByteArray();
        change.left = without->left;
        change.written.clear();
        change.removed = change.existed && change.created && holdsNothing(change.format, change.after);
        if (change.removed)
            change.after.clear();
        plan.changes.append(change);
    }
    return plan;
}

QString ToolFiles::apply(const Plan &plan) const
{
    for (const FileChange &change : plan.changes) {
        const auto now = readFile(change.path);
        if (!now)
            return now.error();
        if (*now != change.before)
            return sentence(change.path, u"was changed meanwhile: try again"_s);
    }
    const auto known = record(plan.tool);
    const bool connects = std::any_of(plan.changes.begin(), plan.changes.end(),
                                      [](const FileChange &change) { return !change.written.isEmpty(); });
    // Ahead of the files themselves, so that what is in them can be taken out whatever happens in between.
    if (connects) {
        if (const QString problem = keep(plan); !problem.isEmpty())
            return problem;
    }
    for (const FileChange &change : plan.changes) {
        const QString backup = backupOf(change.path);
        if (!connects) {
            if (change.removed ? !QFile::remove(change.path) : false)
                return sentence(change.path, u"cannot be removed"_s);
        } else if (!known && change.existed) {
            QFile::remove(backup);
            if (!QFile::copy(change.path, backup)) // with its mode
                return sentence(backup, u"cannot be written"_s);
        }
        if (change.removed || change.after == change.before)
            continue;
        if (const QString problem = writeFile(change.path, change.after); !problem.isEmpty())
            return problem;
    }
    if (connects)
        return {};
    for (const FileChange &change : plan.changes) {
        const auto backup = readFile(backupOf(change.path));
        if (backup && *backup == change.after) // the file is as it was, so the copy is of no use any more
            QFile::remove(backupOf(change.path));
    }
    if (!QFile::remove(recordPath(plan.tool)))
        return sentence(recordPath(plan.tool), u"cannot be removed"_s);
    return {};
}

Target ToolFiles::asSet(const Guide &guide, const Target &target)
{
    Target found = target;
    for (const ToolFile &file : guide.files) {
        const auto content = readFile(file.path);
        if (!content)
            continue;
        for (const Setting &setting : file.settings) {
            const QString planned = setting.value.toString();
            const auto now = valueIn(file.format, *content, setting.path);
            if (!now || !now->isString())
                continue;
            QString text = now->toString();
            if (setting.path == file.tokenPath)
                found.token = text;
            if (planned.startsWith(target.address) && text.endsWith(planned.mid(target.address.size())))
                found.address = text.chopped(planned.size() - target.address.size());
        }
    }
    return found;
}

QString ToolFiles::backupOf(const QString &path)
{
    return path + u".before-gemini-desk"_s;
}

QString ToolFiles::recordPath(const QString &tool) const
{
    return m_folder + u'/' + tool + u".json"_s;
}

std::optional<ToolFiles::Record> ToolFiles::record(const QString &tool) const
{
    const auto content = readFile(recordPath(tool));
    const QJsonObject root = content ? QJsonDocument::fromJson(*content).object() : QJsonObject();
    if (root.isEmpty())
        return {};
    Record known;
    known.tokenName = root["token"_L1].toString();
    const QJsonArray files = root["files"_L1].toArray();
    for (const auto &value : files) {
        FileChange file{value["path"_L1].toString(), formatOf(value["format"_L1].toString())};
        file.created = value["created"_L1].toBool();
        const QJsonArray settings = value["settings"_L1].toArray();
        for (const auto &setting : settings)
            file.written.append(writtenOf(setting.toObject()));
        known.files.append(file);
    }
    return known;
}

QString ToolFiles::keep(const Plan &plan) const
{
    QJsonArray files;
    for (const FileChange &change : plan.changes) {
        QJsonArray settings;
        for (const Written &written : change.written)
            settings.append(toJson(written));
        files.append(QJsonObject{{u"path"_s, change.path},
                                 {u"format"_s, nameOf(change.format)},
                                 {u"created"_s, change.created},
                                 {u"settings"_s, settings}});
    }
    const QJsonObject root{{u"files"_s, files}, {u"token"_s, plan.tokenName}};
    return writeFile(recordPath(plan.tool), QJsonDocument(root).toJson());
}

} // namespace tools
