"""nginx and HAProxy with the files of docs/deployment/, in front of two instances on this machine."""

import re
import socket
import subprocess
import time

import stage

FILES = stage.ROOT / "docs" / "deployment"
ADDRESSES = ("10.0.0.11:8080", "10.0.0.12:8080")


def certificate(folder):
    subject = ["-subj", "/CN=auth.example.com", "-addext", "subjectAltName=DNS:auth.example.com"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    files = ["-keyout", folder / "tls.key", "-out", folder / "tls.pem"]
    subprocess.run(["openssl", "req", "-x509", "-days", "2", *key, *subject, *files], check=True, capture_output=True)
    (folder / "both.pem").write_text((folder / "tls.pem").read_text() + (folder / "tls.key").read_text())


def replace(text, before, after, times=1):
    """Replaces what must be there, so that a change of the file is noticed here."""
    assert text.count(before) == times, f"{text.count(before)} x {before!r}"
    return text.replace(before, after)


class Proxy:
    """A proxy with TLS at `url`. Its clients trust `certificate`."""

    def __init__(self, folder, instances):
        stage.install(self.program, self.package)
        self.folder, self.instances = folder, instances
        self.port = stage.free_port()
        self.url = f"https://auth.example.com:{self.port}/graphql"
        certificate(folder)
        self.certificate = folder / "tls.pem"
        self.write()
        self.run(*self.check)
        with open(folder / f"{self.program}.log", "ab") as log:
            self.process = subprocess.Popen(self.command(*self.foreground), stdout=log, stderr=log)
        stage.at_end(stage.end_process, self.process)
        stage.wait_until(self.accepts, 10, f"{self.program} accepts connections (see its log in {folder})")

    def accepts(self):
        with socket.socket() as it:
            return self.process.poll() is None and it.connect_ex(("127.0.0.1", self.port)) == 0

    def run(self, *arguments):
        ran = subprocess.run(self.command(*arguments), capture_output=True, text=True)
        if ran.returncode:
            stage.fail(f"{self.program} {' '.join(arguments)}: {ran.stderr}")

    def causes(self):
        """What the proxy says about requests that failed, with the number of times."""
        return {}


class Nginx(Proxy):
    program, package, check, foreground = "nginx", "nginx-light", ("-t",), ("-g", "daemon off;")

    def write(self, down=None):
        site = (FILES / "nginx.conf").read_text()
        for address, instance in zip(ADDRESSES, self.instances):
            mark = " down" if instance is down else ""
            site, found = re.subn(rf"server {address}([^;]*);", rf"server 127.0.0.1:{instance.port}\1{mark};", site)
            assert found == 1, address
        site = replace(site, "listen 443 ssl http2;", f"listen 127.0.0.1:{self.port} ssl http2;")
        site = re.sub(r"\n *listen \[::\]:443[^\n]*", "", site)
        site = replace(site, "/etc/nginx/tls/auth.example.com", f"{self.folder}/tls", 2)
        site = replace(site, "/var/log/nginx/", f"{self.folder}/")
        (self.folder / "site.conf").write_text(site)
        paths = "".join(f"{it}_temp_path {self.folder}/{it};\n" for it in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (self.folder / "nginx.conf").write_text(
            f"pid {self.folder}/nginx.pid;\nerror_log {self.folder}/error.log;\nworker_processes 2;\n"
            f"events {{ worker_connections 1024; }}\nhttp {{\n{paths}include {self.folder}/site.conf;\n}}\n"
        )

    def command(self, *arguments):
        return ["nginx", "-c", self.folder / "nginx.conf", "-e", self.folder / "error.log", *arguments]

    def take_out(self, instance):
        self.write(down=instance)
        self.run("-s", "reload")
        # Until the workers of before have answered what they had accepted.
        time.sleep(1)

    def causes(self):
        text = (self.folder / "error.log").read_text()
        return [f"{what} while {when}" for what, when in re.findall(r"\*\d+ (.*?) while (.*?), client", text)]


class HAProxy(Proxy):
    program, package, check, foreground = "haproxy", "haproxy", ("-c",), ("-db",)

    def write(self):
        text = (FILES / "haproxy.cfg").read_text()
        checked = replace(text, "check port 9090 ", "check ")
        for address, instance in zip(ADDRESSES, self.instances):
            (name,) = set(re.findall(rf"server (\S+) {address}\n", checked))
            checked = checked.replace(f"{address}\n", f"127.0.0.1:{instance.port} port {instance.admin_port}\n", 1)
            checked = replace(checked, f"{address}\n", f"127.0.0.1:{instance.port}\n")
        checked = replace(checked, "bind :443", f"bind 127.0.0.1:{self.port}")
        checked = replace(checked, "/etc/haproxy/tls/auth.example.com.pem", f"{self.folder}/both.pem")
        checked = replace(checked, "log /dev/log local0", "log stdout format raw local0")
        checked = re.sub(r"\n    (user|group) haproxy", "", checked)
        (self.folder / "haproxy.cfg").write_text(checked)

    def command(self, *arguments):
        return ["haproxy", "-f", self.folder / "haproxy.cfg", *arguments]

    def causes(self):
        """The states in which sessions ended, if not as usual (`--`)."""
        text = (self.folder / "haproxy.log").read_text()
        return [f"{status} ended={ended}" for status, ended in re.findall(r'" (\d+) \S+ time=\S+ upstream=\S+ ended=(\S+)', text) if ended != "--"]


PROXIES = {"nginx": Nginx, "haproxy": HAProxy}
