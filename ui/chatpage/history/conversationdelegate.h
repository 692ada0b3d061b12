#pragma once

#include <QStyledItemDelegate>

class ConversationModel;

// Paints the rows of the list of conversations, and lets the user edit titles in place.
class ConversationDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int rowHeight = 32;

    explicit ConversationDelegate(const ConversationModel *model, QObject *parent = nullptr);

    // Returns the part of a row where a click opens the row's menu.
    [[nodiscard]] static QRect menuRect(const QRect &row);
    [[nodiscard]] bool isEditing() const { return m_editors > 0; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void destroyEditor(QWidget *editor, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

signals:
    void editingEnded() const;

private:
    void paintHit(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;

    const ConversationModel *m_model;
    mutable int m_editors = 0; // how many editors are open; mutable because createEditor() is const
};
