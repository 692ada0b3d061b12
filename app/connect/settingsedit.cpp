#include "app/connect/settingsedit.h"

#include "app/connect/jsontext.h"
#include "app/connect/markedlines.h"

#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tools {

Expected<Edited, QString> put(Format format, const QByteArray &text, const QList<Setting> &settings)
{
    Edited edited;
    if (format != Format::Json) {
        const auto lines = lines::put(format, text, settings);
        if (!lines)
            return lines.error();
        edited.text = *lines;
        for (const Setting &setting : settings)
            edited.written.append({setting.path, setting.value, {}, 0});
        return edited;
    }
    auto json = JsonText::parse(text);
    if (!json)
        return json.error();
    for (const Setting &setting : settings) {
        if (const QString name = json->obstacle(setting.path); !name.isEmpty())
            return u"has a member \"%1\" that is no object"_s.arg(name);
        edited.written.append(
                {setting.path, setting.value, json->value(setting.path), json->missingObjects(setting.path)});
        json->set(setting.path, setting.value);
    }
    edited.text = json->text();
    return edited;
}

Expected<Edited, QString> takeOut(Format format, const QByteArray &text, const QList<Written> &written)
{
    if (format != Format::Json)
        return lines::takeOut(format, text, written);
    Edited edited;
    auto json = JsonText::parse(text);
    if (!json)
        return json.error();
    // In the reverse order, so that the objects made for the first setting are empty by then.
    for (auto one = written.crbegin(); one != written.crend(); ++one) {
        const auto now = json->value(one->path);
        if (!now)
            continue; // the user has taken it out
        if (*now != one->value) {
            edited.left.prepend(one->path.join(u'.'));
            continue;
        }
        if (one->before) {
            json->set(one->path, *one->before);
            continue;
        }
        json->remove(one->path);
        QStringList object = one->path;
        for (int i = 0; i < one->made; ++i) {
            object.removeLast();
            if (!json->value(object)->toObject().isEmpty())
                break;
            json->remove(object);
        }
    }
    edited.text = json->text();
    return edited;
}

std::optional<QJsonValue> valueIn(Format format, const QByteArray &text, const QStringList &path)
{
    if (format != Format::Json)
        return lines::valueIn(format, text, path);
    const auto json = JsonText::parse(text);
    return json ? json->value(path) : std::nullopt;
}

QByteArray snippet(Format format, const QList<Setting> &settings)
{
    if (format != Format::Json)
        return lines::snippet(format, settings);
    auto json = JsonText::parse({});
    for (const Setting &setting : settings)
        json->set(setting.path, setting.value);
    return json->text();
}

} // namespace tools
