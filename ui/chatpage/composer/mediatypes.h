#pragma once

#include <QCoreApplication>
#include <QFlags>
#include <QString>

class QMimeType;

// Which types of files Gemini reads (https://ai.google.dev/gemini-api/docs/files), and its names for them.
// Pure functions.
class MediaTypes
{
    Q_DECLARE_TR_FUNCTIONS(MediaTypes)

public:
    enum Kind {
        Other = 0,
        Text = 1, // code too
        Image = 2,
        Pdf = 4,
        Audio = 8,
        Video = 16,
    };
    Q_DECLARE_FLAGS(Kinds, Kind)

    // Gemini's name of a type; "" = it does not read files of that type as they are.
    [[nodiscard]] static QString wireType(const QMimeType &type);
    [[nodiscard]] static Kind kindOf(const QString &wireType);
    // What a model takes. Gemini's list of models does not tell, so this goes by the names of the families. A
    // model that is not known is taken to accept everything: Gemini will say.
    [[nodiscard]] static Kinds takenBy(const QString &model);
    // For example "images", for use in a sentence.
    [[nodiscard]] static QString plural(Kind kind);
    // The icon's name.
    [[nodiscard]] static QString icon(Kind kind);
    // "3.4 MB"
    [[nodiscard]] static QString sizeText(qint64 bytes);
};
