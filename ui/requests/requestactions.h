#pragma once

#include "ui/requests/request.h"
#include "ui/widgets/banner.h"

#include <QObject>

class QAction;
class QWidget;
class RequestArchive;

// The actions for the chosen request; each is enabled while it is possible. Owned by the request's details.
class RequestActions : public QObject
{
    Q_OBJECT

public:
    // The archive must outlive this; dialogs open above `window`.
    RequestActions(RequestArchive *archive, QWidget *window);

    void setRequest(const Request &request); // another one, or news of the same; number 0 = none
    void setAddress(const QString &base);    // of the proxy; "" = it is off
    void setChatAvailable(bool available);

    [[nodiscard]] QList<QAction *> all() const;
    void save(const QString &path); // the answer's bytes

signals:
    void stopRequested(quint64 number);
    void chatWanted(const QString &prompt, const QString &model);
    // The result of saving; "" = there is nothing to say.
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
