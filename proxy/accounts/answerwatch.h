#pragma once

#include "proxy/accounts/exchangeinfo.h"
#include "proxy/accounts/usagetee.h"
#include "proxy/gemini/interaction.h"

#include <optional>

// Reads along while an answer passes: how many tokens it used and, of the Interactions API, how its interaction ended.
// A value.
class AnswerWatch
{
public:
    // Makes it read an answer of the Interactions API. To be called before the first piece. `creates`: whether the
    // request makes the interaction.
    void expectInteraction(bool creates);

    // Takes the answer's next piece.
    void feed(const QByteArray &piece);

    // Whether the answer has told all that it is to tell about its interaction, so that nothing is lost if it ends here.
    // False of answers that are no interactions.
    [[nodiscard]] bool hasInteractionEnded() const;
    // Whether a whole stream of events lacks the end of its interaction. Google ends each stream by an event that says
    // how the interaction ended, so a stream without it is not whole, even if its bytes are.
    [[nodiscard]] bool isCutShort() const;
    // Returns the code of an error that Gemini reported within the answer; "" = none.
    [[nodiscard]] QByteArray error() const;

    // Writes what the answer has told so far into the account of its exchange.
    void tell(ExchangeInfo &info) const;

private:
    UsageTee m_tee;
    std::optional<gemini::InteractionWatch> m_interaction; // instead of the tee where the answer is an interaction
    bool m_creates = false;
};
