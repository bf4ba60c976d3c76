#!/usr/bin/env python3
"""Interoperability test: runs the vendors' own command line tools against the simulator.

    tools/official-clients.py [PROVIDER]

PROVIDER is the executable; left out, `cargo build` makes it. A virtual environment in a temporary folder gets the tools
from the registry that pip is set up for. A pod lives through its whole life with each of them, every command that reads
something that is simulated is run, and each has to end with 0 and without an error line. Nothing leaves this machine but
what pip asks for. It needs Python 3.10 or later with venv, and is no part of `cargo test`.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

CLIENTS = ["prime==0.18.0", "yottaml==0.2.0"]
ROOT = Path(__file__).resolve().parent.parent
PROVIDER = "terraform-provider-gpupod"
# What a tool prints when something is wrong, also one that goes on and ends with 0.
WRONG = re.compile(r"^\W*(\w+ )?(error|traceback|failed|unexpected|warning|exception)\b", re.IGNORECASE | re.MULTILINE)
LONGEST = 60  # seconds for a command


class Simulator:
    """The simulated clouds as a process of its own, on a free port."""

    def __init__(self, provider):
        command = [provider, "simulator", "--listen", "127.0.0.1:0", "--pace", "instant"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.environment = {}
        for line in self.process.stdout:
            if found := re.match(r"export (\w+)=(\S+)$", line):
                self.environment[found[1]] = found[2]
            if "CPOD_BASE_URL" in self.environment:
                return
        sys.exit("the simulator did not start")

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Run:
    """The commands that were run, and what became of them."""

    def __init__(self, folder, environment):
        self.bin = folder / "clients" / "bin"
        self.environment = environment
        self.rows = []

    def call(self, *command):
        """Runs one command; returns what it printed."""
        try:
            done = subprocess.run(
                [self.bin / command[0], *command[1:]],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=LONGEST,
            )
            status, text, told = done.returncode, done.stdout, done.stdout + done.stderr
        except subprocess.TimeoutExpired:
            status, text, told = "no end", "", ""
        wrong = WRONG.search(told)
        mistake = told[wrong.start() :].strip().splitlines()[0] if wrong else None
        if mistake is None and status != 0:
            mistake = f"ended with {status}: {told.strip()[-200:]}"
        self.note(command, mistake)
        return text

    def note(self, command, mistake):
        self.rows.append((" ".join(str(word) for word in command), mistake))

    def read(self, *command):
        """Runs a command whose output is JSON."""
        text = self.call(*command)
        try:
            return json.loads(text)
        except ValueError:
            self.note([*command, "→ JSON"], f"is none: {text[:100]!r}")
            return None

    def expect(self, what, is_so):
        self.note([what], None if is_so else "is not so")

    def report(self):
        for command, mistake in self.rows:
            print(f"ok     {command}" if mistake is None else f"wrong  {command}\n       {mistake}")
        wrong = sum(mistake is not None for _, mistake in self.rows)
        print(f"\n{len(self.rows)} lines, {wrong} wrong")
        return wrong == 0


def prime(run):
    """Prime Intellect's tool: what can be had, a disk, a pod with it, and what they leave behind."""
    for command in ["whoami", "teams list", "wallet", "availability gpu-types", "availability list", "availability disks"]:
        run.call("prime", *command.split())
    run.call("prime", "availability", "list", "--gpu-type", "RTX4090_24GB", "--gpu-count", "1", "--regions", "eu_east")
    teams = run.read("prime", "teams", "list", "--output", "json") or {}
    teams = teams.get("teams", teams) if isinstance(teams, dict) else teams
    run.expect("there is a team", bool(teams))
    for team in teams:
        run.call("prime", "teams", "members", "--team-id", team.get("teamId") or team["id"])
    run.read("prime", "wallet", "--output", "json")
    run.read("prime", "availability", "gpu-types", "--output", "json")
    run.read("prime", "availability", "list", "--output", "json")
    run.read("prime", "availability", "disks", "--output", "json")

    run.call(*"prime disks create --size 100 --name models --provider-type primecompute --yes".split())
    disks = (run.read("prime", "disks", "list", "--output", "json") or {}).get("disks", [])
    run.expect("the disk is listed", len(disks) == 1)
    disk = disks[0]["id"] if disks else "none"
    run.call("prime", "disks", "list")
    run.read("prime", "disks", "get", disk, "--output", "json")
    run.call("prime", "disks", "update", disk, "--name", "weights")

    order = "prime pods create --cloud-id rtx4090.1x --gpu-type RTX4090_24GB --gpu-count 1 --name trainer --disk-size 100"
    order += " --vcpus 16 --memory 64 --image cuda_12_4_pytorch_2_5 --env HF_TOKEN=hf_secret --env EMPTY= --yes"
    run.call(*order.split(), "--disks", disk)
    pods = (run.read("prime", "pods", "list", "--output", "json") or {}).get("pods", [])
    run.expect("the pod is listed", len(pods) == 1)
    pod = pods[0]["id"] if pods else "none"
    for _ in range(5):
        status = run.read("prime", "pods", "status", pod, "--output", "json") or {}
    run.expect("the pod is active", status.get("status") == "ACTIVE")
    run.call("prime", "pods", "status", pod)
    run.call("prime", "pods", "list")
    run.call("prime", "pods", "terminate", pod, "--yes")
    run.call("prime", "pods", "list")
    history = run.read("prime", "pods", "history", "--output", "json") or {}
    run.expect("the pod has a history", pod in json.dumps(history))
    run.call("prime", "pods", "history")
    run.call("prime", "disks", "terminate", disk, "--yes")
    run.call("prime", "wallet")


