#pragma once

#include "ui/settings/preferences.h"

#include <QWidget>

class ConfirmButton;
class QTableWidget;

// The clients' tokens by name, and the button that revokes the selected one. Hidden while there are none.
class TokenTable : public QWidget
{
    Q_OBJECT

public:
    explicit TokenTable(QWidget *parent = nullptr);

    void setTokens(const QList<ClientToken> &tokens);
    [[nodiscard]] QList<ClientToken> tokens() const { return m_tokens; }

signals:
    void changed(); // by the user

private:
    void revoke();
    void refresh(int current);

    QList<ClientToken> m_tokens;
    QTableWidget *m_table;
    ConfirmButton *m_revoke;
};
