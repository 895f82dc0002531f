"""Reads TensorBoard event files with nothing but the format's description, and prints the events as JSON, checksums checked.

python3 read_events.py FOLDER
"""
import json
import os
import struct
import sys


def make_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


TABLE = make_table()


def masked_crc(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    crc ^= 0xFFFFFFFF
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def records(path):
    with open(path, "rb") as file:
        while header := file.read(12):
            (length, length_crc) = struct.unpack("<QI", header)
            assert masked_crc(header[:8]) == length_crc, "checksum of a length"
            data = file.read(length)
            (data_crc,) = struct.unpack("<I", file.read(4))
            assert masked_crc(data) == data_crc, "checksum of an event"
            yield data


def varint(data, at):
    value, shift = 0, 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data):
    """(number, raw value) of each field of a protobuf message."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, at = varint(data, at)
        else:
            size, at = varint(data, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
            value, at = data[at:at + size], at + size
        yield number, value


def doubles(raw):
    return list(struct.unpack(f"<{len(raw) // 8}d", raw))


def histogram(data):
    parts = dict(fields(data))
    names = ["min", "max", "num", "sum", "sum_squares"]
    result = {name: doubles(parts[number])[0] if number in parts else 0.0 for number, name in enumerate(names, start=1)}
    return {**result, "limits": doubles(parts[6]), "counts": doubles(parts[7])}


def event(data):
    parts = dict(fields(data))
    result = {"wall_time": doubles(parts[1])[0], "step": parts.get(2, 0)}
    if 3 in parts:
        result["file_version"] = parts[3].decode()
    if 7 in parts:
        result["session"] = dict(fields(parts[7]))[1]
    if 5 in parts:
        for number, value in fields(parts[5]):
            assert number == 1
            content = dict(fields(value))
            shown = struct.unpack("<f", content[2])[0] if 2 in content else histogram(content[5])
            result.setdefault("values", {})[content[1].decode()] = shown
    return result


folder = sys.argv[1]
names = sorted(name for name in os.listdir(folder) if "tfevents" in name)
print(json.dumps([[event(data) for data in records(os.path.join(folder, name))] for name in names]))
