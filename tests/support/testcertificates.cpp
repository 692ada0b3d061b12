#include "tests/support/testcertificates.h"

#include "tests/support/folders.h"

#include <QFile>
#include <QSslKey>

namespace testcertificates {

namespace {

QByteArray contents(const QString &name)
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/tls/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return file.readAll();
}

QString fileOf(Server certificate)
{
    switch (certificate) {
    case Server::Good:
        return QStringLiteral("good.pem");
    case Server::WrongName:
        return QStringLiteral("wrong-name.pem");
    case Server::Expired:
        return QStringLiteral("expired.pem");
    case Server::UnknownAuthority:
        return QStringLiteral("unknown-authority.pem");
    }
    return {};
}

} // namespace

QSslCertificate authority()
{
    return QSslCertificate(contents(QStringLiteral("ca.pem")));
}

QSslConfiguration server(Server certificate)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(contents(fileOf(certificate))));
    configuration.setPrivateKey(QSslKey(contents(QStringLiteral("server.key")), QSsl::Ec));
    return configuration;
}

} // namespace testcertificates
