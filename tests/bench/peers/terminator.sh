#!/bin/sh
# This puts TLS in front of the fake upstream for the scenario "tls". Proxies reach it through a relay that delays each
# byte.
folder=$WORK/terminator
mkdir -p "$folder"
cat >"$folder/nginx.conf" <<END
daemon off;
worker_processes 1;
pid $folder/pid;
error_log stderr error;
events { worker_connections 1024; }
http {
    access_log off;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    upstream plain { server 127.0.0.1:$UPSTREAM_PORT; keepalive 16; }
    server {
        listen 127.0.0.1:$PORT ssl;
        ssl_certificate $WORK/server.pem;
        ssl_certificate_key $WORK/server.key;
        keepalive_timeout 300s;
        location / {
            proxy_pass http://plain;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
        }
    }
}
END
exec nginx -e stderr -p "$folder" -c "$folder/nginx.conf"
