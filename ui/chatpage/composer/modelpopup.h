#pragma once

#include "ui/chat/client.h"

#include <QDialog>

class Note;
class QLineEdit;
class QListWidget;
class QPushButton;

// The popup with the list of models that a ModelPicker opens.
class ModelPopup : public QDialog
{
    Q_OBJECT

public:
    explicit ModelPopup(QWidget *parent);

    void setModels(const QList<chat::ModelInfo> &models);
    void setProblem(const QString &problem);
    // Opens above or below that button, where there is room. `model` is the one that is chosen now.
    void openAt(const QWidget *button, const QString &model);

signals:
    void chosen(const QString &name);
    void modelsWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void filter();
    void choose();

    QList<chat::ModelInfo> m_models;
    QString m_current;
    QString m_problemText;
    QLineEdit *m_search = nullptr; // this and the rest are made on first use
    QListWidget *m_list = nullptr;
    Note *m_note = nullptr;
    QPushButton *m_again = nullptr;
};
