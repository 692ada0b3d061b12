#include "ui/chatpage/composer/attachmentchip.h"

#include "ui/icons.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/iconlabel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

constexpr int pictureSize = 32;
constexpr int longestName = 168; // in pixels

// Returns a tool tip that shows the text literally. As rich text, it wraps if it is long.
QString richToolTip(const QString &text)
{
    return u"<qt>"_s + text.toHtmlEscaped() + u"</qt>"_s;
}

// Returns the image's middle as a square with round corners. `ratio` is the screen's device pixel ratio.
QPixmap rounded(const QImage &image, double ratio)
{
    const int size = qRound(pictureSize * ratio);
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QBrush brush(
            QPixmap::fromImage(image.scaled(size, size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation)));
    painter.setBrush(brush);
    painter.setPen(Qt::NoPen);
    painter.drawRoundedRect(QRectF(0, 0, size, size), 6 * ratio, 6 * ratio);
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

} // namespace

AttachmentChip::AttachmentChip(const QString &name, QWidget *parent)
    : QFrame(parent),
      m_name(name),
      m_picture(new IconLabel),
      m_detail(new QLabel),
      m_retry(new QToolButton),
      m_remove(new QToolButton)
{
    setProperty("card", true);
    setAccessibleName(name);
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setText(label->fontMetrics().elidedText(name, Qt::ElideMiddle, longestName));
    label->setToolTip(richToolTip(name));
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setProperty("role", u"secondary"_s);
    m_picture->setFixedSize(pictureSize, pictureSize);

    m_retry->setIcon(icons::icon(u"rotate-cw"_s));
    m_retry->setToolTip(tr("Try again"));
    m_retry->setAccessibleName(tr("Upload %1 again").arg(name));
    m_retry->hide();
    m_remove->setIcon(icons::icon(u"x"_s, icons::Role::Secondary));
    m_remove->setToolTip(tr("Remove"));
    m_remove->setAccessibleName(tr("Remove %1").arg(name));
    for (QToolButton *button : {m_retry, m_remove}) {
        button->setFocusPolicy(Qt::StrongFocus);
        button->installEventFilter(this);
    }

    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(label);
    texts->addWidget(m_detail);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->setSpacing(8);
    layout->addWidget(m_picture);
    layout->addLayout(texts);
    layout->addWidget(m_retry);
    layout->addWidget(m_remove);
    connect(m_remove, &QToolButton::clicked, this, &AttachmentChip::removeWanted);
    connect(m_retry, &QToolButton::clicked, this, &AttachmentChip::retryWanted);
}

void AttachmentChip::setIcon(const QString &icon)
{
    m_picture->setIcon(icons::icon(icon, icons::Role::Secondary), 20);
}

void AttachmentChip::setThumbnail(const QImage &image)
{
    if (!image.isNull())
        m_picture->setIcon(rounded(image, devicePixelRatioF()), pictureSize);
}

void AttachmentChip::setDetail(const QString &text, bool wrong)
{
    m_detailText = text;
    m_detail->setText(m_detail->fontMetrics().elidedText(text, Qt::ElideRight, longestName));
    m_detail->setToolTip(richToolTip(text));
    controls::setStyleProperty(m_detail, "role", wrong ? u"error"_s : u"secondary"_s);
    setAccessibleDescription(text);
    m_remove->setAccessibleDescription(text); // read out here, because the labels never get the focus
}

void AttachmentChip::setProgress(double progress)
{
    m_progress = progress;
    m_remove->setToolTip(progress < 0 ? tr("Remove") : tr("Cancel the upload"));
    update();
}

void AttachmentChip::setCanRetry(bool can)
{
    m_retry->setVisible(can);
}

void AttachmentChip::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    if (m_progress < 0)
        return;
    const ThemeColors &colors = Theme::of(palette());
    QRectF bar(12, height() - 4, width() - 24, 2);
    QPainter painter(this);
    painter.fillRect(bar, colors.hairline);
    bar.setWidth(bar.width() * qBound(0.0, m_progress, 1.0));
    painter.fillRect(bar, colors.accent);
}

bool AttachmentChip::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
            emit removeWanted();
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            static_cast<QToolButton *>(watched)->click();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}
