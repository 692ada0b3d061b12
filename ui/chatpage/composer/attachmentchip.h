#pragma once

#include <QFrame>
#include <QImage>

class QLabel;
class QToolButton;

// Shows one attachment: picture or icon, name, a detail, and the buttons to remove it and to try again.
class AttachmentChip : public QFrame
{
    Q_OBJECT

public:
    explicit AttachmentChip(const QString &name, QWidget *parent = nullptr);

    void setIcon(const QString &icon);
    void setThumbnail(const QImage &image);
    // `wrong`: the attachment cannot be sent like this.
    void setDetail(const QString &text, bool wrong = false);
    // How far an upload is, 0 to 1; below 0: none runs.
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
    QLabel *m_picture;
    QLabel *m_detail;
    QToolButton *m_retry;
    QToolButton *m_remove;
    double m_progress = -1;
};
