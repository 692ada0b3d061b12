#pragma once

#include "ui/requests/request.h"

#include <QWidget>

// A small drawing of one request's times: how long it took until the request had gone to Gemini, until the first byte
// of the answer came, and until the end.
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
