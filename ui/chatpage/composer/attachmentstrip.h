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

// What is attached to a question, in the order in which it came: files are read on a thread. Those that do
// not fit into the request wait to be uploaded until the question is sent. Lives on the main thread.
class AttachmentStrip : public QWidget
{
    Q_OBJECT

public:
    // `client` may be null: see Composer.
    explicit AttachmentStrip(chat::Client *client, QWidget *parent = nullptr);
    ~AttachmentStrip() override;

    void addFiles(const QStringList &paths);
    void addImage(const QImage &image);
    // As they came from a question or a draft.
    void addParts(const QList<chat::Part> &parts);
    void clear();

    // Those that are ready.
    [[nodiscard]] QList<chat::Part> parts() const;
    // For a draft: of those that are ready, and that an upload, which Gemini keeps for two days only, is no
    // part of; and paths of the others.
    [[nodiscard]] QList<chat::Part> kept() const;
    [[nodiscard]] QStringList toReadAgain() const;
    // Some are to be uploaded before the question can be sent.
    [[nodiscard]] bool isWaiting() const;
    void uploadWaiting();
    // About how many tokens all of them take.
    [[nodiscard]] qint64 tokens() const;
    [[nodiscard]] bool isEmpty() const { return m_items.empty(); }
    // Some are being read or uploaded.
    [[nodiscard]] bool isBusy() const;
    // Why they cannot be sent, with their names; empty: they can.
    [[nodiscard]] QStringList problems() const;
    // What they take in a request, bytes.
    [[nodiscard]] qint64 encodedSize() const;

    void setModel(const QString &model);
    // Room that is left for them in a request, bytes.
    void setRoom(qint64 bytes) { m_room = bytes; }
    [[nodiscard]] qint64 room() const { return m_room; }

signals:
    void changed();
    void refused(const QString &reason); // with the name
    void removed();                      // by keyboard or mouse
    void emptied();                      // the same, and the focus is free

private:
    struct Item;
    Item *add(const QString &name);
    void read(Item *item, const std::function<ReadAttachment()> &work);
    void take(quint64 number, const ReadAttachment &read);
    void upload(Item *item);
    void fail(Item *item, const QString &reason);
    void remove(quint64 number);
    void drop(quint64 number); // without a word
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
