#pragma once

#include <QFrame>
#include <QImage>

class IconLabel;
class QLabel;
class QToolButton;

// Shows one attachment: its picture or icon, its name, a line of detail, and buttons to remove it and to try its upload
// again.
class AttachmentChip : public QFrame
{
    Q_OBJECT

public:
    explicit AttachmentChip(const QString &name, QWidget *parent = nullptr);

    void setIcon(const QString &icon);
    void setThumbnail(const QImage &image);
    // Sets the line below the name. `wrong`: it says why the attachment cannot be sent, and is shown as an error.
    void setDetail(const QString &text, bool wrong = false);
    // Sets how far an upload is, from 0 to 1; a negative value means that none runs.
    void setProgress(double progress);
    void setCanRetry(bool can);
    [[nodiscard]] QToolButton *removeButton() const { return m_remove; }
    [[nodiscard]] QString detail() const { return m_detailText; }

signals:
    void removeWanted();
    void retryWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    const QString m_name;
    QString m_detailText;
    IconLabel *m_picture;
    QLabel *m_detail;
    QToolButton *m_retry;
    QToolButton *m_remove;
    double m_progress = -1;
};
