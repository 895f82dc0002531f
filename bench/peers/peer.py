"""What every peer shares: the work on its command line, the data, and the loop that is timed."""
import argparse
import gzip
import json
import os
import time


def work():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True, help="folder with the four IDX files, gzipped")
    p.add_argument("--layers", required=True, help="784,128,10")
    p.add_argument("--samples", type=int, required=True, help="the first so many of the training file")
    p.add_argument("--batch", type=int, required=True)
    p.add_argument("--epochs", type=int, required=True)
    p.add_argument("--optimizer", choices=["sgd", "adam"], required=True)
    p.add_argument("--learning-rate", type=float, required=True)
    p.add_argument("--dropout", type=float, default=0.0)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--processes", type=int, default=1)
    a = p.parse_args()
    a.layers = [int(units) for units in a.layers.split(",")]
    a.batch = min(a.batch, a.samples)
    # The libraries read these once, when they are loaded.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(a.threads)
    return a


def mnist(a):
    """Training and test samples as float32 in [0, 1] and int64 labels, all in memory before anything is timed."""
    import numpy

    def body(name, header):
        with gzip.open(os.path.join(a.data, name + ".gz")) as f:
            return numpy.frombuffer(f.read(), numpy.uint8)[header:]

    def pixels(name):
        return body(name, 16).reshape(-1, 784).astype(numpy.float32) / numpy.float32(255)

    def labels(name):
        return body(name, 8).astype(numpy.int64)

    return (pixels("train-images-idx3-ubyte")[:a.samples].copy(), labels("train-labels-idx1-ubyte")[:a.samples].copy(),
            pixels("t10k-images-idx3-ubyte"), labels("t10k-labels-idx1-ubyte"))


def timed(a, epoch, before=lambda: None, after=lambda: None):
    """Seconds of each epoch, and processor seconds of a mean one; evaluation is never among them."""
    seconds, processor = [], 0.0
    for _ in range(a.epochs):
        before()
        start, started = time.perf_counter(), time.process_time()
        epoch()
        after()
        seconds.append(time.perf_counter() - start)
        processor += time.process_time() - started
    return seconds, processor / a.epochs


def report(times, accuracy, version):
    seconds, processor = times
    result = {"seconds": seconds, "processor_seconds": processor, "test_accuracy": float(accuracy), "version": version}
    print(json.dumps(result), flush=True)
