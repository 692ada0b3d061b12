#pragma once

#include "ui/requests/request.h"
#include "ui/widgets/banner.h"

#include <QObject>

class QAction;
class QWidget;
class RequestArchive;

// The actions for the chosen request: stopping it, copying it as a curl command, opening it as a chat and saving its
// answer. Each is enabled while it is possible.
class RequestActions : public QObject
{
    Q_OBJECT

public:
    // The archive must outlive this object. `window` becomes the owner of this object, and dialogs open above it.
    RequestActions(RequestArchive *archive, QWidget *window);

    void setRequest(const Request &request); // another one, or news of the same; its number 0 = none
    void setAddress(const QString &base);    // of the proxy; "" = it is off
    void setChatAvailable(bool available);   // whether there is a chat that chatWanted() can open

    [[nodiscard]] QList<QAction *> all() const;
    void save(const QString &path); // writes the answer's bytes to a file

signals:
    void stopRequested(quint64 number);
    void chatWanted(const QString &prompt, const QString &model);
    // Tells the result of saving; "" = there is nothing to say.
    void said(Banner::Kind kind, const QString &text);

private:
    QAction *add(const QString &text, const QString &icon, const QKeySequence &shortcut);
    void updateState();
    void chooseFile();
    void copyCurl();

    RequestArchive *m_archive;
    QWidget *m_window;
    Request m_request;
    QString m_address;
    bool m_chatAvailable = false;
    QAction *m_stop;
    QAction *m_curl;
    QAction *m_chat;
    QAction *m_save;
};
