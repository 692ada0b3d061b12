#pragma once

#include "proxy/faces/modeltable.h"
#include "proxy/faces/signaturestore.h"
#include "proxy/faces/toolnames.h"

#include <QByteArray>
#include <QCborArray>
#include <QCborMap>
#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace faces {

// What a request to one of the faces is translated with. The values outlive the translation.
struct RequestContext
{
    const SignatureStore &signatures;
    const ModelTable &models;
};

// The name of a tool that stands in a namespace.
struct SpacedName
{
    QString space;
    QString name;
};

// A request of another API, translated to one for Gemini's :generateContent
// (https://ai.google.dev/api/generate-content).
struct GeminiRequest
{
    QByteArray askedModel; // as the client named it
    QByteArray model;      // Gemini's, without "models/"
    bool streams = false;
    QCborMap body;
    ToolNames names;                        // of the functions that are declared
    bool wantsThinking = false;             // whether the client knows what to do with thoughts and signatures
    bool showsThoughts = false;             // whether it wants to read them
    QString callPrefix;                     // of the IDs that the client's API gives to calls
    bool searches = false;                  // whether it wants to see what was searched for
    QSet<QString> customTools;              // functions that take a plain text; by the client's names
    QHash<QString, SpacedName> spacedTools; // functions that stand in a namespace; by their names in one word
    QStringList leftOut;                    // what was left out as Gemini has nothing like it, for the log

    void leaveOut(const QString &what) { leftOut.append(what); }
};

// How much a model is to think before it answers.
enum class Effort { None, Minimal, Low, Medium, High };

// Reads the word for an effort: "none", "minimal", "low", "medium", "high", "xhigh" or "max".
[[nodiscard]] std::optional<Effort> effortNamed(const QString &word);

// Returns the `thinkingConfig` for a model (https://ai.google.dev/gemini-api/docs/thinking): a level for Gemini 3 and
// later, a budget for Gemini 2.5, nothing for models that do not think. `budget`: in tokens, as the client says it.
[[nodiscard]] QCborMap thinkingConfig(const QByteArray &model, std::optional<Effort> effort,
                                      std::optional<qint64> budget, bool includeThoughts);

// Adds the most tokens that an answer may have. A number above all that Gemini answers with means no limit, as Gemini
// would refuse it; other values than numbers are no limit either.
void setMaximumTokens(QCborMap &config, const QCborValue &tokens);

// Whether the model takes pictures within the results of functions.
[[nodiscard]] bool nestsMedia(const QByteArray &model);

// Returns a `FunctionDeclaration`. A schema that tells of no members means a function without parameters.
[[nodiscard]] QCborMap functionDeclaration(const QString &name, const QString &description, const QCborValue &schema);

// Returns a part for a picture or another file: `inlineData` for a "data:" URL (RFC 2397), `fileData` for any other.
[[nodiscard]] QCborMap partForUrl(const QString &url);
[[nodiscard]] QCborMap inlineData(const QString &mimeType, const QString &base64);

// Adds the tools to the request's body. Gemini can search the web or call functions, but most models cannot do both in
// one request; so the functions win, as a coding agent is nothing without them.
void setTools(GeminiRequest &request, const QCborArray &declarations, bool search, bool urlContext);
// Adds how functions are to be called, if there are any: `mode` is "AUTO", "ANY" or "NONE"; `only`: the one to be
// called, if it is declared; "" = any.
void setToolMode(GeminiRequest &request, QLatin1StringView mode, const QString &only = {});

} // namespace faces
