#pragma once

#include <QSslCertificate>
#include <QSslConfiguration>

// The certificates in tests/data/tls, made by make.sh there.
namespace testcertificates {

enum class Server {
    Good,             // for localhost, 127.0.0.1 and ::1, signed by authority()
    WrongName,        // signed by authority() for another name
    Expired,          // signed by authority(), ended in 2020
    UnknownAuthority, // for the right names, signed by somebody else
};

[[nodiscard]] QSslCertificate authority();
// Returns the configuration of a server that shows that certificate.
[[nodiscard]] QSslConfiguration server(Server certificate);

} // namespace testcertificates
