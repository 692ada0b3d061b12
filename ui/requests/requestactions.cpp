#include "ui/requests/requestactions.h"

#include "ui/icons.h"
#include "ui/requests/curlcommand.h"
#include "ui/requests/prompttext.h"
#include "ui/requests/requestarchive.h"
#include "ui/requests/requesttexts.h"
#include "ui/widgets/controls.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSaveFile>
#include <QTimer>

using namespace Qt::StringLiterals;

RequestActions::RequestActions(RequestArchive *archive, QWidget *window)
    : QObject(window),
      m_archive(archive),
      m_window(window),
      m_stop(add(tr("&Stop the request"), u"circle-stop"_s, QKeySequence(Qt::CTRL | Qt::Key_Period))),
      m_curl(add(tr("Copy as c&url"), u"terminal"_s, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C))),
      m_chat(add(tr("&Open as a chat"), u"message-square"_s, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O))),
      m_save(add(tr("Sa&ve the answer…"), u"download"_s, QKeySequence(QKeySequence::Save)))
{
    m_stop->setIcon(icons::icon(u"circle-stop"_s, icons::Role::Error));
    connect(m_stop, &QAction::triggered, this, [this] { emit stopRequested(m_request.number); });
    connect(m_curl, &QAction::triggered, this, &RequestActions::copyCurl);
    connect(m_save, &QAction::triggered, this, &RequestActions::chooseFile);
    connect(m_chat, &QAction::triggered, this, [this] {
        if (const auto *entry = m_archive->find(m_request.number))
            emit chatWanted(promptText(m_request, entry->content.prompt), m_request.model);
    });
    updateState();
}

QAction *RequestActions::add(const QString &text, const QString &icon, const QKeySequence &shortcut)
{
    auto *action = new QAction(icons::icon(icon), text, this);
    action->setShortcut(shortcut);
    action->setToolTip(controls::withoutMnemonic(text) + u"  "_s + shortcut.toString(QKeySequence::NativeText));
    return action;
}

QList<QAction *> RequestActions::all() const
{
    return {m_stop, m_curl, m_chat, m_save};
}

void RequestActions::setRequest(const Request &request)
{
    m_request = request;
    updateState();
}

void RequestActions::setAddress(const QString &base)
{
    m_address = base;
    updateState();
}

void RequestActions::setChatAvailable(bool available)
{
    m_chatAvailable = available;
    updateState();
}

void RequestActions::updateState()
{
    const auto *entry = m_archive->find(m_request.number);
    const bool some = m_request.number != 0;
    const bool running = some && m_request.state == Request::State::Running;
    m_stop->setEnabled(running);
    m_stop->setVisible(running);
    m_curl->setEnabled(some && !m_address.isEmpty());
    m_save->setEnabled(entry && !entry->answer.isEmpty());
    m_chat->setVisible(m_chatAvailable);
    m_chat->setEnabled(m_chatAvailable && entry && !entry->promptCut && !entry->content.prompt.isEmpty());
}

void RequestActions::copyCurl()
{
    CurlSource source{m_address, m_request, {}, false, false, false};
    if (const auto *entry = m_archive->find(m_request.number)) {
        source.content = entry->content;
        source.kept = true;
        source.cut = entry->promptCut;
        source.eventStream = entry->answer.startsWith("data:") || entry->answer.startsWith("event:");
    }
    QGuiApplication::clipboard()->setText(curlCommand(source));
    // The action's icon shows for a moment that the command was copied.
    m_curl->setIcon(icons::icon(u"check"_s, icons::Role::Good));
    QTimer::singleShot(1500, m_curl, [this] { m_curl->setIcon(icons::icon(u"terminal"_s)); });
}

void RequestActions::chooseFile()
{
    const auto *entry = m_archive->find(m_request.number);
    if (!entry)
        return;
    QString name = tr("answer") + u'-';
    for (const QChar c : std::as_const(m_request.id)) {
        if (c.isLetterOrNumber() || c == u'-' || c == u'_')
            name += c;
    }
    const QByteArrayView start = QByteArrayView(entry->answer).first(qMin(entry->answer.size(), 64)).trimmed();
    name += start.startsWith('{') || start.startsWith('[') ? u".json"_s : u".txt"_s;
    auto *dialog = new QFileDialog(m_window, tr("Save the answer"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(name);
    // The user means the request that was chosen when the dialog opened. If another one is chosen now, nothing is
    // saved.
    connect(dialog, &QFileDialog::fileSelected, this, [this, number = m_request.number](const QString &path) {
        if (number == m_request.number)
            save(path);
        else
            emit said(Banner::Kind::Warning, tr("Nothing was saved: another request was chosen meanwhile."));
    });
    dialog->open();
}

void RequestActions::save(const QString &path)
{
    const auto *entry = m_archive->find(m_request.number);
    if (!entry) {
        emit said(Banner::Kind::Error, tr("There is nothing to save: the answer is kept no longer."));
        return;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(entry->answer) != entry->answer.size() || !file.commit()) {
        emit said(Banner::Kind::Error, tr("The answer was not saved: %1").arg(file.errorString()));
        return;
    }
    const bool running = m_request.state == Request::State::Running;
    if (entry->answerCut || running) {
        const QString size = requesttexts::size(entry->answer.size());
        emit said(Banner::Kind::Info,
                  running ? tr("Saved the first %1; the answer still comes.").arg(size)
                          : tr("Saved the first %1; the rest was not kept.").arg(size));
    } else {
        emit said(Banner::Kind::Info, {});
    }
}
