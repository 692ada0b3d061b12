#pragma once

// The programs' exit codes. Those from 64 on are the numbers of BSD's sysexits.h.
enum ExitCode : int {
    ExitOk = 0,
    ExitFailed = 1,         // `ask` got no whole answer, or the keychain holds no key
    ExitUsage = 64,         // a flag, an argument or the input is wrong
    ExitUnavailable = 69,   // cannot listen, or the keychain or the usage file cannot be used
    ExitConfiguration = 78, // the environment, the config file or a file it names is wrong, or `ask` has no key
};
