'use strict';
// One js2p node for the network benchmark, by its public interface alone: lines in, lines out.
//
// js2p_driver.js KIND HOST BYTES EVERY: a mesh or sync node on any port of the host. What it sends has a
// head of 20 bytes, which the benchmark chooses, and is filled up to BYTES; of what it is whispered, it tells each
// EVERYth, of broadcasts each. benchmarks/README.md has the lines. NODE_PATH names the folder that js2p is in.

const crypto = require('crypto');
const readline = require('readline');

const { freePort, open } = require('../../interop/peers/js2p_socket.js');

const WHISPER = 2;
const HEAD = 20;
const VALUE = 100;

const out = process.stdout.write.bind(process.stdout);
console.log = console.info = console.error;
const tell = (...words) => out(words.join(' ') + '\n');

class Node {
  constructor(kind, host, port, size, every) {
    const js2p = require('js2p');
    // What is sent is random, which no codec makes smaller.
    js2p.base.compression.length = 0;
    this.filler = crypto.randomBytes(Math.max(size, VALUE));
    this.size = size;
    this.every = every;
    this.whispered = 0;
    this.node = open(kind, host, port, new js2p.base.Protocol('bench', 'Plaintext'), true);
    if (kind === 'mesh') this.node.on('message', () => this.heard());
    if (kind === 'sync') {
      this.node.on('update', (_, key, value) => tell('update', Buffer.from(value).readBigUInt64BE(0), key.toString()));
    }
  }

  heard() {
    for (let message = this.node.recv(); message; message = this.node.recv()) {
      const [flag, body] = message.packets;
      if (flag !== WHISPER || ++this.whispered % this.every === 0) tell('got', body.toString('hex', 0, HEAD));
    }
  }

  // What the benchmark asks for.

  // Nothing happens where there is a link already: nodes find each other by their peer lists too.
  connect(host, port) {
    try {
      this.node.connect(host, Number(port));
    } catch (failure) {
      // It fails while another link is only being made; whoever wants the link asks again.
    }
    tell('connected');
  }

  links() {
    tell('links', this.node.routing_table.size);
  }

  // What js2p itself says went wrong, in a word.
  why() {
    const { status } = this.node;
    tell('why', Array.isArray(status) ? [...new Set(status.map((each) => String(each).split('\n')[0].slice(0, 120)))].slice(0, 3).join('; ') : '');
  }

  body(head) {
    return Buffer.concat([Buffer.from(head, 'hex'), this.filler.subarray(HEAD, this.size)]);
  }

  broadcast(head) {
    this.node.send([this.body(head)]);
  }

  whisper(head, times) {
    const body = this.body(head);
    const peer = this.node.routing_table.values().next().value;
    for (let i = 0; i < Number(times); i++) peer.send(WHISPER, [WHISPER, body]);
  }

  async put(call, number, key) {
    const value = Buffer.from(this.filler.subarray(0, VALUE));
    value.writeBigUInt64BE(BigInt(number));
    await this.node.set(key, value);
    tell('done', call);
  }
}

async function main() {
  const [kind, host, size, every] = process.argv.slice(2);
  const port = await freePort(host);
  const node = new Node(kind, host, port, Number(size), Number(every));
  process.on('uncaughtException', (fault) => process.stderr.write('js2p: ' + fault + '\n'));
  tell('ready', port);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [name, ...words] = line.split(' ');
    const call = async () => node[name](...words);
    const done = call().catch((failure) => tell('failed', words[0], String(failure).slice(0, 100).replace(/\n/g, ' ')));
    if (name === 'connect') await done;
  }
  process.exit(0);
}

main();
