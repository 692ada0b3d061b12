#pragma once

#include "ui/chat/store/store.h"
#include "ui/widgets/banner.h"

#include <QObject>
#include <QPointer>
#include <QUuid>

#include <functional>

class QWidget;

// Exports conversations to files, imports them, and deletes all of them: it asks where, does it, and says what
// came of it. Lives on the main thread, owned by the chat page.
class ChatFiles : public QObject
{
    Q_OBJECT

public:
    // Dialogs stand over `window`, which owns this.
    explicit ChatFiles(QWidget *window);
    void setStore(chat::Store *store);

    // Each opens a dialog.
    void chooseMarkdown(const QUuid &id, const QString &title);
    void chooseJson(const QList<QUuid> &ids, const QString &title); // empty: all of them
    void chooseImport();
    void choosePicture(const QByteArray &bytes, const QString &mimeType);
    void askToDeleteAll();

    // These do it without a dialog.
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
