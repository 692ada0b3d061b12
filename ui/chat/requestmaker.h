#pragma once

#include "ui/chat/codec.h"
#include "ui/chat/store/store.h"

#include <QFutureWatcher>
#include <QObject>

#include <functional>
#include <memory>

namespace chat {

// Turns a question into the body of a request without blocking the window. The bytes of the attachments come from the
// store, and a thread of the pool puts everything into JSON. Ends with exactly one of ready() and failed(), never
// inside the constructor. Deleting the object ends the work without a signal.
class RequestMaker : public QObject
{
    Q_OBJECT

public:
    using Encode = std::function<QByteArray(const Question &)>;

    // `store` may be null; a part whose bytes are only in the store then fails.
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
