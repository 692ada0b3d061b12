#pragma once

#include "ui/chat/error.h"
#include "ui/chat/part.h"
#include "ui/chatpage/composer/attachmentreader.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

namespace chat {
class Client;
class Upload;
} // namespace chat
class AttachmentChip;
class QLayout;

// What is attached to a question, in the order in which it was added. Files are read on a thread; those that do
// not fit into the request are uploaded when the question is sent. Lives on the main thread.
class AttachmentStrip : public QWidget
{
    Q_OBJECT

public:
    // `client` may be null: see Composer.
    explicit AttachmentStrip(chat::Client *client, QWidget *parent = nullptr);
    ~AttachmentStrip() override;

    void addFiles(const QStringList &paths);
    void addImage(const QImage &image);
    // Adds the attachments of a question or a draft.
    void addParts(const QList<chat::Part> &parts);
    void clear();

    // The attachments that are ready.
    [[nodiscard]] QList<chat::Part> parts() const;
    // For a draft: the attachments that are ready, without uploads, which Gemini keeps for two days only; and
    // the paths of the others.
    [[nodiscard]] QList<chat::Part> kept() const;
    [[nodiscard]] QStringList toReadAgain() const;
    // Whether some are to be uploaded before the question can be sent.
    [[nodiscard]] bool isWaiting() const;
    void uploadWaiting();
    // About how many tokens all of them take.
    [[nodiscard]] qint64 tokens() const;
    [[nodiscard]] bool isEmpty() const { return m_items.empty(); }
    // Whether some are being read or uploaded.
    [[nodiscard]] bool isBusy() const;
    // Why they cannot be sent, with their names; empty if they can.
    [[nodiscard]] QStringList problems() const;
    // How many bytes they take in a request.
    [[nodiscard]] qint64 encodedSize() const;

    void setModel(const QString &model);
    // How many bytes of a request are left for them.
    void setRoom(qint64 bytes) { m_room = bytes; }
    [[nodiscard]] qint64 room() const { return m_room; }

signals:
    void changed();
    void refused(const QString &reason); // with the attachment's name
    void removed();                      // by the user
    void emptied();                      // the user removed the last one, so the focus has to go elsewhere

private:
    struct Item;
    Item *add(const QString &name);
    void read(Item *item, const std::function<ReadAttachment()> &work);
    void take(quint64 number, const ReadAttachment &read);
    void upload(Item *item);
    void fail(Item *item, const QString &reason);
    void remove(quint64 number);
    void drop(quint64 number); // without a signal
    void show(Item *item);
    [[nodiscard]] QString modelProblem(const Item &item) const;
    [[nodiscard]] Item *find(quint64 number) const;

    QPointer<chat::Client> m_client;
    QLayout *m_layout;
    std::vector<std::unique_ptr<Item>> m_items;
    quint64 m_lastNumber = 0;
    QString m_model;
    qint64 m_room = AttachmentReader::requestLimit;
};
