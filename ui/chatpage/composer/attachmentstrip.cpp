#include "ui/chatpage/composer/attachmentstrip.h"

#include "ui/chat/base/inpool.h"
#include "ui/chat/client.h"
#include "ui/chat/upload.h"
#include "ui/chatpage/composer/attachmentchip.h"
#include "ui/chatpage/composer/mediatypes.h"
#include "ui/chatpage/composer/tokenestimate.h"
#include "ui/widgets/flowlayout.h"

#include <QApplication>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

struct AttachmentStrip::Item
{
    enum class State { Reading, Waiting, Uploading, Failed, Ready };

    ~Item()
    {
        delete chip;
        if (upload)
            upload->deleteLater(); // not deleted at once, because it may be emitting a signal
    }

    // Whether it was uploaded from a file that is known, so that it can be uploaded again. The attachment of a question
    // that is edited may be an upload too, but has no path.
    [[nodiscard]] bool isUploaded() const { return part.kind == chat::Part::Kind::FileData && !path.isEmpty(); }

    quint64 number = 0;
    State state = State::Reading;
    QString name;
    QString path; // "" = it does not come from a file
    QString mimeType;
    QString problem; // why it failed, if the state is Failed
    qint64 size = 0;
    qint64 tokens = 0;             // an estimate
    chat::Part part;               // what is sent, if the state is Ready
    QPointer<AttachmentChip> chip; // a child of the strip, which may delete it before the item does
    QPointer<chat::Upload> upload;
};

AttachmentStrip::AttachmentStrip(chat::Client *client, QWidget *parent)
    : QWidget(parent), m_client(client), m_layout(new FlowLayout(this))
{
    setAccessibleName(tr("Attachments"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    hide();
}

AttachmentStrip::~AttachmentStrip() = default;

AttachmentStrip::Item *AttachmentStrip::find(quint64 number) const
{
    for (const auto &item : m_items) {
        if (item->number == number)
            return item.get();
    }
    return nullptr;
}

AttachmentStrip::Item *AttachmentStrip::add(const QString &name)
{
    auto item = std::make_unique<Item>();
    const quint64 number = item->number = ++m_lastNumber;
    item->name = name;
    item->chip = new AttachmentChip(name, this);
    connect(
            item->chip, &AttachmentChip::removeWanted, this, [this, number] { remove(number); },
            Qt::QueuedConnection); // because the button that emits this is deleted with the item
    connect(item->chip, &AttachmentChip::retryWanted, this, [this, number] {
        if (Item *again = find(number); again && again->state == Item::State::Failed) {
            upload(again);
            emit changed();
        }
    });
    m_layout->addWidget(item->chip);
    m_items.push_back(std::move(item));
    setVisible(true);
    return m_items.back().get();
}

void AttachmentStrip::read(Item *item, const std::function<ReadAttachment()> &work)
{
    item->chip->setIcon(MediaTypes::icon(MediaTypes::Other));
    item->chip->setDetail(tr("Reading…"));
    auto *watcher = new QFutureWatcher<ReadAttachment>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, number = item->number] {
        watcher->deleteLater();
        take(number, watcher->result());
    });
    watcher->setFuture(inPool(*QThreadPool::globalInstance(), [work] {
        ReadAttachment read = work();
        read.tokens = read.data.isEmpty() ? tokenestimate::ofSize(read.mimeType, read.size)
                                          : tokenestimate::ofData(read.mimeType, read.data);
        return read;
    }));
}

void AttachmentStrip::addFiles(const QStringList &paths)
{
    for (const QString &path : paths) {
        // A file that is attached already is not added again.
        if (std::any_of(m_items.begin(), m_items.end(), [&path](const auto &item) { return item->path == path; }))
            continue;
        Item *item = add(QFileInfo(path).fileName());
        item->path = path;
        read(item, [path] { return AttachmentReader::readFile(path); });
    }
    emit changed();
}

void AttachmentStrip::addImage(const QImage &image)
{
    const QString name = tr("Pasted picture.png");
    read(add(name), [image, name] { return AttachmentReader::readImage(image, name); });
    emit changed();
}

