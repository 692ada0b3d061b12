#pragma once

#include "ui/chat/codec.h"
#include "ui/chat/store/store.h"

#include <QFutureWatcher>
#include <QObject>

#include <functional>
#include <memory>

namespace chat {

// Turns a question into a request's body without holding up the window: the bytes of its attachments
// come from the store, and are put into JSON on a thread of the pool. Ends in one of ready and failed,
// never inside the constructor; deleting it is silent.
class RequestMaker : public QObject
{
    Q_OBJECT

public:
    using Encode = std::function<QByteArray(const Question &)>;

    // `store` may be null: then no part may need it.
    RequestMaker(const Question &question, Encode encode, Store *store, QObject *parent);

signals:
    void ready(const QByteArray &body);
    void failed(const chat::Error &error);

private:
    void fill(const Blobs &blobs);
    void encode();

    Question m_question;
    Encode m_encode;
    QFutureWatcher<QByteArray> m_watcher;
};

} // namespace chat
