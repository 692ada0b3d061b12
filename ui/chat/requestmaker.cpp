#include "ui/chat/requestmaker.h"

#include "ui/chat/base/inpool.h"

#include <QCoreApplication>

namespace chat {

namespace {

Error attachmentMissing()
{
    Error error = makeError(Error::Kind::Other);
    error.message = QCoreApplication::translate("chat::RequestMaker", "An attachment could not be read.");
    return error;
}

QList<QByteArray> missingBlobs(const Question &question)
{
    QList<QByteArray> names;
    for (const Turn &turn : question.path) {
        for (const Part &part : turn.parts) {
            if (!part.blob.isEmpty() && part.data.isEmpty())
                names.append(part.blob);
        }
    }
    return names;
}

} // namespace

RequestMaker::RequestMaker(const Question &question, Encode encode, Store *store, QObject *parent)
    : QObject(parent), m_question(question), m_encode(std::move(encode))
{
    connect(&m_watcher, &QFutureWatcher<QByteArray>::finished, this, [this] { emit ready(m_watcher.result()); });
    const QList<QByteArray> names = missingBlobs(m_question);
    if (names.isEmpty()) {
        this->encode();
    } else if (store) {
        store->blobs(names, this, [this](const Store::Answer<Blobs> &answer) {
            if (answer)
                fill(*answer);
            else
                emit failed(attachmentMissing());
        });
    } else {
        QMetaObject::invokeMethod(
                this, [this] { emit failed(attachmentMissing()); }, Qt::QueuedConnection);
    }
}

void RequestMaker::fill(const Blobs &blobs)
{
    for (Turn &turn : m_question.path) {
        for (Part &part : turn.parts) {
            if (part.blob.isEmpty() || !part.data.isEmpty())
                continue;
            if (!blobs.contains(part.blob)) {
                emit failed(attachmentMissing());
                return;
            }
            part.data = blobs.value(part.blob);
        }
    }
    encode();
}

void RequestMaker::encode()
{
    m_watcher.setFuture(inPool(*QThreadPool::globalInstance(),
                               [encode = m_encode, question = m_question] { return encode(question); }));
}

} // namespace chat
