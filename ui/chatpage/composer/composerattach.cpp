// The part of Composer that attaches files and pictures that are chosen, pasted or dropped.
#include "ui/chatpage/composer/attachmentstrip.h"
#include "ui/chatpage/composer/composer.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/controls.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QImage>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace {

QStringList localFiles(const QMimeData *data)
{
    QStringList paths;
    const QList<QUrl> urls = data->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

} // namespace

bool Composer::canAttach(const QMimeData *mime)
{
    if (!localFiles(mime).isEmpty())
        return true;
    // If there is text too, it wins: office programs add a picture of copied text to the text itself.
    return mime->hasImage() && !mime->hasFormat(u"text/plain"_s);
}

bool Composer::attach(const QMimeData *mime)
{
    if (const QStringList paths = localFiles(mime); !paths.isEmpty()) {
        attachFiles(paths);
        return true;
    }
    if (!canAttach(mime))
        return false;
    const auto image = qvariant_cast<QImage>(mime->imageData());
    m_problem->hide();
    if (image.isNull())
        refuse({tr("The picture could not be read.")});
    else
        m_strip->addImage(image);
    return true;
}

void Composer::attachFiles(const QStringList &paths)
{
    m_problem->hide(); // its message was about earlier files
    m_strip->addFiles(paths);
}

void Composer::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Attach files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &paths) {
        attachFiles(paths);
        focusText();
    });
    dialog->open();
}

void Composer::refuse(const QStringList &reasons)
{
    // The reasons are added to those that are shown already, because several files may be refused one after another.
    QStringList all;
    if (!m_problem->isHidden())
        all = m_problem->text().split(u'\n');
    for (const QString &reason : reasons) {
        if (!all.contains(reason))
            all.append(reason);
    }
    constexpr qsizetype most = 6;
    if (all.size() > most)
        all = all.last(most);
    m_problem->showMessage(Banner::Kind::Error, all.join(u'\n'));
}

void Composer::setDropTarget(bool target)
{
    controls::setStyleProperty(this, "drop", target);
}

void Composer::dragEnterEvent(QDragEnterEvent *event)
{
    if (!canAttach(event->mimeData()))
        return;
    event->acceptProposedAction();
    setDropTarget(true);
}

void Composer::dragLeaveEvent(QDragLeaveEvent *event)
{
    QFrame::dragLeaveEvent(event);
    setDropTarget(false);
}

void Composer::dropEvent(QDropEvent *event)
{
    setDropTarget(false);
    if (!attach(event->mimeData()))
        return;
    event->setDropAction(Qt::CopyAction); // never a move, because the file must stay where it is
    event->accept();
    focusText();
}
