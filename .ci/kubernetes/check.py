"""Validates the manifests in docs/operate/kubernetes/: against the Kubernetes API, against each other, and against Gatehouse,
whose settings they are (`gatehouse config`). Then checks that it finds errors. Run it by .ci/kubernetes/run."""

import base64
import copy
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import kubernetes_validate
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = ROOT / "docs" / "operate" / "kubernetes"
BINARY = pathlib.Path(os.environ.get("GATEHOUSE_BIN", ROOT / "target" / "debug" / "gatehouse")).resolve()
VERSION = "1.37"
# Kinds of the Prometheus Operator, which the Kubernetes API does not have.
OPERATOR = "monitoring.coreos.com/"
# What the manual says to put into the secret.
SECRETS = {
    "secret": base64.b64encode(os.urandom(32)).decode(),
    "database_url": "postgres://gatehouse:password@db.internal:5432/gatehouse?sslmode=verify-full",
    "redis_url": "rediss://:password@redis.internal:6379/0",
    "mail_url": "smtp://user:password@smtp.example.com:587?tls=required",
}


def read():
    documents = []
    for path in sorted(FILES.rglob("*.yaml")):
        documents += [document for document in yaml.safe_load_all(path.read_text()) if document]
    return documents


def invalid(documents):
    """What the Kubernetes API would reject."""
    found = []
    for document in documents:
        if document["apiVersion"].startswith(OPERATOR):
            continue
        try:
            kubernetes_validate.validate(document, VERSION, strict=True)
        except kubernetes_validate.ValidationError as error:
            found.append(f"{document['kind']}: {error.message}")
    return found


def seconds(text):
    return int(re.fullmatch(r"(\d+)s", text)[1])


def inconsistent(documents):
    """References to what is not there, and times that do not fit."""
    found = []
    by_kind = {}
    for document in documents:
        meta = document["metadata"]
        by_kind.setdefault(document["kind"], {})[meta.get("name") or meta["generateName"]] = document
    (deployment,) = by_kind["Deployment"].values()
    pod = deployment["spec"]["template"]
    (container,) = pod["spec"]["containers"]
    labels = pod["metadata"]["labels"]
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}

    for source in container["envFrom"]:
        if source["configMapRef"]["name"] not in by_kind["ConfigMap"]:
            found.append("the deployment names a ConfigMap that is not there")
    for kind in ("Service", "PodDisruptionBudget", "NetworkPolicy", "Deployment", "PodMonitor"):
        for name, document in by_kind[kind].items():
            selector = document["spec"].get("selector") or document["spec"]["podSelector"]
            wanted = selector.get("matchLabels", selector)
            if not wanted.items() <= labels.items():
                found.append(f"{kind} {name} selects no pod")
    for name, service in by_kind["Service"].items():
        found += [f"Service {name}: no port {it['targetPort']}" for it in service["spec"]["ports"] if it["targetPort"] not in ports]
    for rule in by_kind["Ingress"]["gatehouse"]["spec"]["rules"]:
        for path in rule["http"]["paths"]:
            backend = path["backend"]["service"]
            service = by_kind["Service"].get(backend["name"], {"spec": {"ports": []}})
            if backend["port"]["name"] not in [port["name"] for port in service["spec"]["ports"]]:
                found.append("the ingress leads to no service")
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        if container[probe]["httpGet"]["port"] != "admin":
            found.append(f"{probe} is not on the port of health")

    (scaler,) = by_kind["HorizontalPodAutoscaler"].values()
    if scaler["spec"]["scaleTargetRef"]["name"] not in by_kind["Deployment"]:
        found.append("the autoscaler scales no deployment")
    if scaler["spec"]["minReplicas"] < deployment["spec"]["replicas"]:
        found.append("the autoscaler allows fewer replicas than the deployment")
    (monitor,) = by_kind["PodMonitor"].values()
    if any(it["port"] not in ports for it in monitor["spec"]["podMetricsEndpoints"]):
        found.append("the monitor scrapes a port that is not there")
    if labels.get(monitor["spec"]["jobLabel"]) != "gatehouse":
        found.append("the alerts need the job label gatehouse")
    alerts = yaml.safe_load((ROOT / "deploy" / "prometheus" / "alerts.yml").read_text())
    (rule,) = by_kind["PrometheusRule"].values()
    if rule["spec"]["groups"] != alerts["groups"]:
        found.append("optional/prometheus-rule.yaml differs from deploy/prometheus/alerts.yml: copy the groups as its first lines say")

    (job,) = by_kind["Job"].values()
    job = job["spec"]["template"]
    if job["metadata"]["labels"].items() & labels.items():
        found.append("a service selects the pods of the job")
    if job["spec"]["containers"][0]["image"] != container["image"]:
        found.append("the job has another image than the deployment")
    server = (ROOT / "src/server.rs").read_text()
    grace = int(re.search(r"const \w+: Duration = Duration::from_secs\((\d+)\);", server)[1])
    drain = seconds(by_kind["ConfigMap"]["gatehouse"]["data"]["GATEHOUSE_DRAIN"])
    if pod["spec"]["terminationGracePeriodSeconds"] <= drain + 2 * grace:
        found.append("the pod is killed before it has stopped in order")
    readiness = container["readinessProbe"]
    if drain <= readiness["periodSeconds"] * readiness["failureThreshold"]:
        found.append("the drain ends before the pod has left the endpoints")
    return found


