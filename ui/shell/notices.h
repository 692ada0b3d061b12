#pragma once

#include "ui/state.h"

#include <QMap>
#include <QObject>

#include <optional>

class Banner;
struct Request;

// The messages that the window shows above all its pages. The banner holds one at a time, the gravest first; the
// next one appears when that one is dismissed or no longer true. Lives on the main thread, owned by the window.
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
    // A setting cannot be used: why, and in which section of SettingsPage it is. An empty problem means that
    // all settings can be used again.
    void sayCannotUse(const QString &problem, const QString &section);
    // Whether the page in view itself says what is wrong with the proxy. The banner then does not repeat it.
    void setProxyInView(bool inView);
    void saySettingsDamaged(const QString &setAside);
    void sayUsageNotKept(const QString &why);

    // The title and the line of text of a desktop notification about a request that ended while the user
    // looked elsewhere.
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
    QString m_unusable; // the section of the setting that cannot be used
    quint16 m_freePort = 0;
    bool m_proxyInView = false;
};
