#!/bin/sh
# There is one worker, since all peers have one thread.
folder=$WORK/nginx-$PORT
mkdir -p "$folder"
cat >"$folder/nginx.conf" <<END
daemon off;
worker_processes 1;
worker_rlimit_nofile 16384;
pid $folder/pid;
error_log stderr error;
events { worker_connections 8192; }
http {
    access_log off;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    client_max_body_size 100m;
    keepalive_requests 1000000;
    upstream gemini {
        server 127.0.0.1:$UPSTREAM_PORT;
        keepalive 1024;
        keepalive_requests 1000000;
    }
    server {
        listen 127.0.0.1:$PORT backlog=4096;
        location / {
            proxy_pass ${UPSTREAM%%:*}://gemini;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header x-goog-api-key bench;
            proxy_buffering off;
            proxy_request_buffering off;
            proxy_ssl_name localhost;
            proxy_ssl_server_name on;
            proxy_ssl_verify on;
            proxy_ssl_trusted_certificate ${CA_FILE:-/etc/ssl/certs/ca-certificates.crt};
        }
    }
}
END
exec nginx -e stderr -p "$folder" -c "$folder/nginx.conf"
