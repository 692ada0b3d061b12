#pragma once

#include <QCoreApplication>
#include <QFlags>
#include <QString>

class QMimeType;

// Knows which types of files Gemini reads (https://ai.google.dev/gemini-api/docs/files), and its names for them. Pure
// functions.
class MediaTypes
{
    Q_DECLARE_TR_FUNCTIONS(MediaTypes)

public:
    enum Kind {
        Other = 0,
        Text = 1, // includes program code
        Image = 2,
        Pdf = 4,
        Audio = 8,
        Video = 16,
    };
    Q_DECLARE_FLAGS(Kinds, Kind)

    // Returns Gemini's name of a type; "" = Gemini does not read files of that type as they are.
    [[nodiscard]] static QString wireType(const QMimeType &type);
    [[nodiscard]] static Kind kindOf(const QString &wireType);
    // Returns what kinds of files a model accepts. Gemini's list of models does not tell, so this goes by the name of
    // the model's family. An unknown model is assumed to accept everything; if it does not, Gemini's error says so.
    [[nodiscard]] static Kinds takenBy(const QString &model);
    // Returns a translated name for use in a sentence, for example "images".
    [[nodiscard]] static QString plural(Kind kind);
    // Returns the icon's name for icons::icon().
    [[nodiscard]] static QString icon(Kind kind);
    // Returns for example "3.4 MB".
    [[nodiscard]] static QString sizeText(qint64 bytes);
};
