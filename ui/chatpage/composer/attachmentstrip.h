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

// Shows what is attached to a question, in the order in which it was added. Files are read on another thread. Those
// that do not fit into the request are uploaded when the question is sent. Lives on the main thread.
class AttachmentStrip : public QWidget
{
    Q_OBJECT

public:
    // `client` may be null: see Composer::Composer().
    explicit AttachmentStrip(chat::Client *client, QWidget *parent = nullptr);
    ~AttachmentStrip() override;

    void addFiles(const QStringList &paths);
    void addImage(const QImage &image);
    // Adds the attachments of a question or a draft, which are ready at once.
    void addParts(const QList<chat::Part> &parts);
    void clear();

    // Returns the attachments that are ready to be sent.
    [[nodiscard]] QList<chat::Part> parts() const;
    // Both are for a draft. kept() returns the attachments that are ready, but not those uploaded from a file, because
    // Gemini keeps uploads for two days only. toReadAgain() returns the paths of these and of files that are not ready.
    [[nodiscard]] QList<chat::Part> kept() const;
    [[nodiscard]] QStringList toReadAgain() const;
    // Whether some attachments must be uploaded before the question can be sent, and no upload has begun.
    [[nodiscard]] bool isWaiting() const;
    void uploadWaiting();
    // Estimates how many tokens all attachments take.
    [[nodiscard]] qint64 tokens() const;
    [[nodiscard]] bool isEmpty() const { return m_items.empty(); }
    // Whether some attachments are being read or uploaded.
    [[nodiscard]] bool isBusy() const;
    // Returns why attachments cannot be sent, each reason with the attachment's name; empty if all can be sent.
    [[nodiscard]] QStringList problems() const;
    // Returns how many bytes the attachments that are ready take in a request; uploaded ones take none.
    [[nodiscard]] qint64 encodedSize() const;

    // Sets the model that is to answer, which may not accept every kind of attachment.
    void setModel(const QString &model);
    // Sets how many bytes of a request are left for the attachments and the text. Files that do not fit are uploaded.
    void setRoom(qint64 bytes) { m_room = bytes; }
    [[nodiscard]] qint64 room() const { return m_room; }

signals:
    void changed();
    void refused(const QString &reason); // the reason begins with the attachment's name
    void removed();                      // the user removed an attachment
    void emptied();                      // the user removed the last one, so the focus must go elsewhere

private:
    struct Item;
    Item *add(const QString &name);
    void read(Item *item, const std::function<ReadAttachment()> &work);
    void take(quint64 number, const ReadAttachment &read);
    void upload(Item *item);
    void fail(Item *item, const QString &reason);
    void remove(quint64 number);
    void drop(quint64 number); // emits no signal
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
