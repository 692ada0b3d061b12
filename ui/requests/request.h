#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <utility>

// One request through the proxy at one moment, as the request view shows it. A value, without bodies.
struct Request
{
    enum class State { Running, Complete, ClientLeft, Failed };

    quint64 number = 0; // which one; later news of the same request carries the same number
    QString id;         // as in the log and in X-Request-Id
    QDateTime time;     // when it arrived
    QString client;     // the name of the token used, "" without one
    QString userAgent;  // as the client calls itself
    QString method;
    QString path;
    QString route;
    QString model;
    int status = 0; // of the answer; 0 = none yet
    State state = State::Running;
    std::chrono::microseconds sent{-1}; // how long after it arrived all of it had gone to Gemini; -1 = not yet
    std::chrono::microseconds firstByte{-1};
    std::chrono::microseconds duration{-1};
    qint64 bytesIn = 0; // of the bodies
    qint64 bytesOut = 0;
    int tokensIn = -1; // -1 = not told
    int tokensOut = -1;
    int tries = 0;   // requests sent to Gemini
    QString failure; // in words
};
Q_DECLARE_METATYPE(Request)

// The content of a request. The page is told once for each request, if bodies are kept at all.
struct RequestContent
{
    quint64 number = 0;
    QByteArray prompt;                               // the body as the client sent it
    QList<std::pair<QByteArray, QByteArray>> fields; // of the request; credentials masked
};
Q_DECLARE_METATYPE(RequestContent)

// The next piece of an answer's bytes, as they came from Gemini.
struct AnswerPiece
{
    quint64 number = 0;
    QByteArray bytes;
};
Q_DECLARE_METATYPE(AnswerPiece)
