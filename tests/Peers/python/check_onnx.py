"""Has ONNX's own checker judge a model, infers its shapes, and prints what it holds as JSON.

python3 check_onnx.py MODEL
"""
import json
import sys

import onnx
from onnx import numpy_helper, shape_inference

model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
inferred = shape_inference.infer_shapes(model, check_type=True, strict_mode=True)


def shape(value):
    return [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]


print(json.dumps({
    "opset": model.opset_import[0].version,
    "producer": model.producer_name,
    "inputs": {value.name: shape(value) for value in model.graph.input},
    "outputs": {value.name: shape(value) for value in inferred.graph.output},
    "inferred": {value.name: shape(value) for value in inferred.graph.value_info},
    "nodes": [node.op_type for node in model.graph.node],
    "bits": {tensor.name: numpy_helper.to_array(tensor).tobytes().hex() for tensor in model.graph.initializer},
    "metadata": {pair.key: pair.value for pair in model.metadata_props},
}))
