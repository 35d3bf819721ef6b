'use strict';
// A real js2p node as a live peer of the testee protocol: JSON lines on stdin and stdout.
//
// It uses js2p by its public interface alone. The first line that it prints says where it listens;
// then each line of input is an operation and has one line of answer. See interop/README.md.
// NODE_PATH must name the folder that js2p was installed in.

const readline = require('readline');

const { freePort, open } = require('./js2p_socket.js');

const WHISPER = 2;
const CONNECT_MILLIS = 5000;
const KEPT_MESSAGES = 4096;

// What js2p prints goes to stderr, so that stdout holds the answers alone.
const out = process.stdout.write.bind(process.stdout);
console.log = console.info = console.error;

const say = (line) => out(JSON.stringify(line) + '\n');
const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
const text = (value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value);

function refused(words) {
  return Object.assign(new Error(words), { name: 'Refused' });
}

function fromJson(value) {
  if (Array.isArray(value)) return value.map(fromJson);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  if (entries.length === 1) {
    const [key, inner] = entries[0];
    if (key === '$bin') return Buffer.from(inner, 'hex');
    if (key === '$int') return Number(inner);
    if (key === '$f64') return Buffer.from(inner, 'hex').readDoubleBE(0);
    if (key === '$rep') return Buffer.concat(Array(inner[1]).fill(Buffer.from(inner[0], 'hex')));
    if (key === '$reps') return inner[0].repeat(inner[1]);
    // All keys are text in js2p.
    if (key === '$map') return Object.fromEntries(inner.map(([name, item]) => [String(fromJson(name)), fromJson(item)]));
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, fromJson(inner)]));
}

function toJson(value) {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value;
    const bits = Buffer.alloc(8);
    bits.writeDoubleBE(value);
    return { $f64: bits.toString('hex') };
  }
  if (ArrayBuffer.isView(value)) return { $bin: Buffer.from(value).toString('hex') };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, toJson(inner)]);
  return entries.some(([key]) => key.startsWith('$')) ? { $map: entries } : Object.fromEntries(entries);
}

function options(words) {
  const found = {
    listen: '127.0.0.1:0', kind: 'mesh', subnet: undefined, encryption: 'Plaintext',
    codecs: undefined, version: undefined, leasing: true,
  };
  for (let i = 0; i < words.length; i++) {
    const name = words[i].replace(/^--/, '');
    if (name === 'no-leasing') found.leasing = false;
    else if (name in found) found[name] = words[++i];
    else {
      process.stderr.write(`js2p_peer: unknown option ${words[i]}\n`);
      process.exit(2);
    }
  }
  return found;
}

class Peer {
  constructor(js2p, wanted, host, port) {
    this.kind = wanted.kind;
    this.address = [host, port];
    const protocol = new js2p.base.Protocol(wanted.subnet || wanted.kind, wanted.encryption);
    if (wanted.codecs !== undefined) ownCodecs(js2p, wanted.codecs);
    this.node = open(wanted.kind, host, port, protocol, wanted.leasing);
    this.replies = new Map();
    this.taken = {};
    this.node.on('connect', () => say({ event: 'connect' }));
    if (this.kind === 'sync') {
      this.node.on('update', (_, key, value, meta) => say({
        event: 'update', key: toJson(key), value: toJson(value),
        owner: meta && text(meta.owner), time: meta && meta.timestamp,
      }));
    }
    if (this.kind === 'chord') this.node.on('add', (_, key) => say({ event: 'add', key: toJson(key) }));
    if (this.kind !== 'mesh') this.node.on('delete', (_, key) => say({ event: 'delete', key: toJson(key) }));
  }

  ready(version) {
    return {
      host: this.address[0], port: this.address[1], id: text(this.node.id),
      protocolId: text(this.node.protocol.id), name: 'js2p', version,
    };
  }

  links() {
    return [...this.node.routing_table].map(([id, link]) => [text(id), link]);
  }

  link(peer) {
    const found = this.links().find(([id]) => id === peer);
    if (!found) throw refused('no link to ' + peer);
    return found[1];
  }

  async connect(request) {
    const before = new Set(this.links().map(([id]) => id));
    this.node.connect(request.host, request.port);
    const millis = request.seconds ? 1000 * request.seconds : CONNECT_MILLIS;
    const deadline = Date.now() + millis;
    while (Date.now() < deadline) {
      const found = this.links().find(([id]) => !before.has(id));
      if (found) return { id: found[0] };
      await pause(10);
    }
    throw refused('no handshake within ' + millis + ' ms');
  }

