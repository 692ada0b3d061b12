#pragma once

#include "ui/settings/preferences.h"

#include <QWidget>

class ConfirmButton;
class QTableWidget;

// A table of the clients' tokens by name, with a button that revokes the selected one. It is hidden while there are no
// tokens.
class TokenTable : public QWidget
{
    Q_OBJECT

public:
    explicit TokenTable(QWidget *parent = nullptr);

    void setTokens(const QList<ClientToken> &tokens);
    [[nodiscard]] QList<ClientToken> tokens() const { return m_tokens; }

signals:
    void changed(); // the user has revoked a token

private:
    void revoke();
    void refresh(int current);

    QList<ClientToken> m_tokens;
    QTableWidget *m_table;
    ConfirmButton *m_revoke;
};
