#include "ui/chatpage/chatfiles.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QWidget>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

// Turns a title into a file name that every system accepts. Returns `otherwise` if nothing is left of it.
QString fileName(const QString &title, const QString &otherwise)
{
    QString name;
    for (const QChar c : title.simplified()) {
        if (name.size() >= 60)
            break;
        name += c.isLetterOrNumber() || c == u' ' || c == u'-' || c == u'_' ? c : u'-';
    }
    name = name.trimmed();
    return name.isEmpty() ? otherwise : name;
}

} // namespace

ChatFiles::ChatFiles(QWidget *window) : QObject(window), m_window(window) {}

void ChatFiles::setStore(chat::Store *store)
{
    m_store = store;
}

void ChatFiles::chooseFile(const QString &title, const QString &name, std::function<void(const QString &)> then)
{
    auto *dialog = new QFileDialog(m_window, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QFileInfo(name).suffix());
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, std::move(then));
    dialog->open();
}

void ChatFiles::chooseMarkdown(const QUuid &id, const QString &title)
{
    chooseFile(tr("Export as Markdown"), fileName(title, tr("conversation")) + u".md"_s,
               [this, id](const QString &path) { exportMarkdown(id, path); });
}

void ChatFiles::chooseJson(const QList<QUuid> &ids, const QString &title)
{
    chooseFile(tr("Export as JSON"), fileName(title, tr("conversations")) + u".json"_s,
               [this, ids](const QString &path) { exportJson(ids, path); });
}

void ChatFiles::choosePicture(const QByteArray &bytes, const QString &mimeType)
{
    const QString suffix = mimeType == "image/jpeg"_L1 ? u"jpg"_s : mimeType.section(u'/', 1);
    chooseFile(tr("Save the picture"), tr("picture") + u'.' + suffix, [this, bytes](const QString &path) {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
            emit said(Banner::Kind::Error, tr("The picture could not be saved: %1").arg(file.errorString()));
    });
}

void ChatFiles::chooseImport()
{
    auto *dialog = new QFileDialog(m_window, tr("Import conversations"), {}, tr("Exported conversations (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ChatFiles::importJson);
    dialog->open();
}

void ChatFiles::askToDeleteAll()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Delete all conversations"),
                                tr("Delete all conversations for good? This cannot be undone."), QMessageBox::NoButton,
                                m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *yes = box->addButton(tr("&Delete all"), QMessageBox::DestructiveRole);
    yes->setProperty("danger", true);
    QPushButton *no = box->addButton(tr("&Keep them"), QMessageBox::RejectRole);
    box->setDefaultButton(no);
    box->setEscapeButton(no);
    connect(yes, &QPushButton::clicked, this, &ChatFiles::deleteAll);
    box->open();
}

void ChatFiles::tellOfExport(const chat::Store::Failure &failure, const QString &path)
{
    if (failure)
        emit said(Banner::Kind::Error, tr("Nothing was exported. %1").arg(failure->message));
    else
        emit said(Banner::Kind::Info, tr("Exported to %1").arg(QFileInfo(path).fileName()));
}

void ChatFiles::exportMarkdown(const QUuid &id, const QString &path)
{
    if (m_store)
        m_store->exportMarkdown(id, path, this,
                                [this, path](const chat::Store::Failure &failure) { tellOfExport(failure, path); });
}

void ChatFiles::exportJson(const QList<QUuid> &ids, const QString &path)
{
    if (m_store)
        m_store->exportJson(ids, path, this,
                            [this, path](const chat::Store::Failure &failure) { tellOfExport(failure, path); });
}

void ChatFiles::importJson(const QString &path)
{
    if (!m_store)
        return;
    m_store->importJson(path, this, [this](const chat::Store::Answer<int> &answer) {
        if (answer)
            emit said(Banner::Kind::Info, tr("%n conversation(s) imported", nullptr, *answer));
        else
            emit said(Banner::Kind::Error, tr("Nothing was imported. %1").arg(answer.error().message));
    });
}

void ChatFiles::deleteAll()
{
    if (!m_store)
        return;
    emit aboutToDeleteAll();
    m_store->removeAll(this, [this](const chat::Store::Failure &failure) {
        if (failure)
            emit said(Banner::Kind::Error, tr("The conversations could not be deleted. %1").arg(failure->message));
        else
            emit said(Banner::Kind::Info, tr("All conversations were deleted."));
    });
}