  broadcast(request) {
    this.node.send(fromJson(request.packets));
    return { sent: this.node.routing_table.size };
  }

  whisper(request) {
    const packets = fromJson(request.packets);
    if (request.to) {
      this.link(request.to).send(WHISPER, [WHISPER].concat(packets));
      return { sent: 1 };
    }
    this.node.send(packets, WHISPER, WHISPER);
    return { sent: this.node.routing_table.size };
  }

  reply(request) {
    const message = this.replies.get(request.to);
    if (!message) throw refused('no such message');
    message.reply(fromJson(request.packets));
    return { sent: 1 };
  }

  messages(request) {
    const found = [];
    const most = request.max || KEPT_MESSAGES;
    while (found.length < most) {
      const message = this.node.recv();
      if (!message) break;
      const packets = toJson(message.packets);
      const id = Buffer.isBuffer(message.id) ? message.id.toString('hex') : String(message.id);
      found.push({ id, type: packets[0], packets: packets.slice(1), sender: text(message.sender), time: message.time });
      this.replies.set(id, message);
      if (this.replies.size > KEPT_MESSAGES) this.replies.delete(this.replies.keys().next().value);
    }
    return found;
  }

  state() {
    const peers = this.links().map(([id, link]) => {
      const [host, port] = link.addr || [null, null];
      return { id, host: text(host), port, outgoing: Boolean(link.outgoing), codecs: [...(link.compression || [])] };
    });
    const status = this.node.status;
    const counters = Object.fromEntries(Object.entries(this.taken).map(([key, n]) => ['handled.' + key, n]));
    return { id: text(this.node.id), peers, status: Array.isArray(status) ? status.map(String) : status, counters };
  }

  handle(request) {
    this.taken[request.subflag] = 0;
    this.node.register_handler((message) => {
      if (message.packets[0] !== request.subflag) return undefined;
      this.taken[request.subflag]++;
      return request.consume ? true : undefined;
    });
    return {};
  }

  raw(request) {
    this.link(request.to).send(request.type, fromJson(request.packets), undefined, request.time);
    return {};
  }

  disconnect(request) {
    this.node.disconnect(this.link(request.id));
    return {};
  }

  set(request) {
    this.node.set(fromJson(request.key), fromJson(request.value));
    return {};
  }

  async get(request) {
    const key = fromJson(request.key);
    const wait = this.kind === 'chord' ? [undefined, request.timeout || 10] : [];
    return { value: toJson(await this.node.get(key, ...wait)) };
  }

  delete(request) {
    this.node.del(fromJson(request.key));
    return {};
  }

  async delta(request) {
    await this.node.apply_delta(fromJson(request.key), fromJson(request.value));
    return {};
  }

  keys() {
    return { keys: [...this.node.keys()].map(toJson) };
  }

  join() {
    this.node.join();
    return {};
  }

  leave() {
    this.node.unjoin();
    return {};
  }
}

// Leaves of the codecs that js2p offers those that are wanted, in that order.
function ownCodecs(js2p, wanted) {
  const numbers = wanted.split(',').filter(Boolean).map(Number);
  const offered = js2p.base.compression;
  const kept = numbers.filter((codec) => offered.includes(codec));
  offered.splice(0, offered.length, ...kept);
}

const OPERATIONS = new Set(('connect broadcast whisper reply messages state handle raw disconnect'
  + ' set get delete delta keys join leave').split(' ').map((name) => 'node.' + name));

async function answer(peer, request) {
  const reply = { id: request.id === undefined ? null : request.id };
  if (!OPERATIONS.has(request.op)) return { ...reply, err: 'NOOP' };
  try {
    return { ...reply, ok: await peer[request.op.slice(5)](request.in || {}) };
  } catch (failure) {
    return { ...reply, err: 'INTERNAL', detail: String(failure) };
  }
}

async function main() {
  const wanted = options(process.argv.slice(2));
  const js2p = require('js2p');
  const at = wanted.listen.lastIndexOf(':');
  const host = wanted.listen.slice(0, at);
  const port = Number(wanted.listen.slice(at + 1)) || (await freePort(host));
  const peer = new Peer(js2p, wanted, host, port);
  say({ ready: peer.ready(wanted.version || require('js2p/package.json').version) });
  // A fault inside js2p ends a process by default; the scenes want to see it and go on.
  process.on('uncaughtException', (fault) => say({ event: 'fault', detail: String(fault) }));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    if (request.op === 'bye' || request.op === 'node.close') {
      say({ id: request.id, ok: {} });
      break;
    }
    say(await answer(peer, request));
  }
  process.exit(0);
}

main();
