#!/bin/sh
# Makes an authority, signs a certificate for each server and forgets the key of the authority. What is there already and still holds
# for a month stays; otherwise everything is made again, and the servers and nodes are to be restarted.
set -eu
umask 077
trust=${TRUST:-/trust}
tls=${TLS:-/tls}
authority=${AUTHORITY:-/authority}
days=365
month=2592000

holds() {
  for server in postgres mailpit; do
    openssl verify -CAfile "$trust/ca.crt" "$tls/$server/server.crt" >/dev/null 2>&1 || return 1
    openssl x509 -checkend "$month" -noout -in "$tls/$server/server.crt" >/dev/null || return 1
    [ -s "$tls/$server/server.key" ] || return 1
  done
  [ -s "$trust/trust.p12" ]
}

sign() { # server, uid that reads its key
  openssl req -newkey rsa:3072 -nodes -subj "/CN=$1" -keyout "$work/server.key" -out "$work/server.csr" 2>/dev/null
  printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:%s\n' \
    "$1" > "$work/extensions"
  openssl x509 -req -in "$work/server.csr" -CA "$work/ca.crt" -CAkey "$work/ca.key" -CAcreateserial -days "$days" -sha256 \
    -extfile "$work/extensions" -out "$work/server.crt" 2>/dev/null
  install -o "$2" -m 0600 "$work/server.key" "$tls/$1/server.key"
  install -o "$2" -m 0644 "$work/server.crt" "$tls/$1/server.crt"
  chown "$2" "$tls/$1"
  chmod 0700 "$tls/$1"
}

if holds; then
  echo "The certificates that are there still hold."
  exit 0
fi
work=$(mktemp -d -p "$authority")
openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days "$days" -subj "/CN=Doorbraak, for trying only" \
  -addext keyUsage=critical,keyCertSign,cRLSign -keyout "$work/ca.key" -out "$work/ca.crt" 2>/dev/null
sign postgres 999
sign mailpit 0
rm -f "$trust/trust.p12"
keytool -importcert -noprompt -alias doorbraak -file "$work/ca.crt" -keystore "$trust/trust.p12" -storetype PKCS12 -storepass changeit 2>/dev/null
install -m 0644 "$work/ca.crt" "$trust/ca.crt"
chmod 0644 "$trust/trust.p12"
chmod 0755 "$trust"
rm -rf "$work"
echo "New certificates for postgres and mailpit, valid for $days days."
