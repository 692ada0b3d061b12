#include "app/keychain.h"

// Windows' and macOS' keychains say themselves what is the matter.
KeychainState keychainState()
{
    return KeychainState::Unknown;
}
