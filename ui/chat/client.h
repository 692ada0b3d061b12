#pragma once

#include "proxy/gemini/generatecontentreader.h"
#include "ui/chat/error.h"
#include "ui/chat/httpcall.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace chat {

class Upload;

// A model, as Gemini lists it (https://ai.google.dev/api/models#Model).
struct ModelInfo
{
    QString name; // without "models/"
    QString displayName;
    QString description;
    int inputTokens = 0; // limits; 0 = not told
    int outputTokens = 0;
    QStringList methods; // "generateContent", "countTokens", ...
    bool thinks = false;

    [[nodiscard]] bool answers() const; // can be chatted with
    friend bool operator==(const ModelInfo &, const ModelInfo &) = default;
};

// One answer as it comes. Ends in exactly one of finished, failed and stopped, never inside
// Client::ask(). Deleting it is silent and ends the request.
class AnswerStream : public QObject
{
    Q_OBJECT

public:
    AnswerStream(QNetworkAccessManager &manager, const Endpoint &endpoint, const QString &model, const QByteArray &body,
                 QObject *parent);

    // Ends the request, and with it the stream; may be called twice. What has come is announced first.
    void stop();

signals:
    void received(const QList<gemini::AnswerDelta> &deltas); // to be merged into a turn
    void finished();
    void failed(const chat::Error &error);
    void stopped();

private:
    void take(const QByteArray &bytes);
    void end(const HttpCall::End &end);

    std::unique_ptr<HttpCall> m_call;
    gemini::GenerateContentReader m_reader;
    bool m_over = false;
};

// The list of models. Ends once.
class ModelsCall : public QObject
{
    Q_OBJECT

public:
    ModelsCall(QNetworkAccessManager &manager, const Endpoint &endpoint, QObject *parent);

signals:
    void finished(const QList<chat::ModelInfo> &models);
    void failed(const chat::Error &error);

private:
    void ask(const QString &pageToken);
    void take(const HttpCall::End &end);

    QNetworkAccessManager &m_manager;
    const Endpoint m_endpoint;
    QList<ModelInfo> m_models;
    int m_pages = 0;
};

// What a question would cost. Ends once.
class CountCall : public QObject
{
    Q_OBJECT

public:
    CountCall(QNetworkAccessManager &manager, const Endpoint &endpoint, const QString &model, const QByteArray &body,
              QObject *parent);

signals:
    void finished(int tokens);
    void failed(const chat::Error &error);
};

// Talks to Gemini by way of the local proxy. Each call is an object that belongs to `parent`, ends
// in exactly one signal and never inside the function that makes it; the caller deletes it
// (deleteLater() in that signal's slot), before this goes. Lives on the window's thread.
class Client : public QObject
{
    Q_OBJECT

public:
    explicit Client(QObject *parent = nullptr);

    // Calls that are under way keep the old one.
    void setEndpoint(const Endpoint &endpoint) { m_endpoint = endpoint; }
    [[nodiscard]] const Endpoint &endpoint() const { return m_endpoint; }

    // `body`: of toRequest().
    [[nodiscard]] AnswerStream *ask(const QString &model, const QByteArray &body, QObject *parent);
    // `body`: of toCountRequest().
    [[nodiscard]] CountCall *countTokens(const QString &model, const QByteArray &body, QObject *parent);
    // Its models are remembered, see model().
    [[nodiscard]] ModelsCall *listModels(QObject *parent);
    // A file for a question (Part::ofFile), where it is too large to be sent with it.
    [[nodiscard]] Upload *upload(const QString &path, const QString &mimeType, QObject *parent);

    // What the last list said of it.
    [[nodiscard]] std::optional<ModelInfo> model(const QString &name) const;

signals:
    void modelsChanged(const QList<chat::ModelInfo> &models);

private:
    QNetworkAccessManager *m_manager; // our child, and all calls'
    Endpoint m_endpoint;
    QHash<QString, ModelInfo> m_models;
};

} // namespace chat
