"""Makes a network in PyTorch, saves its weights in several ways, and writes what it predicts.

python3 torch_model.py FEATURES.f32 FOLDER   writes to FOLDER: state.safetensors, state.npz, transposed.npz, half.safetensors, logits.f32
"""
import json
import struct
import sys

import numpy
import torch

features_file, folder = sys.argv[1:]


def save_safetensors(path, state):
    """As safetensors.torch.save_file does: tensors in order of their names."""
    types = {torch.float32: "F32", torch.float16: "F16"}
    header, parts, offset = {}, [], 0
    for name in sorted(state):
        content = state[name].contiguous().numpy().tobytes()
        header[name] = {"dtype": types[state[name].dtype], "shape": list(state[name].shape), "data_offsets": [offset, offset + len(content)]}
        parts.append(content)
        offset += len(content)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


torch.manual_seed(5)
torch.set_num_threads(1)
model = torch.nn.Sequential(
    torch.nn.Linear(784, 128), torch.nn.Sigmoid(), torch.nn.Dropout(0.5),
    torch.nn.Linear(128, 128), torch.nn.Sigmoid(), torch.nn.Dropout(0.5),
    torch.nn.Linear(128, 10)).eval()
state = model.state_dict()

save_safetensors(f"{folder}/state.safetensors", state)
save_safetensors(f"{folder}/half.safetensors", {name: tensor.half() for name, tensor in state.items()})
numpy.savez(f"{folder}/state.npz", **{name: tensor.numpy() for name, tensor in state.items()})
# What a person does who wants W as in x out: views in Fortran order, under our names.
names = {f"{kind}{number}": state[f"{index}.{name}"].numpy().T
         for number, index in enumerate((0, 3, 6), start=1) for kind, name in (("W", "weight"), ("b", "bias"))}
numpy.savez(f"{folder}/transposed.npz", **names)

features = torch.from_numpy(numpy.fromfile(features_file, "<f4").reshape(-1, 784))
with torch.no_grad():
    model(features).numpy().astype("<f4").tofile(f"{folder}/logits.f32")
