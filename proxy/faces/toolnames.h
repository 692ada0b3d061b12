#pragma once

#include <QHash>
#include <QString>

namespace faces {

// Gives each tool a name that Gemini accepts (https://ai.google.dev/api/caching#FunctionDeclaration), and knows the
// client's name for it. Most names are good as they are. A value.
class ToolNames
{
public:
    // Returns Gemini's name for a tool that the client calls so, always the same one.
    QString forGemini(const QString &clientName);
    // Returns the client's name for a function that Gemini calls.
    [[nodiscard]] QString forClient(const QString &geminiName) const;

private:
    QHash<QString, QString> m_changed; // Gemini's names of those that had to be changed, and the client's
};

// Returns a new ID, which consists of the prefix and 24 letters and digits. No two are alike.
[[nodiscard]] QString newId(const QString &prefix);

} // namespace faces