void AttachmentStrip::addParts(const QList<chat::Part> &parts)
{
    for (const chat::Part &part : parts) {
        const MediaTypes::Kind kind = MediaTypes::kindOf(part.mimeType());
        Item *item = add(part.name.isEmpty() ? tr("Attachment") : part.name);
        item->state = Item::State::Ready;
        item->part = part;
        item->mimeType = part.mimeType();
        item->size = part.size;
        item->tokens = part.data.isEmpty() ? tokenestimate::ofSize(item->mimeType, part.size)
                                           : tokenestimate::ofData(item->mimeType, part.data);
        item->chip->setIcon(MediaTypes::icon(kind));
        if (kind == MediaTypes::Image && !part.data.isEmpty())
            item->chip->setThumbnail(AttachmentReader::thumbnailOf(part.data));
        show(item);
    }
    emit changed();
}

void AttachmentStrip::take(quint64 number, const ReadAttachment &read)
{
    Item *item = find(number);
    if (!item)
        return; // it was removed in the meantime
    const MediaTypes::Kind kind = MediaTypes::kindOf(read.mimeType);
    item->name = read.name;
    item->mimeType = read.mimeType;
    item->size = read.size;
    item->tokens = read.tokens;
    QString problem = read.problem.isEmpty() ? modelProblem(*item) : read.problem;
    const bool fits = !read.data.isEmpty() && encodedSize() + AttachmentReader::encodedSize(read.size) <= m_room;
    if (problem.isEmpty() && !fits && (!read.isFile || !m_client))
        problem = tr("There is no room for it: a question may have %1 in all.")
                          .arg(MediaTypes::sizeText(AttachmentReader::requestLimit));
    if (!problem.isEmpty()) {
        drop(number);
        emit refused(tr("%1: %2", "a file's name, and why it cannot be attached").arg(read.name, problem));
        emit changed();
        return;
    }
    item->chip->setIcon(MediaTypes::icon(kind));
    item->chip->setThumbnail(read.thumbnail);
    if (fits)
        item->part = chat::Part::ofData(read.mimeType, read.data, read.name);
    item->state = fits ? Item::State::Ready : Item::State::Waiting;
    show(item);
    emit changed();
}

void AttachmentStrip::upload(Item *item)
{
    if (!m_client) {
        fail(item, tr("It could not be uploaded."));
        return;
    }
    item->state = Item::State::Uploading;
    chat::Upload *upload = item->upload = m_client->upload(item->path, item->mimeType, this);
    const quint64 number = item->number;
    // The item is looked up by number, because it may be gone when a signal arrives.
    connect(upload, &chat::Upload::progress, this, [this, number](qint64 sent, qint64 total) {
        Item *now = find(number);
        if (!now || now->state != Item::State::Uploading)
            return;
        now->chip->setProgress(total > 0 ? double(sent) / double(total) : 0);
        now->chip->setDetail(sent >= total ? tr("Gemini prepares it…")
                                           : tr("%1 of %2", "sizes: what of it is uploaded")
                                                     .arg(MediaTypes::sizeText(sent), MediaTypes::sizeText(total)));
    });
    connect(upload, &chat::Upload::finished, this, [this, upload, number](const chat::UploadedFile &file) {
        upload->deleteLater();
        Item *now = find(number);
        if (!now)
            return;
        now->upload = nullptr;
        now->part = chat::Part::ofFile(file.mimeType.isEmpty() ? now->mimeType : file.mimeType, file.uri, now->name);
        now->state = Item::State::Ready;
        show(now);
        emit changed();
    });
    connect(upload, &chat::Upload::failed, this, [this, upload, number](const chat::Error &error) {
        upload->deleteLater();
        if (Item *now = find(number)) {
            now->upload = nullptr;
            fail(now, error.message);
        }
    });
    show(item);
}

void AttachmentStrip::fail(Item *item, const QString &reason)
{
    item->state = Item::State::Failed;
    item->problem = reason;
    show(item);
    emit changed();
}

void AttachmentStrip::show(Item *item)
{
    AttachmentChip *chip = item->chip;
    chip->setProgress(item->state == Item::State::Uploading ? 0 : -1);
    chip->setCanRetry(item->state == Item::State::Failed);
    const QString size = item->size > 0 ? MediaTypes::sizeText(item->size) : QString();
    switch (item->state) {
    case Item::State::Reading:
        break;
    case Item::State::Waiting: {
        const QString problem = modelProblem(*item);
        chip->setDetail(problem.isEmpty() ? tr("%1, uploaded when sent", "a file's size").arg(size) : problem,
                        !problem.isEmpty());
        break;
    }
    case Item::State::Uploading:
        chip->setDetail(tr("Uploading…"));
        break;
    case Item::State::Failed:
        chip->setDetail(item->problem, true);
        break;
    case Item::State::Ready: {
        const QString problem = modelProblem(*item);
        chip->setDetail(problem.isEmpty() ? size : problem, !problem.isEmpty());
        break;
    }
    }
}

