// Calls the probe service at ADDRESS as the check says, and prints "ok" or what went otherwise.
// usage: node client.js ADDRESS CHECK [CA.pem CERTIFICATE.pem KEY.pem]
'use strict';
const assert = require('node:assert/strict');
const fs = require('node:fs');
const grpc = require('@grpc/grpc-js');
const { Probe, limits } = require('./probe');

const [address, check, ...pem] = process.argv.slice(2);
const files = pem.map(name => fs.readFileSync(name));
const credentials = pem.length === 0 ? grpc.credentials.createInsecure() : grpc.credentials.createSsl(files[0], files[2], files[1]);
const connect = options => new Probe(address, credentials, { ...limits, ...options });

/** The outcome of a call with one response: { response, error, headers, trailers }. */
function unary(client, method, ...args) {
  return new Promise(resolve => {
    const outcome = {};
    const call = client[method](...args, (error, response) => Object.assign(outcome, { error, response }));
    call.on('metadata', headers => { outcome.headers = headers; });
    call.on('status', status => resolve({ ...outcome, trailers: status.metadata, status, call }));
    outcome.call = call;
    if (args[0] && args[0].text === 'wait') client.waiting = call;
  });
}

/** The messages and the final status of a stream. */
function drain(call) {
  return new Promise(resolve => {
    const messages = [];
    call.on('data', message => messages.push(message));
    call.on('error', () => { });
    call.on('status', status => resolve({ messages, status }));
  });
}

const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

const checks = {
  async unary() {
    const note = { text: 'hej', number: 42, payload: Buffer.from([0, 1, 255]) };
    const { error, response } = await unary(connect(), 'echo', note);
    assert.ifError(error);
    assert.deepEqual(response, note);
  },

  async failure() {
    const { error } = await unary(connect(), 'echo', { text: 'fail' });
    assert.equal(error.code, grpc.status.FAILED_PRECONDITION);
    assert.equal(error.details, 'shard 5 is not yours: 100 % of it → worker-3\nask again');
    assert.deepEqual(error.metadata.get('reason'), ['stale-weights']);
    assert.deepEqual(error.metadata.get('digest-bin'), [Buffer.from([0, 1, 254, 255])]);
  },

  async clientStream() {
    const result = new Promise((resolve, reject) => {
      const call = connect().collect((error, response) => error ? reject(error) : resolve(response));
      for (let i = 1; i <= 100; i++) call.write({ number: i });
      call.end();
    });
    assert.equal((await result).number, 5050);
  },

  async serverStream() {
    const { messages, status } = await drain(connect().count({ number: 100 }));
    assert.deepEqual(messages.map(message => message.number), [...Array(100).keys()]);
    assert.equal(status.code, grpc.status.OK);
  },

  async failingStream() {
    const { messages, status } = await drain(connect().count({ number: 3, text: 'fail' }));
    assert.equal(messages.length, 3);
    assert.equal(status.code, grpc.status.ABORTED);
    assert.deepEqual(status.metadata.get('sent'), ['3']);
  },

  async duplex() {
    const call = connect().chat();
    const headers = new Promise(resolve => call.on('metadata', resolve));
    assert.deepEqual((await headers).get('greeting'), ['hello']);
    for (let i = 0; i < 50; i++) {
      const answer = new Promise(resolve => call.once('data', resolve));
      call.write({ number: i });
      assert.equal((await answer).number, 2 * i);
    }
    call.end();
    assert.equal((await drain(call)).status.code, grpc.status.OK);
  },

  async large() {
    const payload = Buffer.alloc(3_000_000, 7);
    const call = connect().chat();
    for (let i = 0; i < 5; i++) call.write({ number: i, payload });
    call.end();
    const { messages, status } = await drain(call);
    assert.equal(status.code, grpc.status.OK);
    assert.equal(messages.length, 5);
    messages.forEach((message, i) => assert.ok(message.number === 2 * i && message.payload.equals(payload)));
  },

  async deadline() {
    const { error } = await unary(connect(), 'echo', { text: 'wait' }, { deadline: Date.now() + 2000 });
    assert.equal(error.code, grpc.status.DEADLINE_EXCEEDED);
  },

  async cancellation() {
    const client = connect();
    const outcome = unary(client, 'echo', { text: 'wait' });
    await sleep(2000);
    client.waiting.cancel();
    assert.equal((await outcome).error.code, grpc.status.CANCELLED);
  },

  async oversize() {
    const { error } = await unary(connect(), 'echo', { payload: Buffer.alloc(5_000_000) });
    assert.equal(error.code, grpc.status.RESOURCE_EXHAUSTED);
    const { error: after } = await unary(connect(), 'echo', { payload: Buffer.alloc(1_000_000) });
    assert.ifError(after);
  },

  async metadata() {
    const sent = new grpc.Metadata();
    sent.set('x-token', 'secret value');
    sent.set('x-digest-bin', Buffer.from([0, 128, 255]));
    const { error, headers, trailers } = await unary(connect(), 'echo', { text: 'metadata' }, sent);
    assert.ifError(error);
    for (const received of [headers, trailers]) {
      assert.deepEqual(received.get('x-token'), ['secret value']);
      assert.deepEqual(received.get('x-digest-bin'), [Buffer.from([0, 128, 255])]);
    }
  },

  async unimplemented() {
    const { error } = await unary(connect(), 'vanished', {});
    assert.equal(error.code, grpc.status.UNIMPLEMENTED);
  },

  async compressed() {
    const gzip = connect({ 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip });
    const { error } = await unary(gzip, 'echo', { text: 'x'.repeat(10_000) });
    assert.equal(error.code, grpc.status.UNIMPLEMENTED);
    assert.match(error.details, /gzip/);
  },

  async keepAlive() {
    const call = connect({ 'grpc.keepalive_time_ms': 100, 'grpc.keepalive_timeout_ms': 2000 }).chat();
    await new Promise(resolve => call.on('metadata', resolve));
    await sleep(1000);
    const answer = new Promise(resolve => call.once('data', resolve));
    call.write({ number: 21 });
    assert.equal((await answer).number, 42);
    call.end();
  },

  async identity() {
    const { error, response } = await unary(connect(), 'echo', { text: 'identity' });
    assert.ifError(error);
    assert.equal(response.text, 'worker-7');
  },
};

checks[check]().then(
  () => { console.log('ok'); process.exit(0); },
  error => { console.log(error.stack); process.exit(1); });
