#include "ui/chatpage/composer/mediatypes.h"

#include <QHash>
#include <QLocale>
#include <QMimeType>

using namespace Qt::StringLiterals;

QString MediaTypes::wireType(const QMimeType &type)
{
    // The keys are names of freedesktop.org's MIME database, the values are Gemini's names.
    static const QHash<QString, QString> names = {
            {u"image/png"_s, u"image/png"_s},        {u"image/jpeg"_s, u"image/jpeg"_s},
            {u"image/webp"_s, u"image/webp"_s},      {u"image/heic"_s, u"image/heic"_s},
            {u"image/heif"_s, u"image/heif"_s},      {u"application/pdf"_s, u"application/pdf"_s},
            {u"audio/mpeg"_s, u"audio/mp3"_s},       {u"audio/x-wav"_s, u"audio/wav"_s},
            {u"audio/wav"_s, u"audio/wav"_s},        {u"audio/vnd.wave"_s, u"audio/wav"_s},
            {u"audio/x-aiff"_s, u"audio/aiff"_s},    {u"audio/aac"_s, u"audio/aac"_s},
            {u"audio/ogg"_s, u"audio/ogg"_s},        {u"audio/x-vorbis+ogg"_s, u"audio/ogg"_s},
            {u"audio/x-opus+ogg"_s, u"audio/ogg"_s}, {u"audio/flac"_s, u"audio/flac"_s},
            {u"audio/mp4"_s, u"audio/mp4"_s},        {u"video/mp4"_s, u"video/mp4"_s},
            {u"video/mpeg"_s, u"video/mpeg"_s},      {u"video/quicktime"_s, u"video/mov"_s},
            {u"video/x-msvideo"_s, u"video/avi"_s},  {u"video/vnd.avi"_s, u"video/avi"_s},
            {u"video/x-flv"_s, u"video/x-flv"_s},    {u"video/webm"_s, u"video/webm"_s},
            {u"video/x-ms-wmv"_s, u"video/wmv"_s},   {u"video/3gpp"_s, u"video/3gpp"_s},
    };
    if (const QString name = names.value(type.name()); !name.isEmpty())
        return name;
    return type.inherits(u"text/plain"_s) ? u"text/plain"_s : QString();
}

MediaTypes::Kind MediaTypes::kindOf(const QString &wireType)
{
    if (wireType.startsWith("text/"_L1))
        return Text;
    if (wireType.startsWith("image/"_L1))
        return Image;
    if (wireType == "application/pdf"_L1)
        return Pdf;
    if (wireType.startsWith("audio/"_L1))
        return Audio;
    return wireType.startsWith("video/"_L1) ? Video : Other;
}

MediaTypes::Kinds MediaTypes::takenBy(const QString &model)
{
    if (model.startsWith("gemma"_L1))
        return Kinds(Text | Image);
    if (model.contains("-tts"_L1))
        return Text;
    if (model.startsWith("gemini"_L1) && model.contains("-image"_L1))
        return Kinds(Text | Image | Pdf);
    return Kinds(Text | Image | Pdf | Audio | Video);
}

QString MediaTypes::plural(Kind kind)
{
    switch (kind) {
    case Text:
        return tr("text");
    case Image:
        return tr("images");
    case Pdf:
        return tr("PDF files");
    case Audio:
        return tr("audio");
    case Video:
        return tr("video");
    case Other:
        break;
    }
    return tr("such files");
}

QString MediaTypes::icon(Kind kind)
{
    switch (kind) {
    case Image:
        return u"image"_s;
    case Audio:
        return u"music"_s;
    case Video:
        return u"video"_s;
    case Text:
    case Pdf:
        return u"file-text"_s;
    case Other:
        break;
    }
    return u"paperclip"_s;
}

QString MediaTypes::sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, bytes < 1024 ? 0 : 1, QLocale::DataSizeTraditionalFormat);
}
