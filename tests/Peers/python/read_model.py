"""Reads a model as any NumPy user would, and prints each tensor's type, shape, bytes, least, greatest and mean value as JSON.

python3 read_model.py MODEL.npz|MODEL.safetensors
"""
import json
import struct
import sys

import numpy

DTYPES = {"F32": "<f4", "F16": "<f2"}


def read_safetensors(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + length])
    header.pop("__metadata__", None)
    data = content[8 + length:]
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        yield name, numpy.frombuffer(data[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])


def read_npz(path):
    with numpy.load(path, allow_pickle=False) as archive:
        for name in archive.files:
            yield name, archive[name]


path = sys.argv[1]
tensors = read_npz(path) if path.endswith(".npz") else read_safetensors(path)
print(json.dumps({
    name: {
        "type": array.dtype.str,
        "shape": array.shape,
        "bytes": array.tobytes().hex(),
        "min": float(array.min()),
        "max": float(array.max()),
        "mean": float(array.mean(dtype="f8")),
    }
    for name, array in tensors
}))
