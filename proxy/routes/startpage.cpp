#include "proxy/routes/startpage.h"

#include "proxy/routes/routes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace startpage {

QByteArray html(const State &state)
{
    QByteArray rows;
    for (const Route &route : routes()) {
        rows += "<tr><td><code>" + (route.methods.isEmpty() ? QByteArray("any") : route.methods.first()) + ' '
                + shownPath(route) + "</code></td><td>" + route.summary + "</td></tr>\n";
    }
    // The guard has checked that the host is one of this server's names, but it is escaped like any input.
    const QByteArray host = QString::fromLatin1(state.host).toHtmlEscaped().toUtf8();
    const QByteArray status = state.hasKey
            ? QByteArray("Ready. ") + QByteArray::number(state.openExchanges) + " answers under way."
            : QByteArray("No key yet: set GEMINI_API_KEY and start it again.");
    const QByteArray token = state.asksForToken ? " -H 'Authorization: Bearer TOKEN'" : "";
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
           "<meta name=\"viewport\" content=\"width=device-width\"><title>Gemini Desk</title>\n"
           "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;"
           "padding:0 1rem;color:#16181d;background:#fff}pre{background:#f1f3f6;padding:1rem;"
           "border-radius:12px;overflow:auto}td{padding:.25rem 1rem .25rem 0;vertical-align:top}"
           "small{color:#5b616e}@media(prefers-color-scheme:dark){body{color:#ecedef;"
           "background:#17181c}pre{background:#24262c}small{color:#a2a8b4}}</style></head>\n"
           "<body><h1>Gemini Desk</h1><p>A proxy on this machine that lets your local tools use "
           "Gemini with one key.</p>\n<p>"
            + status + "</p>\n<pre>curl -N http://" + host + "/gemini-proxy" + token
            + " -d 'Write a haiku'</pre>\n<table>" + rows
            + "</table>\n"
              "<p><small>gemini-proxy "
            + state.version + ", model " + state.model + "</small></p></body></html>\n";
}

QByteArray json(const State &state)
{
    QJsonArray endpoints;
    for (const Route &route : routes()) {
        QJsonArray methods;
        for (const QByteArray &method : route.methods)
            methods.append(QString::fromLatin1(method));
        endpoints.append(QJsonObject{
                {QStringLiteral("path"), QString::fromLatin1(shownPath(route))},
                {QStringLiteral("methods"), methods},
                {QStringLiteral("summary"), QString::fromLatin1(route.summary)},
        });
    }
    const QJsonObject object{
            {QStringLiteral("name"), QStringLiteral("gemini-proxy")},
            {QStringLiteral("version"), QString::fromLatin1(state.version)},
            {QStringLiteral("status"), state.hasKey ? QStringLiteral("ok") : QStringLiteral("no key")},
            {QStringLiteral("model"), QString::fromLatin1(state.model)},
            {QStringLiteral("open_exchanges"), state.openExchanges},
            {QStringLiteral("endpoints"), endpoints},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace startpage
