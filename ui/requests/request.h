#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <utility>

// What is known at one moment about a request through the proxy, as the request view shows it. A value without bodies.
struct Request
{
    enum class State { Running, Complete, ClientLeft, Failed };

    quint64 number = 0; // tells requests apart; all news of one request has the same number
    QString id;         // the ID that the log and the field X-Request-Id have
    QDateTime time;     // when the request arrived
    QString client;     // the name of the token that the client used; "" = none
    QString userAgent;  // what the client calls itself
    QString method;
    QString path;
    QString route;
    QString model;
    QString askedModel; // the client's name for it, if that is another one; else ""
    int status = 0;     // of the answer; 0 = none yet
    State state = State::Running;
    // These times count from the request's arrival; -1 = not yet.
    std::chrono::microseconds sent{-1};      // until the whole request had gone to Gemini
    std::chrono::microseconds firstByte{-1}; // until the answer's first byte came
    std::chrono::microseconds duration{-1};  // until the answer ended
    qint64 bytesIn = 0;                      // of the request's body
    qint64 bytesOut = 0;                     // of the answer's body
    int tokensIn = -1;                       // -1 = Gemini has not told them
    int tokensOut = -1;                      // the same
    int tries = 0;                           // how often the request was sent to Gemini
    QString failure;                         // why the request failed, in words for the user
    // Of requests for the Interactions API; "" = none is known.
    QString interaction;         // the interaction's ID
    QString previousInteraction; // the ID of the interaction that this one continues
    bool isUnreadable = false;   // it is to make an interaction, but its body names neither a model nor an agent
    QString interactionStatus;   // the last one that Gemini told, such as "completed"
    bool worksOn = false;        // whether Gemini works on the interaction even if no client listens
};
Q_DECLARE_METATYPE(Request)

// What a request contained. The page is given this once for each request, if bodies are kept at all.
struct RequestContent
{
    quint64 number = 0;
    QByteArray prompt;                               // the body as the client sent it
    QList<std::pair<QByteArray, QByteArray>> fields; // the header fields; credentials are replaced by "***"
};
Q_DECLARE_METATYPE(RequestContent)

// The next bytes of an answer, as they came from Gemini.
struct AnswerPiece
{
    quint64 number = 0;
    QByteArray bytes;
};
Q_DECLARE_METATYPE(AnswerPiece)
