#include "proxy/net/secret.h"

#include <QDebug>

Secret::Secret(QByteArray value)
{
    value.detach();
    m_value = std::shared_ptr<const QByteArray>(new QByteArray(std::move(value)), [](const QByteArray *bytes) {
        // Without `volatile` the compiler may drop writes to memory that is about to be freed.
        volatile char *at = const_cast<char *>(bytes->constData());
        for (qsizetype i = 0; i < bytes->size(); ++i)
            at[i] = 0;
        delete bytes;
    });
}

QDebug operator<<(QDebug debug, const Secret &secret)
{
    return debug << (secret.isEmpty() ? "(empty)" : "***");
}
