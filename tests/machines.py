"""A cluster on loopback, for its tests and its benchmark: started as CONTRIBUTING says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from processes import ROOT, free_ports

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
FAST = {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Machines:
    """A scheduler and workers, each a process; encrypted, where openssl is here."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.every = folder, []
        self.tls = certificate(folder)
        (self.port,) = free_ports(1)
        self.address = f"{'tls' if self.tls else 'tcp'}://127.0.0.1:{self.port}"
        self.scheduler = self.start_scheduler()

    def start_scheduler(self) -> subprocess.Popen:
        protocol = ("--protocol", "tls") if self.tls else ()
        return self.dask("scheduler", "--port", str(self.port), *protocol)

    def dask(self, *command: str) -> subprocess.Popen:
        names = ("--tls-ca-file", "--tls-cert", "--tls-key")
        secret = [part for pair in zip(names, self.tls, strict=False) for part in pair]
        command = (sys.executable, "-m", "dask", *command, "--host", "127.0.0.1", "--no-dashboard", *secret)
        made = subprocess.Popen(command, cwd=self.folder, env=os.environ | FAST, **QUIET)
        self.every.append(made)
        return made

    def worker(self) -> subprocess.Popen:
        preload = ("--preload", "bayes_core.inference.worker")
        return self.dask("worker", self.address, "--nthreads", "1", "--no-nanny", *preload)

    def end(self) -> None:
        for one in self.every:
            one.kill()
            one.wait()


def certificate(folder: Path) -> tuple[str, ...]:
    """Return files of an authority, a certificate and its key, made for these tests; none without openssl."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return ()
    paper, key = str(folder / "cert.pem"), str(folder / "key.pem")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=bayes")
    subprocess.run([openssl, "req", "-x509", *curve, "-keyout", key, "-out", paper], check=True, **QUIET)
    return paper, paper, key
