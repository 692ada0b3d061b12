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

// A model, as Gemini's list describes it (https://ai.google.dev/api/models#Model).
struct ModelInfo
{
    QString name; // without "models/"
    QString displayName;
    QString description;
    int inputTokens = 0; // limits; 0 = Gemini did not tell
    int outputTokens = 0;
    QStringList methods; // "generateContent", "countTokens", ...
    bool thinks = false;

    [[nodiscard]] bool answers() const; // whether the model can be used for a chat
    friend bool operator==(const ModelInfo &, const ModelInfo &) = default;
};

// An answer that streams in. It ends with exactly one of finished(), failed() and stopped(), never inside
// Client::ask(). Deleting the object ends the request without a signal.
class AnswerStream : public QObject
{
    Q_OBJECT

public:
    AnswerStream(QNetworkAccessManager &manager, const Endpoint &endpoint, const QString &model, const QByteArray &body,
                 QObject *parent);

    // Ends the request and the stream; a second call does nothing. What has arrived is announced by received() before
    // stopped() is emitted.
    void stop();

signals:
    void received(const QList<gemini::AnswerDelta> &deltas); // for merge()
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

// A request for the list of models. It ends with exactly one of the two signals.
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

// Asks how many tokens a question has. The call ends with exactly one of the two signals.
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

// Talks to Gemini through the local proxy. Each call is an object owned by `parent`. It ends with exactly one of its
// final signals, which is never emitted inside the function that starts the call. The caller deletes the object, by
// deleteLater() in the slot of that signal, before the client is destroyed. The client lives on the window's thread.
class Client : public QObject
{
    Q_OBJECT

public:
    explicit Client(QObject *parent = nullptr);

    // Calls that are under way keep the old endpoint.
    void setEndpoint(const Endpoint &endpoint) { m_endpoint = endpoint; }
    [[nodiscard]] const Endpoint &endpoint() const { return m_endpoint; }

    // `body` comes from toRequest().
    [[nodiscard]] AnswerStream *ask(const QString &model, const QByteArray &body, QObject *parent);
    // `body` comes from toCountRequest().
    [[nodiscard]] CountCall *countTokens(const QString &model, const QByteArray &body, QObject *parent);
    // The client remembers the models of the list; see model().
    [[nodiscard]] ModelsCall *listModels(QObject *parent);
    // Uploads a file that is too large to be sent within a question. The question then refers to it by Part::ofFile().
    [[nodiscard]] Upload *upload(const QString &path, const QString &mimeType, QObject *parent);

    // Returns what the last list said about this model; nullopt if it was not in the list or no list has come yet.
    [[nodiscard]] std::optional<ModelInfo> model(const QString &name) const;

signals:
    void modelsChanged(const QList<chat::ModelInfo> &models);

private:
    QNetworkAccessManager *m_manager; // our child; all calls use it
    Endpoint m_endpoint;
    QHash<QString, ModelInfo> m_models;
};

} // namespace chat
