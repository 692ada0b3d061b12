// A library needs a source; Qt's headers, which the tests share, are compiled beside it.
