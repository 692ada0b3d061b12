#pragma once

#include "ui/requests/request.h"

#include <QWidget>

// The life of one request as a small drawing: how long until it had gone to Gemini, until the first
// byte came, and until its end.
class TimingView : public QWidget
{
    Q_OBJECT

public:
    explicit TimingView(QWidget *parent = nullptr);

    void setRequest(const Request &request);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int rowHeight() const;

    Request m_request;
};