QString AttachmentStrip::modelProblem(const Item &item) const
{
    const MediaTypes::Kind kind = MediaTypes::kindOf(item.mimeType);
    if (kind == MediaTypes::Other || MediaTypes::takenBy(m_model).testFlag(kind))
        return {};
    return tr("%1 does not take %2.", "a model; a kind of file").arg(m_model, MediaTypes::plural(kind));
}

void AttachmentStrip::remove(quint64 number)
{
    const auto at =
            std::find_if(m_items.begin(), m_items.end(), [number](const auto &item) { return item->number == number; });
    if (at == m_items.end())
        return;
    const bool hadFocus = (*at)->chip->isAncestorOf(QApplication::focusWidget());
    const auto place = std::distance(m_items.begin(), at);
    drop(number);
    emit removed();
    if (m_items.empty())
        emit emptied();
    else if (hadFocus)
        m_items[std::min(size_t(place), m_items.size() - 1)]->chip->removeButton()->setFocus();
    emit changed();
}

void AttachmentStrip::drop(quint64 number)
{
    const auto at =
            std::find_if(m_items.begin(), m_items.end(), [number](const auto &item) { return item->number == number; });
    if (at != m_items.end()) {
        if ((*at)->upload) {
            (*at)->upload->disconnect(this);
            (*at)->upload->stop();
        }
        (*at)->chip->hide(); // first, because deleting it with the focus inside would lose the focus
        m_items.erase(at);
    }
    setVisible(!m_items.empty());
}

void AttachmentStrip::clear()
{
    while (!m_items.empty())
        drop(m_items.back()->number);
    emit changed();
}

QList<chat::Part> AttachmentStrip::parts() const
{
    QList<chat::Part> all;
    for (const auto &item : m_items) {
        if (item->state == Item::State::Ready)
            all.append(item->part);
    }
    return all;
}

QList<chat::Part> AttachmentStrip::kept() const
{
    QList<chat::Part> all;
    for (const auto &item : m_items) {
        if (item->state == Item::State::Ready && !item->isUploaded())
            all.append(item->part);
    }
    return all;
}

QStringList AttachmentStrip::toReadAgain() const
{
    QStringList paths;
    for (const auto &item : m_items) {
        if ((item->state != Item::State::Ready || item->isUploaded()) && !item->path.isEmpty())
            paths.append(item->path);
    }
    return paths;
}

bool AttachmentStrip::isWaiting() const
{
    return std::any_of(m_items.begin(), m_items.end(),
                       [](const auto &item) { return item->state == Item::State::Waiting; });
}

void AttachmentStrip::uploadWaiting()
{
    for (const auto &item : m_items) {
        if (item->state == Item::State::Waiting)
            upload(item.get());
    }
    emit changed();
}

qint64 AttachmentStrip::tokens() const
{
    qint64 all = 0;
    for (const auto &item : m_items)
        all += item->tokens;
    return all;
}

bool AttachmentStrip::isBusy() const
{
    return std::any_of(m_items.begin(), m_items.end(), [](const auto &item) {
        return item->state == Item::State::Reading || item->state == Item::State::Uploading;
    });
}

QStringList AttachmentStrip::problems() const
{
    QStringList all;
    for (const auto &item : m_items) {
        const QString problem = item->state == Item::State::Failed ? item->problem : modelProblem(*item);
        if (!problem.isEmpty())
            all.append(tr("%1: %2", "a file's name, and why it cannot be attached").arg(item->name, problem));
    }
    return all;
}

qint64 AttachmentStrip::encodedSize() const
{
    qint64 bytes = 0;
    for (const auto &item : m_items) {
        if (item->state == Item::State::Ready && item->part.kind == chat::Part::Kind::InlineData)
            bytes += AttachmentReader::encodedSize(item->part.size);
    }
    return bytes;
}

void AttachmentStrip::setModel(const QString &model)
{
    m_model = model;
    for (const auto &item : m_items) {
        if (item->state == Item::State::Ready || item->state == Item::State::Waiting)
            show(item.get());
    }
    emit changed();
}
