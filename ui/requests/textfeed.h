#pragma once

#include "ui/requests/jsonindenter.h"

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringDecoder>

// A piece of text to show, and what kind of text it is.
struct TextPiece
{
    enum class Kind { Text, Thought, Note, Error };
    Kind kind = Kind::Text;
    QString text;
    friend bool operator==(const TextPiece &, const TextPiece &) = default;
};

// Turns the bytes of a body into text as they arrive. It does not look at earlier bytes again.
class TextFeed
{
public:
    TextFeed() = default;
    virtual ~TextFeed() = default;
    Q_DISABLE_COPY_MOVE(TextFeed)

    // Takes the next bytes, and returns the text that is known now.
    [[nodiscard]] virtual QList<TextPiece> feed(QByteArrayView bytes) = 0;
    // To be called when no more bytes come; returns the rest of the text. `whole`: the sender meant the body to end
    // here.
    [[nodiscard]] virtual QList<TextPiece> finish(bool whole) = 0;
};

// Takes the bytes for UTF-8 and returns them as text.
class RawText : public TextFeed
{
public:
    [[nodiscard]] QList<TextPiece> feed(QByteArrayView bytes) override;
    [[nodiscard]] QList<TextPiece> finish(bool whole) override;

private:
    QStringDecoder m_decoder{QStringDecoder::Utf8};
};

// Indents a body that is JSON, and returns any other as it is.
class BodyText : public TextFeed
{
public:
    [[nodiscard]] QList<TextPiece> feed(QByteArrayView bytes) override;
    [[nodiscard]] QList<TextPiece> finish(bool whole) override;

private:
    bool m_started = false;
    bool m_json = false;
    JsonIndenter m_indenter;
    QStringDecoder m_decoder{QStringDecoder::Utf8};
};
