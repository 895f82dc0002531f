// Serves the probe service on a free loopback port and prints the port, then one line for each thing that happened to a call.
// Ends when its standard input does.
'use strict';
const grpc = require('@grpc/grpc-js');
const { service } = require('./probe');

const report = what => console.log(what);

function echo(call, callback) {
  const request = call.request;
  call.on('cancelled', () => report('cancelled'));
  if (request.text === 'fail') {
    const trailers = new grpc.Metadata();
    trailers.set('reason', 'stale-weights');
    trailers.set('digest-bin', Buffer.from([0, 1, 254, 255]));
    callback({ code: grpc.status.FAILED_PRECONDITION, details: '100 % → worker-3', metadata: trailers });
  } else if (request.text === 'wait') {
    report(`deadline ${call.getDeadline() === Infinity ? 'none' : 'set'}`);
  } else if (request.text === 'metadata') {
    const received = new grpc.Metadata();
    for (const key of ['x-token', 'x-digest-bin']) call.metadata.get(key).forEach(value => received.add(key, value));
    call.sendMetadata(received);
    callback(null, request, received);
  } else {
    callback(null, request);
  }
}

function collect(call, callback) {
  let number = 0;
  call.on('data', note => { number += note.number; });
  call.on('end', () => callback(null, { number }));
}

function count(call) {
  for (let i = 0; i < call.request.number; i++) call.write({ number: i, payload: call.request.payload });
  if (call.request.text === 'fail') call.emit('error', { code: grpc.status.ABORTED, details: 'after the messages' });
  else call.end();
}

function chat(call) {
  const headers = new grpc.Metadata();
  headers.set('greeting', 'hello');
  call.sendMetadata(headers);
  call.on('cancelled', () => report('cancelled'));
  call.on('data', note => {
    if (note.text === 'die') process.exit(3);
    call.write({ ...note, number: 2 * note.number });
  });
  call.on('end', () => call.end());
}

const server = new grpc.Server({ 'grpc.max_receive_message_length': 4 * 1024 * 1024 });
server.addService(service, { echo, collect, count, chat });
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  report(port);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
