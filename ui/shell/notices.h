#pragma once

#include "ui/state.h"

#include <QMap>
#include <QObject>

#include <optional>

class Banner;
struct Request;

// The messages that the window shows above all its pages. The banner shows one at a time: the gravest. The next one
// appears when the user dismisses that one or when it is no longer true. Lives on the main thread; the banner owns it.
class Notices : public QObject
{
    Q_OBJECT

public:
    // Ordered from the gravest to the least grave.
    enum class Notice { PortTaken, ProxyFailed, CannotSave, CannotUse, SettingsDamaged, UsageNotKept, Demo };

    explicit Notices(Banner *banner);

    void setProxyState(const ProxyState &state);
    void setKeyState(const KeyState &state);
    void sayCannotSave();
    // Says that a setting cannot be used, why, and in which section of SettingsPage it is. An empty problem means that
    // all settings can be used again.
    void sayCannotUse(const QString &problem, const QString &section);
    // Sets whether the page that is shown says itself what is wrong with the proxy. If so, the banner leaves that out.
    void setProxyInView(bool inView);
    // Says that the settings file was damaged; `setAside` is the file that it is kept as.
    void saySettingsDamaged(const QString &setAside);
    void sayUsageNotKept(const QString &why);

    // Returns the title and the text of a desktop notification about a request that ended while the window was in the
    // background.
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
