#pragma once

#include "ui/chat/client.h"

#include <QPushButton>

class ModelPopup;

// Shows the chosen model, and lets the user choose another one from a list that can be searched by typing.
class ModelPicker : public QPushButton
{
    Q_OBJECT

public:
    explicit ModelPicker(QWidget *parent = nullptr);

    // Returns the models that can answer. Those that suit a chat best come first.
    [[nodiscard]] static QList<chat::ModelInfo> sorted(const QList<chat::ModelInfo> &models);
    // Returns the default model of a list from sorted(); "" = the list is empty.
    [[nodiscard]] static QString defaultOf(const QList<chat::ModelInfo> &sorted);

    void setModels(const QList<chat::ModelInfo> &models);
    void setProblem(const QString &problem);
    void setModel(const QString &name);
    [[nodiscard]] QString model() const { return m_model; }
    void openList();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void chosen(const QString &name); // by the user
    void modelsWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showModel();
    [[nodiscard]] QString title() const;

    QList<chat::ModelInfo> m_models;
    QString m_model;
    ModelPopup *m_popup;
};
