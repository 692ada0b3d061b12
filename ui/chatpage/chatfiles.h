#pragma once

#include "ui/chat/store/store.h"
#include "ui/widgets/banner.h"

#include <QObject>
#include <QPointer>
#include <QUuid>

#include <functional>

class QWidget;

// Exports conversations to files, imports them, deletes all of them, and saves single pictures. It asks the user for
// the file, does the work (mostly by the store), and emits the outcome as a message. Lives on the main thread, owned
// by the chat page.
class ChatFiles : public QObject
{
    Q_OBJECT

public:
    // `window` owns this object and is the parent of its dialogs.
    explicit ChatFiles(QWidget *window);
    void setStore(chat::Store *store);

    // Each of these opens a dialog, and acts when the user accepts it.
    void chooseMarkdown(const QUuid &id, const QString &title);
    void chooseJson(const QList<QUuid> &ids, const QString &title); // no IDs: all conversations
    void chooseImport();
    void choosePicture(const QByteArray &bytes, const QString &mimeType);
    void askToDeleteAll();

    // These do the same without a dialog.
    void exportMarkdown(const QUuid &id, const QString &path);
    void exportJson(const QList<QUuid> &ids, const QString &path);
    void importJson(const QString &path);
    void deleteAll();

signals:
    void said(Banner::Kind kind, const QString &text);
    void aboutToDeleteAll();

private:
    void chooseFile(const QString &title, const QString &name, std::function<void(const QString &)> then);
    void tellOfExport(const chat::Store::Failure &failure, const QString &path);

    QWidget *m_window;
    QPointer<chat::Store> m_store;
};
