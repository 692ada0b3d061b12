#include "ui/shell/notices.h"

#include "ui/requests/request.h"
#include "ui/widgets/banner.h"

#include <QLocale>

#include <utility>

Notices::Notices(Banner *banner) : QObject(banner), m_banner(banner)
{
    connect(banner, &Banner::actionTriggered, this, &Notices::act);
    connect(banner, &Banner::dismissed, this, [this] {
        if (const auto notice = gravest())
            clear(*notice);
    });
}

void Notices::setProxyState(const ProxyState &state)
{
    if (state.kind != ProxyState::Kind::PortTaken)
        clear(Notice::PortTaken);
    if (state.kind != ProxyState::Kind::Failed)
        clear(Notice::ProxyFailed);
    m_freePort = state.freePort;
    if (state.kind == ProxyState::Kind::PortTaken) {
        const QString text = state.holder.isEmpty()
                ? tr("The proxy is not running: %1 is taken by another program. Stop that program, or choose another port.")
                          .arg(state.address)
                : tr("The proxy is not running: %1 is taken by %2. Stop that program, or choose another port.")
                          .arg(state.address, state.holder);
        set(Notice::PortTaken,
            {int(Banner::Kind::Warning), text,
             state.freePort != 0 ? tr("&Use port %1").arg(state.freePort) : tr("Open &settings")});
    } else if (state.kind == ProxyState::Kind::Failed) {
        set(Notice::ProxyFailed,
            {int(Banner::Kind::Error), tr("The proxy is not running: %1").arg(state.message), tr("Open &settings")});
    }
}

void Notices::setKeyState(const KeyState &state)
{
    if (state.kind != KeyState::Kind::Demo) {
        clear(Notice::Demo);
        return;
    }
    set(Notice::Demo, {int(Banner::Kind::Info), tr("The built-in demo answers, not Gemini."), tr("&Enter a key")});
}

void Notices::sayCannotSave()
{
    set(Notice::CannotSave,
        {int(Banner::Kind::Error),
         tr("The settings could not be saved: the disk may be full, or their folder cannot be written. "
            "They hold until the program ends."),
         {}});
}

void Notices::sayCannotUse(const QString &problem, const QString &section)
{
    m_unusable = section;
    if (problem.isEmpty())
        clear(Notice::CannotUse);
    else
        set(Notice::CannotUse,
            {int(Banner::Kind::Warning), tr("A setting cannot be used: it %1").arg(problem), tr("Open &settings")});
}

void Notices::saySettingsDamaged(const QString &setAside)
{
    set(Notice::SettingsDamaged,
        {int(Banner::Kind::Warning),
         tr("The settings file was damaged and is kept as %1. The default settings are in use.").arg(setAside),
         {}});
}

void Notices::sayUsageNotKept(const QString &why)
{
    set(Notice::UsageNotKept, {int(Banner::Kind::Warning), tr("Token usage is not being kept: %1").arg(why), {}});
}

std::pair<QString, QString> Notices::ended(const Request &request)
{
    const bool whole = request.state == Request::State::Complete && request.status < 400;
    const QString title = whole ? tr("An answer has ended") : tr("A request failed");
    if (!whole)
        return {title, request.failure.isEmpty() ? tr("Status %1").arg(request.status) : request.failure};
    if (request.tokensOut < 0)
        return {title, request.model};
    return {title, tr("%1, %n token(s)", nullptr, request.tokensOut).arg(request.model)};
}

void Notices::set(Notice notice, const Message &message)
{
    m_messages.insert(notice, message);
    showGravest();
}

void Notices::clear(Notice notice)
{
    if (m_messages.remove(notice) > 0)
        showGravest();
}

void Notices::setProxyInView(bool inView)
{
    if (std::exchange(m_proxyInView, inView) != inView)
        showGravest();
}

std::optional<Notices::Notice> Notices::gravest() const
{
    const QList<Notice> notices = m_messages.keys();
    for (const Notice notice : notices) {
        if (!m_proxyInView || (notice != Notice::PortTaken && notice != Notice::ProxyFailed))
            return notice;
    }
    return {};
}

void Notices::showGravest()
{
    const auto notice = gravest();
    if (!notice) {
        m_banner->hide();
        return;
    }
    const Message &message = m_messages[*notice];
    m_banner->showMessage(Banner::Kind(message.kind), message.text, message.action);
}

void Notices::act()
{
    const auto notice = gravest();
    if (!notice)
        return;
    switch (*notice) {
    case Notice::PortTaken:
        if (m_freePort != 0)
            emit portWanted(m_freePort);
        else
            emit settingsWanted(QStringLiteral("proxy"));
        break;
    case Notice::ProxyFailed:
        emit settingsWanted(QStringLiteral("proxy"));
        break;
    case Notice::CannotUse:
        emit settingsWanted(m_unusable);
        break;
    case Notice::Demo:
        emit keyWanted();
        break;
    case Notice::CannotSave:
    case Notice::SettingsDamaged:
    case Notice::UsageNotKept:
        break;
    }
}
