#include "ui/icons.h"

#include "ui/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace {

// Draws one of resources/icons. Its colour is that which its role has in the theme in use at the time of painting.
class LucideEngine : public QIconEngine
{
public:
    LucideEngine(QString name, icons::Role role) : m_name(std::move(name)), m_role(role) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatio() : 1;
        QPixmap pixmap = this->pixmap(rect.size() * ratio, mode, state);
        pixmap.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), pixmap);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const QColor color = colorOf(mode);
        const QString key = u"lucide/%1/%2/%3x%4"_s.arg(m_name, color.name()).arg(size.width()).arg(size.height());
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QFile file(u":/icons/"_s + m_name + u".svg"_s);
        if (!file.open(QIODevice::ReadOnly))
            return pixmap;
        QByteArray svg = file.readAll();
        svg.replace("currentColor", color.name().toLatin1());
        svg.replace("stroke-width=\"2\"", "stroke-width=\"1.75\""); // finer strokes than Lucide's own
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(QPointF(), QSizeF(size)));
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    [[nodiscard]] QIconEngine *clone() const override { return new LucideEngine(m_name, m_role); }

private:
    [[nodiscard]] QColor colorOf(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        const ThemeColors &colors = Theme::of(palette);
        if (mode == QIcon::Disabled)
            return colors.secondary;
        switch (m_role) {
        case icons::Role::Text:
            return colors.text;
        case icons::Role::Secondary:
            return colors.secondary;
        case icons::Role::Accent:
            return colors.accent;
        case icons::Role::OnAccent:
            return colors.onAccent;
        case icons::Role::Good:
            return colors.good;
        case icons::Role::Warning:
            return colors.warning;
        case icons::Role::Error:
            return colors.error;
        }
        return colors.text;
    }

    QString m_name;
    icons::Role m_role;
};

} // namespace

namespace icons {

QIcon icon(const QString &name)
{
    return icon(name, Role::Text);
}

QIcon icon(const QString &name, Role role)
{
    return QIcon(new LucideEngine(name, role));
}

} // namespace icons