def yotta(run):
    """Yotta's tool: a credential, and a pod as its own examples order one."""

    def data(*command):
        answer = run.read("yotta", *command) or {}
        run.expect(f"code 10000 of {' '.join(command[:2])}", answer.get("code") == 10000)
        return answer.get("data")

    gpus = data("gpus", "list")
    run.expect("there are GPUs", bool(gpus))
    kept = data(*"credentials create --name registry --type DOCKER_HUB --username user --password word".split())
    credential = str((kept or {}).get("id"))
    data("credentials", "list")
    data("credentials", "get", credential)
    data("credentials", "update", credential, "--password", "other")

    order = "pods create --name trainer --image pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime --gpu-type NVIDIA_RTX_4090_24G"
    order += " --gpu-count 1 --region us-east-1 --region eu-2 --container-volume 50 --shm 8 --env HF_TOKEN=hf_secret --env EMPTY="
    order += f" --image-public-type PRIVATE --credential-id {credential} --persistent-volume 10 --persistent-mount-path /data"
    ports = '[{"port": 8080, "protocol": "http"}, {"port": 22, "protocol": "SSH"}]'
    made = data(*order.split(), "--init-cmd", "python train.py", "--expose", ports) or {}
    pod = made.get("id")
    run.expect("the pod's id is text", isinstance(pod, str))
    for _ in range(3):
        seen = data("pods", "get", str(pod)) or {}
    run.expect("the pod is running", seen.get("status") == "RUNNING")
    run.expect("the list by numbers has it", len(data("pods", "list", "--status", "1", "--region", "eu-2") or []) == 1)
    run.expect("the list has it", len(data("pods", "list") or []) == 1)
    data("pods", "pause", str(pod))
    for _ in range(2):
        seen = data("pods", "get", str(pod)) or {}
    run.expect("the pod is paused", seen.get("status") == "PAUSED")
    data("pods", "resume", str(pod))
    data("pods", "delete", str(pod))
    for _ in range(2):
        left = data("pods", "list")
    run.expect("no pod is left", left == [])
    data("credentials", "delete", credential)


def provider_of(arguments):
    if arguments:
        return Path(arguments[0]).resolve()
    built = subprocess.run(
        ["cargo", "build", "--locked", "--bin", PROVIDER, "--message-format", "json-render-diagnostics"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    messages = [json.loads(line) for line in built.stdout.splitlines()]
    return next(message["executable"] for message in reversed(messages) if message.get("executable"))


def install(folder):
    clients = folder / "clients"
    subprocess.run([sys.executable, "-m", "venv", clients], check=True)
    pip = [clients / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *CLIENTS]
    subprocess.run(pip, check=True)


def main():
    if any(argument.startswith("-") for argument in sys.argv[1:]) or len(sys.argv) > 2:
        sys.exit(__doc__.strip())
    provider = provider_of(sys.argv[1:])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        install(folder)
        simulator = Simulator(provider)
        try:
            # Nothing of the user's own: no keys, no settings, no proxy.
            environment = {
                "PATH": os.environ.get("PATH", os.defpath),
                "HOME": name,
                "COLUMNS": "200",
                "LANG": "C.UTF-8",
                "PRIME_DISABLE_VERSION_CHECK": "1",
                **simulator.environment,
            }
            run = Run(folder, environment)
            prime(run)
            yotta(run)
        finally:
            simulator.stop()
        return 0 if run.report() else 1


if __name__ == "__main__":
    sys.exit(main())
