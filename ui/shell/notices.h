#pragma once

#include "ui/state.h"

#include <QMap>
#include <QObject>

#include <optional>

class Banner;
struct Request;

// What the window has to say across its pages, one thing at a time in the banner: the gravest first,
// the next one when it is dismissed or over. Lives on the main thread, owned by the window.
class Notices : public QObject
{
    Q_OBJECT

public:
    // The gravest first.
    enum class Notice { PortTaken, ProxyFailed, CannotSave, CannotUse, SettingsDamaged, UsageNotKept, Demo };

    explicit Notices(Banner *banner);

    void setProxyState(const ProxyState &state);
    void setKeyState(const KeyState &state);
    void sayCannotSave();
    // Something set, in a SettingsPage's section; "" = all is well again.
    void sayCannotUse(const QString &problem, const QString &section);
    // Where the page says itself what is wrong with the proxy, it is not said twice.
    void setProxyInView(bool inView);
    void saySettingsDamaged(const QString &setAside);
    void sayUsageNotKept(const QString &why);

    // Of a request that has ended while nobody looked: a title and a line.
    [[nodiscard]] static std::pair<QString, QString> ended(const Request &request);

signals:
    void portWanted(quint16 port);
    void settingsWanted(const QString &section);
    void keyWanted();

private:
    struct Message
    {
        int kind;
        QString text;
        QString action;
    };
    void set(Notice notice, const Message &message);
    void clear(Notice notice);
    [[nodiscard]] std::optional<Notice> gravest() const;
    void showGravest();
    void act();

    Banner *m_banner;
    QMap<Notice, Message> m_messages;
    QString m_unusable; // the section
    quint16 m_freePort = 0;
    bool m_proxyInView = false;
};
