// The probe service's description, for both scripts.
'use strict';
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const file = path.join(__dirname, '..', 'proto', 'probe.proto');
const definition = loader.loadSync(file, { longs: Number, bytes: Buffer, defaults: true });
const Service = grpc.loadPackageDefinition(definition).distributed.probe.Probe;
const vanished = { ...Service.service.Echo, path: '/distributed.probe.Probe/Vanished', originalName: 'vanished' };

exports.service = Service.service;
exports.Probe = grpc.makeGenericClientConstructor({ ...Service.service, Vanished: vanished }, 'Probe');
exports.limits = { 'grpc.max_receive_message_length': 16 * 1024 * 1024, 'grpc.max_send_message_length': -1 };
