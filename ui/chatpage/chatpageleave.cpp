// The part of ChatPage that waits for the store when the program is about to end.
#include "ui/chatpage/chatpage.h"

#include <QEventLoop>
#include <QMessageBox>
#include <QTimer>

#include <algorithm>

using namespace std::chrono_literals;

namespace {
constexpr auto beforeAsking = 1s;  // usually everything is saved by then
constexpr auto longestWait = 1min; // because there may be no user to answer the dialog
} // namespace

bool ChatPage::isSaved() const
{
    return (!m_session || m_session->isSaved())
            && std::all_of(m_behind.cbegin(), m_behind.cend(),
                           [](const auto &session) { return !session || session->isSaved(); });
}

void ChatPage::waitUntilSaved()
{
    if (isSaved())
        return;
    QMessageBox box(QMessageBox::NoIcon, tr("Not saved yet"),
                    tr("The newest in your chats is not saved yet. It is tried again."));
    box.setInformativeText(m_storeProblem);
    box.addButton(tr("&Leave without saving"), QMessageBox::DestructiveRole);
    QEventLoop loop;
    connect(&box, &QDialog::finished, &loop, &QEventLoop::quit);
    connect(this, &ChatPage::saved, &loop, [this, &loop] {
        if (isSaved())
            loop.quit();
    });
    QTimer::singleShot(beforeAsking, &box, &QWidget::show);
    QTimer::singleShot(longestWait, &loop, &QEventLoop::quit);
    loop.exec();
}