def rejected(documents):
    """What Gatehouse says of its settings, or none."""
    return [line for it in documents if it["kind"] in ("Deployment", "Job") for line in rejected_by(documents, it)]


def rejected_by(documents, workload):
    config = next(it for it in documents if it["kind"] == "ConfigMap")
    (container,) = workload["spec"]["template"]["spec"]["containers"]
    image = re.findall(r"^(?:ENV|   ) (GATEHOUSE_\w+)=(\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in SECRETS.items():
            (pathlib.Path(folder) / name).write_text(text)
        settings = {**dict(image), **config["data"]}
        for variable in container["env"]:
            settings[variable["name"]] = variable["value"].replace("/run/secrets/gatehouse", folder)
        ran = subprocess.run([BINARY, "config"], env={"PATH": os.environ["PATH"], **settings}, cwd=folder, capture_output=True, text=True)
        shown = {line.split("=")[0] for line in ran.stdout.splitlines() if line.endswith(("# environment", "# file"))}
    if ran.returncode != 0:
        return [f"gatehouse config: {ran.stderr.strip()}"]
    missing = set(config["data"]) - shown
    return [f"not in effect: {name}" for name in sorted(missing)]


def check(documents):
    return invalid(documents) + inconsistent(documents) + rejected(documents)


def self_test(documents):
    """Breaks the manifests in one place each."""

    def broken(kind, change):
        changed = copy.deepcopy(documents)
        change(next(it for it in changed if it["kind"] == kind))
        return check(changed)

    pod = lambda it: it["spec"]["template"]["spec"]  # noqa: E731
    cases = {
        "an unknown property": broken("Deployment", lambda it: pod(it).update(restart="yes")),
        "an unknown setting": broken("ConfigMap", lambda it: it["data"].update(GATEHOUSE_LISTNE="0.0.0.0:1")),
        "an invalid setting": broken("ConfigMap", lambda it: it["data"].update(GATEHOUSE_APP_URL="app")),
        "a selector without pods": broken("Service", lambda it: it["spec"].update(selector={"app": "other"})),
        "a job that a service selects": broken(
            "Job", lambda it: it["spec"]["template"]["metadata"].update(labels={"app.kubernetes.io/name": "gatehouse"})
        ),
        "too short a grace period": broken("Deployment", lambda it: pod(it).update(terminationGracePeriodSeconds=30)),
        "a monitor of another port": broken(
            "PodMonitor", lambda it: it["spec"]["podMetricsEndpoints"][0].update(port="api-admin")
        ),
        "an old copy of the alerts": broken("PrometheusRule", lambda it: it["spec"]["groups"].pop()),
        "an autoscaler of nothing": broken(
            "HorizontalPodAutoscaler", lambda it: it["spec"]["scaleTargetRef"].update(name="other")
        ),
        "too short a drain": broken("ConfigMap", lambda it: it["data"].update(GATEHOUSE_DRAIN="5s")),
    }
    return [f"not found: {name}" for name, found in cases.items() if not found]


def main():
    documents = read()
    found = check(documents) or self_test(documents)
    for line in found:
        print(line)
    print(f"{len(documents)} manifests, Kubernetes {VERSION}: {'FAILED' if found else 'ok'}")
    return bool(found) or not documents


if __name__ == "__main__":
    sys.exit(main())
