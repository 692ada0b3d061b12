#!/bin/sh
# Makes the certificates that the tests use. They are committed, so this need not run again; they
# protect nothing. All of them share one key, and last 100 years unless they are meant not to.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

touch "$work/index.txt"
cat > "$work/ca.conf" <<END
[ca]
default_ca = testing
[testing]
database = $work/index.txt
new_certs_dir = $work
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
[authority]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
[server]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = \${ENV::NAMES}
END
export NAMES="DNS:none.invalid"

new_key() {
    openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$1"
}

printf '[req]\ndistinguished_name = dn\n[dn]\n' > "$work/req.conf"

# request KEY COMMON_NAME
request() {
    openssl req -new -key "$1" -config "$work/req.conf" -subj "/CN=$2" -out "$work/request"
}

# sign EXTENSIONS END_DATE FILE FURTHER_OPTIONS...
sign() {
    extensions=$1 end=$2 file=$3
    shift 3
    openssl ca -batch -notext -config "$work/ca.conf" -extensions "$extensions" \
        -in "$work/request" -startdate 20200101000000Z -enddate "$end" -out "$file" "$@"
}

# authority FILE COMMON_NAME: its key stays behind in $work
authority() {
    new_key "$work/$1.key"
    request "$work/$1.key" "$2"
    sign authority "$never" "$work/$1.pem" -selfsign -keyfile "$work/$1.key"
}

# server FILE AUTHORITY NAMES END_DATE
server() {
    request server.key "Test server"
    NAMES=$3 sign server "$4" "$1.pem" -cert "$work/$2.pem" -keyfile "$work/$2.key"
}

never=21251231235959Z
here="DNS:localhost,IP:127.0.0.1,IP:::1"
authority ca "Test authority"
authority unknown-ca "Unknown test authority"
new_key server.key
server good ca "$here" "$never"
server wrong-name ca "DNS:elsewhere.invalid" "$never"
server expired ca "$here" 20200201000000Z
server unknown-authority unknown-ca "$here" "$never"
cp "$work/ca.pem" ca.pem
